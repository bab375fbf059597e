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

    /// <summary>The fact that tells which page of its task an input is, from 1.</summary>
    public const string PageFact = "label_studio_page";

    private static readonly JsonElement OnePage = JsonElement.Parse("[null]");
    private static readonly string[] VideoEndings = [".mp4", ".webm", ".mov", ".avi", ".mkv", ".m4v"];
    private static readonly string[] SoundEndings = [".mp3", ".wav", ".flac", ".ogg", ".m4a", ".csv"];

    private readonly IReadOnlyDictionary<string, string> _tags = LabelStudioConfig.Inputs(source);

    /// <returns>A sample for each input of the task; none where it is no task, which is told.</returns>
    public IEnumerable<Sample> Read(JsonElement task, int index, ResultPlace place)
    {
        if (task.Member("result") is not null && task.Member("task") is { ValueKind: JsonValueKind.Object } inner) task = Enclosing(task, inner);
        if (task.Member("data") is not { ValueKind: JsonValueKind.Object } data)
        {
            place.Tell($"a task has an object \"data\"; {task.Member("data").Found()} found.");
            yield break;
        }

        var inputs = LabelStudioInputs.Of(data, [.. Results(task)], _tags, place);
        var words = Opinions(task, inputs, place).ToList();
        for (var number = 0; number < inputs.All.Count; number++)
            if (Read(task, data, inputs, number, words, index, place) is { } sample) yield return sample;
    }

    private Sample? Read(JsonElement task, JsonElement data, LabelStudioInputs inputs, int number, List<TaskWord> words, int index, ResultPlace place)
    {
        var (key, page, value) = inputs.All[number];
        var results = words.SelectMany(w => w.Results[number]).Select(r => r.Result).ToList();
        if (KindOf(key, value, results) is not { } kind)
        {
            place.Below("data").Tell($"\"{key}\" is sound or a series of numbers, which are not read.");
            return null;
        }

        var id = task.Id("id");
        var size = Size(data, results, isOnly: inputs.All.Count == 1) ?? (kind == InputKind.Image ? source.SizeOf(FileOf(value ?? "")) ?? options.AssumedSize : null);
        var frames = results.Select(r => r.Member("value") is { } v ? v.Whole("framesCount") ?? v.Whole("frameCount") ?? 0 : 0).DefaultIfEmpty().Max();
        var context = new ResultContext(kind == InputKind.Text ? value : null, size, Math.Max(0, frames), new(StringComparer.Ordinal));
        // The time that a person took is that of the task, and counts once.
        var opinions = words.ConvertAll(w => new LabelStudioResults(context).Read(w.Results[number], number == 0 ? w.Basis : w.Basis with { Seconds = null }));
        var title = $"task-{id ?? index.ToString(CultureInfo.InvariantCulture)}";
        var name = Unique(kind == InputKind.Text || string.IsNullOrEmpty(value) ? inputs.All.Count == 1 ? title : $"{title}/{key}{(page is { } p ? $"-{p + 1}" : "")}" : FileOf(value), id, index);
        return new Sample
        {
            Name = name,
            Kind = kind,
            Text = context.Text,
            Address = kind == InputKind.Text || value == name ? null : value,
            WidthPx = size?.Item1 ?? 0,
            HeightPx = size?.Item2 ?? 0,
            FrameCount = context.FrameCount,
            InterpolationStep = kind == InputKind.Clip ? 1 : 0,
            FramesPerSecond = kind == InputKind.Clip ? Rate(results, frames) : null,
            Scene = inputs.All.Count > 1 ? title : null,
            Opinions = opinions,
            Facts = Facts(task, id, data, inputs.All[number], inputs.All.Count(i => i.Key == key) > 1, kind, context),
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

    /// <summary>The size that the results state, or the data, which then have one input.</summary>
    private static (int, int)? Size(JsonElement data, List<JsonElement> results, bool isOnly) =>
        results.Select(r => LabelStudioResults.Size(r)).FirstOrDefault(s => s is not null)
            ?? (isOnly && data.Whole("width") is > 0 and var width && data.Whole("height") is > 0 and var height ? (width, height) : null);

    private static double? Rate(List<JsonElement> results, int frames) =>
        frames > 0 && results.Select(r => r.Member("value")?.Number("duration")).FirstOrDefault(d => d > 0) is { } seconds ? frames / seconds : null;

    /// <summary>What one person or model said of a task: all but the results, and those by the number of their input.</summary>
    private sealed record TaskWord(Opinion Basis, ILookup<int, (JsonElement Result, ResultPlace Place)> Results);

    private static IEnumerable<TaskWord> Opinions(JsonElement task, LabelStudioInputs inputs, ResultPlace place)
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

            yield return new TaskWord(Basis(member, word), inputs.Of(word.Member("result") ?? default, at.Below("result")));
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

    private static Dictionary<string, JsonElement> Facts(JsonElement task, string? id, JsonElement data, TaskInput input, bool isOneOfSeveral, InputKind kind, ResultContext context)
    {
        var (key, page, _) = input;
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var member in task.Member("meta").Members()) facts[member.Name] = member.Value;
        if (id is not null) facts[IdFact] = task.GetProperty("id");
        if (page is { } at && isOneOfSeveral) facts[PageFact] = JsonFields.Of(at + 1.0);
        var others = ((JsonElement?)data).Members().Where(m => m.Name != key && m.Value.ValueKind != JsonValueKind.Null).ToList();
        if (key != LabelStudioTaskWriter.KeyOf(kind) || page is not null || others.Exists(m => m.Name is not ("width" or "height")))
        {
            // null is where the input goes again, and a list with it where it is a page.
            Dictionary<string, JsonElement> kept = new(StringComparer.Ordinal) { [key] = page is not null && data.Member(key) is { ValueKind: JsonValueKind.Array } ? OnePage : JsonFields.Null };
            foreach (var member in others) kept[member.Name] = member.Value;
            facts[DataFact] = JsonSerializer.SerializeToElement(kept);
        }

        if (context.Controls.Count > 0) facts[ControlsFact] = JsonSerializer.SerializeToElement(context.Controls);
        return facts;
    }
}
