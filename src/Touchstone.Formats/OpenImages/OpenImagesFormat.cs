using System.Runtime.CompilerServices;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.OpenImages;

/// <summary>Open Images: CSV files of boxes, labels and masks for many pictures.</summary>
/// <remarks>
/// Open Images V6/V7 (storage.googleapis.com/openimages/web). Edges are parts of the picture's width and height, so that its size must be known: it is taken from the picture,
/// or from <see cref="FormatOptions.AssumedSize"/>. Flags are 1, 0, or -1 where nobody looked. A confidence of 1, which every box that a person drew has, is no score.
/// Labels of the whole picture are the answers to <c>labels</c> (confidence 1) and <c>absent_labels</c> (0). Masks are read, each brought to its picture's size, and not written.
/// All rows of a data set are held in memory, since those of one picture stand in several files.
/// </remarks>
public sealed class OpenImagesFormat : DatasetFormat
{
    internal const string Present = "labels", Absent = "absent_labels", Depiction = "is_depiction", Inside = "is_inside";

    /// <summary>Flags of boxes by column.</summary>
    internal static readonly (string Column, string Attribute)[] Flags =
    [
        ("IsOccluded", CommonAttributes.Occluded),
        ("IsTruncated", CommonAttributes.Truncated),
        ("IsGroupOf", CommonAttributes.Crowd),
        ("IsDepiction", Depiction),
        ("IsInside", Inside),
    ];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "openimages",
        Name = "Open Images",
        Specification = "Open Images V7, data formats (storage.googleapis.com/openimages/web)",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box],
        Attributes = AttributeSupport.Only(CommonAttributes.Occluded, CommonAttributes.Truncated, CommonAttributes.Crowd, Depiction, Inside, CommonAttributes.Source),
        OfInput = AnswerParts.Labels,
        Questions = [Present, Absent],
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Scores | CarriedParts.Classes,
        RoundingPx = 1e-6,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        source.Files.Any(f => f.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && OpenImagesFiles.HasBoxes(OpenImagesFiles.Header(source, f)))
            ? [new Recognition(Traits.Id, "", 0.97, "CSV with ImageID, LabelName and XMin")] : [];

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new DatasetFacts { Classes = OpenImagesFiles.Of(source, new FaultLog()).Classes });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = OpenImagesFiles.Of(source, faults);
        if (files.Boxes.Count + files.Labels.Count + files.Masks.Count == 0) throw new FileFormatFaultException($"{source.Root} has no CSV file with ImageID and LabelName.");
        var reader = new OpenImagesReader(source, options, files, faults);
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var sample in reader.Read(cancellationToken)) yield return sample;
    }

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => RefusalWithoutSize(sample, options);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        await using var writer = new OpenImagesWriter(facts, target, options);
        await foreach (var sample in samples.WithCancellation(cancellationToken)) writer.Write(sample);
        writer.WriteClasses();
    }
}
