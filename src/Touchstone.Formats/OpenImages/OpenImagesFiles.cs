using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.OpenImages;

/// <summary>Which file of a data set is what, by its header, and the names of its classes.</summary>
internal sealed partial class OpenImagesFiles
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

    private OpenImagesFiles()
    {
    }

    public List<string> Boxes { get; } = [];

    public List<string> Labels { get; } = [];

    public List<string> Masks { get; } = [];

    public List<string> Lists { get; } = [];

    /// <summary>The classes in the order of the file that describes them.</summary>
    public IReadOnlyList<ObjectClass> Classes => [.. _names.Select(n => new ObjectClass(n.Value) { Key = n.Key == n.Value ? "" : n.Key, Parent = _parents.TryGetValue(n.Key, out var parent) ? NameOf(parent) : "" })];

    public static OpenImagesFiles Of(DatasetSource source, FaultLog faults)
    {
        OpenImagesFiles files = new();
        foreach (var file in source.Files)
        {
            if (file.EndsWith("hierarchy.json", StringComparison.OrdinalIgnoreCase)) files.ReadHierarchy(source, file, faults);
            if (!file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) continue;
            var header = Header(source, file);
            if (Path.GetFileName(file).Contains("class-descriptions", StringComparison.OrdinalIgnoreCase)) files.ReadNames(source, file);
            else if (HasBoxes(header)) files.Boxes.Add(file);
            else if (header.Contains("MaskPath") && header.Contains("ImageID")) files.Masks.Add(file);
            else if (header.Contains("ImageID") && header.Contains("Subset")) files.Lists.Add(file);
            else if (header.Contains("ImageID") && header.Contains("LabelName")) files.Labels.Add(file);
        }

        return files;
    }

    public static bool HasBoxes(IReadOnlyList<string> header) => header.Contains("ImageID") && header.Contains("LabelName") && header.Contains("XMin") && header.Contains("YMax");

    public static List<string> Header(DatasetSource source, string file)
    {
        var text = source.Beginning(file, 1024);
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return CsvRows.Split(end < 0 ? text : text[..end]).ConvertAll(h => h.Trim());
    }

    /// <summary>The part of the data set that a file is about, by its name.</summary>
    public static string? SplitOf(string file) => SplitName().Match(Path.GetFileName(file)) is { Success: true } match ? match.Groups["split"].Value : null;

    /// <summary>The word for a label, or the label itself where none is told.</summary>
    public string NameOf(string label) => _names.GetValueOrDefault(label, label);

    private void ReadNames(DatasetSource source, string file)
    {
        using var text = source.OpenText(file);
        HashSet<string> taken = new(_names.Values, StringComparer.Ordinal);
        while (text.ReadLine() is { } line)
        {
            var fields = CsvRows.Split(line);
            if (fields.Count < 2 || fields[0].Length == 0 || fields[0] == "LabelName" || _names.ContainsKey(fields[0])) continue;
            var name = fields[1].Length > 0 && taken.Add(fields[1]) ? fields[1] : $"{fields[1]} ({fields[0]})".TrimStart();
            _names.Add(fields[0], name);
        }
    }

    private void ReadHierarchy(DatasetSource source, string file, FaultLog faults)
    {
        try
        {
            using var stream = source.OpenRead(file);
            using var document = JsonDocument.Parse(stream);
            if (JsonTexts.AreUnicode(document.RootElement)) Walk(document.RootElement, null);
            else faults.Add(file, "", "a text in it is no Unicode.");
        }
        catch (JsonException fault)
        {
            faults.Add(file, FormattableString.Invariant($"line {fault.LineNumber + 1}"), "this is no JSON.");
        }
    }

    private void Walk(JsonElement node, string? parent)
    {
        if (node.ValueKind != JsonValueKind.Object) return;
        var label = node.TryGetProperty("LabelName", out var stated) && stated.ValueKind == JsonValueKind.String ? stated.GetString() : null;
        if (label is not null && parent is not null) _parents.TryAdd(label, parent);
        foreach (var member in (ReadOnlySpan<string>)["Subcategory", "Part"])
            if (node.TryGetProperty(member, out var below) && below.ValueKind == JsonValueKind.Array)
                foreach (var each in below.EnumerateArray()) Walk(each, label);
    }

    [GeneratedRegex("^(oidv6-)?(?<split>.+)-annotations-", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SplitName();
}
