using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Ontologies;

/// <summary>An ontology under which everything that a data set says can be said, as far as an ontology can have it: classes with the geometries that their objects have, their attributes, and the questions that were answered about whole inputs.</summary>
public sealed class OntologyProposal
{
    private const int OptionsMax = 100;
    private readonly Dictionary<string, ClassEvidence> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Values> _questions = new(StringComparer.Ordinal);

    /// <param name="stated">What the format states beforehand: its classes come first and in its order.</param>
    public OntologyProposal(DatasetFacts stated)
    {
        foreach (var each in stated.Classes) _classes.TryAdd(each.Name, new ClassEvidence { Stated = each });
    }

    /// <summary>Takes a sample into account.</summary>
    public void Add(Sample sample)
    {
        foreach (var opinion in sample.Opinions)
        {
            foreach (var (name, value) in opinion.Answers) Of(_questions, name).Add(value);
            foreach (var each in opinion.Objects) Add(each);
        }
    }

    /// <summary>The ontology; valid as <see cref="OntologyJson"/> checks it.</summary>
    public Ontology Build()
    {
        Names ids = new();
        List<Question> questions = [];
        Names classIds = new();
        ShapeClass[] classes = [.. _classes.Where(c => c.Value.Geometries.Count > 0).Take(OntologyLimits.MaxClasses).Select((c, i) => ClassOf(c.Key, c.Value, classIds, i))];
        if (classes.Length > 0) questions.Add(new ShapesQuestion(ids.Of("objects", "objects"), "Objects", classes));
        foreach (var (name, values) in _questions)
            if (QuestionOf(ids.Of(name, "question"), name, values) is { } question) questions.Add(question);
        return new Ontology(questions);
    }

    private void Add(LabelledObject each)
    {
        var evidence = Of(_classes, each.Class);
        foreach (var mark in (IEnumerable<Mark>)[each.Mark, .. each.OtherMarks])
        {
            if (GeometryOf(mark.Kind) is { } geometry && !evidence.Geometries.Contains(geometry)) evidence.Geometries.Add(geometry);
            if (mark is Outline { Geometry: Keypoints points }) evidence.Keypoints = Math.Max(evidence.Keypoints, points.Points.Count);
        }

        foreach (var (name, value) in each.Attributes) Of(evidence.Attributes, name).Add(value);
    }

    private static ShapeClass ClassOf(string name, ClassEvidence evidence, Names ids, int number)
    {
        Names attributeIds = new();
        List<Question> attributes = [];
        foreach (var (attribute, values) in evidence.Attributes)
            if (QuestionOf(attributeIds.Of(attribute, "attribute"), attribute, values) is { } question) attributes.Add(question);
        var colour = evidence.Stated?.Colour is { } own && Palette.IsValid(own.ToLowerInvariant()) ? own.ToLowerInvariant() : Palette.Colours[number % Palette.Colours.Count];
        return new ShapeClass(ids.Of(name, "class"), TitleOf(name), colour, evidence.Geometries) { Attributes = attributes, Keypoints = LayoutOf(evidence) };
    }

    private static KeypointLayout? LayoutOf(ClassEvidence evidence)
    {
        if (!evidence.Geometries.Contains(GeometryKind.Keypoints)) return null;
        Names names = new();
        var stated = evidence.Stated?.Keypoints ?? [];
        return new KeypointLayout([.. Enumerable.Range(0, Math.Max(evidence.Keypoints, stated.Count)).Select(i => names.Of(i < stated.Count ? stated[i] : $"point_{i + 1}", "point"))]);
    }

    private static Question? QuestionOf(string id, string name, Values values)
    {
        var title = TitleOf(name);
        if (values.Kinds == ValueKinds.Truth) return ChoiceQuestion.YesOrNo(id, title);
        if (values.Kinds == ValueKinds.Number) return new NumberQuestion(id, title);
        if (values.Kinds == ValueKinds.None) return null;
        if (!values.IsChoice) return new TextQuestion(id, title) { Multiline = true };
        Names options = new();
        return new ChoiceQuestion(id, title, [.. values.Words.Keys.Order(StringComparer.Ordinal).Select(w => new ChoiceOption(options.Of(w, "option"), TitleOf(w)))]) { Multiple = values.Kinds.HasFlag(ValueKinds.List) };
    }

    private static GeometryKind? GeometryOf(MarkKind kind) => kind switch
    {
        MarkKind.Box => GeometryKind.Box,
        MarkKind.RotatedBox => GeometryKind.RotatedBox,
        MarkKind.Polygon or MarkKind.Polygons or MarkKind.Mask or MarkKind.Ellipse => GeometryKind.Polygon,
        MarkKind.Polyline => GeometryKind.Polyline,
        MarkKind.Keypoints => GeometryKind.Keypoints,
        _ => null,
    };

    private static string? TitleOf(string name)
    {
        var plain = new string([.. name.Where(c => !char.IsControl(c))]).Trim();
        return plain.Length == 0 ? null : plain[..Math.Min(plain.Length, 200)];
    }

    private static T Of<T>(Dictionary<string, T> all, string name) where T : new()
    {
        if (!all.TryGetValue(name, out var found)) all.Add(name, found = new T());
        return found;
    }

    private sealed class ClassEvidence
    {
        public ObjectClass? Stated { get; init; }

        public List<GeometryKind> Geometries { get; } = [];

        public int Keypoints { get; set; }

        public Dictionary<string, Values> Attributes { get; } = new(StringComparer.Ordinal);
    }

    [Flags]
    private enum ValueKinds
    {
        None = 0,
        Truth = 1,
        Number = 2,
        Word = 4,
        List = 8,
    }

    /// <summary>What was answered, as far as a question must be made of it.</summary>
    private sealed class Values
    {
        private long _count;

        public ValueKinds Kinds { get; private set; }

        public Dictionary<string, long> Words { get; } = new(StringComparer.Ordinal);

        /// <summary>Few words that are said again and again are options; many that are said once are text.</summary>
        public bool IsChoice => Words.Count is > 0 and <= OptionsMax && (Words.Count <= 12 || _count >= 3L * Words.Count);

        public void Add(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.True or JsonValueKind.False:
                    Kinds |= ValueKinds.Truth;
                    Say(value.ValueKind == JsonValueKind.True ? "true" : "false");
                    break;
                case JsonValueKind.Number:
                    Kinds |= ValueKinds.Number;
                    Say(value.GetRawText());
                    break;
                case JsonValueKind.String:
                    Kinds |= ValueKinds.Word;
                    Say(value.GetString()!);
                    break;
                case JsonValueKind.Array:
                    Kinds |= ValueKinds.Word | ValueKinds.List;
                    foreach (var item in value.EnumerateArray())
                        if (item.ValueKind == JsonValueKind.String) Say(item.GetString()!);
                    break;
            }
        }

        private void Say(string word)
        {
            _count++;
            if (Words.TryGetValue(word, out var before)) Words[word] = before + 1;
            else if (Words.Count <= OptionsMax) Words.Add(word, 1);
        }
    }

    /// <summary>Ids made of names: letters and digits stay, what an id cannot have becomes <c>_</c>, and no two are the same.</summary>
    private sealed class Names
    {
        private const int LengthMax = 56;
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

        public string Of(string name, string fallback)
        {
            var id = Identifier.IsValid(name) && name.Length <= LengthMax ? name : Slug(name);
            if (id.Length == 0) id = fallback;
            for (var n = 1; ; n++)
            {
                var candidate = n == 1 ? id : $"{id}_{n}";
                if (_taken.Add(candidate)) return candidate;
            }
        }

        private static string Slug(string name)
        {
            var plain = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')]).Trim('_', '-', '.');
            return plain[..Math.Min(plain.Length, LengthMax)];
        }
    }
}
