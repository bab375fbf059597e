using System.Text.Json;
using Touchstone.Annotations.Masks;

namespace Touchstone.Formats.Coco;

/// <summary>COCO's run-length masks, as a list of numbers or packed into text.</summary>
internal static class CocoRuns
{
    public static RunLengthMask Read(CocoFields fields, JsonElement value)
    {
        if (!value.TryGetProperty("size", out var size) || size.ValueKind != JsonValueKind.Array || size.GetArrayLength() != 2) throw fields.Fault("segmentation/size", "height and width", value);
        var sides = fields.Numbers(size, "segmentation/size");
        if (sides.Any(s => s < 1 || s != Math.Floor(s)) || sides[0] * sides[1] > int.MaxValue) throw fields.Fault("segmentation/size", "height and width in whole pixels above 0", size);
        if (!value.TryGetProperty("counts", out var counts)) throw fields.Fault("segmentation/counts", "a list of runs or a text", value);
        var (height, width) = ((int)sides[0], (int)sides[1]);
        try
        {
            return counts.ValueKind switch
            {
                JsonValueKind.String => RunLengthMask.Parse(height, width, counts.GetString()),
                JsonValueKind.Array => RunLengthMask.FromCounts(height, width, Runs(fields, counts)),
                _ => throw fields.Fault("segmentation/counts", "a list of runs or a text", counts),
            };
        }
        catch (FormatException fault)
        {
            throw fields.Fault("segmentation/counts", $"runs that cover the picture ({fault.Message})", counts);
        }
    }

    private static uint[] Runs(CocoFields fields, JsonElement counts)
    {
        var runs = new uint[counts.GetArrayLength()];
        var i = 0;
        foreach (var number in fields.Numbers(counts, "segmentation/counts"))
            runs[i++] = number >= 0 && number <= uint.MaxValue && number == Math.Floor(number) ? (uint)number : throw fields.Fault($"segmentation/counts/{i - 1}", "a whole number of pixels", counts[i - 1]);
        return runs;
    }
}
