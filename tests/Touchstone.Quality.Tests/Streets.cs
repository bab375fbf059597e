using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

/// <summary>How a simulated contributor errs.</summary>
internal sealed record Errors(double Miss = 0.1, double SpuriousPerImage = 0.3, double WrongClass = 0.1, double WrongAnswer = 0.1, double Jitter = 0.03)
{
    public static readonly Errors Careless = new(0.35, 1.5, 0.3, 0.35, 0.09);
}

/// <summary>Street images with known truth, and contributors who look at them.</summary>
internal static class Streets
{
    public const double Width = 1280, Height = 720;
    public static readonly InputExtent Extent = InputExtent.Image(1280, 720);

    public static readonly Ontology Ontology = new(
    [
        new ShapesQuestion("things", null,
        [
            new ShapeClass("car", null, "#ff0000", [GeometryKind.Box]) { Attributes = [ChoiceQuestion.YesOrNo("occluded")] },
            new ShapeClass("person", null, "#00ff00", [GeometryKind.Box]) { Attributes = [ChoiceQuestion.YesOrNo("occluded")] },
            new ShapeClass("light", null, "#0000ff", [GeometryKind.Box])
            {
                Attributes = [new ChoiceQuestion("state", null, [new("red"), new("green"), new("off")])],
            },
        ]),
        new ChoiceQuestion("weather", null, [new("sun"), new("rain"), new("fog")]),
    ]);

    private static readonly string[] Classes = ["car", "person", "light"];
    private static readonly string[] Weathers = ["sun", "rain", "fog"];

    public static AnswerSet Truth(SeededRandom random)
    {
        List<Shape> shapes = [];
        for (var n = random.NextInt(3, 13); n > 0; n--)
        {
            for (var attempt = 0; attempt < 50; attempt++)
            {
                var (w, h) = (random.NextDouble(30, 200), random.NextDouble(30, 200));
                var box = new Box(random.NextDouble(0, Width - w), random.NextDouble(0, Height - h), w, h);
                if (shapes.Any(s => Similarity.Iou(s.Geometry.Bounds, box) > 0.15)) continue;
                var name = Classes[random.ChooseIndex([5, 3, 2])];
                shapes.Add(new Shape($"t{shapes.Count}", name, box, Attributes(name, random.NextInt(3))));
                break;
            }
        }

        return Answers(shapes, random.Choose(Weathers));
    }

    public static AnswerSet Look(AnswerSet truth, Errors errors, SeededRandom random)
    {
        List<Shape> shapes = [];
        foreach (var shape in ((ShapesAnswer)truth.ByQuestion["things"]).Shapes)
        {
            if (random.NextBool(errors.Miss)) continue;
            var name = random.NextBool(errors.WrongClass) ? Other(Classes, shape.Class, random) : shape.Class;
            var right = name == shape.Class && !random.NextBool(errors.WrongAnswer);
            shapes.Add(new Shape($"s{shapes.Count}", name, Jitter((Box)shape.Geometry, errors.Jitter, random), right ? shape.Attributes : WrongAttributes(name, shape, random)));
        }

        for (var n = random.NextPoisson(errors.SpuriousPerImage); n > 0; n--)
        {
            var (w, h) = (random.NextDouble(30, 200), random.NextDouble(30, 200));
            var name = random.Choose(Classes);
            shapes.Add(new Shape($"s{shapes.Count}", name, new Box(random.NextDouble(0, Width - w), random.NextDouble(0, Height - h), w, h), Attributes(name, random.NextInt(3))));
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shapes));
        var weather = ((ChoiceAnswer)truth.ByQuestion["weather"]).Chosen[0];
        return Answers(shapes, random.NextBool(errors.WrongAnswer) ? Other(Weathers, weather, random) : weather);
    }

    /// <summary>Many images, each looked at by some of the contributors.</summary>
    public static (List<TaskOpinions> Tasks, Dictionary<string, AnswerSet> Truths) Crowd(int seed, int images, IReadOnlyList<Errors> contributors, int overlap)
    {
        List<TaskOpinions> tasks = [];
        var truths = new Dictionary<string, AnswerSet>();
        for (var i = 0; i < images; i++)
        {
            var random = new SeededRandom(seed).Fork(i);
            var id = $"task{i:D4}";
            truths[id] = Truth(random);
            tasks.Add(new TaskOpinions(id, Extent, [.. random.Sample(contributors.Count, overlap)
                .Select(c => new Opinion($"{id}-r{c}", $"c{c}", Look(truths[id], contributors[c], random.Fork($"look {c}"))))]));
        }

        return (tasks, truths);
    }

    public static AnswerSet Answers(IReadOnlyList<Shape> shapes, string weather) =>
        new(Ontology, new Dictionary<string, Answer> { ["things"] = new ShapesAnswer(shapes), ["weather"] = new ChoiceAnswer([weather]) });

    public static Dictionary<string, JsonElement> Attributes(string name, int value) => name == "light"
        ? new() { ["state"] = JsonSerializer.SerializeToElement(new[] { "red", "green", "off" }[value]) }
        : new() { ["occluded"] = JsonSerializer.SerializeToElement(value == 0) };

    private static Dictionary<string, JsonElement> WrongAttributes(string name, Shape shape, SeededRandom random)
    {
        if (name != shape.Class) return Attributes(name, random.NextInt(3));
        if (name != "light") return Attributes(name, shape.Attributes["occluded"].GetBoolean() ? 1 : 0);
        return new() { ["state"] = JsonSerializer.SerializeToElement(Other(["red", "green", "off"], shape.Attributes["state"].GetString()!, random)) };
    }

    private static string Other(string[] labels, string label, SeededRandom random) => random.Choose([.. labels.Where(l => l != label)]);

    public static Box Jitter(Box box, double relative, SeededRandom random)
    {
        var size = (box.Width + box.Height) / 2 * relative;
        var (left, right) = (box.X + random.NextNormal(0, size), box.Right + random.NextNormal(0, size));
        var (top, bottom) = (box.Y + random.NextNormal(0, size), box.Bottom + random.NextNormal(0, size));
        return new Box(left, top, Math.Max(4, right - left), Math.Max(4, bottom - top));
    }
}
