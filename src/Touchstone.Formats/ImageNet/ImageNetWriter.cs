using System.Globalization;
using System.Text;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.ImageNet;

/// <summary>Writes lists, tables and the mapping of a data set, as its samples come.</summary>
internal sealed class ImageNetWriter(DatasetTarget target, FormatOptions options) : IAsyncDisposable
{
    private readonly Dictionary<string, (StreamWriter List, StreamWriter Table, int Count)> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <summary>Takes a class of the data set.</summary>
    public void Add(ObjectClass each)
    {
        if (!_words.TryGetValue(ImageNetFormat.FolderOf(each.Name), out var words) || words.Length == 0) _words[ImageNetFormat.FolderOf(each.Name)] = each.Words;
    }

    /// <summary>Writes a picture.</summary>
    public void Write(Sample sample)
    {
        var split = sample.Split ?? "train";
        var (list, table, count) = _parts.TryGetValue(split, out var known) ? known : (Begin($"ImageSets/CLS-LOC/{split}_cls.txt"), Begin($"LOC_{split}_solution.csv", "ImageId,PredictionString\n"), 0);
        _parts[split] = (list, table, count + 1);
        var place = OneLine(ImageNetFormat.PlaceOf(sample));
        if (place.EndsWith(ImageNetFormat.PictureEnding, StringComparison.Ordinal)) place = place[..^ImageNetFormat.PictureEnding.Length];
        var stem = place;
        if (ImageNetFormat.ClassOf(sample) is { } name)
        {
            var folder = ImageNetFormat.FolderOf(name);
            _words.TryAdd(folder, "");
            stem = place[(folder.Length + 1)..];
        }

        list.Write(string.Create(CultureInfo.InvariantCulture, $"{place} {count + 1}\n"));

        var boxes = new StringBuilder();
        var first = options.VocCountsFromOne ? 1 : 0;
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
        {
            if (each.Mark.Bounds is not { } box) continue;
            var (synset, left, top) = (ImageNetFormat.FolderOf(each.Class), Math.Round(box.X), Math.Round(box.Y));
            _words.TryAdd(synset, "");
            boxes.Append(CultureInfo.InvariantCulture, $"{synset} {left + first} {top + first} {Math.Max(Math.Round(box.Right), left + first)} {Math.Max(Math.Round(box.Bottom), top + first)} ");
        }

        if (boxes.Length > 0) table.Write($"{stem},{boxes}\n");
    }

    private StreamWriter Begin(string file, string head = "")
    {
        var writer = new StreamWriter(target.Create(file));
        writer.Write(head);
        return writer;
    }

    private static string OneLine(string name) => string.Concat(name.Select(c => char.IsControl(c) || c == ',' ? '_' : c));

    /// <summary>Writes the synsets with their words.</summary>
    public void WriteMapping()
    {
        using var mapping = new StreamWriter(target.Create(ImageNetFormat.Mapping));
        foreach (var (synset, words) in _words) mapping.Write($"{synset}{(words.Length == 0 ? "" : " " + string.Concat(words.Select(c => char.IsControl(c) ? ' ' : c)))}\n");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (list, table, _) in _parts.Values)
        {
            await list.DisposeAsync();
            await table.DisposeAsync();
        }
    }
}
