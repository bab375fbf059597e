using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Voc;

namespace Touchstone.Formats.ImageNet;

/// <summary>Joins what the files of a data set say of each picture.</summary>
internal sealed class ImageNetReader(DatasetSource source, FormatOptions options, FaultLog faults)
{
    private readonly ImageNetFiles _files = new(source, options, faults);
    private readonly SortedDictionary<(string Split, string Stem), Entry> _entries = new(Comparer<(string Split, string Stem)>.Create(static (a, b) =>
        string.CompareOrdinal(a.Split, b.Split) is not 0 and var order ? order : string.CompareOrdinal(a.Stem, b.Stem)));

    private sealed class Entry(string name)
    {
        public string Name { get; set; } = name;

        public string? Picture { get; set; }

        public string? Class { get; set; }

        /// <summary>Whether a list names it without a class: that of its boxes is not its own then.</summary>
        public bool IsListed { get; set; }

        public bool HasVoc { get; set; }

        public (int WidthPx, int HeightPx) Size { get; set; }

        public List<LabelledObject> Boxes { get; } = [];
    }

    public IEnumerable<Sample> Read(CancellationToken cancellationToken)
    {
        foreach (var file in source.Files)
            if (ImageNetFiles.PlaceOf(file) is { } place) Take(place, file);
        foreach (var file in source.Files)
            if (ImageNetFiles.SplitOfList(file) is { } split) ReadList(file, split);
        foreach (var file in source.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) ReadVoc(file);
        }

        foreach (var file in source.Files)
            if (ImageNetFiles.SplitOfTable(file) is { } split) ReadTable(file, split, cancellationToken);
        foreach (var file in source.Files)
            if (ImageNetFiles.IsTruth(file)) ReadTruth(file);
        foreach (var ((split, _), entry) in _entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ToSample(split, entry);
        }
    }

    private void Take(ImageNetPlace place, string file)
    {
        var entry = At(place.Split, place.Name);
        if (entry.Picture is not null) faults.Add(file, "", $"there are two pictures {place.Name} of {place.Split}; {entry.Picture} is taken.");
        else (entry.Name, entry.Picture, entry.Class) = (place.Name, file, place.Synset);
    }

    private Entry At(string split, string name)
    {
        var stem = DatasetSource.IsPicture(name) ? name[..name.LastIndexOf('.')] : name;
        if (!_entries.TryGetValue((split, stem), out var entry)) _entries.Add((split, stem), entry = new Entry(DatasetSource.IsPicture(name) ? name : name + ImageNetFormat.PictureEnding));
        return entry;
    }

    private void ReadList(string file, string split)
    {
        foreach (var (line, _) in ImageNetFiles.Lines(source, file))
        {
            var path = line.LastIndexOf(' ') is > 0 and var end ? line[..end] : line;
            var at = path.IndexOf('/', StringComparison.Ordinal);
            var entry = At(split, path[(at + 1)..]);
            if (at > 0) entry.Class ??= path[..at];
            else entry.IsListed = entry.Class is null;
        }
    }

    private void ReadVoc(string file)
    {
        using var stream = source.OpenRead(file);
        if (VocFile.Read(stream, file, options.VocCountsFromOne, faults) is not ({ } read, _)) return;
        var names = file.Split('/');
        var split = Array.FindIndex(names, n => n is "train" or "val" or "test") is >= 0 and var at ? names[at] : "train";
        var entry = At(split, read.Name[(read.Name.LastIndexOf('/') + 1)..]);
        (entry.HasVoc, entry.Size) = (true, (read.WidthPx, read.HeightPx));
        entry.Boxes.AddRange(read.Opinions[0].Objects);
        DeriveClass(entry);
    }

    private void ReadTable(string file, string split, CancellationToken cancellationToken)
    {
        foreach (var (line, number) in ImageNetFiles.Lines(source, file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = line.IndexOf(',', StringComparison.Ordinal);
            if (number == 1 && line.StartsWith("ImageId", StringComparison.Ordinal)) continue;
            if (at <= 0)
            {
                faults.Add(file, $"line {number}", $"a picture and its boxes were expected, such as \"n02017213_7894,n02017213 115 49 448 294\"; \"{ImageNetFiles.Cut(line)}\" found.");
                continue;
            }

            var entry = At(split, line[..at].Trim('"'));
            if (!entry.HasVoc) ReadBoxes(entry, line[(at + 1)..].Trim('"'), file, number);
            DeriveClass(entry);
        }
    }

    private void ReadBoxes(Entry entry, string text, string file, int line)
    {
        var first = options.VocCountsFromOne ? 1 : 0;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i += 5)
        {
            if (i + 5 <= words.Length && Number(words[i + 1]) is { } left && Number(words[i + 2]) is { } top && Number(words[i + 3]) is { } right && Number(words[i + 4]) is { } bottom && left <= right && top <= bottom)
            {
                entry.Boxes.Add(new LabelledObject(words[i], new Outline(new Box(left - first, top - first, right - left + first, bottom - top + first))));
                continue;
            }

            faults.Add(file, $"line {line}", $"a synset, the first and the last pixel were expected, such as \"n02017213 115 49 448 294\"; \"{ImageNetFiles.Cut(string.Join(' ', words.Skip(i).Take(5)))}\" found.");
            if (i + 5 > words.Length) return;
        }
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e9 ? number : null;

    /// <summary>The class of a picture that nothing else names is that of its boxes, where they are of one.</summary>
    private static void DeriveClass(Entry entry)
    {
        if (entry.Class is null && !entry.IsListed && entry.Boxes.Count > 0 && entry.Boxes.TrueForAll(b => b.Class == entry.Boxes[0].Class)) entry.Class = entry.Boxes[0].Class;
    }

    private void ReadTruth(string file)
    {
        var isTold = false;
        foreach (var (line, number) in ImageNetFiles.Lines(source, file))
        {
            var entry = At("val", FormattableString.Invariant($"ILSVRC2012_val_{number:00000000}"));
            if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                faults.Add(file, $"line {number}", $"the number of a class was expected; \"{ImageNetFiles.Cut(line)}\" found.");
                continue;
            }

            var synset = _files.Synset(id);
            if (synset is null && !isTold) faults.Add(file, $"line {number}", $"which synset is number {id} stands in the development kit's map_clsloc.txt, which is not here; numbers are taken for names. Name the classes in their order to have them.");
            isTold |= synset is null;
            var name = synset ?? line;
            if (entry.Class is not null && synset is not null && entry.Class != synset) faults.Add(file, $"line {number}", $"the class {synset} was expected of {entry.Name}; other files have {ImageNetFiles.Cut(entry.Class)}, which is taken.");
            entry.Class ??= name;
        }
    }

    private Sample ToSample(string split, Entry entry)
    {
        var size = entry.Size.WidthPx > 0 ? entry.Size : source.SizeOf(entry.Picture ?? entry.Name) ?? options.AssumedSize ?? (0, 0);
        var answers = entry.Class is { } name ? new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [ImageNetFormat.ClassQuestion] = JsonFields.Of(name) } : Sample.Empty;
        return new Sample
        {
            Name = entry.Name,
            Picture = entry.Picture,
            Split = split,
            WidthPx = size.WidthPx,
            HeightPx = size.HeightPx,
            Opinions = [new Opinion { Answers = answers, Objects = entry.Boxes }],
        };
    }
}
