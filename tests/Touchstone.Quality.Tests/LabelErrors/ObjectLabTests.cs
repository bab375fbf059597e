using System.Text.Json;
using Touchstone.Quality.LabelErrors;

namespace Touchstone.Quality.Tests.LabelErrors;

public sealed class ObjectLabTests
{
    [Fact]
    public void Scores_of_boxes_and_images_equal_those_of_cleanlab()
    {
        var expected = ExpectedFile.Read("objectlab");
        var scores = ObjectLab.Score(Load(expected));
        ExpectedFile.AssertNear(expected.Doubles("label_quality"), [.. scores.Select(s => s.Quality)]);
        bool[] injected = [.. expected.GetProperty("images").EnumerateArray().Select(i => i.GetProperty("injected").GetString() != "clean")];
        Assert.Equal(expected.GetProperty("auroc_injected").GetDouble(), Numeric.Auroc([.. scores.Select(s => s.Quality)], injected), 1e-8);
        Assert.Equal([.. expected.GetProperty("is_issue").EnumerateArray().Select(e => e.GetBoolean())], scores.Select(s => s.IsError));
        for (var i = 0; i < scores.Length; i++)
        {
            ExpectedFile.AssertNear(Numbers(expected.GetProperty("overlooked")[i]), scores[i].Overlooked);
            ExpectedFile.AssertNear(Numbers(expected.GetProperty("badloc")[i]), scores[i].BadlyPlaced);
            ExpectedFile.AssertNear(Numbers(expected.GetProperty("swap")[i]), scores[i].Swapped);
        }
    }

    [Fact]
    public void Images_without_boxes_or_predictions_have_nothing_against_them()
    {
        var scores = ObjectLab.Score([new ObjectLabImage([], []), new ObjectLabImage([new LabelledBox(1, 1, 5, 5, 0)], []), new ObjectLabImage([], [new PredictedBox(1, 1, 5, 5, 2, 0.5)])]);
        Assert.All(scores, s => Assert.Equal(1, s.Quality, 1e-12));
        Assert.All(scores, s => Assert.False(s.IsError));
        Assert.Empty(ObjectLab.Score([]));
    }

    [Fact]
    public void One_object_labelled_twice_with_different_classes_is_an_error()
    {
        ObjectLabImage[] images =
        [
            new([new(0, 0, 10, 10, 0), new(0, 0, 10, 10, 1), new(50, 50, 9, 9, 1)], [new(0, 0, 10, 10, 0, 0.99), new(50, 50, 9, 9, 1, 0.99)]),
            new([new(0, 0, 10, 10, 0)], [new(0, 0, 10, 10, 0, 0.99)]),
        ];
        Assert.True(ObjectLab.Score(images)[0].IsError);
        Assert.False(ObjectLab.Score(images)[1].IsError);
        Assert.True(ObjectLab.Score(images)[0].Swapped[0] < ObjectLab.Score(images, new ObjectLabOptions { DoubledIou = null })[0].Swapped[0]);
    }

    [Theory]
    [InlineData(double.NaN, 0.5, "Image 0, predicted box 0: an edge")]
    [InlineData(-1, 0.5, "Image 0, predicted box 0: its width")]
    [InlineData(3, double.NaN, "Image 0, predicted box 0: its probability")]
    public void A_box_that_is_none_is_named(double width, double probability, string message) => Assert.StartsWith(
        message,
        Assert.Throws<ArgumentException>(() => ObjectLab.Score([new ObjectLabImage([], [new PredictedBox(0, 0, width, 2, 0, probability)])])).Message, StringComparison.Ordinal);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(ExpectedFile.Value)];

    private static ObjectLabImage[] Load(JsonElement expected) => [.. expected.GetProperty("images").EnumerateArray().Select(image => new ObjectLabImage(
        [.. image.GetProperty("boxes_xyxy").EnumerateArray().Zip(image.Integers("labels"), (b, l) =>
        {
            var e = Numbers(b);
            return new LabelledBox(e[0], e[1], e[2] - e[0], e[3] - e[1], l);
        })],
        [.. image.GetProperty("predictions_by_class_xyxys").EnumerateArray().SelectMany((boxes, k) => boxes.EnumerateArray().Select(b =>
        {
            var e = Numbers(b);
            // One box of the file has its right edge left of its left one: it covers nothing, at its centre.
            var (width, height) = (Math.Max(0, e[2] - e[0]), Math.Max(0, e[3] - e[1]));
            return new PredictedBox((e[0] + e[2] - width) / 2, (e[1] + e[3] - height) / 2, width, height, k, e[4]);
        }))]))];
}
