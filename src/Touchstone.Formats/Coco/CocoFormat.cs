using System.Runtime.CompilerServices;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>COCO instances and keypoints, with CocoVID's videos and tracks.</summary>
/// <remarks>
/// cocodataset.org, "Data format"; CocoVID as mmtracking has it. Coordinates are real pixels from 0 at the corner of the first pixel. Each file is a part of the data set by its name (<c>instances_train2017.json</c> is <c>train</c>) or its
/// folder (<c>train/_annotations.coco.json</c>); files of different kinds beside each other (<c>person_keypoints_*</c>, <c>instances_*</c>, <c>stuff_*</c>, <c>captions_*</c>) speak of the same images and are joined, files of one kind never. Captions and labels of whole
/// images are read as answers and not written. Ids of images may be texts. Categories of one name are classes apart. Rotated boxes and open lines, which COCO
/// has not, are in <c>attributes</c>: <c>rotation</c> in degrees as CVAT writes it, <c>polyline</c> as a list of points, of which other programs see the extent.
/// A cuboid in the camera's frame is <c>bbox_cam3d</c>: <see cref="CocoCuboid"/>. <c>info</c> and <c>licenses</c> are kept as they stand.
/// </remarks>
public sealed class CocoFormat : DatasetFormat
{
    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "coco",
        Name = "COCO",
        Specification = "cocodataset.org, Data format",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polygons, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Mask, MarkKind.Cuboid],
        OnlyUprightInCamera = true,
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.Scores | CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.ObjectIds | CarriedParts.Facts | CarriedParts.SeveralMarks | CarriedParts.Statements,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = Files(source);
        var main = files.FindAll(IsMain);
        if (main.Count > 0) return [new Recognition(Traits.Id, source.IsFile || files.Count > 1 ? "" : main[0].Path, main.Any(f => f.Family.Length > 0) ? 0.95 : 0.9, $"{main[0].Path} with lists of images and annotations")];
        return [.. files.Select(file => new Recognition(Traits.Id, source.IsFile ? "" : file.Path, 0.6, $"{file.Path} with a list of images"))];
    }

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, ObjectClass> classes = new(StringComparer.Ordinal);
        var statements = new CocoStatements();
        foreach (var file in ToRead(source))
        {
            foreach (var each in await CocoInput.CategoriesAsync(source, file.Path, faults: null, cancellationToken, statements))
                if (!classes.TryAdd(each.Name, each) && classes[each.Name].Keypoints.Count == 0) classes[each.Name] = each;
        }

        return new DatasetFacts { Title = source.Title, Classes = [.. classes.Values], Statements = statements.All };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = ToRead(source);
        if (files.Count == 0) throw new FileFormatFaultException($"{source.Root} holds no COCO file: none has a list \"images\".");
        var pictures = new CocoPictures(source);
        CocoInput Open(CocoFile file) => new(source, file.Path, faults) { PictureOf = pictures.Of(file) };
        foreach (var part in files.GroupBy(f => f.Split))
        {
            if (part.Count() == 1)
            {
                await foreach (var (_, sample) in Open(part.First()).ReadAsync(cancellationToken)) yield return sample with { Split = part.Key };
            }
            else
            {
                await foreach (var sample in CocoJoin.ReadAsync(part, Open, faults, cancellationToken)) yield return sample with { Split = part.Key };
            }
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, CocoOutput> outputs = new(StringComparer.Ordinal);
        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                var split = sample.Split ?? "default";
                if (!outputs.TryGetValue(split, out var output))
                {
                    if (target.OnlyFile is not null && outputs.Count > 0) throw new FileFormatFaultException($"The data set has several parts, and COCO has a file for each: name a folder, not the file {target.OnlyFile}.");
                    outputs.Add(split, output = new CocoOutput(target.CreateSingle($"annotations/instances_{split}.json"), facts));
                }

                var image = output.WriteImage(sample);
                foreach (var opinion in sample.Opinions)
                    foreach (var each in opinion.Objects) output.WriteObject(image, each);
            }

            if (outputs.Count == 0) outputs.Add("", new CocoOutput(target.CreateSingle("annotations/instances_default.json"), facts));
            foreach (var output in outputs.Values) await output.FinishAsync(cancellationToken);
        }
        finally
        {
            foreach (var output in outputs.Values) await output.DisposeAsync();
        }
    }

    private static bool IsMain(CocoFile file) => file.Kind is CocoFiles.Instances or CocoFiles.Keypoints;

    private static List<CocoFile> Files(DatasetSource source) => CocoFiles.Find(source, f => f.Family != CocoFiles.Panoptic);

    // A single file was named by somebody: it is read whatever its beginning looks like.
    private static List<CocoFile> ToRead(DatasetSource source) => source.IsFile ? [CocoFiles.Parse(source.Files[0])] : Files(source);
}
