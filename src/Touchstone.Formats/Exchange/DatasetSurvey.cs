using System.Text.Json;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Exchange;

/// <summary>What a pass over a data set finds: writers need its classes before the first sample.</summary>
public sealed class DatasetSurvey
{
    private readonly Dictionary<string, int> _position = new(StringComparer.Ordinal);
    private readonly List<ObjectClass> _classes = [];
    private readonly List<long> _objects = [];
    private readonly HashSet<(int Class, string Attribute)> _inferred = [];
    private readonly long[] _marks = new long[Enum.GetValues<MarkKind>().Length];
    private readonly IReadOnlyDictionary<string, JsonElement> _statements;
    private readonly SortedDictionary<string, long> _splits = new(StringComparer.Ordinal);

    /// <param name="stated">What the format states beforehand.</param>
    public DatasetSurvey(DatasetFacts stated)
    {
        (Title, _statements) = (stated.Title, stated.Statements);
        foreach (var each in stated.Classes) Position(each);
    }

    /// <summary>What the data set is called.</summary>
    public string Title { get; }

    /// <summary>Samples seen.</summary>
    public long Samples { get; private set; }

    /// <summary>Of them, those without any object.</summary>
    public long Empty { get; private set; }

    /// <summary>Marks of objects by kind.</summary>
    public IReadOnlyDictionary<MarkKind, long> Marks => Enum.GetValues<MarkKind>().Where(k => _marks[(int)k] > 0).ToDictionary(k => k, k => _marks[(int)k]);

    /// <summary>Samples by the part of the data set.</summary>
    public IReadOnlyDictionary<string, long> Splits => _splits;

    /// <summary>Classes with how many objects each has, in the file's order.</summary>
    public IEnumerable<(ObjectClass Class, long Objects)> Classes => _classes.Select((c, i) => (c, _objects[i]));

    /// <summary>The classes as a writer takes them.</summary>
    public DatasetFacts Facts => new() { Title = Title, Classes = [.. _classes], Marks = Marks, Statements = _statements };

    /// <summary>Takes a sample into account.</summary>
    public void Add(Sample sample)
    {
        Samples++;
        if (sample.Split is { } split) _splits[split] = _splits.GetValueOrDefault(split) + 1;
        var any = false;
        foreach (var opinion in sample.Opinions)
        {
            foreach (var each in opinion.Objects)
            {
                any = true;
                var at = _position.TryGetValue(each.Class, out var known) ? known : Position(new ObjectClass(each.Class));
                _objects[at]++;
                AddAttributes(each, at);
                Add(each.Mark, at);
                for (var i = 0; i < each.OtherMarks.Count; i++) Add(each.OtherMarks[i], at);
            }
        }

        if (!any) Empty++;
    }

    /// <summary>Attributes that nobody defined are what their values are: text where those differ in kind.</summary>
    private void AddAttributes(LabelledObject each, int at)
    {
        if (each.Attributes.Count == 0) return;
        foreach (var (name, value) in each.Attributes)
        {
            if (value.ValueKind == JsonValueKind.Null) continue;
            var input = value.ValueKind switch
            {
                JsonValueKind.True or JsonValueKind.False => AttributeInput.Checkbox,
                JsonValueKind.Number => AttributeInput.Number,
                _ => AttributeInput.Text,
            };
            var index = IndexOf(_classes[at].Attributes, name);
            if (index >= 0 && (_classes[at].Attributes[index].Input == input || !_inferred.Contains((at, name)))) continue;
            List<AttributeDefinition> known = [.. _classes[at].Attributes];
            if (index < 0) known.Add(new AttributeDefinition(name, input) { IsMutable = each.Frame is not null });
            else known[index] = known[index] with { Input = AttributeInput.Text };
            _inferred.Add((at, name));
            _classes[at] = _classes[at] with { Attributes = known };
        }
    }

    private static int IndexOf(IReadOnlyList<AttributeDefinition> attributes, string name)
    {
        for (var i = 0; i < attributes.Count; i++)
            if (attributes[i].Name == name) return i;
        return -1;
    }

    private void Add(Mark mark, int at)
    {
        _marks[(int)mark.Kind]++;
        if (mark is Outline { Geometry: Keypoints points } && _classes[at].Keypoints.Count < points.Points.Count)
            _classes[at] = _classes[at] with { Keypoints = [.. _classes[at].Keypoints, .. Enumerable.Range(_classes[at].Keypoints.Count + 1, points.Points.Count - _classes[at].Keypoints.Count).Select(n => $"point_{n}")] };
    }

    private int Position(ObjectClass each)
    {
        if (_position.TryGetValue(each.Name, out var at)) return at;
        _position.Add(each.Name, at = _classes.Count);
        _classes.Add(each);
        _objects.Add(0);
        return at;
    }
}
