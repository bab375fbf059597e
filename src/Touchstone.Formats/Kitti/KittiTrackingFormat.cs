using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Kitti;

/// <summary>KITTI tracking: <c>label_02</c>, one file a sequence; before an object's fields stand its frame, from 0, and its track.</summary>
/// <remarks>Readme of the tracking devkit. Tracks are numbered within a sequence; -1 is none (DontCare). truncated 2 says that the object is to be passed over at its track's ends.</remarks>
public sealed class KittiTrackingFormat : DatasetFormat
{
    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "kitti-tracking",
        Name = "KITTI tracking",
        Specification = "Geiger, Lenz, Urtasun, CVPR 2012; tracking devkit",
        Evidence = Evidence.Specification,
        Inputs = [InputKind.Clip],
        Marks = [MarkKind.Box, MarkKind.Cuboid],
        CuboidsStandUpright = (0, -1, 0),
        HasNumericAttributes = true,
        CrowdClass = KittiLine.DontCare,
        Attributes = AttributeSupport.Only(CommonAttributes.Truncated, CommonAttributes.Occluded, CommonAttributes.Crowd, KittiLine.Alpha),
        Parts = CarriedParts.Scores | CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.SeveralMarks,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = KittiFiles.Find(source, "label_02").Take(20).Where(f => source.Beginning(f, 1).Length > 0).ToList();
        return files.Count > 0 && files.TrueForAll(f => KittiFiles.LooksRight(source, f, firstField: 2)) ? [new Recognition(Traits.Id, "", 0.95, $"{files[0]} with lines of 17 fields")] : [];
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in KittiFiles.Find(source, "label_02"))
        {
            List<LabelledObject> objects = [];
            using var text = source.OpenText(file);
            for (var number = 1; await text.ReadLineAsync(cancellationToken) is { } line; number++)
            {
                var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length == 0) continue;
                if (Read(fields, out var fault) is { } each) objects.Add(each);
                else faults.Add(file, $"line {number}", fault);
            }

            var (split, _, name) = KittiFiles.Parse(file, "label_02");
            yield return new Sample { Name = name, Kind = InputKind.Clip, Split = split, Scene = name, FramesPerSecond = 10, Opinions = [new Opinion { Objects = objects }] };
        }
    }

    private static LabelledObject? Read(string[] fields, out string fault)
    {
        fault = "";
        if (fields.Length < 3 || !int.TryParse(fields[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var frame) || frame < 0) fault = $"field 1 is \"{fields[0]}\"; the number of a frame, from 0, was expected.";
        else if (!int.TryParse(fields[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var track)) fault = $"field 2 is \"{fields[1]}\"; the number of a track was expected.";
        else if (KittiLine.Read(fields.AsSpan(2), firstField: 2, out fault) is { } each) return each with { Frame = frame, Track = track < 0 ? null : track.ToString(CultureInfo.InvariantCulture) };
        return null;
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{(sample.Split is { } split ? split + "/" : "")}label_02/{sample.Name}.txt";

    /// <inheritdoc/>
    public override string? Refusal(LabelledObject each, Sample sample) => KittiLine.Refusal(each);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var text = new StringBuilder();
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            text.Clear();
            var tracks = new TrackNumbers(first: 0);
            foreach (var each in sample.Opinions.SelectMany(o => o.Objects).OrderBy(o => o.Frame))
            {
                text.Append(CultureInfo.InvariantCulture, $"{each.Frame ?? 0} {tracks.Of(each.Track)} ");
                KittiLine.Write(text, each, sample.Name);
            }

            await using var file = target.Create(LabelPlace(sample, options)!);
            await file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        }
    }
}
