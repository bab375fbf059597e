using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Yaml;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Yolo;

/// <summary>Where a YOLO data set has its pictures, labels and names.</summary>
internal sealed class YoloLayout
{
    /// <summary>Names of classes by number; empty where the data set has no list.</summary>
    public Dictionary<int, string> Names { get; } = [];

    /// <summary>Keypoints of an object and numbers of a keypoint; 0 where there are none.</summary>
    public (int Count, int Dimensions) Points { get; private set; }

    public YoloTask? Task { get; private set; }

    /// <summary>Whether a listed picture without a label file has no objects (Ultralytics), or is a fault (darknet).</summary>
    public bool MissingIsEmpty { get; private init; }

    public List<YoloPicture> Pictures { get; } = [];

    public static string? FindYaml(DatasetSource source) => source.Files.FirstOrDefault(f =>
        (f.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
        && source.Beginning(f, 1 << 16) is var text && HasKey(text, "names") && (HasKey(text, "train") || HasKey(text, "val")));

    public static string? FindDarknet(DatasetSource source) => source.Files.FirstOrDefault(f => f.EndsWith(".data", StringComparison.OrdinalIgnoreCase) && source.Beginning(f) is var text && text.Contains("names", StringComparison.Ordinal) && text.Contains('=', StringComparison.Ordinal));

    private static bool HasKey(string text, string key) => text.StartsWith(key + ":", StringComparison.Ordinal) || text.Contains("\n" + key + ":", StringComparison.Ordinal);

    /// <exception cref="FileFormatFaultException">The list of names cannot be read.</exception>
    public static YoloLayout Read(DatasetSource source, FormatOptions options)
    {
        var layout = FindYaml(source) is { } yaml ? ReadYaml(source, yaml) : FindDarknet(source) is { } data ? ReadDarknet(source, data) : ReadPlain(source);
        for (var i = 0; layout.Names.Count < options.ClassNames.Count && i < options.ClassNames.Count; i++) layout.Names.TryAdd(i, options.ClassNames[i]);
        layout.Task = YoloTasks.Parse(options.YoloTask) ?? layout.Task ?? (layout.Points.Count > 0 ? YoloTask.Pose : null);
        return layout;
    }

    private static YoloLayout ReadYaml(DatasetSource source, string file)
    {
        using var text = source.OpenText(file);
        var parsed = YamlDocument.Parse(text.ReadToEnd());
        if (parsed.Value is null) throw new FileFormatFaultException($"{file}: {string.Join("; ", parsed.Faults)}");
        var root = parsed.Value.Root;
        if (root.ValueKind != JsonValueKind.Object) throw new FileFormatFaultException($"{file}: a mapping with names, train and val was expected.");
        var layout = new YoloLayout { MissingIsEmpty = true };
        if (root.TryGetProperty("names", out var names)) layout.TakeNames(names, file);
        if (root.TryGetProperty("kpt_shape", out var shape) && shape.ValueKind == JsonValueKind.Array && shape.GetArrayLength() == 2
            && shape[0].ValueKind == JsonValueKind.Number && shape[0].TryGetInt32(out var count) && shape[1].ValueKind == JsonValueKind.Number && shape[1].TryGetInt32(out var dimensions) && count is > 0 and <= 10_000 && dimensions is 2 or 3)
            layout.Points = (count, dimensions);
        if (root.TryGetProperty("task", out var task) && task.ValueKind == JsonValueKind.String && task.GetString() is "detect" or "segment" or "pose" or "obb") layout.Task = YoloTasks.Parse(task.GetString());
        var folder = file.Contains('/', StringComparison.Ordinal) ? file[..(file.LastIndexOf('/') + 1)] : "";
        var under = root.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String ? path.GetString() + "/" : "";
        List<(string Split, string Place)> parts = [];
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name is "path" or "names" or "nc" or "kpt_shape" or "flip_idx" or "download" or "task") continue;
            List<string> places = member.Value.ValueKind switch
            {
                JsonValueKind.String => [member.Value.GetString()!],
                JsonValueKind.Array => [.. member.Value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
                _ => [],
            };
            if (member.Name is not ("train" or "val" or "test")) places.RemoveAll(p => !p.EndsWith(".txt", StringComparison.Ordinal));
            foreach (var place in places)
                if (Resolve(source, folder, under, place) is { } found) parts.Add((member.Name, found));
        }

        foreach (var named in parts.GroupBy(p => p.Place, StringComparer.Ordinal)) layout.TakePlace(source, named.Key, SplitOf(named.Key, [.. named.Select(p => p.Split).Distinct(StringComparer.Ordinal)]));
        return layout;
    }

    /// <summary>The part that a place is. One that stands for several, since Ultralytics wants both train and val, is the one that is called as its list, or that is neither of both; where there is no such one the data set has no parts.</summary>
    private static string? SplitOf(string place, List<string> keys)
    {
        if (keys is [var only]) return only;
        var list = Path.GetFileNameWithoutExtension(place);
        return keys.Contains(list) ? list : keys.Find(k => k is not (YoloFormat.Train or YoloFormat.Validation));
    }

    private void TakeNames(JsonElement names, string file)
    {
        if (names.ValueKind == JsonValueKind.Array)
        {
            var i = 0;
            foreach (var name in names.EnumerateArray()) Names.TryAdd(i++, Text(name));
        }
        else if (names.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in names.EnumerateObject())
                if (!int.TryParse(member.Name, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) || !Names.TryAdd(number, Text(member.Value))) throw new FileFormatFaultException($"{file}: /names/{member.Name}: a number of a class, once, was expected.");
        }
        else throw new FileFormatFaultException($"{file}: /names: a list or a mapping from numbers to names was expected.");
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>The file or folder meant by a path that was written on another machine: its longest end that is here.</summary>
    private static string? Resolve(DatasetSource source, string folder, string under, string place)
    {
        foreach (var start in (ReadOnlySpan<string>)[folder + under, folder, ""])
        {
            var names = (start + place).Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(n => n is not ("." or "..")).ToList();
            for (var skip = 0; skip <= names.Count; skip++)
            {
                var path = string.Join('/', names.Skip(skip));
                if (path.Length == 0 ? place is "." or "./" : IsThere(source, path)) return path;
            }
        }

        return null;
    }

    private static bool IsThere(DatasetSource source, string path) =>
        Search(source, path) is var at && at < source.Files.Count && (source.Files[at] == path || source.Files[at].StartsWith(path + "/", StringComparison.Ordinal)
            || Search(source, path + "/") is var below && below < source.Files.Count && source.Files[below].StartsWith(path + "/", StringComparison.Ordinal))
        || LabelsOf(path + "/") is { } labels && Search(source, labels) is var first && first < source.Files.Count && source.Files[first].StartsWith(labels, StringComparison.Ordinal);

    /// <summary>The first file that is not before a path, in ordinal order.</summary>
    private static int Search(DatasetSource source, string path)
    {
        var (low, high) = (0, source.Files.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(source.Files[middle], path) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static IEnumerable<string> Below(DatasetSource source, string folder)
    {
        for (var i = Search(source, folder); i < source.Files.Count && source.Files[i].StartsWith(folder, StringComparison.Ordinal); i++) yield return source.Files[i];
    }

    /// <summary>The path with its last folder "images" as "labels"; null where it has none.</summary>
    private static string? LabelsOf(string path)
    {
        var at = ("/" + path).LastIndexOf("/images/", StringComparison.Ordinal);
        return at < 0 ? null : path[..at] + "labels/" + path[(at + "images/".Length)..];
    }

    private void TakePlace(DatasetSource source, string place, string? split)
    {
        if (place.EndsWith(".txt", StringComparison.Ordinal) && source.Has(place))
        {
            TakeList(source, place, split);
            return;
        }

        var folder = place.Length == 0 ? "" : place + "/";
        var labels = LabelsOf(folder) ?? folder;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var picture in Below(source, folder).Where(DatasetSource.IsPicture))
        {
            var name = picture[folder.Length..];
            seen.Add(DatasetSource.WithoutPictureEnding(name));
            Pictures.Add(new YoloPicture(name, picture, labels + DatasetSource.WithoutPictureEnding(name) + ".txt", split));
        }

        foreach (var label in Below(source, labels))
        {
            if (!label.EndsWith(".txt", StringComparison.Ordinal) || !seen.Add(label[labels.Length..^4])) continue;
            Pictures.Add(new YoloPicture(label[labels.Length..^4], label[labels.Length..^4], label, split));
        }
    }

    private void TakeList(DatasetSource source, string list, string? split)
    {
        using var text = source.OpenText(list);
        while (text.ReadLine() is { } line)
        {
            var path = Clean(line);
            if (path.Length == 0) continue;
            var picture = Suffixes(path).FirstOrDefault(f => Exists(source, f)) ?? path;
            var label = Suffixes(DatasetSource.WithoutPictureEnding(LabelsOf(picture) ?? picture) + ".txt").FirstOrDefault(f => Exists(source, f));
            Pictures.Add(new YoloPicture(NameOf(path, split), picture, label ?? DatasetSource.WithoutPictureEnding(LabelsOf(path) ?? path) + ".txt", split));
        }
    }

    private static bool Exists(DatasetSource source, string file) => Search(source, file) is var at && at < source.Files.Count && source.Files[at] == file;

    private static string Clean(string line) => string.Join('/', line.Trim().Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(n => n is not ("." or "..")));

    private static IEnumerable<string> Suffixes(string path)
    {
        for (var rest = path; ; rest = rest[(rest.IndexOf('/', StringComparison.Ordinal) + 1)..])
        {
            yield return rest;
            if (!rest.Contains('/', StringComparison.Ordinal)) yield break;
        }
    }

    /// <summary>The name within its part: below <c>images/train/</c> or <c>obj_train_data/</c>.</summary>
    private static string NameOf(string path, string? split)
    {
        foreach (var folder in (ReadOnlySpan<string>)[$"images/{split}/", "images/", $"obj_{split}_data/", "obj_data/"])
        {
            var at = ("/" + path).LastIndexOf("/" + folder, StringComparison.Ordinal);
            if (at >= 0) return path[(at + folder.Length)..];
        }

        return path;
    }

    private static YoloLayout ReadDarknet(DatasetSource source, string file)
    {
        var layout = new YoloLayout();
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        using (var text = source.OpenText(file))
        {
            while (text.ReadLine() is { } line)
                if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at) values[line[..at].Trim()] = line[(at + 1)..].Trim();
        }

        var folder = file.Contains('/', StringComparison.Ordinal) ? file[..(file.LastIndexOf('/') + 1)] : "";
        if (!values.TryGetValue("names", out var names) || Resolve(source, folder, "", names) is not { } list || !source.Has(list)) throw new FileFormatFaultException($"{file}: names = {names ?? "(nothing)"}: there is no such file.");
        using (var text = source.OpenText(list))
        {
            while (text.ReadLine() is { } line)
                if (line.Trim() is { Length: > 0 } name) layout.Names.Add(layout.Names.Count, name);
        }

        layout.Task = YoloTask.Detect;
        foreach (var (key, value) in values)
        {
            if (key is "names" or "backup" or "classes" or "results" or "eval" || !value.EndsWith(".txt", StringComparison.Ordinal)) continue;
            if (Resolve(source, folder, "", value) is not { } place || !source.Has(place)) throw new FileFormatFaultException($"{file}: {key} = {value}: there is no such file.");
            layout.TakeList(source, place, place.EndsWith("all.txt", StringComparison.Ordinal) ? null : key);
        }

        return layout;
    }

    /// <summary>Label files without any list: those below a folder "labels", or else all that lie beside pictures.</summary>
    private static YoloLayout ReadPlain(DatasetSource source)
    {
        var layout = new YoloLayout { MissingIsEmpty = true };
        var classes = source.Files.FirstOrDefault(f => Path.GetFileName(f) is "classes.txt" or "obj.names");
        if (classes is not null)
        {
            using var text = source.OpenText(classes);
            while (text.ReadLine() is { } line)
                if (line.Trim() is { Length: > 0 } name) layout.Names.Add(layout.Names.Count, name);
        }

        foreach (var file in source.Files)
        {
            if (!file.EndsWith(".txt", StringComparison.Ordinal) || file == classes) continue;
            var at = ("/" + file).LastIndexOf("/labels/", StringComparison.Ordinal);
            var name = at < 0 ? file[..^4] : file[(at + "labels/".Length)..^4];
            layout.Pictures.Add(new YoloPicture(name, name, file, null));
        }

        return layout;
    }
}

/// <summary>A picture and its label file, neither of which need be there.</summary>
internal sealed record YoloPicture(string Name, string Picture, string Label, string? Split);
