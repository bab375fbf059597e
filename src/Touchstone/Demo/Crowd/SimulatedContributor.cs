using System.Text.Json.Nodes;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Statistics;

namespace Touchstone.Demo.Crowd;

/// <summary>
/// Answers as a person with this error model might. The same seed, name and image give the same answers, whatever was answered before. Its
/// ontology has shapes questions with boxes, and single choices as attributes and image questions; questions of other kinds are left open.
/// </summary>
internal sealed class SimulatedContributor(string name, ErrorModel model, Ontology ontology, int seed)
{
    private const double LeastSidePx = 4;

    private readonly ShapesQuestion _shapes = ontology.Questions.OfType<ShapesQuestion>().First();

    /// <summary>Who it is.</summary>
    public string Name => name;

    /// <summary>The answers to one image, valid under the ontology.</summary>
    public JsonObject Answer(ImageTruth truth)
    {
        var random = new SeededRandom(seed).Fork("contributor").Fork(name).Fork(truth.Image);
        var shapes = new JsonArray();
        for (var i = 0; i < truth.Shapes.Count; i++)
            if (Mark(truth.Shapes[i], truth, random.Fork(i)) is { } shape)
                shapes.Add(shape);
        var invented = random.Fork("invented");
        for (var count = invented.NextPoisson(model.SpuriousRate * Math.Max(1, truth.Shapes.Count)); count > 0; count--)
            shapes.Add(Invent(truth, invented));
        random.Fork("order").ShuffleNodes(shapes);
        for (var i = 0; i < shapes.Count; i++)
            shapes[i]!["id"] = $"s{i + 1}";

        var answers = new JsonObject { [_shapes.Id] = shapes };
        foreach (var question in ontology.Questions.OfType<ChoiceQuestion>())
            if (Choose(question, truth.Choices, model.WrongChoiceRate, random.Fork(question.Id)) is { } chosen)
                answers[question.Id] = chosen;
        return answers;
    }

    private JsonObject? Mark(TrueShape shape, ImageTruth truth, SeededRandom random)
    {
        if (random.NextBool(model.MissRate)) return null;
        var shapeClass = ClassOf(shape.Class);
        if (random.NextBool(model.WrongClassRate)) shapeClass = random.Choose(ConfusedWith(shapeClass));
        return ToJson(shapeClass, Jitter(shape.Box, truth, random), shape.Attributes, random);
    }

    private JsonObject Invent(ImageTruth truth, SeededRandom random)
    {
        // As large as the things that are there, somewhere else.
        var (width, height) = truth.Shapes.Count > 0
            ? Size(random.Choose(truth.Shapes).Box)
            : (random.NextDouble(0.03, 0.15) * truth.WidthPx, random.NextDouble(0.03, 0.15) * truth.HeightPx);
        width = Math.Clamp(width * random.NextDouble(0.7, 1.3), LeastSidePx, truth.WidthPx);
        height = Math.Clamp(height * random.NextDouble(0.7, 1.3), LeastSidePx, truth.HeightPx);
        var box = new Box(random.NextDouble(0, truth.WidthPx - width), random.NextDouble(0, truth.HeightPx - height), width, height);
        return ToJson(random.Choose(_shapes.Classes), Jitter(box, truth, random), new Dictionary<string, string>(), random);
    }

    private static (double Width, double Height) Size(Box box) => (box.Width, box.Height);

    /// <summary>Moves the four edges, keeps the box within the image and not smaller than a person could draw.</summary>
    private Box Jitter(Box box, ImageTruth truth, SeededRandom random)
    {
        double Edge(double at, double side) => at + random.NextNormal() * (side * model.JitterShare) + random.NextNormal() * model.JitterPx;
        var (left, right) = Span(Edge(box.X, box.Width), Edge(box.Right, box.Width), truth.WidthPx);
        var (top, bottom) = Span(Edge(box.Y, box.Height), Edge(box.Bottom, box.Height), truth.HeightPx);
        return new Box(left, top, Math.Round(right - left, 1), Math.Round(bottom - top, 1));
    }

    private static (double From, double To) Span(double from, double to, int limit)
    {
        from = Math.Clamp(Math.Round(Math.Min(from, to), 1), 0, limit - LeastSidePx);
        return (from, Math.Clamp(Math.Round(to, 1), from + LeastSidePx, limit));
    }

    private JsonObject ToJson(ShapeClass shapeClass, Box box, IReadOnlyDictionary<string, string> right, SeededRandom random)
    {
        var attributes = new JsonObject();
        foreach (var attribute in shapeClass.Attributes.OfType<ChoiceQuestion>())
            if (Choose(attribute, right, model.WrongAttributeRate, random.Fork(attribute.Id)) is { } chosen)
                attributes[attribute.Id] = chosen;
        return new JsonObject
        {
            ["id"] = "",
            ["class"] = shapeClass.Id,
            ["box"] = new JsonObject { ["x"] = box.X, ["y"] = box.Y, ["width"] = box.Width, ["height"] = box.Height },
            ["attributes"] = attributes,
        };
    }

    /// <summary>The right option, another one by mistake, or a guess where nothing is right but an answer is asked for.</summary>
    private static JsonValue? Choose(ChoiceQuestion question, IReadOnlyDictionary<string, string> right, double wrongRate, SeededRandom random)
    {
        if (question.Multiple || question.Taxonomy) return null;
        var isKnown = right.TryGetValue(question.Id, out var option) && question.FindOption(option) is not null;
        if (!isKnown && !question.Required) return null;
        if (!isKnown)
        {
            option = random.Choose(question.Options).Id;
        }
        else if (question.Options.Count > 1 && random.NextBool(wrongRate))
        {
            option = random.Choose([.. question.Options.Where(o => o.Id != option)]).Id;
        }

        return question.Boolean ? JsonValue.Create(option == "true") : JsonValue.Create(option);
    }

    private ShapeClass ClassOf(string id) => _shapes.FindClass(id) ?? throw new InvalidOperationException($"The truth has a {id}, which the ontology does not have.");

    private ShapeClass[] ConfusedWith(ShapeClass shapeClass)
    {
        var others = _shapes.Classes.Where(c => c.Id != shapeClass.Id && c.Geometries.Contains(GeometryKind.Box)).ToArray();
        var alike = others.Where(c => c.Supercategory is not null && c.Supercategory == shapeClass.Supercategory).ToArray();
        return alike.Length > 0 ? alike : others.Length > 0 ? others : [shapeClass];
    }
}

internal static class NodeOrder
{
    /// <summary>Puts the elements of a list into a random order.</summary>
    public static void ShuffleNodes(this SeededRandom random, JsonArray list)
    {
        var nodes = list.ToArray();
        random.Shuffle(nodes.AsSpan());
        list.Clear();
        foreach (var node in nodes) list.Add(node);
    }
}
