using System.Globalization;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Lanes;

/// <summary>Lanes that were drawn into pictures, as LaneNet prepares TuSimple: in <c>gt_instance_image</c> each lane has a grey of its own. Read only, as lines.</summary>
/// <remarks>
/// Neven et al., Towards End-to-End Lane Detection, IV 2018; tools of lanenet-lane-detection. They draw lines through TuSimple's numbers taken as pixels; so the middle of a lane's pixels in every tenth row, by the pixel's index,
/// is the number of TuSimple again. <c>gt_binary_image</c> says nothing more and is passed over.
/// </remarks>
public sealed class LaneMaskFormat : DatasetFormat
{
    private const string Folder = "gt_instance_image";

    private static readonly string[] PictureFolders = ["image", "gt_image"];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "lane-masks",
        Name = "Lane masks (LaneNet)",
        Specification = "Neven et al., IV 2018; lanenet-lane-detection",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Marks = [MarkKind.Polyline],
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.ObjectIds,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        Files(source).FirstOrDefault() is { Path: { } path } && PixelNumbers.IsOneChannel(source, path) ? [new Recognition(Traits.Id, "", 0.97, path)] : [];

    private static IEnumerable<(string Path, string Above, string Name)> Files(DatasetSource source)
    {
        foreach (var path in source.Files)
        {
            var at = ("/" + path).IndexOf($"/{Folder}/", StringComparison.Ordinal);
            if (at >= 0 && path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) yield return (path, path[..at], path[(at + Folder.Length + 1)..]);
        }
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new DatasetFacts { Title = source.Title, Classes = [new ObjectClass(TuSimpleFormat.Lane)] });

    /// <inheritdoc/>
    public override IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken) => Read(source, faults, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<Sample> Read(DatasetSource source, FaultLog faults, CancellationToken cancellationToken)
    {
        foreach (var (path, above, name) in Files(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PixelNumbers.Read(source, path, faults) is not { } image) continue;
            List<LabelledObject> lanes = [];
            foreach (var (grey, mask) in PixelNumbers.Masks(image))
            {
                if (grey == 0) continue;
                if (Line(mask) is { Count: > 1 } points) lanes.Add(new LabelledObject(TuSimpleFormat.Lane, new Outline(new Polyline(points))) { Id = grey.ToString(CultureInfo.InvariantCulture) });
                else faults.Add(path, "", $"the lane of grey {grey} has {mask.Area} pixels in one row; that is no line.");
            }

            yield return new Sample
            {
                Name = PictureFolders.Select(f => $"{above}{f}/{name}").FirstOrDefault(source.Has) ?? $"{above}{PictureFolders[0]}/{name}",
                WidthPx = image.WidthPx,
                HeightPx = image.HeightPx,
                Opinions = [new Opinion { Objects = lanes }],
            };
        }
    }

    /// <summary>The middle of the pixels in every tenth row; of a lane that has fewer than two of these rows, in its first and last one.</summary>
    private static List<Point> Line(RunLengthMask mask)
    {
        var (_, top, _, height) = mask.Bounds;
        var (sums, counts) = (new long[height], new int[height]);
        long at = 0;
        for (var i = 0; i < mask.Counts.Length; at += mask.Counts[i], i++)
        {
            if (i % 2 == 0) continue;
            for (var p = at; p < at + mask.Counts[i]; p++)
            {
                var row = (int)(p % mask.Height) - top;
                sums[row] += p / mask.Height;
                counts[row]++;
            }
        }

        List<Point> points = [];
        for (var row = 0; row < height; row++)
            if (counts[row] > 0 && (top + row) % RowLines.RowStep == 0) points.Add(new Point((double)sums[row] / counts[row], top + row));
        if (points.Count < 2 && height > 1) points = [new Point((double)sums[0] / counts[0], top), new Point((double)sums[^1] / counts[^1], top + height - 1)];
        return points;
    }
}
