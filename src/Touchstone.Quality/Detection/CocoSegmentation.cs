using System.Text.Json;

namespace Touchstone.Quality.Detection;

/// <summary>Reads the <c>segmentation</c> of a COCO annotation or detection.</summary>
public static class CocoSegmentation
{
    /// <summary>The mask of rings of points, of uncompressed runs, or of compressed runs.</summary>
    /// <param name="segmentation"><c>[[x, y, ...], ...]</c>, or <c>{"size": [height, width], "counts": [...] or "..."}</c>.</param>
    /// <param name="height">Height of the picture; used by rings, runs name their own.</param>
    /// <param name="width">Width of the picture.</param>
    /// <exception cref="FormatException">It is none of the three, or its runs do not fit; the message says what was found.</exception>
    public static RunLengthMask Read(JsonElement segmentation, int height, int width)
    {
        if (segmentation.ValueKind == JsonValueKind.Array)
        {
            var rings = new List<double[]>();
            foreach (var ring in segmentation.EnumerateArray())
            {
                var points = Numbers(ring, "a ring of the segmentation");
                if (points.Length < 6 || points.Length % 2 != 0) throw new FormatException($"A ring of the segmentation has {points.Length} numbers; it needs x and y of three points or more.");
                rings.Add(points);
            }

            return RunLengthMask.FromPolygons(height, width, rings);
        }

        if (segmentation.ValueKind != JsonValueKind.Object || !segmentation.TryGetProperty("counts", out var counts) || !segmentation.TryGetProperty("size", out var size))
            throw new FormatException("The segmentation is neither a list of rings nor an object with \"size\" and \"counts\".");
        var sides = Numbers(size, "the \"size\" of the segmentation");
        if (sides.Length != 2 || !sides.All(s => s > 0 && s <= int.MaxValue && s == Math.Floor(s))) throw new FormatException("The \"size\" of the segmentation must be [height, width] in whole pixels.");
        if (counts.ValueKind == JsonValueKind.String) return RunLengthMask.Parse((int)sides[0], (int)sides[1], counts.GetString());
        var runs = Numbers(counts, "the \"counts\" of the segmentation");
        if (!runs.All(r => r >= 0 && r <= uint.MaxValue && r == Math.Floor(r))) throw new FormatException("The \"counts\" of the segmentation must be whole numbers of pixels.");
        return RunLengthMask.FromCounts((int)sides[0], (int)sides[1], Array.ConvertAll(runs, r => (uint)r));
    }

    private static double[] Numbers(JsonElement list, string what)
    {
        if (list.ValueKind != JsonValueKind.Array) throw new FormatException($"Expected {what} to be a list of numbers, found {list.ValueKind}.");
        var numbers = new double[list.GetArrayLength()];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (list[i].ValueKind != JsonValueKind.Number || !list[i].TryGetDouble(out numbers[i]) || !double.IsFinite(numbers[i]))
                throw new FormatException($"Place {i} of {what} is {list[i].GetRawText()}, which is not a number.");
        }

        return numbers;
    }
}
