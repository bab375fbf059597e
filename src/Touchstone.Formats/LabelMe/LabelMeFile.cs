using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelMe;

/// <summary>One file of LabelMe.</summary>
internal static class LabelMeFile
{
    private const string Answers = "answers", OtherFacts = "facts";

    private static readonly string[] Own = ["version", "flags", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth", Answers, OtherFacts];

    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null where the file cannot be read, which is told to <paramref name="faults"/>.</returns>
    public static async Task<Sample?> ReadAsync(Stream stream, string file, DatasetSource source, FaultLog faults, CancellationToken cancellationToken)
    {
        Dictionary<string, JsonElement> top = new(StringComparer.Ordinal);
        List<(int Index, JsonElement Shape)> shapes = [];
        if (await GatherAsync(stream, file, top, shapes, cancellationToken) is { } broken)
        {
            faults.Add(file, "", broken);
            return null;
        }

        foreach (var (member, value) in top.ToList())
        {
            if (JsonTexts.AreUnicode(value)) continue;
            faults.Add(file, "/" + member, "a text in it is no Unicode.");
            top.Remove(member);
        }

        if (top.TryGetValue("shapes", out var odd) && (odd.ValueKind != JsonValueKind.Array || odd.GetArrayLength() > 0)) faults.Add(file, "/shapes", $"a list was expected, {Kind(odd)} found.");
        if (Name(top, file, faults) is not { } name) return null;
        var size = (Side(top, "imageWidth"), Side(top, "imageHeight"));
        if (size.Item1 == 0 || size.Item2 == 0) size = source.SizeOf(name) ?? (0, 0);
        List<LabelledObject> objects = [];
        foreach (var (index, shape) in shapes)
            if (LabelMeShapes.Read(shape, string.Create(CultureInfo.InvariantCulture, $"/shapes/{index}"), size, file, faults) is { } each) objects.Add(each);
        return new Sample { Name = name, WidthPx = size.Item1, HeightPx = size.Item2, Facts = Facts(top), Opinions = [new Opinion { Objects = objects, Answers = Flags(top) }] };
    }

    public static void Write(Stream stream, Sample sample)
    {
        using var json = new Utf8JsonWriter(stream, Written);
        json.WriteStartObject();
        json.WriteString("version", "5.5.0");
        var answers = sample.Opinions.SelectMany(o => o.Answers).DistinctBy(a => a.Key).ToLookup(a => a.Value.ValueKind is JsonValueKind.True or JsonValueKind.False);
        WriteMembers(json, "flags", answers[true]);
        if (answers[false].Any()) WriteMembers(json, Answers, answers[false]);
        json.WriteStartArray("shapes");
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects)) LabelMeShapes.Write(json, each);
        json.WriteEndArray();
        json.WriteString("imagePath", sample.Name[(sample.Name.LastIndexOf('/') + 1)..]);
        json.WriteNull("imageData");
        json.WriteNumber("imageHeight", sample.HeightPx);
        json.WriteNumber("imageWidth", sample.WidthPx);
        var facts = sample.Facts.ToLookup(f => Own.Contains(f.Key));
        foreach (var (fact, value) in facts[false])
        {
            json.WritePropertyName(fact);
            value.WriteTo(json);
        }

        if (facts[true].Any()) WriteMembers(json, OtherFacts, facts[true]);
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            json.WritePropertyName(member);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"a list of {value.GetArrayLength()}",
        JsonValueKind.String => "a text",
        JsonValueKind.Undefined => "nothing",
        _ => value.GetRawText() is { Length: <= 40 } raw ? raw : "a number",
    };

    /// <summary>Takes the file apart, but for the picture inside. Lists other than the shapes come element by element and are put together again.</summary>
    /// <returns>What is wrong with the file as a whole; null where it could be read.</returns>
    private static async Task<string?> GatherAsync(Stream stream, string file, Dictionary<string, JsonElement> top, List<(int Index, JsonElement Shape)> shapes, CancellationToken cancellationToken)
    {
        Dictionary<string, List<JsonElement>> lists = new(StringComparer.Ordinal);
        try
        {
            await foreach (var (member, index, value) in JsonItems.ReadAsync(stream, file, cancellationToken))
            {
                if (member == "shapes" && index >= 0) shapes.Add((index, value));
                else if (member == "imageData") continue;
                else if (index < 0) top[member] = value;
                else if (lists.TryGetValue(member, out var list)) list.Add(value);
                else lists.Add(member, [value]);
            }
        }
        catch (FileFormatFaultException fault)
        {
            return fault.Message.StartsWith(file + ": ", StringComparison.Ordinal) ? fault.Message[(file.Length + 2)..] : fault.Message;
        }
        catch (InvalidOperationException)
        {
            return "the name of a member is no Unicode.";
        }

        foreach (var (member, list) in lists)
            if (list.TrueForAll(JsonTexts.AreUnicode)) top[member] = JsonSerializer.SerializeToElement(list);
        return null;
    }

    /// <summary>The picture's path below the data set: imagePath is relative to the file of labels.</summary>
    private static string? Name(Dictionary<string, JsonElement> top, string file, FaultLog faults)
    {
        if (!top.TryGetValue("imagePath", out var stated) || stated.ValueKind != JsonValueKind.String || stated.GetString()!.Replace('\\', '/').Trim() is not { Length: > 0 } path)
        {
            faults.Add(file, "/imagePath", $"the picture's path was expected, {Kind(stated)} found.");
            return null;
        }

        List<string> parts = [.. file.Split('/')[..^1]];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count == 0) return path[(path.LastIndexOf('/') + 1)..];   // outside the data set: only its name is known here
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return path.StartsWith('/') || path.Contains(':', StringComparison.Ordinal) || parts.Count == 0 ? path[(path.LastIndexOf('/') + 1)..] : string.Join('/', parts);
    }

    private static int Side(Dictionary<string, JsonElement> top, string name) =>
        top.TryGetValue(name, out var side) && side.ValueKind == JsonValueKind.Number && side.TryGetInt32(out var number) && number is > 0 and <= LabelMeShapes.PixelsMax ? number : 0;

    private static Dictionary<string, JsonElement> Flags(Dictionary<string, JsonElement> top)
    {
        Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
        foreach (var member in (ReadOnlySpan<string>)["flags", Answers])
            if (top.TryGetValue(member, out var flags) && flags.ValueKind == JsonValueKind.Object)
                foreach (var flag in flags.EnumerateObject()) answers[flag.Name] = flag.Value;
        return answers;
    }

    private static Dictionary<string, JsonElement> Facts(Dictionary<string, JsonElement> top)
    {
        var facts = top.Where(t => !Own.Contains(t.Key)).ToDictionary(StringComparer.Ordinal);
        if (top.TryGetValue(OtherFacts, out var others) && others.ValueKind == JsonValueKind.Object)
            foreach (var other in others.EnumerateObject()) facts[other.Name] = other.Value;
        return facts;
    }
}
