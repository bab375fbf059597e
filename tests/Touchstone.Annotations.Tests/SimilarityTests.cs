using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Annotations.Tests;

public sealed class SimilarityTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Similarity_is_symmetric_within_bounds_and_one_of_a_shape_to_itself() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (one, other) = (Draw(random), Draw(random));
            var similarity = Similarity.Between(one, other);
            Assert.InRange(similarity, 0, 1);
            Assert.Equal(similarity, Similarity.Between(other, one), Tolerance);
            Assert.Equal(1, Similarity.Between(one, one));
            Assert.Equal(1, Similarity.Between(one, Move(one, 0, 0)), Tolerance);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Similarity_does_not_depend_on_where_in_the_image_the_shapes_lie() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (one, other) = (Draw(random), Draw(random));
            var (dx, dy) = (random.Next(-500, 500), random.Next(-500, 500));
            Assert.Equal(Similarity.Between(one, other), Similarity.Between(Move(one, dx, dy), Move(other, dx, dy)), Tolerance);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Boxes_rotated_boxes_and_polygons_of_one_outline_give_one_IoU() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (one, other) = (DrawBox(random), DrawRotated(random));
            var expected = Similarity.Between(AsPolygon(one), new Polygon(other.Corners()));
            Assert.Equal(expected, Similarity.Between(one, other), Tolerance);
            Assert.Equal(expected, Similarity.Between(AsRotated(one), other), Tolerance);
            Assert.Equal(expected, Similarity.Between(AsPolygon(one), other), Tolerance);

            var third = DrawBox(random);
            Assert.Equal(Similarity.Iou(one, third), Similarity.Between(AsPolygon(one), AsPolygon(third)), Tolerance);
            Assert.Equal(Similarity.Iou(one, third), Similarity.Between(AsRotated(one), third), Tolerance);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void IoU_of_boxes_is_the_share_of_the_union()
    {
        Assert.Equal(25.0 / 175, Similarity.Iou(new Box(0, 0, 10, 10), new Box(5, 5, 10, 10)), 12);
        Assert.Equal(0, Similarity.Iou(new Box(0, 0, 10, 10), new Box(10, 0, 10, 10)));
        Assert.Equal(0.25, Similarity.Iou(new Box(0, 0, 10, 10), new Box(2, 2, 5, 5)), 12);
    }

    [Fact]
    public void Boxes_without_area_are_alike_only_when_equal()
    {
        Assert.Equal(1, Similarity.Iou(new Box(3, 3, 0, 0), new Box(3, 3, 0, 0)));
        Assert.Equal(0, Similarity.Iou(new Box(3, 3, 0, 0), new Box(4, 3, 0, 0)));
        Assert.Equal(0, Similarity.Iou(new Box(3, 3, 0, 0), new Box(0, 0, 10, 10)));
    }

    [Fact]
    public void Comparing_boxes_turned_or_not_allocates_nothing()
    {
        var (box, other, turned) = (new Box(1, 2, 30, 40), new Box(10, 12, 30, 40), new RotatedBox(20, 20, 30, 10, 0.5));
        var total = Similarity.Between(box, other) + Similarity.Between(box, turned);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) total += Similarity.Between(box, other) + Similarity.Between(box, turned);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(total > 0);
    }

    [Fact]
    public void A_shape_prints_what_it_is() =>
        Assert.StartsWith("Box { X = 1, Y = 2, Width = 3, Height = 4", new Box(1, 2, 3, 4).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_square_turned_by_an_eighth_shares_an_octagon()
    {
        var octagon = 8 * (Math.Sqrt(2) - 1);   // of the square of side 2
        Assert.Equal(octagon / (8 - octagon), Similarity.Between(new Box(-1, -1, 2, 2), new RotatedBox(0, 0, 2, 2, Math.PI / 4)), 12);
    }

    [Fact]
    public void A_polygon_that_crosses_itself_is_mended_and_compared()
    {
        var bowTie = new Polygon([new(0, 0), new(10, 10), new(10, 0), new(0, 10)]);
        Assert.Equal(0.5, Similarity.Between(bowTie, new Box(0, 0, 10, 10)), Tolerance);
    }

    [Fact]
    public void Shapes_of_different_natures_are_not_alike()
    {
        var line = new Polyline([new(0, 0), new(10, 10)]);
        Assert.Equal(0, Similarity.Between(line, new Box(0, 0, 10, 10)));
        Assert.Equal(0, Similarity.Between(new Keypoints([new(1, 1, Visibility.Visible)]), line));
    }

    [Fact]
    public void Two_lines_at_the_scales_distance_are_half_alike()
    {
        var line = new Polyline([new(0, 0), new(0, 400)]);
        Assert.Equal(0.5, Similarity.Between(line, new Polyline([new(20, 0), new(20, 400)])), 12);
        Assert.Equal(0.75, Similarity.Between(line, new Polyline([new(20, 0), new(20, 400)]), new SimilarityScale(PolylinePx: 40)), 12);
        Assert.Equal(0, Similarity.Between(line, new Polyline([new(40, 0), new(40, 400)])), 12);
    }

    [Fact]
    public void A_line_is_the_same_in_either_direction_and_with_more_points()
    {
        var line = new Polyline([new(0, 0), new(0, 400)]);
        Assert.Equal(1, Similarity.Between(line, new Polyline([new(0, 400), new(0, 200), new(0, 0)])), 9);
        Assert.InRange(Similarity.Between(line, new Polyline([new(0, 0), new(0, 200)])), 0.7, 0.8);
    }

    [Fact]
    public void Oks_is_COCOs()
    {
        // By hand: d = 3 and 4 px, area 100, sigmas 0.05 and 0.1, the third point not labelled.
        var truth = new Keypoints([new(0, 0, Visibility.Visible), new(10, 10, Visibility.Hidden), new(0, 0, Visibility.NotLabelled)]);
        var found = new Keypoints([new(3, 0, Visibility.Visible), new(10, 14, Visibility.Visible), new(50, 50, Visibility.Visible)]);
        var expected = (Math.Exp(-9 / (2 * 100 * 0.01)) + Math.Exp(-16 / (2 * 100 * 0.04))) / 2;
        Assert.Equal(expected, Similarity.Oks(truth, found, 100, [0.05, 0.1, 0.05]), 12);
    }

    [Fact]
    public void A_point_that_only_one_person_labelled_counts_against_both()
    {
        var one = new Keypoints([new(0, 0, Visibility.Visible), new(10, 10, Visibility.Visible)]);
        var other = new Keypoints([new(0, 0, Visibility.Visible), new(0, 0, Visibility.NotLabelled)]);
        Assert.Equal(0.5, Similarity.Between(one, other), 12);
    }

    private static ShapeGeometry Draw(Random random) => random.Next(5) switch
    {
        0 => DrawBox(random),
        1 => DrawRotated(random),
        2 => DrawPolygon(random),
        3 => new Polyline([.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => DrawPoint(random))]),
        _ => new Keypoints([.. Enumerable.Range(0, 4).Select(i => i == random.Next(4)
            ? new Keypoint(0, 0, Visibility.NotLabelled)
            : new Keypoint(random.Next(200), random.Next(200), (Visibility)random.Next(1, 3)))]),
    };

    private static Point DrawPoint(Random random) => new(random.NextDouble() * 200, random.NextDouble() * 200);

    private static Box DrawBox(Random random) => new(random.NextDouble() * 100, random.NextDouble() * 100, 1 + random.NextDouble() * 100, 1 + random.NextDouble() * 100);

    private static RotatedBox DrawRotated(Random random) =>
        new(random.NextDouble() * 150, random.NextDouble() * 150, 1 + random.NextDouble() * 100, 1 + random.NextDouble() * 100, random.NextDouble() * 7 - 3.5);

    /// <summary>A star about a centre: simple, mostly not convex.</summary>
    private static Polygon DrawPolygon(Random random)
    {
        var (centre, corners) = (DrawPoint(random), random.Next(3, 12));
        return new Polygon([.. Enumerable.Range(0, corners).Select(i =>
        {
            var (angle, radius) = (2 * Math.PI * i / corners, 5 + random.NextDouble() * 60);
            return new Point(centre.X + radius * Math.Cos(angle), centre.Y + radius * Math.Sin(angle));
        })]);
    }

    private static ShapeGeometry Move(ShapeGeometry shape, double dx, double dy) => shape switch
    {
        Box b => b with { X = b.X + dx, Y = b.Y + dy },
        RotatedBox r => r with { CentreX = r.CentreX + dx, CentreY = r.CentreY + dy },
        Polygon p => new Polygon([.. p.Points.Select(q => new Point(q.X + dx, q.Y + dy))]),
        Polyline p => new Polyline([.. p.Points.Select(q => new Point(q.X + dx, q.Y + dy))]),
        Keypoints k => new Keypoints([.. k.Points.Select(q => q.Visibility == Visibility.NotLabelled ? q : q with { X = q.X + dx, Y = q.Y + dy })]),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    private static Polygon AsPolygon(Box b) => new([new(b.X, b.Y), new(b.Right, b.Y), new(b.Right, b.Bottom), new(b.X, b.Bottom)]);

    private static RotatedBox AsRotated(Box b) => new(b.X + b.Width / 2, b.Y + b.Height / 2, b.Width, b.Height, 0);
}
