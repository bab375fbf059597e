using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Mapillary;

/// <summary>The list of classes, <c>config.json</c>: a class's number is its position.</summary>
internal static class MapillaryConfig
{
    /// <summary>The class of pixels that nobody labelled.</summary>
    public const string Unlabelled = "void--unlabeled";

    /// <summary>Most classes: a number has 8 bits.</summary>
    public const int ClassesMax = 256;

    private const int FileMaxBytes = 1 << 26;

    /// <summary>The file that goes with a version of the labels (<c>v1.2</c>, <c>v2.0</c>; empty where the folders name none); null where there is none.</summary>
    public static string? Find(DatasetSource source, string version)
    {
        var files = source.Files.Where(f => Path.GetFileName(f) is var name && name.StartsWith("config", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal)).ToList();
        return files.Find(f => Path.GetFileNameWithoutExtension(f) == $"config_{version}") ?? files.Find(f => Path.GetFileName(f) == "config.json") ?? files.FirstOrDefault();
    }

    /// <summary>Whether a file begins as the list does.</summary>
    public static bool LooksRight(DatasetSource source, string file)
    {
        var text = source.Beginning(file);
        return text.TrimStart().StartsWith('{') && text.Contains("\"labels\"", StringComparison.Ordinal) && text.Contains("\"readable\"", StringComparison.Ordinal) && text.Contains("\"instances\"", StringComparison.Ordinal);
    }

    /// <summary>The classes in order. One without a name is told and stands by its number, so that the others keep theirs.</summary>
    /// <exception cref="FileFormatFaultException">The file is no JSON with a list of labels.</exception>
    public static IReadOnlyList<ObjectClass> Read(DatasetSource source, string file, FaultLog faults)
    {
        List<ObjectClass> classes = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var label in Labels(source, file).EnumerateArray())
        {
            var number = classes.Count;
            var name = label.Text("name");
            if (name is null or "" || !names.Add(name))
            {
                faults.Add(file, $"/labels/{number}/name", $"a name of its own was expected; {label.Member("name").Found()} found.");
                names.Add(name = $"class_{number}");
            }

            classes.Add(new ObjectClass(name) { Number = number, IsStuff = label.Flag("instances") == false, Colour = Colour(label) });
        }

        return classes;
    }

    private static JsonElement Labels(DatasetSource source, string file)
    {
        using var stream = source.OpenRead(file);
        if (stream.Length > FileMaxBytes) throw new FileFormatFaultException($"{file}: the list of classes has {stream.Length} bytes; at most {FileMaxBytes} were expected.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        try
        {
            if (JsonText.IsUnicode(bytes) && JsonElement.Parse(bytes).Member("labels") is { ValueKind: JsonValueKind.Array } labels) return labels;
        }
        catch (JsonException fault)
        {
            throw new FileFormatFaultException($"{file}: this is no JSON ({fault.Message.Split(" LineNumber")[0].TrimEnd('.')}), at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.", fault);
        }

        throw new FileFormatFaultException($"{file}: an object with the list \"labels\" was expected.");
    }

    private static string? Colour(JsonElement label)
    {
        int[] rgb = [.. label.Items("color").Take(4).Select(c => c.AsNumber() is { } n and >= 0 and <= 255 ? (int)n : -1)];
        return rgb.Length == 3 && !rgb.Contains(-1) ? $"#{rgb[0]:x2}{rgb[1]:x2}{rgb[2]:x2}" : null;
    }

    /// <summary>The classes to be written, with the one of pixels that no object has.</summary>
    /// <exception cref="FileFormatFaultException">There are more than numbers.</exception>
    public static IReadOnlyList<ObjectClass> ToWrite(DatasetFacts facts)
    {
        List<ObjectClass> classes = [.. facts.Classes];
        if (!classes.Exists(c => c.Name == Unlabelled)) classes.Add(new ObjectClass(Unlabelled) { IsStuff = true, Colour = "#000000" });
        return classes.Count <= ClassesMax ? classes : throw new FileFormatFaultException($"Mapillary Vistas has numbers for {ClassesMax} classes, one of them for what is not labelled; there are {classes.Count}.");
    }

    /// <summary>Writes the list.</summary>
    public static async Task WriteAsync(IReadOnlyList<ObjectClass> classes, DatasetTarget target, CancellationToken cancellationToken)
    {
        var palette = MaskPalette.Of(classes);
        await using var stream = target.Create("config.json");
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("labels"u8);
        for (var i = 0; i < classes.Count; i++)
        {
            json.WriteStartObject();
            json.WriteStartArray("color"u8);
            foreach (var channel in palette.AsSpan(i * 3, 3)) json.WriteNumberValue(channel);
            json.WriteEndArray();
            json.WriteBoolean("instances"u8, !classes[i].IsStuff);
            json.WriteString("readable"u8, classes[i].Name);
            json.WriteString("name"u8, classes[i].Name);
            json.WriteBoolean("evaluate"u8, classes[i].Name != Unlabelled);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("version"u8, 1.1);
        json.WriteString("mapping"u8, "public"u8);
        json.WriteString("folder_structure"u8, "{split}/{content}/{key}.{ext}"u8);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }
}
