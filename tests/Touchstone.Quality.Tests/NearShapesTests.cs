using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Matching;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class NearShapesTests
{
    private static readonly ShapesQuestion Things = (ShapesQuestion)Streets.Ontology.Find("things")!;
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();

    [Fact]
    public void Up_to_as_many_shapes_as_are_kept_all_that_are_alike_are_found() => Prop.ForAll(Seeds, seed =>
    {
        var random = new SeededRandom(seed);
        var (first, second) = (OfEveryKind(random, "a"), OfEveryKind(random, "b"));
        AssertSame(Exhaustive(first, second), first, second);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Among_many_shapes_that_overlap_few_others_all_that_are_alike_are_found() => Prop.ForAll(Seeds, seed =>
    {
        var random = new SeededRandom(seed);
        var (first, second) = (Boxes(random, 80, 600, 60, "a"), Boxes(random, 80, 600, 60, "b"));
        var exhaustive = Exhaustive(first, second);
        var most = exhaustive.GroupBy(p => p.First).Concat(exhaustive.GroupBy(p => p.Second)).Max(g => g.Count());
        if (most <= NearShapes.MaxPartners) AssertSame(exhaustive, first, second);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Beyond_that_each_shape_keeps_its_best()
    {
        var random = new SeededRandom(5);
        var (first, second) = (Boxes(random, 120, 40, 400, "a"), Boxes(random, 120, 40, 400, "b"));
        var exhaustive = Exhaustive(first, second);
        var found = NearShapes.Between(Things, new SweptShapes(first), new SweptShapes(second)).Pairs;
        Assert.Equal(120 * 120, exhaustive.Count);
        Assert.InRange(found.Count, 120 * NearShapes.MaxPartners, 2 * 120 * NearShapes.MaxPartners);
        Assert.All(exhaustive.GroupBy(p => p.First), g => Assert.Subset(found.ToHashSet(), g.OrderByDescending(p => p.Similarity).Take(NearShapes.MaxPartners).ToHashSet()));
        Assert.All(exhaustive.GroupBy(p => p.Second), g => Assert.Subset(found.ToHashSet(), g.OrderByDescending(p => p.Similarity).Take(NearShapes.MaxPartners).ToHashSet()));
    }

    [Fact]
    public void Thousands_of_boxes_that_all_overlap_cost_in_proportion_to_their_number()
    {
        var random = new SeededRandom(1);
        var (first, second) = (Boxes(random, 3000, 300, 500, "a"), Boxes(random, 3000, 300, 500, "b"));
        var near = NearShapes.Between(Things, new SweptShapes(first), new SweptShapes(second));
        Assert.InRange(near.Compared, 3000, NearShapes.MaxCompared * 6000);
        Assert.InRange(near.Pairs.Count, 3000, NearShapes.MaxPartners * 6000);
        var objects = ObjectClustering.Cluster(Things, [first, second], ["a", "b"]);
        Assert.Equal(6000, objects.Sum(o => o.Count));
        Assert.Equal(6000, objects.SelectMany(o => o).Distinct().Count());
        Assert.InRange(objects.Count, 3000, 3100); // nearly all find a partner
    }

    [Fact]
    public void Ten_thousand_boxes_spread_over_a_picture_are_each_found_again()
    {
        var random = new SeededRandom(2);
        List<Shape> first = [], second = [];
        for (var i = 0; i < 10_000; i++)
        {
            var (x, y) = (i % 100 * 30.0, i / 100 * 30.0);
            first.Add(new Shape($"a{i}", "car", new Box(x, y, 40, 40), Shape.NoAttributes));
            second.Add(new Shape($"b{i}", "car", new Box(x + random.NextDouble() * 4, y + random.NextDouble() * 4, 40, 40), Shape.NoAttributes));
        }

        var near = NearShapes.Between(Things, new SweptShapes(first), new SweptShapes(second));
        Assert.InRange(near.Compared, 10_000, 10_000 * 9);
        var objects = ObjectClustering.Cluster(Things, [first, second], ["a", "b"]);
        Assert.Equal(10_000, objects.Count);
        Assert.All(objects, o => Assert.Equal((2, o[0].Shape), (o.Count, o[1].Shape)));
    }

    private static void AssertSame(List<ShapePair> exhaustive, List<Shape> first, List<Shape> second) => Assert.Equal(
        exhaustive,
        NearShapes.Between(Things, new SweptShapes(first), new SweptShapes(second)).Pairs.OrderBy(p => p.First).ThenBy(p => p.Second));

    private static List<ShapePair> Exhaustive(List<Shape> first, List<Shape> second) =>
        [.. from i in Enumerable.Range(0, first.Count)
            from j in Enumerable.Range(0, second.Count)
            let similarity = ShapeMatching.SimilarityOf(Things, first[i], second[j])
            where similarity > 0
            select new ShapePair(i, j, similarity)];

    private static List<Shape> Boxes(SeededRandom random, int count, double spread, double size, string prefix) =>
        [.. Enumerable.Range(0, count).Select(i => new Shape(
            $"{prefix}{i}",
            "car",
            new Box(random.NextDouble() * spread, random.NextDouble() * spread, size * (0.8 + 0.4 * random.NextDouble()), size * (0.8 + 0.4 * random.NextDouble())),
            Shape.NoAttributes))];

    private static List<Shape> OfEveryKind(SeededRandom random, string prefix)
    {
        double At() => random.NextInt(0, 12) * 10; // a coarse grid, so that edges touch and shapes repeat
        ShapeGeometry Geometry() => random.NextInt(0, 4) switch
        {
            0 => new Box(At(), At(), At(), At()),
            1 => new RotatedBox(At(), At(), At(), At(), random.NextInt(0, 4) * 0.4),
            2 => Triangle(At(), At(), 10 + At()),
            _ => new Polyline([new Point(At(), At()), new Point(At() + 5, At())]),
        };
        return [.. Enumerable.Range(0, random.NextInt(0, NearShapes.MaxPartners + 1)).Select(i => new Shape($"{prefix}{i}", "car", Geometry(), Shape.NoAttributes))];
    }

    private static Polygon Triangle(double x, double y, double size) => new([new Point(x, y), new Point(x + size, y), new Point(x, y + size)]);
}
