using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Reads one task.</summary>
/// <remarks>guide/export, "Raw JSON format of completed tasks". <c>completions</c> and <c>predictions</c> of old exports are taken too, and one annotation with its task inside, as storages get them.</remarks>
internal sealed class LabelStudioTask(DatasetSource source, FormatOptions options, HashSet<ulong> names)
{
    /// <summary>The fact that keeps the types of questions.</summary>
    public const string ControlsFact = "label_studio_controls";

    /// <summary>The fact that keeps what a task's data hold besides the input.</summary>
    public const string DataFact = "label_studio_data";

    /// <summary>The fact that keeps a task's id.</summary>
    public const string IdFact = "label_studio_task";

    private static readonly string[] InputKeys = ["image", "img", "image_url", "video", "video_url", "text", "audio", "url"];
    private static readonly string[] VideoEndings = [".mp4", ".webm", ".mov", ".avi", ".mkv", ".m4v"];
    private static readonly string[] SoundEndings = [".mp3", ".wav", ".flac", ".ogg", ".m4a", ".csv"];

    /// <returns>Null where it is no task, which is told.</returns>
    public Sample? Read(JsonElement task, int index, ResultPlace place)
    {
        if (task.Member("result") is not null && task.Member("task") is { ValueKind: JsonValueKind.Object } inner) task = Enclosing(task, inner);
        if (task.Member("data") is not { ValueKind: JsonValueKind.Object } data)
        {
            place.Tell($"a task has an object \"data\"; {task.Member("data").Found()} found.");
            return null;
        }

        var results = Results(task).ToList();
        var (key, value) = InputOf(data, results);
        var kind = KindOf(key, value, results);
        if (kind is not { } known)
        {
            place.Below("data").Tell($"\"{key}\" is sound or a series of numbers, which are not read.");
            return null;
        }

        var id = task.Id("id");
        var size = Size(data, results) ?? (known == InputKind.Image ? source.SizeOf(FileOf(value ?? "")) ?? options.AssumedSize : null);
        var frames = results.Select(r => r.Member("value") is { } v ? v.Whole("framesCount") ?? v.Whole("frameCount") ?? 0 : 0).DefaultIfEmpty().Max();
        var context = new ResultContext(known == InputKind.Text ? value : null, size, Math.Max(0, frames), new(StringComparer.Ordinal));
        var opinions = Opinions(task, context, place).ToList();
        var name = Unique(known == InputKind.Text || string.IsNullOrEmpty(value) ? $"task-{id ?? index.ToString(CultureInfo.InvariantCulture)}" : FileOf(value), id, index);
        return new Sample
        {
            Name = name,
            Kind = known,
            Text = context.Text,
            Address = known == InputKind.Text || value == name ? null : value,
            WidthPx = size?.Item1 ?? 0,
            HeightPx = size?.Item2 ?? 0,
            FrameCount = context.FrameCount,
            InterpolationStep = known == InputKind.Clip ? 1 : 0,
            FramesPerSecond = known == InputKind.Clip ? Rate(results, frames) : null,
            Opinions = opinions,
            Facts = Facts(task, id, data, key, known, context),
        };
    }

    private static JsonElement Enclosing(JsonElement annotation, JsonElement task)
    {
        Dictionary<string, JsonElement> members = new(((JsonElement?)task).Values(), StringComparer.Ordinal);
        members["annotations"] = JsonSerializer.SerializeToElement((JsonElement[])[annotation]);
        return JsonSerializer.SerializeToElement(members);
    }

    private static IEnumerable<(string Member, int Index, JsonElement Opinion)> Words(JsonElement task) =>
        ((string[])["annotations", "completions", "predictions", "drafts"]).SelectMany(member => task.Items(member).Select((opinion, index) => (member, index, opinion)));

    private static IEnumerable<JsonElement> Results(JsonElement task) => Words(task).SelectMany(w => w.Opinion.Items("result"));

    /// <summary>The data's member that the results are about, or else the likeliest one.</summary>
    private static (string Key, string? Value) InputOf(JsonElement data, List<JsonElement> results)
    {
        var named = results.Select(r => r.Text("to_name")).FirstOrDefault(n => n is not null && data.Text(n) is not null);
        named ??= InputKeys.FirstOrDefault(k => data.Text(k) is not null);
        named ??= ((JsonElement?)data).Members().Where(m => m.Value.ValueKind == JsonValueKind.String).Select(m => m.Name).FirstOrDefault() ?? "";
        return (named, data.Text(named));
    }

    private static InputKind? KindOf(string key, string? value, List<JsonElement> results)
    {
        if (results.Any(r => r.Text("type")?.StartsWith("video", StringComparison.Ordinal) == true)) return InputKind.Clip;
        if (results.Any(r => r.Text("type") is { } type && LabelStudioRegions.ShapeOf(type) is not null)) return InputKind.Image;
        var ending = Path.GetExtension(FileOf(value ?? "")).ToLowerInvariant();
        if (VideoEndings.Contains(ending) || key.StartsWith("video", StringComparison.Ordinal)) return InputKind.Clip;
        if (SoundEndings.Contains(ending) || key.StartsWith("audio", StringComparison.Ordinal) || results.Any(r => r.Member("value")?.Member("channel") is not null)) return null;
        return DatasetSource.IsPicture(FileOf(value ?? "")) || key.StartsWith("im", StringComparison.Ordinal) && value is not null ? InputKind.Image : InputKind.Text;
    }

    /// <summary>The file that an address ends with: its path without server, and without what Label Studio puts around the files of its own.</summary>
    private static string FileOf(string address)
    {
        const string Local = "?d=";
        var at = address.Contains("/data/local-files/", StringComparison.Ordinal) ? address.IndexOf(Local, StringComparison.Ordinal) : -1;
        var path = at >= 0 ? Uri.UnescapeDataString(address[(at + Local.Length)..]) : address;
        if (path.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
        {
            path = path[(scheme + 3)..];
            path = path[(path.IndexOf('/') + 1)..];
        }

        if (at < 0 && path.IndexOfAny(['?', '#']) is > 0 and var query) path = path[..query];
        return path.TrimStart('/');
    }

    private string Unique(string name, string? id, int index)
    {
        while (!names.Add(Hash(name))) name = $"{Path.ChangeExtension(name, null)}-task-{id ?? index.ToString(CultureInfo.InvariantCulture)}{Path.GetExtension(name)}";
        return name;
    }

    /// <summary>FNV-1a: eight bytes for each name that was met, instead of the name.</summary>
    private static ulong Hash(string name) => name.Aggregate(14695981039346656037UL, (hash, c) => unchecked((hash ^ c) * 1099511628211UL));

    private static (int, int)? Size(JsonElement data, List<JsonElement> results) =>
        results.Select(r => LabelStudioResults.Size(r)).FirstOrDefault(s => s is not null)
            ?? (data.Whole("width") is > 0 and var width && data.Whole("height") is > 0 and var height ? (width, height) : null);

    private static double? Rate(List<JsonElement> results, int frames) =>
        frames > 0 && results.Select(r => r.Member("value")?.Number("duration")).FirstOrDefault(d => d > 0) is { } seconds ? frames / seconds : null;

    private static IEnumerable<Opinion> Opinions(JsonElement task, ResultContext context, ResultPlace place)
    {
        foreach (var (member, index, word) in Words(task))
        {
            var at = place.Below(member).Below(index);
            if (word.ValueKind != JsonValueKind.Object)
            {
                at.Tell(word.ValueKind == JsonValueKind.Number
                    ? $"{((JsonElement?)word).Found()}: the export names it by its number alone and does not hold it; an export snapshot with serialization_options.{member}.only_id false does."
                    : $"an object was expected; {((JsonElement?)word).Found()} found.");
                continue;
            }

            yield return new LabelStudioResults(context).Read(word.Member("result") ?? default, Basis(member, word), at.Below("result"));
        }
    }

    private static Opinion Basis(string member, JsonElement word) => new()
    {
        Kind = member switch
        {
            "predictions" => OpinionKind.Prediction,
            "drafts" => OpinionKind.Draft,
            _ when word.Flag("was_cancelled") == true || word.Flag("skipped") == true => OpinionKind.Skipped,
            _ when word.Flag("ground_truth") == true || word.Flag("honeypot") == true => OpinionKind.Gold,
            _ => OpinionKind.Annotation,
        },
        Id = word.Id("id"),
        Contributor = member == "predictions" ? null : Who(word, "completed_by") ?? Who(word, "user") ?? word.Text("created_username"),
        Model = member == "predictions" ? word.Id("model_version") : null,
        At = word.Time("created_at"),
        Seconds = word.Number("lead_time"),
        Score = word.Number("score"),
        Review = word.Items("reviews").LastOrDefault() is { ValueKind: JsonValueKind.Object } review ? review.Text("state") ?? (review.Flag("accepted") switch { true => "accepted", false => "rejected", _ => null }) : null,
    };

    private static string? Who(JsonElement word, string member) => word.Id(member) ?? (word.Member(member) is { ValueKind: JsonValueKind.Object } person ? person.Text("email") ?? person.Id("id") : null);

    private static Dictionary<string, JsonElement> Facts(JsonElement task, string? id, JsonElement data, string key, InputKind kind, ResultContext context)
    {
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var member in task.Member("meta").Members()) facts[member.Name] = member.Value;
        if (id is not null) facts[IdFact] = task.GetProperty("id");
        var others = ((JsonElement?)data).Members().Where(m => m.Name != key && m.Value.ValueKind != JsonValueKind.Null).ToList();
        if (key != LabelStudioTaskWriter.KeyOf(kind) || others.Exists(m => m.Name is not ("width" or "height")))
        {
            Dictionary<string, JsonElement> kept = new(StringComparer.Ordinal) { [key] = JsonFields.Null };          // null is where the input goes again
            foreach (var member in others) kept[member.Name] = member.Value;
            facts[DataFact] = JsonSerializer.SerializeToElement(kept);
        }

        if (context.Controls.Count > 0) facts[ControlsFact] = JsonSerializer.SerializeToElement(context.Controls);
        return facts;
    }
}
