using System.Runtime.CompilerServices;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Yolo;

/// <summary>Reads label files, one a picture.</summary>
internal static class YoloReader
{
    private const int FilesToJudge = 200;

    public static DatasetFacts Facts(DatasetSource source, FormatOptions options)
    {
        var layout = YoloLayout.Read(source, options);
        return new DatasetFacts
        {
            Title = source.Title,
            Classes = [.. layout.Names.OrderBy(n => n.Key).Select(n => new ObjectClass(n.Value) { Number = n.Key, Keypoints = [.. Enumerable.Range(1, layout.Points.Count).Select(i => $"point_{i}")] })],
        };
    }

    public static async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var layout = YoloLayout.Read(source, options);
        var task = layout.Task ?? Judge(source, layout);
        string? ClassName(int number) => layout.Names.TryGetValue(number, out var name) ? name : layout.Names.Count == 0 && number >= 0 ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        foreach (var picture in layout.Pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hasLabels = source.Has(picture.Label);
            if (!hasLabels && !layout.MissingIsEmpty)
            {
                faults.Add(picture.Label, "", "the picture is listed and has no label file; an empty one would say that nothing is in it.");
                continue;
            }

            var known = source.SizeOf(picture.Picture);
            var size = known ?? options.AssumedSize;
            List<LabelledObject> objects = [];
            if (hasLabels && !await TakeAsync(source, picture, task, layout.Points, size, ClassName, objects, faults, cancellationToken)) continue;
            var name = picture.Name;
            var found = source.FindPicture(picture.Picture);
            if (!DatasetSource.IsPicture(name) && found is not null) name += Path.GetExtension(found);
            yield return new Sample { Name = name, Picture = found == name ? null : found, Split = picture.Split, WidthPx = size?.WidthPx ?? 0, HeightPx = size?.HeightPx ?? 0, Opinions = [new Opinion { Objects = objects }] };
        }
    }

    private static async Task<bool> TakeAsync(
        DatasetSource source, YoloPicture picture, YoloTask task, (int, int) points, (int, int)? size, Func<int, string?> className, List<LabelledObject> objects, FaultLog faults, CancellationToken cancellationToken)
    {
        using var text = source.OpenText(picture.Label);
        for (var number = 1; await text.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0) continue;
            if (size is not { } known)
            {
                faults.Add(picture.Label, "", $"coordinates are parts of the picture, and {picture.Picture} cannot be found to tell its size; put the pictures beside the labels or assume a size.");
                return false;
            }

            if (YoloLine.Read(fields, task, points, known, className, out var fault) is { } each) objects.Add(each);
            else faults.Add(picture.Label, $"line {number}", fault);
        }

        return true;
    }

    /// <summary>What labels are where nothing says it: lines of nine fields alone are rotated boxes, longer or shorter ones outlines.</summary>
    private static YoloTask Judge(DatasetSource source, YoloLayout layout)
    {
        var (corners, outlines) = (0, 0);
        foreach (var picture in layout.Pictures.Where(p => source.Has(p.Label)).Take(FilesToJudge))
        {
            foreach (var line in source.Beginning(picture.Label, 1 << 16).Split('\n'))
            {
                var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
                if (fields is 9 or 10) corners++;
                else if (fields > 6) outlines++;
            }
        }

        return outlines > 0 ? YoloTask.Segment : corners > 0 ? YoloTask.Obb : YoloTask.Detect;
    }
}
