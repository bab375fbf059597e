using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Selectors;

/// <summary>Reads and writes selectors: an object with one member, which names the way of pointing.</summary>
public static class SelectorJson
{
    private const int MaxPoints = 10_000_000;

    private static readonly Dictionary<string, Func<JsonElement, GeometryRegistry, Selector?>> Readers = new(StringComparer.Ordinal)
    {
        ["region"] = ReadRegion,
        ["frames"] = static (value, _) => ReadWhole(value, 2) is [var first, var last] ? new FrameRange(first, last) : null,
        ["points"] = static (value, _) => ReadWhole(value, null) is { } indices ? new PointSet(indices) : null,
        ["code_points"] = static (value, _) => ReadWhole(value, 2) is [var start, var end] ? new CodePointRange(start, end) : null,
        ["turn"] = static (value, _) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var index) ? new Turn(index) : null,
    };

    /// <summary>Reads a selector and checks that it points into the input.</summary>
    /// <param name="value">Any JSON; what is wrong with it is told in faults.</param>
    /// <param name="input">What it points into.</param>
    public static Parsed<Selector> Parse(JsonElement value, in InputExtent input) => Parse(value, input, GeometryRegistry.Shipped);

    internal static Parsed<Selector> Parse(JsonElement value, in InputExtent input, GeometryRegistry geometries)
    {
        if (JsonText.Flaw(value) is { } flaw) return Fault("", "well-formed Unicode without U+0000", flaw);
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() != 1) return Fault("", Expected, JsonTextOf(value));
        var member = value.EnumerateObject().First();
        var pointer = JsonPointer.Append("", member.Name);
        if (!Readers.TryGetValue(member.Name, out var read)) return Fault(pointer, Expected, "another name");
        if (read(member.Value, geometries) is not { } selector) return Fault(pointer, Form(member.Name), JsonText.Describe(member.Value));
        if (!selector.Inputs.Contains(input.Kind)) return Fault(pointer, $"a way to point into a {Name(input.Kind)}", member.Name);
        return selector.Fits(input) ? new Parsed<Selector>(selector, []) : Fault(pointer, "a place within the input", JsonText.Describe(member.Value));
    }

    /// <summary>Writes a selector.</summary>
    public static void Write(Selector selector, Utf8JsonWriter writer) => Write(selector, writer, GeometryRegistry.Shipped);

    internal static void Write(Selector selector, Utf8JsonWriter writer, GeometryRegistry geometries)
    {
        writer.WriteStartObject();
        switch (selector)
        {
            case Region region:
                var form = geometries.Of(region.Geometry.Kind);
                writer.WriteStartObject("region");
                writer.WritePropertyName(form.Name);
                form.Write(writer, region.Geometry);
                writer.WriteEndObject();
                break;
            case FrameRange frames:
                WriteNumbers(writer, "frames", [frames.First, frames.Last]);
                break;
            case PointSet points:
                WriteNumbers(writer, "points", points.Indices);
                break;
            case CodePointRange range:
                WriteNumbers(writer, "code_points", [range.Start, range.End]);
                break;
            case Turn turn:
                writer.WriteNumber("turn", turn.Index);
                break;
            default:
                throw new InvalidOperationException($"Selectors of type {selector.GetType().Name} cannot be written.");
        }

        writer.WriteEndObject();
    }

    private static string Expected => $"an object with one of {string.Join(", ", Readers.Keys)}";

    private static string Name(InputKind kind) => kind.ToString().ToLowerInvariant();

    private static string Form(string member) => member switch
    {
        "region" => "an object with one valid geometry",
        "turn" => "a whole number",
        "points" => "a list of whole numbers",
        _ => "a list of two whole numbers",
    };

    private static string JsonTextOf(JsonElement value) => value.ValueKind == JsonValueKind.Object ? "an object with none or several" : JsonText.Describe(value);

    private static Parsed<Selector> Fault(string pointer, string expected, string found) => new(null, [new Fault(pointer, expected, found)]);

    private static Region? ReadRegion(JsonElement value, GeometryRegistry geometries)
    {
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() != 1) return null;
        var member = value.EnumerateObject().First();
        if (geometries.Find(member.Name) is not { Kind: not GeometryKind.Keypoints } form) return null;
        var run = new CheckRun(new Ontology([]), value, new InputExtent(InputKind.Image, 0, 0), geometries);
        form.Check(member.Value, new ShapeClass("region", null, "#000000", [form.Kind]), ref run);
        return run.Count == 0 ? new Region(form.Read(member.Value)) : null;
    }

    private static List<long>? ReadWhole(JsonElement value, int? count)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxPoints || count is not null && value.GetArrayLength() != count) return null;
        var numbers = new List<long>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number)) return null;
            numbers.Add(number);
        }

        return numbers;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IReadOnlyList<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
