using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Demo.Crowd;
using Touchstone.Demo.Scenes;
using Touchstone.Tests.RealData;

namespace Touchstone.Tests.Demo;

public class SimulatedContributorTests
{
    private static readonly Ontology Street = DemoOntology.Project.Ontology;
    private static readonly ImageTruth[] Truths = [.. Enumerable.Range(0, 200).Select(i => ImageTruth.Of(StreetScene.Generate(11, i)))];

    [Fact]
    public void Whatever_a_simulated_person_answers_is_valid_under_the_ontology()
    {
        foreach (var person in CrowdPresets.Contributors.Append(CrowdPresets.Auditor).Append(CrowdPresets.Reviewer).Append(new Persona("all", "", ErrorModel.ForAccuracy(0.05))))
            foreach (var truth in Truths.Take(60))
                Assert.Empty(Faults(Street, person.In(Street, 5).Answer(truth), truth));
    }

    [Fact]
    public void Without_errors_the_answers_are_the_truth()
    {
        var exact = new SimulatedContributor("exact", ErrorModel.None, Street, 1);
        foreach (var truth in Truths.Take(30))
        {
            var answers = exact.Answer(truth);
            Assert.Equal(truth.Choices["time_of_day"], (string?)answers["time_of_day"]);
            var shapes = Shapes(answers);
            Assert.Equal(truth.Shapes.Count, shapes.Count);
            foreach (var shape in truth.Shapes)
            {
                var found = Assert.Single(shapes, s => s.Class == shape.Class && Math.Abs(s.Box.X - shape.Box.X) <= 0.051 && Math.Abs(s.Box.Bottom - shape.Box.Bottom) <= 0.11 && Math.Abs(s.Box.Right - shape.Box.Right) <= 0.11);
                Assert.All(shape.Attributes, a => Assert.Equal(a.Value, found.Attributes[a.Key]));
            }
        }
    }

    [Fact]
    public void Answers_depend_on_seed_name_and_image_and_not_on_the_order()
    {
        SimulatedContributor Person(string name, int seed) => new(name, CrowdPresets.Contributors[4].Model, Street, seed);
        var one = Person("eve", 1);
        var forward = Truths.Take(10).Select(t => one.Answer(t).ToJsonString()).ToArray();
        var backward = Truths.Take(10).Reverse().Select(t => Person("eve", 1).Answer(t).ToJsonString()).Reverse().ToArray();
        Assert.Equal(forward, backward);
        Assert.NotEqual(forward[0], Person("eva", 1).Answer(Truths[0]).ToJsonString());
        Assert.NotEqual(forward[0], Person("eve", 2).Answer(Truths[0]).ToJsonString());
    }

    [Fact]
    public void Errors_come_at_the_rates_that_the_model_states()
    {
        // Still edges tell which shape is which: a shape whose box is a true one was marked, the others are invented.
        var model = new ErrorModel(0.2, 0, 0, 0.15, 0.1, 0.12, 0.25);
        var person = new SimulatedContributor("p", model, Street, 3);
        int things = 0, marked = 0, wrongClass = 0, invented = 0, attributes = 0, wrongAttributes = 0, wrongTimes = 0;
        foreach (var truth in Truths)
        {
            var answers = person.Answer(truth);
            var shapes = Shapes(answers);
            things += truth.Shapes.Count;
            foreach (var shape in shapes)
            {
                if (truth.Shapes.FirstOrDefault(t => Math.Abs(t.Box.X - shape.Box.X) < 0.11 && Math.Abs(t.Box.Y - shape.Box.Y) < 0.11 && Math.Abs(t.Box.Right - shape.Box.Right) < 0.21) is not { } same)
                {
                    invented++;
                    continue;
                }

                marked++;
                if (same.Class != shape.Class)
                {
                    wrongClass++;
                    continue;
                }

                attributes += same.Attributes.Count;
                wrongAttributes += same.Attributes.Count(a => shape.Attributes[a.Key] != a.Value);
            }

            wrongTimes += (string?)answers["time_of_day"] == truth.Choices["time_of_day"] ? 0 : 1;
        }

        AssertRate(0.2, things - marked, things);
        AssertRate(0.15, wrongClass, marked);
        AssertRate(0.1, invented, things);
        AssertRate(0.12, wrongAttributes, attributes);
        AssertRate(0.25, wrongTimes, Truths.Length);
    }

    [Theory]
    [InlineData(0.60)]
    [InlineData(0.90)]
    [InlineData(0.99)]
    public void A_contributor_of_a_stated_accuracy_has_it_in_recall_and_in_precision(double accuracy)
    {
        var person = new SimulatedContributor("p", ErrorModel.ForAccuracy(accuracy), Street, 3);
        int things = 0, marks = 0, right = 0;
        foreach (var truth in Truths)
        {
            var shapes = Shapes(person.Answer(truth));
            (things, marks) = (things + truth.Shapes.Count, marks + shapes.Count);
            right += truth.Shapes.Count(t => shapes.Any(s => s.Class == t.Class && Iou(s.Box, t.Box) >= 0.5));
        }

        // A few boxes of a dozen pixels fall below the overlap of one half, a few invented ones hit something.
        Assert.Equal(accuracy, (double)right / things, 0.035);
        Assert.Equal(accuracy, (double)right / marks, 0.035);
    }

    [Fact]
    public void Real_photographs_can_be_labelled_too()
    {
        var images = RealImages.VocStreet().Concat(RealImages.Ddad()).Concat(RealImages.KittiObject()).ToArray();
        var classes = images.SelectMany(i => i.Boxes.Select(b => b.Class)).Distinct().Order(StringComparer.Ordinal)
            .Select(c => new ShapeClass(c.Replace('/', '-').Replace(' ', '-'), c, "#808080", [GeometryKind.Box])).ToArray();
        var ontology = new Ontology([new ShapesQuestion("objects", null, classes)]);
        foreach (var image in images)
        {
            var truth = new ImageTruth(Path.GetFileName(image.Path), image.WidthPx, image.HeightPx,
                [.. image.Boxes.Where(b => !b.Ignore).Select(b => new TrueShape(b.Class.Replace('/', '-').Replace(' ', '-'), b.Box, new Dictionary<string, string>()))], new Dictionary<string, string>());
            foreach (var person in CrowdPresets.Contributors)
                Assert.Empty(Faults(ontology, person.In(ontology, 1).Answer(truth), truth));
        }
    }

    [Fact]
    public void The_shipped_project_is_what_the_scenes_are_made_for()
    {
        Assert.Equal(["objects", "time_of_day"], Street.Questions.Select(q => q.Id));
        var classes = Street.Questions.OfType<ShapesQuestion>().Single();
        Assert.All(Truths.SelectMany(t => t.Shapes), s => Assert.All(s.Attributes, a => Assert.NotNull(((ChoiceQuestion)classes.FindClass(s.Class)!.FindAttribute(a.Key)!).FindOption(a.Value))));
    }

    private static IReadOnlyList<Fault> Faults(Ontology ontology, JsonObject answers, ImageTruth truth) =>
        AnswerChecker.Check(ontology, JsonSerializer.SerializeToElement(answers), InputExtent.Image(truth.WidthPx, truth.HeightPx));

    private static List<(string Class, Box Box, Dictionary<string, string> Attributes)> Shapes(JsonObject answers) =>
    [
        .. answers["objects"]!.AsArray().Select(s => (
            (string)s!["class"]!,
            new Box((double)s["box"]!["x"]!, (double)s["box"]!["y"]!, (double)s["box"]!["width"]!, (double)s["box"]!["height"]!),
            s["attributes"]!.AsObject().ToDictionary(a => a.Key, a => (string)a.Value!))),
    ];

    private static double Iou(Box a, Box b)
    {
        var width = Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X);
        var height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y);
        return width <= 0 || height <= 0 ? 0 : width * height / (a.Area + b.Area - width * height);
    }

    private static void AssertRate(double rate, int count, int trials) =>
        Assert.InRange((double)count / trials, rate - 4 * Math.Sqrt(rate * (1 - rate) / trials), rate + 4 * Math.Sqrt(rate * (1 - rate) / trials));
}
