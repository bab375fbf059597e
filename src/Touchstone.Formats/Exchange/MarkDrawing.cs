using System.Buffers;
using System.Text.Json;
using Touchstone.Formats.Interchange;

namespace Touchstone.Formats.Exchange;

/// <summary>Marks as JSON for whoever draws them.</summary>
public static class MarkDrawing
{
    /// <summary>One member, named as in answers: <c>box</c>, <c>rotated_box</c>, <c>polygon</c>, <c>polyline</c> or <c>keypoints</c>; <c>polygons</c> for several rings. Masks and ellipses are given as the rings that they fill. Pixels.</summary>
    public static JsonElement ToJson(Mark mark)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            MarkJson.Write(json, mark is PixelMask or Ellipse && MarkShapes.RingsOf(mark) is { Count: > 0 } rings ? new Rings(rings) : mark);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
