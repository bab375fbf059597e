using System.Text.Json;

namespace Touchstone.Formats.Coco;

/// <summary>One record of a COCO file, read member by member; what is not as expected is told with id and pointer.</summary>
internal readonly struct CocoFields(string list, int index, JsonElement record)
{
    public string Pointer => $"/{list}/{index}";

    public JsonElement? Find(string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public long Integer(string name)
    {
        var value = Find(name) ?? throw Fault(name, "a whole number");
        if (value.ValueKind != JsonValueKind.Number) throw Fault(name, "a whole number");
        if (value.TryGetInt64(out var integer)) return integer;
        // Some writers give every number a decimal point.
        return value.TryGetDouble(out var real) && real == Math.Floor(real) && Math.Abs(real) < 1e15 ? (long)real : throw Fault(name, "a whole number");
    }

    public int Side(string name) => Integer(name) is > 0 and <= int.MaxValue and var side ? (int)side : throw Fault(name, "a number of pixels above 0");

    public string Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Fault(name, "a text");

    public double Number(string name, double otherwise) =>
        Find(name) is not { } value ? otherwise : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Fault(name, "a number");

    /// <summary>A list of finite numbers; null where there is none.</summary>
    public double[]? Numbers(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array) throw Fault(name, "a list of numbers");
        return Numbers(value, name);
    }

    public double[] Numbers(JsonElement value, string name)
    {
        var numbers = new double[value.GetArrayLength()];
        var i = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out numbers[i]) || !double.IsFinite(numbers[i])) throw Fault($"{name}/{i}", "a number", element);
            i++;
        }

        return numbers;
    }

    public CocoFieldException Fault(string name, string expected) => Fault(name, expected, Find(name));

    public CocoFieldException Fault(string name, string expected, JsonElement? found) => new(new FormatFault(
        $"/{list}/{index}/{name}",
        Find("id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) ? number : null,
        $"expected {expected}; found {(found is { } value ? Show(value) : "nothing")}"));

    public static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "...";
    }
}

/// <summary>Carries a fault from a member to the record's one exit.</summary>
internal sealed class CocoFieldException(FormatFault fault) : Exception(fault.Message)
{
    public FormatFault Fault { get; } = fault;
}
