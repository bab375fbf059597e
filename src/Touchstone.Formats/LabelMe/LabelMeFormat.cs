using System.Runtime.CompilerServices;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.LabelMe;

/// <summary>LabelMe: one JSON file a picture, beside it.</summary>
/// <remarks>
/// labelme (github.com/wkentaro/labelme, label_file.py and shape.py). Coordinates are ours: real pixels from the top left corner. A circle has its centre and a point on it; a
/// mask is a PNG in base64 whose first pixel lies at the first of two points, of which the second is the last pixel. labelme keeps members that it does not know, at the top and in
/// shapes: there stand attributes, scores and answers, as X-AnyLabeling writes them too. Booleans are flags. The picture inside (imageData) is passed over and not written.
/// </remarks>
public sealed class LabelMeFormat : DatasetFormat
{
    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "labelme",
        Name = "LabelMe",
        Specification = "labelme 5 (github.com/wkentaro/labelme)",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Ellipse, MarkKind.Mask],
        OnlyCircles = true,
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Number,
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Scores | CarriedParts.Facts,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = source.Files.Where(IsJson).Take(5).ToList();
        var certainties = files.ConvertAll(f => CertaintyOf(source, f));
        return certainties.Exists(c => c > 0) ? [new Recognition(Traits.Id, "", certainties.Average(), "JSON files with imagePath and shapes")] : [];
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var file in source.Files)
        {
            if (!source.IsFile && !(IsJson(file) && CertaintyOf(source, file) > 0)) continue;
            any = true;
            await using var stream = source.OpenRead(file);
            if (await LabelMeFile.ReadAsync(stream, file, source, faults, cancellationToken) is { } sample) yield return sample;
        }

        if (!any) throw new FileFormatFaultException($"{source.Root} has no JSON file with imagePath or shapes.");
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{sample.Name}.json";

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            await using var stream = target.OnlyFile is not null && taken.Count == 0 ? target.CreateSingle("") : target.Create(Free(sample.Name, taken));
            taken.Add("");
            LabelMeFile.Write(stream, sample);
        }
    }

    /// <summary>A name for the labels of a picture, beside it; pictures that differ only in their endings have labels of names of their own.</summary>
    private static string Free(string picture, HashSet<string> taken)
    {
        var name = Path.ChangeExtension(picture, ".json");
        for (var i = 1; !taken.Add(name); i++) name = i == 1 ? $"{picture}.json" : FormattableString.Invariant($"{picture}.{i}.json");
        return name;
    }

    private static bool IsJson(string file) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static double CertaintyOf(DatasetSource source, string file)
    {
        var text = source.Beginning(file);
        if (!text.AsSpan().TrimStart().StartsWith("{")) return 0;
        var (path, shapes) = (text.Contains("\"imagePath\"", StringComparison.Ordinal), text.Contains("\"shapes\"", StringComparison.Ordinal));
        if (shapes && (path || text.Contains("\"shape_type\"", StringComparison.Ordinal))) return 0.98;
        return path ? 0.95 : shapes && text.Contains("\"label\"", StringComparison.Ordinal) ? 0.7 : 0;
    }
}
