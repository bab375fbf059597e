using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Supervisely;

/// <summary>A Supervisely project of pictures: <c>meta.json</c> with classes and tags, and below each data set <c>img/</c> with pictures and <c>ann/</c> with a JSON file for each.</summary>
/// <remarks>
/// developer.supervisely.com, "Supervisely Annotation Format". A rectangle names its first and its last pixel, as its programming kit counts them (width = right - left + 1); points of other figures are points as they stand. Tags of a figure are its attributes, tags of a picture are
/// answers; a tag without a value is true. Data sets are parts. Holes of an outline are joined to it by cuts of no width; figures for which there is nothing to stand (graphs, cuboids) are told and left out.
/// </remarks>
public sealed class SuperviselyFormat : DatasetFormat
{
    private const string Labels = "ann/", Pictures = "img/", OneDataset = "ds0";

    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "supervisely",
        Name = "Supervisely",
        Specification = "developer.supervisely.com, Supervisely Annotation Format",
        Evidence = Evidence.Specification,
        Marks = [MarkKind.Box, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Mask],
        OnlySinglePoints = true,
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Label | AnswerParts.Number,
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.ObjectIds,
    };

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => $"{sample.Split ?? OneDataset}/{Pictures}{sample.Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var meta = source.Files.FirstOrDefault(f => f.EndsWith(SuperviselyMeta.File, StringComparison.Ordinal) && source.Beginning(f) is var text && text.Contains("\"classes\"", StringComparison.Ordinal) && text.Contains("\"shape\"", StringComparison.Ordinal) && !text.Contains("\"point_clouds\"", StringComparison.Ordinal));
        if (meta is not null) return [new Recognition(Traits.Id, source.IsFile ? meta : meta[..^SuperviselyMeta.File.Length].TrimEnd('/'), 0.96, $"{meta} with classes and their shapes")];
        var labels = source.Files.FirstOrDefault(f => IsLabels(f) && source.Beginning(f) is var text && text.Contains("\"objects\"", StringComparison.Ordinal) && text.Contains("\"size\"", StringComparison.Ordinal));
        return labels is null ? [] : [new Recognition(Traits.Id, source.IsFile ? labels : "", 0.9, $"{labels} with size and objects")];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => SuperviselyMeta.FactsAsync(source, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var file in source.Files)
        {
            if (!IsLabels(file) && !(source.IsFile && !file.EndsWith(SuperviselyMeta.File, StringComparison.Ordinal))) continue;
            any = true;
            if (await JsonFile.ReadAsync(source, file, faults, cancellationToken) is not { } value) continue;
            var (split, name) = PlaceOf(file);
            if (SuperviselyAnnotation.Read(value, name, new JsonPlace(file, "", "", faults)) is not { } sample) continue;
            var (width, height) = sample.WidthPx > 0 ? (sample.WidthPx, sample.HeightPx) : source.SizeOf(name) ?? (0, 0);
            yield return sample with { Split = split, WidthPx = width, HeightPx = height };
        }

        if (!any && !source.Files.Any(f => f.EndsWith(SuperviselyMeta.File, StringComparison.Ordinal))) throw new FileFormatFaultException($"{source.Root} holds no project of Supervisely: there is neither {SuperviselyMeta.File} nor a folder {Labels} with JSON files.");
    }

    /// <summary>The data set and the picture of a file of labels: <c>train/ann/street/a.jpg.json</c>.</summary>
    private static (string? Split, string Name) PlaceOf(string file)
    {
        var at = file.StartsWith(Labels, StringComparison.Ordinal) ? 0 : file.IndexOf("/" + Labels, StringComparison.Ordinal) + 1;
        var name = at == 0 && !file.StartsWith(Labels, StringComparison.Ordinal) ? file : file[(at + Labels.Length)..];
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) name = name[..^".json".Length];
        var dataset = at == 0 ? "" : file[..(at - 1)];
        return (dataset is "" or OneDataset ? null : dataset, name);
    }

    private static bool IsLabels(string file) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && (file.StartsWith(Labels, StringComparison.Ordinal) || file.Contains("/" + Labels, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{sample.Split ?? OneDataset}/{Labels}{sample.Name}.json";

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var meta = new SuperviselyMeta(facts);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            await using var stream = target.Create(LabelPlace(sample, options)!);
            await using var json = new Utf8JsonWriter(stream, Written);
            SuperviselyAnnotation.Write(json, sample, meta);
        }

        await using var file = target.Create(SuperviselyMeta.File);
        await using var head = new Utf8JsonWriter(file, Written);
        meta.Write(head);
    }
}
