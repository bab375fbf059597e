using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

/// <summary>Fused geometry lies nearer to the truth than what the contributors drew.</summary>
public sealed class ShapeFusionTests
{
    [Fact]
    public void Boxes() => AssertNearer(GeometryKind.Box, _ => new Box(100, 100, 200, 120), (random, truth) => Streets.Jitter((Box)truth, 0.05, random), 0.6);

    [Fact]
    public void Rotated_boxes_of_any_spelling() => AssertNearer(
        GeometryKind.RotatedBox,
        random => new RotatedBox(300, 300, 160, 60, random.NextDouble(-3, 3)),
        (random, truth) =>
        {
            var box = (RotatedBox)truth;
            var drawn = new RotatedBox(
                box.CentreX + random.NextNormal(0, 4), box.CentreY + random.NextNormal(0, 4), box.Width + random.NextNormal(0, 6), box.Height + random.NextNormal(0, 4),
                box.Angle + random.NextNormal(0, 0.06));
            // The same rectangle has several names.
            return random.NextInt(4) switch
            {
                0 => drawn with { Angle = drawn.Angle + Math.PI },
                1 => new RotatedBox(drawn.CentreX, drawn.CentreY, drawn.Height, drawn.Width, drawn.Angle + Math.PI / 2),
                2 => new RotatedBox(drawn.CentreX, drawn.CentreY, drawn.Height, drawn.Width, drawn.Angle - Math.PI / 2),
                _ => drawn,
            };
        },
        0.6);

    [Fact]
    public void Polygons() => AssertNearer(
        GeometryKind.Polygon,
        _ => Ring(300, 300, 24, i => 90 + 25 * Math.Sin(3 * i)),
        (random, truth) => new Polygon([.. ((Polygon)truth).Points.Where(_ => random.NextBool(0.8)).Select(p => new Point(p.X + random.NextNormal(0, 6), p.Y + random.NextNormal(0, 6)))]),
        0.7);

    [Fact]
    public void Polylines_whichever_end_was_drawn_first() => AssertNearer(
        GeometryKind.Polyline,
        _ => new Polyline([.. Enumerable.Range(0, 9).Select(i => new Point(50 + 60 * i, 300 + 40 * Math.Sin(i / 2.0)))]),
        (random, truth) =>
        {
            Point[] points = [.. ((Polyline)truth).Points.Select(p => new Point(p.X + random.NextNormal(0, 5), p.Y + random.NextNormal(0, 5)))];
            if (random.NextBool()) Array.Reverse(points);
            return new Polyline(points);
        },
        0.8);

    [Fact]
    public void Keypoints_each_by_itself() => AssertNearer(
        GeometryKind.Keypoints,
        _ => new Keypoints([new(100, 100, Visibility.Visible), new(160, 110, Visibility.Visible), new(130, 200, Visibility.Hidden), new(0, 0, Visibility.NotLabelled), new(120, 250, Visibility.Visible), new(190, 180, Visibility.Visible), new(90, 170, Visibility.Visible)]),
        (random, truth) => new Keypoints([.. ((Keypoints)truth).Points.Select(p => p.Visibility == Visibility.NotLabelled || random.NextBool(0.1)
            ? default : p with { X = p.X + random.NextNormal(0, 3), Y = p.Y + random.NextNormal(0, 3) })]),
        0.6);

    [Fact]
    public void One_box_that_took_in_a_neighbour_does_not_drag_the_edge_along()
    {
        Box[] drawn = [new(100, 100, 100, 100), new(101, 99, 100, 101), new(99, 101, 101, 99), new(100, 100, 170, 100)];
        var fused = (Box)Fuse(GeometryKind.Box, drawn);
        Assert.InRange(fused.Right, 198, 206);
    }

    [Fact]
    public void Careful_contributors_weigh_more()
    {
        var table = new ReliabilityTable
        {
            Contributors = new Dictionary<string, Reliability>
            {
                ["r0"] = new() { Marking = new Dictionary<string, MarkingReliability> { ["q"] = new() { LocalisationNoise = 0.01 } } },
                ["r1"] = new() { Marking = new Dictionary<string, MarkingReliability> { ["q"] = new() { LocalisationNoise = 0.1 } } },
            },
        };
        var fused = (Box)Fuse(GeometryKind.Box, [new Box(100, 100, 100, 100), new Box(110, 100, 100, 100)], table);
        Assert.InRange(fused.X, 100, 100.2);
    }

    [Fact]
    public void A_fused_shape_stays_in_the_picture_and_its_coordinates_have_three_decimals()
    {
        var fused = (Box)Fuse(GeometryKind.Box, [new Box(-0.4, 10, 100.0001, 50), new Box(-0.2, 10.0004, 100, 50)]);
        Assert.Equal(0, fused.X);
        Assert.Equal(Math.Round(fused.Right, 3), fused.Right, 1e-9);
        Assert.Equal(10, fused.Y);
    }

    private static void AssertNearer(GeometryKind kind, Func<SeededRandom, ShapeGeometry> truth, Func<SeededRandom, ShapeGeometry, ShapeGeometry> draw, double atMost)
    {
        double fusedError = 0, drawnError = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new SeededRandom(seed);
            var actual = truth(random);
            ShapeGeometry[] drawn = [.. Enumerable.Range(0, 5).Select(_ => draw(random, actual))];
            fusedError += 1 - Similarity.Between(Fuse(kind, drawn), actual);
            drawnError += drawn.Average(d => 1 - Similarity.Between(d, actual));
        }

        Assert.True(fusedError <= atMost * drawnError, $"{kind}: fused is off by {fusedError / 40:F4}, single ones by {drawnError / 40:F4}");
    }

    private static ShapeGeometry Fuse(GeometryKind kind, ShapeGeometry[] drawn, ReliabilityTable? table = null)
    {
        var shapeClass = new ShapeClass("thing", null, "#000000", [kind])
        {
            Keypoints = kind == GeometryKind.Keypoints ? new KeypointLayout(["a", "b", "c", "d", "e", "f", "g"]) : null,
        };
        var ontology = new Ontology([new ShapesQuestion("q", null, [shapeClass])]);
        var opinions = drawn.Select((g, i) => new Opinion($"r{i}", $"r{i}", new AnswerSet(
            ontology, new Dictionary<string, Answer> { ["q"] = new ShapesAnswer([new Shape("s", "thing", g, Shape.NoAttributes)]) }))).ToArray();
        var result = TaskConsensus.Estimate(ontology, InputExtent.Image(1280, 720), opinions, table);
        return result.Objects.Single().Shape.Geometry;
    }

    private static Polygon Ring(double x, double y, int count, Func<double, double> radius) =>
        new([.. Enumerable.Range(0, count).Select(i => 2 * Math.PI * i / count).Select(a => new Point(x + radius(a) * Math.Cos(a), y + radius(a) * Math.Sin(a)))]);
}
