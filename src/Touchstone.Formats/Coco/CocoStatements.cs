using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Coco;

/// <summary>What COCO files say of the data set as a whole: <c>info</c>, of several files the first that says anything, and <c>licenses</c>, each id once.</summary>
internal sealed class CocoStatements
{
    /// <summary>The names of the statements in <see cref="DatasetFacts.Statements"/>, which are COCO's.</summary>
    public const string Info = "info", Licences = "licenses";

    private readonly List<JsonElement> _licences = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private JsonElement? _info;

    /// <summary>Whether a member of the file is one.</summary>
    public static bool Has(string member) => member is Info or Licences;

    /// <summary>Takes one.</summary>
    public void Take(JsonItem item)
    {
        if (item.Member == Info && item is { Index: < 0, Value.ValueKind: JsonValueKind.Object }) _info ??= item.Value.Clone();
        if (item.Member == Licences && item is { Index: >= 0, Value.ValueKind: JsonValueKind.Object } && _ids.Add(item.Value.Member("id") is { } id ? id.GetRawText() : item.Value.GetRawText())) _licences.Add(item.Value.Clone());
    }

    /// <summary>All that was said.</summary>
    public IReadOnlyDictionary<string, JsonElement> All
    {
        get
        {
            Dictionary<string, JsonElement> all = new(StringComparer.Ordinal);
            if (_info is { } info) all.Add(Info, info);
            if (_licences.Count > 0) all.Add(Licences, JsonSerializer.SerializeToElement(_licences));
            return all;
        }
    }
}
