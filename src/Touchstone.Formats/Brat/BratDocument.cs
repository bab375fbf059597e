using System.Globalization;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Brat;

/// <summary>The lines of one document as they are read. They may come in any order, so that what refers to others is joined at the end.</summary>
internal sealed class BratDocument(string text, FaultLog faults)
{
    /// <summary>The attribute of an event that names its trigger's id.</summary>
    public const string Trigger = "trigger";

    /// <summary>The attribute that keeps notes: pairs of a type and a text.</summary>
    public const string Notes = "notes";

    /// <summary>The attribute that keeps normalizations: a type, an entry of a resource, and its name.</summary>
    public const string Normalizations = "normalizations";

    /// <summary>The type of a note that holds attributes as JSON.</summary>
    public const string AttributesNote = "Attributes";

    /// <summary>What an equivalence is called as a relation.</summary>
    public const string Equivalence = "Equiv";

    /// <summary>What the ends of most relations are called.</summary>
    public const string FirstRole = "Arg1", SecondRole = "Arg2";

    private const int FragmentsMax = 1_000;

    private static readonly char[] Blank = [' '];

    private readonly long _end = new TextOffsets(text).CodePoints;
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (string Type, List<Mark> Marks)> _spans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Type, string TriggerId)> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, JsonElement>> _attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (List<string[]> Notes, List<string[]> Normalizations)> _remarks = new(StringComparer.Ordinal);
    private readonly List<(string File, long Line, ObjectRelation Relation)> _relations = [];
    private readonly List<(string File, long Line, string Target)> _targets = [];
    private readonly HashSet<string> _ofRelations = new(StringComparer.Ordinal);
    private string _file = "";
    private long _line;

    /// <summary>Begins a file of labels.</summary>
    public void Begin(string file) => (_file, _line) = (file, 0);

    /// <summary>Takes a line; one that is none is told and left out.</summary>
    public void Add(string line)
    {
        _line++;
        if (string.IsNullOrWhiteSpace(line)) return;
        var columns = line.Split('\t', 3);
        if (columns.Length < 2 || columns[0].Length == 0)
        {
            Tell($"an id and what it stands for were expected, apart by a tab; \"{Cut(line)}\" found.");
            return;
        }

        switch (columns[0][0])
        {
            case 'T':
                AddSpan(columns);
                break;
            case 'E':
                AddEvent(columns);
                break;
            case 'R':
                AddRelation(columns);
                break;
            case '*':
                AddEquivalence(columns);
                break;
            case 'A' or 'M':
                AddAttribute(columns);
                break;
            case 'N':
                AddNormalization(columns);
                break;
            case '#':
                AddNote(columns);
                break;
            default:
                Tell($"an id of T, E, R, A, M, N, # or * was expected; \"{Cut(columns[0])}\" found.");
                break;
        }
    }

    private void AddSpan(string[] columns)
    {
        var at = columns[1].IndexOf(' ', StringComparison.Ordinal);
        List<Mark> marks = [];
        foreach (var stretch in at < 0 ? [] : columns[1][(at + 1)..].Split(';', FragmentsMax))
        {
            var ends = stretch.Split(' ');
            if (ends.Length != 2 || Offset(ends[0]) is not { } from || Offset(ends[1]) is not { } to || from > to)
            {
                Tell($"a type and a span's start and end were expected, such as \"Person 0 5\"; \"{Cut(columns[1])}\" found.");
                return;
            }

            if (to > _end)
            {
                Tell($"end {to} lies behind the text, which has {_end} characters.");
                return;
            }

            marks.Add(new TextSpan(from, to));
        }

        if (marks.Count == 0) Tell($"a type and a span's start and end were expected; \"{Cut(columns[1])}\" found.");
        else if (!IsNew(columns[0])) return;
        else _spans.Add(columns[0], (columns[1][..at], marks));
    }

    private bool IsNew(string id)
    {
        if (!_spans.ContainsKey(id) && !_events.ContainsKey(id))
        {
            _order.Add(id);
            return true;
        }

        Tell($"an id that no line before it has was expected; \"{Cut(id)}\" found.");
        return false;
    }

    private static long? Offset(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null;

    private void AddEvent(string[] columns)
    {
        var parts = columns[1].Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || Pair(parts[0]) is not var (type, trigger))
        {
            Tell($"an event's type and trigger were expected, such as \"Merge:T2\"; \"{Cut(columns[1])}\" found.");
            return;
        }

        if (!IsNew(columns[0])) return;
        _events.Add(columns[0], (type, trigger));
        foreach (var part in parts.AsSpan(1))
        {
            if (Pair(part) is var (role, target)) _relations.Add((_file, _line, new ObjectRelation(columns[0], target, role)));
            else Tell($"an argument such as \"Theme:T1\" was expected; \"{Cut(part)}\" found.");
        }
    }

    private static (string Name, string Id)? Pair(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && at + 1 < text.Length ? (text[..at], text[(at + 1)..]) : null;

    private void AddRelation(string[] columns)
    {
        var parts = columns[1].Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 3 && Pair(parts[1]) is { } first && Pair(parts[2]) is { } second)
        {
            if ((first.Name, second.Name) == (SecondRole, FirstRole)) (first, second) = (second, first);
            var areUsual = (first.Name, second.Name) == (FirstRole, SecondRole);
            _relations.Add((_file, _line, new ObjectRelation(first.Id, second.Id, parts[0]) { FromRole = areUsual ? null : first.Name, ToRole = areUsual ? null : second.Name }));
            _ofRelations.Add(columns[0]);
        }
        else
        {
            Tell($"a type and two arguments were expected, such as \"Origin Arg1:T3 Arg2:T4\"; \"{Cut(columns[1])}\" found.");
        }
    }

    private void AddEquivalence(string[] columns)
    {
        var parts = columns[1].Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3)
        {
            Tell($"a type and two ids or more were expected, such as \"Equiv T1 T2\"; \"{Cut(columns[1])}\" found.");
            return;
        }

        foreach (var other in parts.AsSpan(2)) _relations.Add((_file, _line, new ObjectRelation(parts[1], other, parts[0], "bi")));
    }

    private void AddAttribute(string[] columns)
    {
        var parts = columns[1].Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (2 or 3))
        {
            Tell($"an attribute, an id and a value or none were expected, such as \"Confidence E2 L1\"; \"{Cut(columns[1])}\" found.");
            return;
        }

        var (attributes, value) = (Attributes(parts[1]), parts.Length == 2 ? JsonFields.True : JsonFields.Of(parts[2]));
        if (!attributes.TryGetValue(parts[0], out var known)) attributes[parts[0]] = value;
        else if (known.ValueKind == JsonValueKind.Array) attributes[parts[0]] = JsonSerializer.SerializeToElement(known.EnumerateArray().Append(value));
        else attributes[parts[0]] = JsonSerializer.SerializeToElement((JsonElement[])[known, value]);
    }

    private Dictionary<string, JsonElement> Attributes(string target)
    {
        _targets.Add((_file, _line, target));
        if (!_attributes.TryGetValue(target, out var attributes)) _attributes.Add(target, attributes = new(StringComparer.Ordinal));
        return attributes;
    }

    private (List<string[]> Notes, List<string[]> Normalizations) Remarks(string target)
    {
        _targets.Add((_file, _line, target));
        if (!_remarks.TryGetValue(target, out var remarks)) _remarks.Add(target, remarks = ([], []));
        return remarks;
    }

    private void AddNormalization(string[] columns)
    {
        var parts = columns[1].Split(Blank, 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 3) Remarks(parts[1]).Normalizations.Add([parts[0], parts[2], columns.Length > 2 ? columns[2] : ""]);
        else Tell($"a type, an id and an entry were expected, such as \"Reference T1 Wikipedia:534366\"; \"{Cut(columns[1])}\" found.");
    }

    private void AddNote(string[] columns)
    {
        var parts = columns[1].Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        var note = columns.Length > 2 ? columns[2] : "";
        if (parts.Length != 2) Tell($"a type and an id were expected, such as \"AnnotatorNotes T1\"; \"{Cut(columns[1])}\" found.");
        else if (parts[0] == AttributesNote && Parsed(note) is { } attributes)
            foreach (var (name, value) in ((JsonElement?)attributes).Values()) Attributes(parts[1])[name] = value;
        else Remarks(parts[1]).Notes.Add([parts[0], note]);
    }

    private static JsonElement? Parsed(string note)
    {
        try
        {
            var value = JsonElement.Parse(note);
            return value.ValueKind == JsonValueKind.Object && JsonTexts.AreUnicode(value) ? value : null;
        }
        catch (JsonException)
        {
            return null;   // a note of somebody's own
        }
    }

    /// <summary>What is marked in the text. What refers to nothing is told.</summary>
    public Opinion ToOpinion()
    {
        List<LabelledObject> objects = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var id in _order)
        {
            if (_spans.TryGetValue(id, out var span)) objects.Add(ToObject(id, span.Type, span.Marks, trigger: null));
            else if (_events.TryGetValue(id, out var each) && _spans.TryGetValue(each.TriggerId, out var trigger)) objects.Add(ToObject(id, each.Type, trigger.Marks, each.TriggerId));
            else
            {
                faults.Add(_file, $"event {Cut(id)}", $"its trigger {Cut(_events[id].TriggerId)} is no span of the text.");
                continue;
            }

            ids.Add(id);
        }

        List<ObjectRelation> relations = [];
        foreach (var (file, line, relation) in _relations)
        {
            if (ids.Contains(relation.From) && ids.Contains(relation.To)) relations.Add(relation);
            else faults.Add(file, $"line {line}", $"{Cut(relation.From)} and {Cut(relation.To)} are not both spans or events of the text.");
        }

        foreach (var (file, line, target) in _targets)
            if (!ids.Contains(target)) faults.Add(file, $"line {line}", _ofRelations.Contains(target) ? $"what is said of the relation {Cut(target)} is left out: relations have no attributes here." : $"{Cut(target)} is no span or event of the text.");
        return new Opinion { Objects = objects, Relations = relations };
    }

    private LabelledObject ToObject(string id, string type, List<Mark> marks, string? trigger)
    {
        var attributes = _attributes.GetValueOrDefault(id) ?? new(StringComparer.Ordinal);
        if (trigger is not null) attributes[Trigger] = JsonFields.Of(trigger);
        if (_remarks.TryGetValue(id, out var remarks))
        {
            if (remarks.Notes.Count > 0) attributes[Notes] = JsonSerializer.SerializeToElement(remarks.Notes);
            if (remarks.Normalizations.Count > 0) attributes[Normalizations] = JsonSerializer.SerializeToElement(remarks.Normalizations);
        }

        return new LabelledObject(type, marks[0]) { Id = id, OtherMarks = marks.Count == 1 ? [] : marks[1..], Attributes = attributes.Count == 0 ? Sample.Empty : attributes };
    }

    private void Tell(string message) => faults.Add(_file, $"line {_line}", message);

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
