using System.Globalization;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.WebAnno;

/// <summary>A row: a word, or a part of one.</summary>
/// <param name="Id">Its number, such as <c>1-3.1</c>.</param>
/// <param name="Begin">Where it begins in the text, UTF-16.</param>
/// <param name="End">Where it ends.</param>
internal sealed record WebAnnoUnit(string Id, int Begin, int End);

/// <summary>An annotation that has a role in another one.</summary>
/// <param name="Line">The line that says so.</param>
/// <param name="Column">The slot feature, as the header declares it.</param>
/// <param name="TargetType">The layer that targets are of.</param>
/// <param name="Role">The role.</param>
/// <param name="Unit">The row of the target.</param>
/// <param name="Id">Its number; 0 for none.</param>
internal sealed record WebAnnoSlot(long Line, string Column, string TargetType, string Role, string Unit, int Id);

/// <summary>An annotation of a stretch of text.</summary>
internal sealed class WebAnnoSpan(WebAnnoLayer layer, string number)
{
    public WebAnnoLayer Layer => layer;

    /// <summary>Its id: annotations are numbered in the order in which they appear.</summary>
    public string Number => number;

    public int Begin { get; set; }

    public int End { get; set; }

    public Dictionary<string, string> Features { get; } = new(StringComparer.Ordinal);

    public List<WebAnnoSlot> Slots { get; } = [];

    public int? Chain { get; set; }

    public int? Link { get; set; }

    /// <summary>The value of the feature that is the layer's class, or the layer's name.</summary>
    public string Class => layer.ClassFeature is { } feature && Features.TryGetValue(feature, out var value) ? value : layer.ShortName;

    /// <summary>What else is said of it. A value that is the same as the layer's name stands here too, since the name alone stands for none.</summary>
    public IReadOnlyDictionary<string, JsonElement> ToAttributes()
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (layer.Name != WebAnnoNames.NamedEntity) attributes[WebAnnoNames.Layer] = JsonFields.Of(layer.Name);
        if (Chain is { } chain) attributes[WebAnnoNames.Chain] = JsonFields.Of(chain);
        if (Link is { } link) attributes[WebAnnoNames.Link] = JsonFields.Of(link);
        foreach (var (name, text) in Features)
        {
            if (name == layer.ClassFeature)
            {
                if (text == layer.ShortName) attributes[name] = JsonFields.Of(text);
                continue;
            }

            var value = WebAnnoValues.Read(text);
            if (name != WebAnnoNames.Attributes || value.ValueKind != JsonValueKind.Object) attributes[name] = value;
            else
                foreach (var (other, inner) in ((JsonElement?)value).Values()) attributes[other] = inner;
        }

        return attributes.Count == 0 ? Sample.Empty : attributes;
    }
}

/// <summary>The annotations of a document, by the rows that they are in and the numbers that tell them apart.</summary>
internal sealed class WebAnnoSpans
{
    private static readonly WebAnnoLayer Tokens = new(WebAnnoLayerKind.Span, WebAnnoNames.Token);

    private readonly Dictionary<string, (WebAnnoUnit Unit, List<WebAnnoSpan> Spans)> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Layer, string Key), WebAnnoSpan> _known = [];
    private readonly Dictionary<int, WebAnnoSpan> _byId = [];
    private readonly List<WebAnnoSpan> _all = [];

    /// <summary>All of them, in the order in which they appear.</summary>
    public IReadOnlyList<WebAnnoSpan> All => _all;

    /// <summary>Adds a row.</summary>
    /// <returns>False where one of its number is there.</returns>
    public bool Add(WebAnnoUnit unit) => _units.TryAdd(unit.Id, (unit, []));

    /// <summary>The annotation of a row: a new one, or one of rows before it that goes on.</summary>
    /// <returns>Null where it is only a part of one that is known.</returns>
    public WebAnnoSpan? Take(WebAnnoLayer layer, WebAnnoUnit unit, string key, int id)
    {
        if (key.Length > 0 && _known.TryGetValue((layer.Name, key), out var known))
        {
            (known.Begin, known.End) = (Math.Min(known.Begin, unit.Begin), Math.Max(known.End, unit.End));
            _units[unit.Id].Spans.Add(known);
            return null;
        }

        var span = New(layer, unit);
        if (key.Length > 0) _known.Add((layer.Name, key), span);
        if (id > 0) _byId.TryAdd(id, span);
        return span;
    }

    /// <summary>The annotation that a relation or slot refers to; null where there is none.</summary>
    /// <param name="unit">The row.</param>
    /// <param name="id">The number that tells it apart; 0 for none.</param>
    /// <param name="type">The layer that it is of.</param>
    public WebAnnoSpan? Find(string unit, int id, string type)
    {
        if (id > 0) return _byId.GetValueOrDefault(id);
        if (!_units.TryGetValue(unit, out var row)) return null;
        var found = row.Spans.Find(s => s.Layer.Name == type) ?? (type == WebAnnoNames.Annotation ? row.Spans.Find(s => s.Layer != Tokens) : null);
        return found is null && type is WebAnnoNames.Token or WebAnnoNames.PartOfSpeech ? row.Spans.Find(s => s.Layer == Tokens) ?? New(Tokens, row.Unit) : found;
    }

    private WebAnnoSpan New(WebAnnoLayer layer, WebAnnoUnit unit)
    {
        var span = new WebAnnoSpan(layer, (_all.Count + 1).ToString(CultureInfo.InvariantCulture)) { Begin = unit.Begin, End = unit.End };
        _all.Add(span);
        _units[unit.Id].Spans.Add(span);
        return span;
    }
}
