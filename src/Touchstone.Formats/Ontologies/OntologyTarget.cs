using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Ontologies;

/// <summary>An ontology as something that labels of other tools are brought into: what it can carry, and which of its classes, questions and options their names mean.</summary>
/// <remarks>A name means what has it as its id or, letters' case and marks between words aside, as its id or title.</remarks>
public sealed class OntologyTarget
{
    private readonly Dictionary<string, (ShapesQuestion Question, ShapeClass Class)> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Question> _questions = new(StringComparer.Ordinal);

    /// <param name="ontology">The ontology.</param>
    /// <param name="name">What it is called where losses are told, such as the project's name.</param>
    /// <param name="also">Words beside answers that find a place too: predictions, skips, drafts.</param>
    public OntologyTarget(Ontology ontology, string name, CarriedParts also = CarriedParts.None)
    {
        Ontology = ontology;
        foreach (var question in ontology.Questions)
        {
            if (question is ShapesQuestion shapes)
                foreach (var each in shapes.Classes) Know(_classes, each.Id, each.Title, (shapes, each));
            else Know(_questions, question.Id, question.Title, question);
        }

        Traits = TraitsOf(ontology, name, also);
    }

    /// <summary>The ontology.</summary>
    public Ontology Ontology { get; }

    /// <summary>What answers under it can carry, as the trait table of a format: <see cref="Narrowing"/> takes from labels what is beyond it.</summary>
    public FormatTraits Traits { get; }

    /// <summary>The class that a name of another tool means; null where there is none.</summary>
    public (ShapesQuestion Question, ShapeClass Class)? FindClass(string name) => Find(_classes, name, out var found) ? found : null;

    /// <summary>The question about the whole input that a name means; null where there is none.</summary>
    public Question? FindQuestion(string name) => Find(_questions, name, out var found) ? found : null;

    /// <summary>The attribute of a class that a name means; null where there is none.</summary>
    public static Question? FindAttribute(ShapeClass shapeClass, string name) => shapeClass.FindAttribute(name) ?? First(shapeClass.Attributes, name, a => a.Id, a => a.Title);

    /// <summary>The option that a name means; null where there is none.</summary>
    public static ChoiceOption? FindOption(ChoiceQuestion question, string name) => question.FindOption(name) ?? First(question.Options, name, o => o.Id, o => o.Title);

    private static FormatTraits TraitsOf(Ontology ontology, string name, CarriedParts also)
    {
        var shapes = ontology.Questions.OfType<ShapesQuestion>().SelectMany(q => q.Classes).ToList();
        return new FormatTraits
        {
            Id = "project",
            Name = name,
            Specification = "its ontology",
            Evidence = Evidence.OwnFiles,
            Marks = MarksOf(shapes),
            Attributes = AttributeSupport.Any,
            // What a question takes is decided answer by answer: files write one option as a text or as a list, and numbers as texts.
            OfInput = ontology.Questions.Any(q => q is not ShapesQuestion) ? AnswerParts.Label | AnswerParts.Labels | AnswerParts.Path | AnswerParts.Number | AnswerParts.Text : AnswerParts.None,
            Parts = CarriedParts.Contributors | CarriedParts.Times | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.ObjectIds | CarriedParts.Gold | also,
        };
    }

    /// <summary>Where polygons are drawn, what fills pixels comes in as one polygon for each of its parts: the answers' builder sees to that.</summary>
    private static List<MarkKind> MarksOf(List<ShapeClass> shapes)
    {
        var drawn = shapes.SelectMany(c => c.Geometries).Distinct().Order().Select(KindOf).ToList();
        return drawn.Contains(MarkKind.Polygon) ? [.. drawn, MarkKind.Polygons, MarkKind.Mask, MarkKind.Ellipse] : drawn;
    }

    /// <summary>The kind of mark that a geometry is.</summary>
    public static MarkKind KindOf(GeometryKind kind) => kind switch
    {
        GeometryKind.Box => MarkKind.Box,
        GeometryKind.RotatedBox => MarkKind.RotatedBox,
        GeometryKind.Polygon => MarkKind.Polygon,
        GeometryKind.Polyline => MarkKind.Polyline,
        GeometryKind.Keypoints => MarkKind.Keypoints,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Marks know no such geometry."),
    };

    private static void Know<T>(Dictionary<string, T> known, string id, string title, T value)
    {
        known[id] = value;
        known.TryAdd(title, value);
        known.TryAdd(Plain(id), value);
        known.TryAdd(Plain(title), value);
    }

    private static bool Find<T>(Dictionary<string, T> known, string name, out T found) => known.TryGetValue(name, out found!) || known.TryGetValue(Plain(name), out found!);

    private static T? First<T>(IReadOnlyList<T> all, string name, Func<T, string> id, Func<T, string> title) where T : class
    {
        var plain = Plain(name);
        return all.FirstOrDefault(each => Plain(id(each)) == plain) ?? all.FirstOrDefault(each => Plain(title(each)) == plain);
    }

    /// <summary>Lower case, with one space between words; a mark before it keeps it apart from ids, which hold no space and no such mark.</summary>
    private static string Plain(string name)
    {
        Span<char> plain = name.Length < 256 ? stackalloc char[name.Length + 1] : new char[name.Length + 1];
        var length = 1;
        plain[0] = '\u0001';
        foreach (var each in name)
        {
            if (char.IsLetterOrDigit(each)) plain[length++] = char.ToLowerInvariant(each);
            else if (length > 1 && plain[length - 1] != ' ') plain[length++] = ' ';
        }

        return new string(plain[..length].TrimEnd(' '));
    }
}
