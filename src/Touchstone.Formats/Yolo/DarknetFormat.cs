using System.Globalization;
using System.Text;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Yolo;

/// <summary>YOLO as darknet had it and CVAT exports it: <c>obj.data</c>, <c>obj.names</c>, a list of pictures, and label files beside the pictures. Boxes only.</summary>
/// <remarks>AlexeyAB/darknet, README. A listed picture without a label file is a fault: an empty file says that nothing is there.</remarks>
public sealed class DarknetFormat : DatasetFormat
{
    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "yolo-darknet",
        Name = "YOLO (darknet)",
        Specification = "AlexeyAB/darknet, README",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box],
        Parts = CarriedParts.Scores | CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Classes,
    };

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => Place(sample);

    private static string Place(Sample sample) => $"{(sample.Split is { } split ? $"obj_{split}_data" : "obj_data")}/{sample.Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        YoloLayout.FindYaml(source) is null && YoloLayout.FindDarknet(source) is { } data ? [new Recognition(Traits.Id, "", 0.95, $"{data} with names and lists")] : [];

    /// <inheritdoc/>
    public override bool ReadsTogether(DatasetSource source, IReadOnlyList<Recognition> below) => below.Count == 1;

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(YoloReader.Facts(source, options));

    /// <inheritdoc/>
    public override IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken) => YoloReader.ReadAsync(source, options, faults, cancellationToken);

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => DatasetSource.WithoutPictureEnding(Place(sample)) + ".txt";

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => RefusalWithoutSize(sample, options);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var writer = new YoloWriter(facts, YoloTask.Detect, (0, 0), options);
        var lists = await writer.WriteAsync(samples, target, s => "data/" + Place(s), s => LabelPlace(s, options)!, cancellationToken);
        var data = new StringBuilder();
        data.Append(CultureInfo.InvariantCulture, $"classes = {facts.Classes.Count}\n");
        foreach (var list in lists) data.Append(CultureInfo.InvariantCulture, $"{(list == "all" ? "train" : list)} = data/{list}.txt\n");
        data.Append("names = data/obj.names\nbackup = backup/\n");
        await using (var file = target.Create("obj.data")) await file.WriteAsync(Encoding.UTF8.GetBytes(data.ToString()), cancellationToken);
        await using var names = target.Create("obj.names");
        await names.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(facts.Classes.Select(c => c.Name.ReplaceLineEndings(" ") + "\n"))), cancellationToken);
    }
}
