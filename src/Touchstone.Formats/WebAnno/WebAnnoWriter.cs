using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.WebAnno;

/// <summary>Writes what one annotator marked in one text.</summary>
internal sealed class WebAnnoWriter
{
    private const string Value = "value";

    private readonly WebAnnoSchema _schema = new();
    private readonly WebAnnoUnits _units;
    private readonly List<Item> _items = [];
    private readonly List<Arc> _arcs = [];
    private readonly Dictionary<(WebAnnoLayer Layer, (int, int, int) Row), List<Item>> _byRow = [];
    private readonly Dictionary<(WebAnnoLayer Layer, (int, int, int) Row), List<Arc>> _arcsByRow = [];

    /// <summary>An object on its way into rows.</summary>
    private sealed class Item(LabelledObject labelled, int from, int to)
    {
        public LabelledObject Object => labelled;

        public (int From, int To) Place => (from, to);

        public WebAnnoLayer Layer { get; set; } = null!;

        public List<(int Token, int From, int To)> Rows { get; set; } = [];

        public Dictionary<string, string> Features { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, List<(string Role, Item Target)>> Slots { get; } = new(StringComparer.Ordinal);

        public bool IsToken { get; set; }

        public bool NeedsId { get; set; }

        public int Id { get; set; }
    }

    private sealed record Arc(WebAnnoLayer Layer, Item From, Item To, Dictionary<string, string> Features);

    /// <summary>Lays out a text with what is marked in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="opinion">What is marked.</param>
    /// <param name="layers">Lines of a header that the text was read with.</param>
    /// <param name="sentences">Its sentences; null where they are not known.</param>
    /// <param name="besides">What relations have besides their names, in their order; null where it is not known.</param>
    public WebAnnoWriter(string text, Opinion opinion, IEnumerable<string> layers, JsonElement? sentences, JsonElement? besides)
    {
        foreach (var line in layers) _schema.Add(line);
        var offsets = new TextOffsets(text);
        foreach (var each in opinion.Objects)
            if (each.Mark is TextSpan span && offsets.UnitsAt(span.Start) is { } from && offsets.UnitsAt(span.End) is { } to && from <= to) _items.Add(new Item(each, from, to));
        _units = new WebAnnoUnits(text, sentences, _items.ConvertAll(i => i.Place));
        foreach (var item in _items) item.Rows = _units.RowsOf(item.Place.From, item.Place.To);

        List<(ObjectRelation Relation, Item From, Item To, JsonElement? Besides)> relations = Relations(opinion, besides);
        foreach (var item in _items) item.IsToken = IsToken(item, relations);
        foreach (var item in _items.Where(i => !i.IsToken)) Describe(item);
        foreach (var (relation, from, to, other) in relations) Connect(relation, from, to, other);
        _schema.Layers.RemoveAll(l => l.Columns.Count == 0);
        Place();
    }

    private List<(ObjectRelation, Item, Item, JsonElement?)> Relations(Opinion opinion, JsonElement? besides)
    {
        Dictionary<string, Item> byId = new(StringComparer.Ordinal);
        foreach (var item in _items)
            if (item.Object.Id is { } id) byId.TryAdd(id, item);
        var others = besides is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == opinion.Relations.Count ? list : default(JsonElement?);
        List<(ObjectRelation, Item, Item, JsonElement?)> relations = [];
        for (var i = 0; i < opinion.Relations.Count; i++)
        {
            var relation = opinion.Relations[i];
            if (byId.TryGetValue(relation.From, out var from) && byId.TryGetValue(relation.To, out var to)) relations.Add((relation, from, to, others?[i]));
        }

        return relations;
    }

    /// <summary>Whether an object stands for a word that relations hold between, and is no annotation of its own.</summary>
    private bool IsToken(Item item, List<(ObjectRelation Relation, Item From, Item To, JsonElement? Besides)> relations)
    {
        static bool Claims(Item each) => each.Object.Class == "Token" && each.Object.Attributes.Count == 1 && LayerOf(each) == WebAnnoNames.Token;
        return Claims(item) && item.Rows is [var row] && (row.From, row.To) == _units.Tokens[row.Token]
            && !_items.Exists(i => i != item && Claims(i) && i.Place == item.Place)
            && relations.Exists(r => r.From == item || r.To == item) && relations.TrueForAll(r => r.From != item && r.To != item || Claims(r.From) && Claims(r.To));
    }

    private static string? LayerOf(Item item) =>
        item.Object.Attributes.TryGetValue(WebAnnoNames.Layer, out var value) && value.ValueKind == JsonValueKind.String && IsType(value.GetString()!) ? value.GetString() : null;

    private static bool IsType(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') && name[^1] != '.';

    private static bool IsFeature(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && name != WebAnnoNames.Attributes
        && !name.StartsWith(WebAnnoLayer.RolePrefix, StringComparison.Ordinal) && !name.StartsWith(WebAnnoLayer.BasePrefix, StringComparison.Ordinal);

    private WebAnnoLayer Layer(WebAnnoLayerKind kind, string name)
    {
        if (_schema.Find(name) is { } known) return known;
        var layer = new WebAnnoLayer(kind, name);
        _schema.Layers.Add(layer);
        return layer;
    }

    /// <summary>Puts what is said of an object into the features of its layer; attributes that no feature can be go into one as JSON.</summary>
    private void Describe(Item item)
    {
        var attributes = item.Object.Attributes;
        var name = LayerOf(item);
        if (name is WebAnnoNames.Token or WebAnnoNames.NamedEntity || name is not null && _schema.Find(name) is { Kind: WebAnnoLayerKind.Relation }) name = null;
        item.Layer = Layer(WebAnnoLayerKind.Span, name ?? WebAnnoNames.NamedEntity);
        var isChain = item.Layer.Kind == WebAnnoLayerKind.Chain;
        if (isChain && !(Whole(item, WebAnnoNames.Chain) > 0 && Whole(item, WebAnnoNames.Link) > 0 && item.Layer.Has(WebAnnoNames.ReferenceRelation))) (item.Layer, name, isChain) = (Layer(WebAnnoLayerKind.Span, WebAnnoNames.NamedEntity), null, false);
        var isEcho = item.Object.Class == item.Layer.ShortName && item.Layer.ClassFeature is { } own && attributes.TryGetValue(own, out var same) && same.ValueKind == JsonValueKind.String && same.GetString() == item.Layer.ShortName;
        if (item.Layer.ClassFeature is null && (item.Object.Class != item.Layer.ShortName || item.Layer.Columns.Count == 0)) item.Layer.Add(Value);
        if (item.Layer.ClassFeature is { } feature && (item.Object.Class != item.Layer.ShortName || isEcho)) item.Features[feature] = item.Object.Class;

        Dictionary<string, JsonElement> others = new(StringComparer.Ordinal);
        foreach (var (attribute, value) in attributes)
        {
            if (attribute == WebAnnoNames.Layer && name is not null || isEcho && attribute == item.Layer.ClassFeature || isChain && attribute is WebAnnoNames.Chain or WebAnnoNames.Link) continue;
            if (attribute != item.Layer.ClassFeature && IsFeature(attribute) && attribute is not (WebAnnoNames.Layer or WebAnnoNames.Chain or WebAnnoNames.Link) && (item.Layer.Has(attribute) || !isChain && item.Layer.MayGain(attribute)))
            {
                if (!item.Layer.Has(attribute)) item.Layer.Add(attribute);
                item.Features[attribute] = WebAnnoValues.Write(value);
            }
            else others[attribute] = value;
        }

        if (others.Count == 0) return;
        if (!item.Layer.Has(WebAnnoNames.Attributes)) item.Layer.Add(WebAnnoNames.Attributes);
        item.Features[WebAnnoNames.Attributes] = JsonSerializer.Serialize(others);
    }

    private static int Whole(Item item, string attribute) => item.Object.Attributes.TryGetValue(attribute, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    private void Connect(ObjectRelation relation, Item from, Item to, JsonElement? besides)
    {
        if (relation.Direction == "left") (from, to) = (to, from);
        if (besides?.Text("slot") is { } slot && !from.IsToken && !to.IsToken && SlotColumn(from, slot) is { } target)
        {
            if (!from.Slots.TryGetValue(slot, out var links)) from.Slots.Add(slot, links = []);
            links.Add((relation.Label, to));
            if (target != to.Layer.Name) to.NeedsId = true;
            return;
        }

        var both = from.IsToken ? WebAnnoNames.Token : from.Layer == to.Layer ? from.Layer.Name : WebAnnoNames.Annotation;
        var layer = besides?.Text("layer") is { } stated && _schema.Find(stated) is { Kind: WebAnnoLayerKind.Relation } known && Holds(known.Base, both) ? known : Between(both);
        if (both == WebAnnoNames.Annotation || layer.Base != both && layer.Base == WebAnnoNames.Annotation) from.NeedsId = to.NeedsId = true;
        Dictionary<string, string> features = new(StringComparer.Ordinal);
        foreach (var member in besides?.Member("features").Members() ?? [])
            if (member.Value.ValueKind == JsonValueKind.String && IsFeature(member.Name) && layer.Has(member.Name) && member.Name != layer.ClassFeature) features[member.Name] = member.Value.GetString()!;
        if (relation.Label.Length > 0)
        {
            if (layer.ClassFeature is null) layer.Add(Value);
            features[layer.ClassFeature!] = relation.Label;
        }

        if (relation.Direction is not ("right" or "left"))
        {
            if (!layer.Has(WebAnnoNames.Direction)) layer.Add(WebAnnoNames.Direction);
            features[WebAnnoNames.Direction] = relation.Direction;
        }

        _arcs.Add(new Arc(layer, from, to, features));
    }

    private static string? SlotColumn(Item host, string slot) =>
        host.Layer.Columns.FindIndex(c => c.Kind == WebAnnoColumnKind.Role && c.Declaration == slot) is >= 0 and var at ? host.Layer.Columns[at + 1].Declaration : null;

    private static bool Holds(string relationBase, string between) => relationBase == between || relationBase == WebAnnoNames.Annotation || between == WebAnnoNames.Token && relationBase == WebAnnoNames.PartOfSpeech;

    private WebAnnoLayer Between(string type)
    {
        foreach (var known in _schema.Layers)
            if (known.Kind == WebAnnoLayerKind.Relation && known.Base == type) return known;
        var name = WebAnnoNames.Relation;
        for (var i = 2; _schema.Find(name) is not null; i++) name = FormattableString.Invariant($"{WebAnnoNames.Relation}{i}");
        var layer = new WebAnnoLayer(WebAnnoLayerKind.Relation, name);
        layer.Columns.Add(new WebAnnoColumn(WebAnnoColumnKind.Feature, Value));
        layer.Columns.Add(new WebAnnoColumn(WebAnnoColumnKind.Base, WebAnnoLayer.BasePrefix + type));
        _schema.Layers.Add(layer);
        return layer;
    }

    /// <summary>Puts annotations into rows and numbers those that would not be told apart: several in a row, those of several rows, and targets of any layer.</summary>
    private void Place()
    {
        foreach (var item in _items.Where(i => !i.IsToken))
            foreach (var row in item.Rows) Add(_byRow, (item.Layer, row), item);
        foreach (var arc in _arcs) Add(_arcsByRow, (arc.Layer, arc.To.Rows[0]), arc);
        foreach (var stack in _byRow.Values.Where(s => s.Count > 1))
            foreach (var item in stack) item.NeedsId = true;
        var next = 0;
        foreach (var item in _items.Where(i => !i.IsToken && i.Layer.Kind != WebAnnoLayerKind.Chain).OrderBy(i => (i.Rows[0].Token, i.Rows[0].From, -i.Rows[0].To)))
            if (item.NeedsId || item.Rows.Count > 1) item.Id = ++next;
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        list.Add(value);
    }

    /// <summary>The file.</summary>
    public string Write()
    {
        List<WebAnnoLayer> layers = [.. _schema.Layers.OrderBy(l => l.Kind)];
        var file = new StringBuilder("#FORMAT=WebAnno TSV 3.3\n");
        foreach (var layer in layers) file.Append(layer).Append('\n');
        file.Append('\n');
        foreach (var sentence in _units.Sentences)
        {
            file.Append('\n');
            if (sentence.Id is { } id) file.Append("#Sentence.id=").Append(WebAnnoText.Escape(id)).Append('\n');
            foreach (var line in _units.TextOf(sentence).Split('\n')) file.Append("#Text=").Append(WebAnnoText.Escape(line)).Append('\n');
            for (var token = sentence.First; token < sentence.End; token++)
                foreach (var row in _units.RowsOf(token)) Write(file, row, layers);
        }

        return file.ToString();
    }

    private void Write(StringBuilder file, (int Token, int From, int To) row, List<WebAnnoLayer> layers)
    {
        file.Append(CultureInfo.InvariantCulture, $"{_units.IdOf(row)}\t{row.From}-{row.To}\t{WebAnnoText.Escape(_units.Between(row.From, row.To))}\t");
        foreach (var layer in layers)
        {
            var (items, arcs) = (_byRow.GetValueOrDefault((layer, row)), _arcsByRow.GetValueOrDefault((layer, row)));
            for (var column = 0; column < layer.Columns.Count; column++)
            {
                if (items is not null) file.AppendJoin('|', items.Select(i => Cell(i, column)));
                else if (arcs is not null) file.AppendJoin('|', arcs.Select(a => Cell(a, layer.Columns[column])));
                else file.Append('_');
                file.Append('\t');
            }
        }

        file.Append('\n');
    }

    private string Cell(Item item, int column)
    {
        var (kind, name) = item.Layer.Columns[column];
        var value = item.Features.TryGetValue(name, out var text) ? WebAnnoText.EscapeValue(text) : "*";
        if (item.Layer.Kind == WebAnnoLayerKind.Chain) return name == WebAnnoNames.ReferenceRelation
            ? FormattableString.Invariant($"{value}->{Whole(item, WebAnnoNames.Chain)}-{Whole(item, WebAnnoNames.Link)}") : FormattableString.Invariant($"{value}[{Whole(item, WebAnnoNames.Chain)}]");
        return kind switch
        {
            WebAnnoColumnKind.Role => (item.Slots.TryGetValue(name, out var links) ? string.Join(';', links.Select(l => l.Role.Length == 0 ? "*" : WebAnnoText.EscapeValue(l.Role))) : "_") + Suffix(item),
            WebAnnoColumnKind.Target => item.Slots.TryGetValue(item.Layer.Columns[column - 1].Declaration, out var links) ? string.Join(';', links.Select(l => _units.IdOf(l.Target.Rows[0]) + Suffix(l.Target))) : "*",
            _ => value + Suffix(item),
        };
    }

    private static string Suffix(Item item) => item.Id == 0 ? "" : FormattableString.Invariant($"[{item.Id}]");

    private string Cell(Arc arc, WebAnnoColumn column)
    {
        if (column.Kind != WebAnnoColumnKind.Base) return arc.Features.TryGetValue(column.Declaration, out var value) ? WebAnnoText.EscapeValue(value) : "*";
        return _units.IdOf(arc.From.Rows[0]) + (arc.From.Id > 0 || arc.To.Id > 0 ? FormattableString.Invariant($"[{arc.From.Id}_{arc.To.Id}]") : "");
    }
}
