using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelStudio;

/// <summary>One input of a task.</summary>
/// <param name="Key">The data's member that holds it; empty where none does.</param>
/// <param name="Page">Its place in that member's list, from 0, where the configuration shows a list of pictures (<c>valueList</c>); null else.</param>
/// <param name="Value">The address or text; null where the data do not hold it.</param>
internal sealed record TaskInput(string Key, int? Page, string? Value);

/// <summary>The inputs of a task, and which of them each result is about: by <c>to_name</c>, which is the name of a tag of the configuration, and by <c>item_index</c>, the page.</summary>
/// <remarks>Tags have the names of the data's members as a rule; where they have others, the configuration beside the export tells (<c>name</c> and <c>value="$member"</c>).</remarks>
internal sealed class LabelStudioInputs
{
    /// <summary>The most pages that a task's list may have.</summary>
    private const int PagesMax = 2_000;

    private static readonly string[] InputKeys = ["image", "img", "image_url", "video", "video_url", "text", "audio", "url"];

    private readonly Dictionary<string, string?> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, int Page), int> _numbers = [];
    private readonly List<TaskInput> _all = [];

    private LabelStudioInputs()
    {
    }

    /// <summary>At least one, the main one first.</summary>
    public IReadOnlyList<TaskInput> All => _all;

    /// <param name="data">The task's data.</param>
    /// <param name="results">All results of the task.</param>
    /// <param name="tags">The data's member by the name of the tag that shows it.</param>
    /// <param name="place">The task.</param>
    public static LabelStudioInputs Of(JsonElement data, List<JsonElement> results, IReadOnlyDictionary<string, string> tags, ResultPlace place)
    {
        string? KeyOf(string name) => IsInput(data.Member(name)) ? name : tags.TryGetValue(name, out var key) && IsInput(data.Member(key)) ? key : null;
        LabelStudioInputs inputs = new();
        List<string> marked = [.. results.Where(IsMark).Select(r => r.Text("to_name")).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (var name in marked) inputs._keys[name] = KeyOf(name) ?? (marked.Count == 1 ? Likeliest(data) : null);
        foreach (var name in results.Select(r => r.Text("to_name")).OfType<string>().Distinct(StringComparer.Ordinal))
            if (KeyOf(name) is { } key) inputs._keys.TryAdd(name, key);
        List<string> keys = [.. inputs._keys.Values.OfType<string>().Distinct(StringComparer.Ordinal)];
        if (keys.Count == 0) keys.Add(Likeliest(data));
        var pages = results.Select(r => (Key: inputs.KeyOf(r), Page: r.Whole("item_index") ?? 0)).Where(p => p.Key is not null && p.Page >= 0).ToLookup(p => p.Key!, p => p.Page, StringComparer.Ordinal);
        foreach (var key in keys) inputs.Add(key, data, pages[key], place);
        return inputs;
    }

    private void Add(string key, JsonElement data, IEnumerable<int> stated, ResultPlace place)
    {
        var value = data.Member(key);
        if (IsList(value))
        {
            var number = 0;
            foreach (var item in value!.Value.EnumerateArray().Take(PagesMax)) Add(new TaskInput(key, number++, item.GetString()));
            if (value.Value.GetArrayLength() > PagesMax) place.Below("data").Below(key).Tell($"{value.Value.GetArrayLength()} pages; only the first {PagesMax} are read.");
            return;
        }

        int[] pages = [.. stated.Append(0).Distinct().Order().Take(PagesMax)];
        if (pages.Length == 1) Add(new TaskInput(key, null, data.Text(key)));
        else
            foreach (var page in pages) Add(new TaskInput(key, page, page == 0 ? data.Text(key) : null));
    }

    private void Add(TaskInput input)
    {
        _numbers.Add((input.Key, input.Page ?? 0), _all.Count);
        _all.Add(input);
    }

    private string? KeyOf(JsonElement result) => result.Text("to_name") is { } name && _keys.TryGetValue(name, out var key) ? key : null;

    /// <summary>The results of one annotation by the number of the input that they are about. What is about none of them is told and left out.</summary>
    public ILookup<int, (JsonElement Result, ResultPlace Place)> Of(JsonElement results, ResultPlace place)
    {
        List<(JsonElement Result, ResultPlace Place, int Input)> all = [];
        Dictionary<string, int> regions = new(StringComparer.Ordinal);
        foreach (var result in results.ValueKind == JsonValueKind.Array ? results.EnumerateArray() : default)
        {
            var at = place.Below(all.Count);
            var input = NumberOf(result, at);
            all.Add((result, at, input));
            if (input >= 0 && result.Id("id") is { } id && IsMark(result)) regions.TryAdd(id, input);
        }

        for (var i = 0; i < all.Count && _all.Count > 1; i++)
            if (all[i].Result.Text("type") == "relation") all[i] = all[i] with { Input = OfRelation(all[i].Result, regions, all[i].Place) };
        return all.Where(r => r.Input >= 0).ToLookup(r => r.Input, r => (r.Result, r.Place));
    }

    private int NumberOf(JsonElement result, ResultPlace place)
    {
        if (result.Text("to_name") is not { } name || !_keys.TryGetValue(name, out var key)) return 0;
        if (key is null)
        {
            place.Below("to_name").Tell($"it is about \"{name}\", and the task's data hold no input of that name; it is left out.");
            return -1;
        }

        var page = result.Whole("item_index") ?? 0;
        if (_numbers.TryGetValue((key, page), out var number)) return number;
        place.Below("item_index").Tell($"it is about page {page} (counted from 0) of \"{key}\", which has no such page; it is left out.");
        return -1;
    }

    private static int OfRelation(JsonElement relation, Dictionary<string, int> regions, ResultPlace place)
    {
        var from = relation.Id("from_id") is { } first && regions.TryGetValue(first, out var a) ? a : 0;
        var to = relation.Id("to_id") is { } second && regions.TryGetValue(second, out var b) ? b : from;
        if (from == to) return from;
        place.Tell("a relation between two inputs of a task, which are samples of their own here; it is left out.");
        return -1;
    }

    /// <summary>Whether a result marks a place in its input.</summary>
    private static bool IsMark(JsonElement result) => result.Text("type") is { } type && type != "relation" && !LabelStudioAnswers.IsAnswer(type);

    private static bool IsInput(JsonElement? value) => value is { ValueKind: JsonValueKind.String } || IsList(value);

    private static bool IsList(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 && list.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String);

    private static string Likeliest(JsonElement data)
    {
        var members = ((JsonElement?)data).Members().ToList();
        return InputKeys.FirstOrDefault(k => data.Text(k) is not null)
            ?? members.Where(m => IsList(m.Value) && m.Value.EnumerateArray().All(i => DatasetSource.IsPicture(i.GetString()!))).Select(m => m.Name).FirstOrDefault()
            ?? members.Where(m => m.Value.ValueKind == JsonValueKind.String).Select(m => m.Name).FirstOrDefault() ?? "";
    }
}
