using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Brat;

/// <summary>Writes what is marked in one text.</summary>
internal sealed class BratWriter(string text)
{
    private readonly StringBuilder _lines = new();
    private readonly TextOffsets _offsets = new(text);
    private readonly Dictionary<char, int> _numbers = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _spans = new(StringComparer.Ordinal);

    /// <summary>The lines of a file of labels.</summary>
    public string Write(Opinion opinion)
    {
        foreach (var each in opinion.Objects)
            if (each.Id is { } span && TriggerOf(each) is null) _spans.Add(span);
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        List<(LabelledObject Object, string Id)> written = [];
        foreach (var each in opinion.Objects)
            if (each.Id is { } own && IsId(own, IsEvent(each) ? 'E' : 'T') && _taken.Add(own)) ids.TryAdd(own, own);
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (var each in opinion.Objects)
        {
            var isEvent = IsEvent(each);
            var id = each.Id is { } own && IsId(own, isEvent ? 'E' : 'T') && used.Add(own) ? own : Free(isEvent ? 'E' : 'T');
            if (each.Id is { } known) ids.TryAdd(known, id);
            written.Add((each, id));
        }

        HashSet<ObjectRelation> arguments = [];
        foreach (var (each, id) in written)
        {
            if (id[0] == 'E') WriteEvent(each, id, opinion, ids, arguments);
            else Line($"{id}\t{Word(each.Class)} {Stretches(each)}\t{Covered(each)}");
        }

        foreach (var relation in opinion.Relations)
            if (!arguments.Contains(relation)) WriteRelation(relation, ids);
        foreach (var (each, id) in written) WriteAttributes(each, id);
        return _lines.ToString();
    }

    /// <summary>An object is an event where it names the span that is its trigger.</summary>
    private bool IsEvent(LabelledObject each) => TriggerOf(each) is { } trigger && _spans.Contains(trigger);

    private static string? TriggerOf(LabelledObject each) => each.Attributes.TryGetValue(BratDocument.Trigger, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void WriteEvent(LabelledObject each, string id, Opinion opinion, Dictionary<string, string> ids, HashSet<ObjectRelation> arguments)
    {
        _lines.Append(CultureInfo.InvariantCulture, $"{id}\t{Word(each.Class)}:{ids[TriggerOf(each)!]}");
        foreach (var relation in opinion.Relations)
        {
            if (relation.From != each.Id || relation.Label.Length == 0 || relation.Direction == "bi" || !ids.TryGetValue(relation.To, out var target) || !arguments.Add(relation)) continue;
            _lines.Append(CultureInfo.InvariantCulture, $" {Word(relation.Label)}:{target}");
        }

        _lines.Append('\n');
    }

    private void WriteRelation(ObjectRelation relation, Dictionary<string, string> ids)
    {
        if (!ids.TryGetValue(relation.From, out var from) || !ids.TryGetValue(relation.To, out var to)) return;
        if (relation.Direction == "bi") Line($"*\t{Word(relation.Label)} {from} {to}");
        else Line($"{Next('R')}\t{Word(relation.Label)} {Word(relation.FromRole ?? BratDocument.FirstRole)}:{from} {Word(relation.ToRole ?? BratDocument.SecondRole)}:{to}");
    }

    private void WriteAttributes(LabelledObject each, string id)
    {
        Dictionary<string, JsonElement> others = new(StringComparer.Ordinal);
        foreach (var (name, value) in each.Attributes)
        {
            if (name == BratDocument.Trigger && id[0] == 'E') continue;
            if (name == BratDocument.Notes && Rows(value, 2) is { } notes)
                foreach (var note in notes) Line($"{Next('#')}\t{Word(note[0])} {id}\t{OneLine(note[1])}");
            else if (name == BratDocument.Normalizations && Rows(value, 3) is { } entries)
                foreach (var entry in entries) Line($"{Next('N')}\t{Word(entry[0])} {id} {OneLine(entry[1])}\t{OneLine(entry[2])}");
            else if (value.ValueKind == JsonValueKind.True && IsWord(name)) Line($"{Next('A')}\t{name} {id}");
            else if (value.ValueKind == JsonValueKind.String && IsWord(name) && IsWord(value.GetString()!)) Line($"{Next('A')}\t{name} {id} {value.GetString()}");
            else if (value.ValueKind == JsonValueKind.Array && IsWord(name) && value.GetArrayLength() > 1 && value.EnumerateArray().All(IsLine))
                foreach (var one in value.EnumerateArray()) Line(one.ValueKind == JsonValueKind.True ? $"{Next('A')}\t{name} {id}" : $"{Next('A')}\t{name} {id} {one.GetString()}");
            else others[name] = value;
        }

        if (others.Count > 0) Line($"{Next('#')}\t{BratDocument.AttributesNote} {id}\t{JsonSerializer.Serialize(others)}");
    }

    /// <summary>Whether brat has a line for a value: a flag, or a word.</summary>
    private static bool IsLine(JsonElement value) => value.ValueKind == JsonValueKind.True || value.ValueKind == JsonValueKind.String && IsWord(value.GetString()!);

    /// <summary>Lists of so many texts; null where the value is no list of such, or a text would not stand in a line.</summary>
    private static List<string[]>? Rows(JsonElement value, int length)
    {
        if (value.ValueKind != JsonValueKind.Array) return null;
        List<string[]> rows = [];
        foreach (var row in value.EnumerateArray())
        {
            if (TextRows.Texts(row) is not { } texts || texts.Count != length || !IsWord(texts[0]) || texts.Exists(t => OneLine(t) != t)) return null;
            rows.Add([.. texts]);
        }

        return rows;
    }

    private static string Stretches(LabelledObject each) => string.Join(';', Spans(each).Select(s => FormattableString.Invariant($"{s.Start} {s.End}")));

    private static IEnumerable<TextSpan> Spans(LabelledObject each) => ((IEnumerable<Mark>)[each.Mark, .. each.OtherMarks]).OfType<TextSpan>();

    private string Covered(LabelledObject each) =>
        OneLine(string.Join(' ', Spans(each).Select(s => _offsets.UnitsAt(s.Start) is { } from && _offsets.UnitsAt(s.End) is { } to && from <= to ? text[from..to] : "")));

    private string Free(char kind)
    {
        string id;
        do id = Next(kind);
        while (!_taken.Add(id));
        return id;
    }

    private string Next(char kind) => FormattableString.Invariant($"{kind}{_numbers[kind] = _numbers.GetValueOrDefault(kind) + 1}");

    private static bool IsId(string id, char kind) => id.Length > 1 && id[0] == kind && id.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsWord(string word) => word.Length > 0 && !word.Any(char.IsWhiteSpace) && !word.Any(char.IsControl);

    private static string Word(string word) => word.Length == 0 ? "_" : string.Concat(word.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) ? '_' : c));

    private static string OneLine(string line) => string.Concat(line.Select(c => c is '\t' or '\n' or '\r' or '\f' or '\v' or '\u0085' or '\u2028' or '\u2029' ? ' ' : c));

    private void Line(string line) => _lines.Append(line).Append('\n');
}
