using Touchstone.Annotations.Geometry;
using Touchstone.Quality.Assays;

namespace Touchstone.Quality.Tests;

public sealed class GradingTests
{
    [Fact]
    public void Every_kind_of_error_is_counted_where_it_belongs()
    {
        var released = Streets.Answers(
        [
            Thing("1", "car", 0, 0), Thing("2", "person", 200, 1), Thing("3", "light", 400, 2), Thing("4", "car", 600, 1),
        ], "sun");
        var reference = Streets.Answers(
        [
            Thing("a", "car", 10, 0), Thing("b", "car", 200, 1), Thing("c", "light", 400, 0), Thing("d", "person", 900, 1),
        ], "rain");
        var graded = Grading.Grade(Streets.Ontology, "image", released, reference);

        Assert.Equal((2, 2, 2, 1), (graded.TruePositives, graded.FalsePositives, graded.FalseNegatives, graded.WrongClass));
        Assert.Equal(5, graded.Objects); // two right, one of a wrong class, one invented, one missed
        Assert.Equal(90.0 / 110 + 1, graded.IouSum, 5);
        Assert.Equal((1, 2), (graded.AttributesCorrect, graded.AttributesAsked)); // "occluded" right, the light's state wrong
        Assert.Equal((0, 1), (graded.ChoicesCorrect, graded.ChoicesAsked));
        Assert.Equal(new GradedClass(1, 1, 1), graded.Classes["car"]);
        Assert.Equal(new GradedClass(0, 1, 1), graded.Classes["person"]);
    }

    [Fact]
    public void The_truth_against_itself_has_no_error_and_an_empty_image_no_unit()
    {
        var truth = Streets.Answers([Thing("a", "car", 10, 0), Thing("c", "light", 400, 0)], "rain");
        var graded = Grading.Grade(Streets.Ontology, "image", truth, truth);
        Assert.Equal((2, 0, 0, 2.0), (graded.TruePositives, graded.FalsePositives, graded.FalseNegatives, graded.IouSum));
        Assert.Equal(0, Grading.Grade(Streets.Ontology, "image", Streets.Answers([], "sun"), Streets.Answers([], "sun")).Objects);
    }

    private static Shape Thing(string id, string name, double x, int value) => new(id, name, new Box(x, 0, 100, 100), Streets.Attributes(name, value));
}
