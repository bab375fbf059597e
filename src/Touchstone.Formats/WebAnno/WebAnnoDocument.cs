using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.WebAnno;

/// <summary>One file as it is read, line by line.</summary>
/// <param name="file">The file.</param>
/// <param name="blanksMax">The most blanks that may stand for what lay between sentences, which the format does not keep.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class WebAnnoDocument(string file, long blanksMax, FaultLog faults)
{
    private const string Format = "#FORMAT=WebAnno TSV ", TextLine = "#Text=", IdLine = "#Sentence.id=";

    private readonly StringBuilder _text = new();
    private readonly List<string> _waiting = [];
    private readonly List<(string? Id, List<int> Tokens)> _sentences = [];
    private readonly WebAnnoSpans _spans = new();
    private readonly List<Arc> _arcs = [];
    private string? _sentenceId;
    private bool _isBody, _isLeftOut, _isOld, _hasSentence, _wasBlank;
    private int _sentenceStart;
    private long _line, _blanks;

    private sealed record Arc(long Line, WebAnnoLayer Layer, string Unit, string Source, string Ids, Dictionary<string, string> Features);

    /// <summary>The layers.</summary>
    public WebAnnoSchema Schema { get; } = new();

    /// <summary>The text, once all lines were taken.</summary>
    public string Text => _text.ToString();

    /// <summary>Takes a line; one that is none is told and left out.</summary>
    /// <exception cref="FileFormatFaultException">The file is of another format or version, or its layers cannot be read, by which columns are known.</exception>
    public void Add(string line)
    {
        if (++_line == 1) Begin(line);
        else if (line.Length == 0) EndSentence();
        else if (line[0] == '#') AddHeader(line);
        else AddRow(line);
        _wasBlank = line.Length == 0;
    }

    private void Begin(string line)
    {
        if (!line.StartsWith(Format + "3.", StringComparison.Ordinal)) throw new FileFormatFaultException($"{file}: line 1: \"{Format}3.3\" or another version 3 was expected; \"{Cut(line)}\" found.");
        _isOld = line[Format.Length..] is "3.0" or "3.1";
    }

    private void AddHeader(string line)
    {
        if (line.StartsWith(TextLine, StringComparison.Ordinal) || line.StartsWith(IdLine, StringComparison.Ordinal))
        {
            if (_waiting.Count == 0 && !_wasBlank) EndSentence();
            _isBody = true;
            if (line[1] == 'T') _waiting.Add(WebAnnoText.Unescape(line[TextLine.Length..], _isOld));
            else _sentenceId = WebAnnoText.Unescape(line[IdLine.Length..], _isOld);
        }
        else if (!_isBody && line.StartsWith("#T_", StringComparison.Ordinal))
        {
            if (!Schema.Add(line)) throw new FileFormatFaultException($"{file}: line {_line}: a layer that no line before it has, with a target behind each slot, was expected; \"{Cut(line)}\" found: where each column belongs is not known.");
        }
        else Tell($"the text of a sentence{(_isBody ? "" : " or a layer")} was expected; \"{Cut(line)}\" found.");
    }

    /// <summary>A sentence ends. One that has no words stands in the line behind the one before it.</summary>
    private void EndSentence()
    {
        if (_waiting.Count > 0) BeginSentence(_hasSentence ? _text.Length + 1 : 0);
        _isLeftOut = false;
        _sentenceStart = -1;
    }

    private void BeginSentence(long begin)
    {
        var gap = begin - _text.Length;
        if (gap < 0 || (_blanks += gap) > blanksMax)
        {
            Tell(gap < 0 ? $"a sentence that begins at {_text.Length} or later was expected; one that begins at {begin} found; it is left out." : $"a sentence near {_text.Length} was expected; one that begins at {begin} found; it is left out.");
            _blanks -= Math.Max(0, gap);
            _isLeftOut = true;
        }
        else
        {
            if (gap > 0) _text.Append(_hasSentence ? '\n' : ' ').Append(' ', (int)gap - 1);
            _sentenceStart = _text.Length;
            _text.AppendJoin('\n', _waiting);
            _sentences.Add((_sentenceId, []));
            _hasSentence = true;
        }

        _sentenceId = null;
        _waiting.Clear();
    }

    private void AddRow(string line)
    {
        var fields = line.Split('\t');
        var columns = Schema.Layers.Sum(l => l.Columns.Count);
        if (fields.Length < 3 + columns || fields.Length > 4 + columns || fields.Length == 4 + columns && fields[^1].Length > 0 || Place(fields[1]) is not var (begin, end))
        {
            Tell($"the number of a word, its start and end such as \"0-4\", the word, and {columns} columns were expected; \"{Cut(line)}\" found.");
            return;
        }

        if (_waiting.Count > 0) BeginSentence(begin);
        if (_isLeftOut) return;
        if (_sentenceStart < 0 || begin < _sentenceStart || end > _text.Length)
        {
            Tell(_sentenceStart < 0 ? "a \"#Text=\" was expected before words." : $"a place between {_sentenceStart} and {_text.Length}, where the sentence lies, was expected; \"{fields[1]}\" found.");
            return;
        }

        var word = _text.ToString((int)begin, (int)(end - begin));
        if (word != fields[2] && word != WebAnnoText.Unescape(fields[2], _isOld)) Tell($"\"{Cut(fields[2])}\" was expected at {fields[1]} of the text, in units of UTF-16; \"{Cut(word)}\" stands there.");
        var unit = new WebAnnoUnit(fields[0], (int)begin, (int)end);
        if (!_spans.Add(unit))
        {
            Tell($"the number of a word that no line before it has was expected; \"{Cut(fields[0])}\" found.");
            return;
        }

        if (!fields[0].Contains('.', StringComparison.Ordinal)) _sentences[^1].Tokens.AddRange([unit.Begin, unit.End]);
        AddCells(unit, fields);
    }

    private static (long Begin, long End)? Place(string text)
    {
        var at = text.IndexOf('-', StringComparison.Ordinal);
        return at > 0 && Number(text[..at]) is { } begin && Number(text[(at + 1)..]) is { } end && begin <= end ? (begin, end) : null;
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void AddCells(WebAnnoUnit unit, string[] fields)
    {
        var at = 3;
        foreach (var layer in Schema.Layers)
        {
            var cells = fields.AsSpan(at, layer.Columns.Count);
            at += cells.Length;
            if (cells.IndexOfAnyExcept("_") < 0) continue;
            List<List<string>> stacks = new(cells.Length);
            foreach (var cell in cells) stacks.Add(cell == "_" ? [] : WebAnnoText.Split(cell, '|'));
            AddStack(layer, unit, stacks);
        }
    }

    /// <summary>What lies over each other in one row of a layer: of each column as many parts as there are annotations.</summary>
    private void AddStack(WebAnnoLayer layer, WebAnnoUnit unit, List<List<string>> cells)
    {
        var count = cells.Max(c => c.Count);
        if (cells.Exists(c => c.Count > 0 && c.Count != count)) Tell($"as many annotations in each column of {Cut(layer.ShortName)} were expected; {string.Join(" and ", cells.Select(c => c.Count))} found.");
        for (var i = 0; i < count; i++)
        {
            List<string?> parts = cells.ConvertAll(c => i < c.Count ? c[i] : null);
            if (layer.Kind == WebAnnoLayerKind.Relation) AddArc(layer, unit, parts);
            else if (layer.Kind == WebAnnoLayerKind.Chain) AddLink(layer, unit, parts);
            else AddSpan(layer, unit, parts);
        }
    }

    private void AddSpan(WebAnnoLayer layer, WebAnnoUnit unit, List<string?> parts)
    {
        var id = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not { } part || layer.Columns[i].Kind == WebAnnoColumnKind.Target) continue;
            var (value, suffix) = WebAnnoText.Suffixed(part);
            if (Number(suffix) is not { } number) continue;
            (parts[i], id) = (value, number);
        }

        if (_spans.Take(layer, unit, id == 0 ? "" : $"{id}", id) is not { } span) return;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not { } part) continue;
            if (layer.Columns[i].Kind == WebAnnoColumnKind.Feature) Put(span.Features, layer.Columns[i].Declaration, part);
            else if (layer.Columns[i].Kind == WebAnnoColumnKind.Role && part != "_") AddSlots(span, layer, i, part, parts[i + 1] ?? "*");
        }
    }

    private void AddSlots(WebAnnoSpan span, WebAnnoLayer layer, int column, string roles, string targets)
    {
        List<string> names = WebAnnoText.Split(roles, ';'), places = WebAnnoText.Split(targets, ';');
        if (names.Count != places.Count) Tell($"as many targets as roles were expected; {places.Count} and {names.Count} found.");
        for (var i = 0; i < Math.Min(names.Count, places.Count); i++)
        {
            var (place, id) = WebAnnoText.Suffixed(places[i]);
            span.Slots.Add(new WebAnnoSlot(_line, layer.Columns[column].Declaration, layer.Columns[column + 1].Declaration, names[i] == "*" ? "" : WebAnnoText.UnescapeValue(names[i]), place, Number(id) ?? 0));
        }
    }

    private void AddLink(WebAnnoLayer layer, WebAnnoUnit unit, List<string?> parts)
    {
        int? chain = null, link = null;
        Dictionary<string, string> features = new(StringComparer.Ordinal);
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not { } part) continue;
            var (name, arrow) = (layer.Columns[i].Declaration, WebAnnoText.ArrowOf(part));
            if (name == WebAnnoNames.ReferenceRelation && arrow >= 0 && part[(arrow + 2)..].Split('-') is [var first, var second]) (chain, link, part) = (Number(first), Number(second), part[..arrow]);
            else if (WebAnnoText.Suffixed(part) is (var value, { } suffix)) (chain, part) = (chain ?? Number(suffix), value);
            Put(features, name, part);
        }

        if (chain is null) Tell($"the number of a chain of {Cut(layer.ShortName)} was expected, such as \"[1]\"; \"{Cut(string.Join(' ', parts))}\" found.");
        if (_spans.Take(layer, unit, link is null ? "" : $"{chain}-{link}", id: 0) is not { } span) return;
        foreach (var (name, value) in features) span.Features[name] = value;
        (span.Chain, span.Link) = (chain, link);
    }

    private void AddArc(WebAnnoLayer layer, WebAnnoUnit unit, List<string?> parts)
    {
        Dictionary<string, string> features = new(StringComparer.Ordinal);
        var (source, ids) = ("", "");
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not { } part) continue;
            var (value, suffix) = WebAnnoText.Suffixed(part);
            if (layer.Columns[i].Kind == WebAnnoColumnKind.Base) (source, ids) = (value, suffix ?? "");
            else if (layer.Columns[i].Kind == WebAnnoColumnKind.Feature) Put(features, layer.Columns[i].Declaration, value);
        }

        _arcs.Add(new Arc(_line, layer, unit.Id, source, ids, features));
    }

    private static void Put(Dictionary<string, string> features, string name, string cell)
    {
        if (cell != "*") features.TryAdd(name, WebAnnoText.UnescapeValue(cell));
    }

    /// <summary>What is marked in the text, with what relations have besides their names. What refers to nothing is told.</summary>
    public (Opinion Opinion, JsonArray Relations) ToOpinion()
    {
        EndSentence();
        List<(long Line, WebAnnoSpan From, WebAnnoSpan To, string Label, string Direction, JsonObject Besides)> relations = [];
        foreach (var arc in _arcs)
        {
            var ids = arc.Ids.Split('_');
            var (from, to) = (_spans.Find(arc.Source, Number(ids[0]) ?? 0, arc.Layer.Base), _spans.Find(arc.Unit, ids.Length > 1 ? Number(ids[1]) ?? 0 : 0, arc.Layer.Base));
            if (from is null || to is null) TellOf(arc.Line, $"{Cut(arc.Source)}{(arc.Ids.Length > 0 ? $"[{Cut(arc.Ids)}]" : "")} and {Cut(arc.Unit)} are not both annotations that a relation may hold between.");
            else relations.Add((arc.Line, from, to, Label(arc), arc.Features.GetValueOrDefault(WebAnnoNames.Direction, "right"), Besides(arc)));
        }

        foreach (var from in _spans.All.ToList())
            foreach (var slot in from.Slots)
            {
                if (_spans.Find(slot.Unit, slot.Id, slot.TargetType) is { } to) relations.Add((slot.Line, from, to, slot.Role, "right", new JsonObject { ["slot"] = slot.Column }));
                else TellOf(slot.Line, $"{Cut(slot.Unit)} is no annotation that a slot may hold.");
            }

        var offsets = new TextOffsets(Text);
        List<LabelledObject> objects = [];
        HashSet<WebAnnoSpan> kept = [];
        foreach (var span in _spans.All)
        {
            if (offsets.CodePointsAt(span.Begin) is not { } begin || offsets.CodePointsAt(span.End) is not { } end) faults.Add(file, "", $"{span.Begin}-{span.End} cuts a character of two units of UTF-16 in half; what is marked there is left out.");
            else
            {
                objects.Add(new LabelledObject(span.Class, new TextSpan(begin, end)) { Id = span.Number, Attributes = span.ToAttributes() });
                kept.Add(span);
            }
        }

        relations.RemoveAll(r => !kept.Contains(r.From) || !kept.Contains(r.To));
        return (new Opinion { Objects = objects, Relations = relations.ConvertAll(r => new ObjectRelation(r.From.Number, r.To.Number, r.Label, r.Direction)) }, [.. relations.Select(r => r.Besides)]);
    }

    private static string Label(Arc arc) => arc.Layer.ClassFeature is { } feature ? arc.Features.GetValueOrDefault(feature, "") : "";

    private static JsonObject Besides(Arc arc)
    {
        var besides = new JsonObject { ["layer"] = arc.Layer.Name };
        foreach (var (name, value) in arc.Features)
            if (name != arc.Layer.ClassFeature && name != WebAnnoNames.Direction) (besides["features"] ??= new JsonObject())[name] = value;
        return besides;
    }

    /// <summary>Sentences with their ids and where their words begin and end, in code points.</summary>
    public JsonArray Sentences()
    {
        var offsets = new TextOffsets(Text);
        JsonArray sentences = [];
        foreach (var (id, tokens) in _sentences)
        {
            var sentence = new JsonObject();
            if (id is not null) sentence["id"] = id;
            sentence["tokens"] = new JsonArray([.. tokens.Select(t => (JsonNode?)(offsets.CodePointsAt(t) ?? 0))]);
            sentences.Add(sentence);
        }

        return sentences;
    }

    private void Tell(string message) => TellOf(_line, message);

    private void TellOf(long line, string message) => faults.Add(file, $"line {line}", message);

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
