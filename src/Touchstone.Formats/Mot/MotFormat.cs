using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Mot;

/// <summary>MOTChallenge: a folder a sequence, with <c>gt/gt.txt</c> or <c>det/det.txt</c> and <c>seqinfo.ini</c>; or single files of a tracker's results.</summary>
/// <remarks>
/// Milan et al., MOT16, arXiv:1603.00831: frames and pixels count from 1 and a box is left, top, width, height, so x = left - 1. CVAT and Datumaro count pixels from 0 and add <c>gt/labels.txt</c>: where it is, and no <c>firstPixel</c> in <c>seqinfo.ini</c> (which
/// we write) says otherwise, pixels count from 0. <see cref="FormatOptions.MotCountsFromOne"/> settles it. What does not count (0 in the seventh field) is <c>is_crowd</c>. A prediction, or what has scores, is written as <c>det/det.txt</c>.
/// </remarks>
public sealed class MotFormat : DatasetFormat
{
    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "mot",
        Name = "MOTChallenge",
        Specification = "Milan et al., MOT16, arXiv:1603.00831",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Clip],
        Marks = [MarkKind.Box],
        Attributes = AttributeSupport.Only(CommonAttributes.Crowd, MotLine.Visibility, "world_x", "world_y", "world_z"),
        Parts = CarriedParts.Scores | CarriedParts.Predictions | CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var truths = source.Files.Where(IsOfSequence).Where(f => LooksRight(source, f)).Take(1).ToList();
        if (truths.Count > 0) return [new Recognition(Traits.Id, "", source.IsFile ? 0.9 : 0.97, $"{truths[0]} with lines of frame, track and box")];
        var others = Single(source).Take(1).ToList();
        return others.Count > 0 ? [new Recognition(Traits.Id, "", 0.8, $"{others[0]} with lines of frame, track and box")] : [];
    }

    private static bool IsOfSequence(string file) => ("/" + file).EndsWith("/gt/gt.txt", StringComparison.Ordinal) || ("/" + file).EndsWith("/det/det.txt", StringComparison.Ordinal);

    private static IEnumerable<string> Single(DatasetSource source) => source.Files.Where(f => f.EndsWith(".txt", StringComparison.Ordinal) && LooksRight(source, f));

    private static bool LooksRight(DatasetSource source, string file)
    {
        var lines = source.Beginning(file, 512).Split('\n');
        return lines[0].Count(c => c == ',') is >= 5 and <= 9 && lines[0].Split(',').All(v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        var labels = source.Files.Where(f => ("/" + f).EndsWith("/gt/labels.txt", StringComparison.Ordinal)).Take(1).SelectMany(f => MotSequence.Read(source, f[..^"gt/labels.txt".Length], new FaultLog()).Labels);
        return Task.FromResult(new DatasetFacts { Title = source.Title, Classes = [.. labels.Distinct(StringComparer.Ordinal).Select((name, i) => new ObjectClass(name) { Number = i + 1 })] });
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var any = false;
        if (!source.IsFile)
        {
            foreach (var sequence in source.Files.Where(IsOfSequence).GroupBy(f => f.EndsWith("det.txt", StringComparison.Ordinal) ? f[..^"det/det.txt".Length] : f[..^"gt/gt.txt".Length]))
            {
                any = true;
                var info = MotSequence.Read(source, sequence.Key, faults);
                List<Opinion> opinions = [];
                foreach (var file in sequence.OrderDescending(StringComparer.Ordinal)) opinions.Add(await ReadFileAsync(source, file, info, options, faults, cancellationToken));
                var (split, name) = Parse(sequence.Key.TrimEnd('/'));
                yield return ToSample(name ?? info.Name ?? source.Title, split, info, opinions);
            }
        }

        if (any) yield break;
        foreach (var file in source.IsFile ? source.Files : Single(source))
        {
            var info = MotSequence.Read(source, file[..(file.LastIndexOf('/') + 1)], faults);
            yield return ToSample(file.EndsWith(".txt", StringComparison.Ordinal) ? file[..^4] : file, null, info, [await ReadFileAsync(source, file, info, options, faults, cancellationToken)]);
        }
    }

    private static (string? Split, string? Name) Parse(string folder)
    {
        if (folder.Length == 0) return (null, null);
        var at = folder.IndexOf('/', StringComparison.Ordinal);
        return at > 0 && folder[..at] is "train" or "val" or "test" ? (folder[..at], folder[(at + 1)..]) : (null, folder);
    }

    private static Sample ToSample(string name, string? split, MotSequence info, List<Opinion> opinions) => new()
    {
        Name = name,
        Kind = InputKind.Clip,
        Split = split,
        Scene = name,
        WidthPx = info.WidthPx,
        HeightPx = info.HeightPx,
        FrameCount = info.FrameCount,
        FramesPerSecond = info.FramesPerSecond,
        Opinions = opinions,
    };

    private static async Task<Opinion> ReadFileAsync(DatasetSource source, string file, MotSequence info, FormatOptions options, FaultLog faults, CancellationToken cancellationToken)
    {
        var isTruth = file.Contains("gt", StringComparison.Ordinal) && !file.EndsWith("det.txt", StringComparison.Ordinal);
        var firstPixel = options.MotCountsFromOne ?? info.CountsFromOne ?? true ? 1 : 0;
        var names = info.Labels.Count > 0 ? info.Labels : options.ClassNames.Count > 0 ? options.ClassNames : MotLine.Classes;
        List<LabelledObject> objects = [];
        HashSet<(int, string)> met = [];
        using var text = source.OpenText(file);
        for (var number = 1; await text.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (MotLine.Read(line, isTruth, firstPixel, names, out var fault) is not { } each) faults.Add(file, $"line {number}", fault);
            else if (each.Track is { } track && !met.Add((each.Frame!.Value, track))) faults.Add(file, $"line {number}", $"frame {each.Frame + 1} has track {track} already.");
            else objects.Add(each);
        }

        return new Opinion { Kind = isTruth ? OpinionKind.Annotation : OpinionKind.Prediction, Objects = objects };
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{(sample.Split is { } split ? split + "/" : "")}{sample.Name}/seqinfo.ini";

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var firstPixel = options.MotCountsFromOne ?? true ? 1 : 0;
        var numbers = facts.Classes.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i + 1, StringComparer.Ordinal);
        var labels = string.Concat(facts.Classes.Select(c => c.Name.ReplaceLineEndings(" ") + "\n"));
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            var folder = (sample.Split is { } split ? split + "/" : "") + sample.Name + "/";
            var isTruth = sample.Opinions.All(o => o.Kind != OpinionKind.Prediction && o.Objects.All(each => each.Score is null));
            await WriteAsync(target, folder + (isTruth ? "gt/gt.txt" : "det/det.txt"), Lines(sample, numbers, firstPixel, isTruth), cancellationToken);
            await WriteAsync(target, folder + "gt/labels.txt", labels, cancellationToken);
            await WriteAsync(target, folder + "seqinfo.ini", Info(sample, options, firstPixel), cancellationToken);
        }
    }

    private static string Lines(Sample sample, Dictionary<string, int> numbers, int firstPixel, bool isTruth)
    {
        var text = new StringBuilder();
        var tracks = new TrackNumbers(first: 0);
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects)) MotLine.Write(text, each, tracks.Of(each.Track), numbers[each.Class], firstPixel, isTruth);
        return text.ToString();
    }

    private static string Info(Sample sample, FormatOptions options, int firstPixel)
    {
        var frames = Math.Max(sample.FrameCount, sample.Opinions.SelectMany(o => o.Objects).Select(o => (o.Frame ?? 0) + 1).DefaultIfEmpty(0).Max());
        var size = sample.WidthPx > 0 ? FormattableString.Invariant($"imWidth={sample.WidthPx}\nimHeight={sample.HeightPx}\n") : "";
        return FormattableString.Invariant($"[Sequence]\nname={sample.Name[(sample.Name.LastIndexOf('/') + 1)..]}\nimDir=img1\nframeRate={sample.FramesPerSecond ?? options.FramesPerSecond:R}\nseqLength={frames}\n{size}imExt=.jpg\nfirstPixel={firstPixel}\n");
    }

    private static async Task WriteAsync(DatasetTarget target, string file, string text, CancellationToken cancellationToken)
    {
        await using var stream = target.Create(file);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }
}
