using System.Runtime.CompilerServices;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>COCO instances and keypoints, with CocoVID's videos and tracks.</summary>
/// <remarks>
/// cocodataset.org, "Data format"; CocoVID as mmtracking has it. Coordinates are real pixels from 0 at the corner of the first pixel. Each file is a part of the data set by its name (<c>instances_train2017.json</c> is <c>train</c>);
/// <c>person_keypoints_*</c> beside <c>instances_*</c> adds keypoints to the same annotations. Captions and labels of whole images are read as answers and not written. Rotated boxes and open lines, which COCO
/// has not, are in <c>attributes</c>: <c>rotation</c> in degrees as CVAT writes it, <c>polyline</c> as a list of points, of which other programs see the extent.
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
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polygons, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Mask],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.Scores | CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.ObjectIds | CarriedParts.Facts | CarriedParts.SeveralMarks,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = Files(source);
        var main = files.FindAll(IsMain);
        List<Recognition> found = [];
        if (main.Count > 0) found.Add(new Recognition(Traits.Id, source.IsFile || main.Count > 1 ? "" : main[0].Path, main.Any(f => f.Family.Length > 0) ? 0.95 : 0.9, $"{main[0].Path} with lists of images and annotations"));
        foreach (var file in files)
            if (!IsMain(file)) found.Add(new Recognition(Traits.Id, source.IsFile ? "" : file.Path, 0.6, $"{file.Path} with a list of images"));
        return found;
    }

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, ObjectClass> classes = new(StringComparer.Ordinal);
        foreach (var file in ToRead(source))
        {
            foreach (var each in await CocoInput.CategoriesAsync(source, file.Path, faults: null, cancellationToken))
                if (!classes.TryAdd(each.Name, each) && classes[each.Name].Keypoints.Count == 0) classes[each.Name] = each;
        }

        return new DatasetFacts { Title = source.Title, Classes = [.. classes.Values] };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = ToRead(source);
        if (files.Count == 0) throw new FileFormatFaultException($"{source.Root} holds no COCO file: none has a list \"images\".");
        foreach (var part in files.GroupBy(f => f.Split))
        {
            if (part.Count() == 1)
            {
                await foreach (var (_, sample) in new CocoInput(source, part.First().Path, faults).ReadAsync(cancellationToken)) yield return sample with { Split = part.Key };
            }
            else
            {
                await foreach (var sample in JoinAsync(source, [.. part], faults, cancellationToken)) yield return sample with { Split = part.Key };
            }
        }
    }

    /// <summary>Several files of one part speak of the same images: keypoints first, since their annotations say all that the instances' say and more.</summary>
    private static async IAsyncEnumerable<Sample> JoinAsync(DatasetSource source, List<CocoFile> files, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<(string, long, long)> known = [];
        Dictionary<string, Sample> samples = new(StringComparer.Ordinal);
        foreach (var file in files.OrderBy(f => f.Family == CocoFiles.Keypoints ? 0 : 1))
        {
            HashSet<(string, long, long)> met = [];
            await foreach (var (_, sample) in new CocoInput(source, file.Path, faults) { Known = known, Met = met }.ReadAsync(cancellationToken))
            {
                samples[sample.Name] = !samples.TryGetValue(sample.Name, out var before)
                    ? sample
                    : before with { Opinions = [before.Opinions[0] with { Objects = [.. before.Opinions[0].Objects, .. sample.Opinions[0].Objects] }] };
            }

            known.UnionWith(met);
        }

        foreach (var sample in samples.Values) yield return sample;
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

    private static bool IsMain(CocoFile file) => file.Family is "" or CocoFiles.Instances or CocoFiles.Keypoints or "keypoints";

    private static List<CocoFile> Files(DatasetSource source) =>
        CocoFiles.Find(source).FindAll(f => f.Family != CocoFiles.Panoptic);

    private static List<CocoFile> ToRead(DatasetSource source)
    {
        // A single file was named by somebody: it is read whatever its beginning looks like.
        if (source.IsFile) return [CocoFiles.Parse(source.Files[0])];
        var files = Files(source);
        var main = files.FindAll(IsMain);
        return main.Count > 0 ? main : files;
    }
}
