using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Matching;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class ObjectClusteringTests
{
    private static readonly ShapesQuestion Things = (ShapesQuestion)Streets.Ontology.Find("things")!;
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();

    [Fact]
    public void A_wrong_class_is_matched_all_the_same()
    {
        var pairs = ShapeMatching.Pair(Things, [Box("a", "car", 0, 0)], [Box("b", "person", 10, 0), Box("c", "car", 300, 0)]);
        Assert.Equal((0, 0), (pairs.Single().First, pairs.Single().Second));
        Assert.Equal(90.0 / 110, pairs.Single().Similarity, 9);
    }

    [Fact]
    public void The_best_total_wins_over_the_best_single_pair()
    {
        // Greedy would take a-c (0.82) and leave b alone; together a-d and b-c are worth more.
        Shape[] first = [Box("a", "car", 0, 0), Box("b", "car", 18, 0)];
        Shape[] second = [Box("c", "car", 8, 0), Box("d", "car", -20, 0)];
        Assert.Equal([(0, 1), (1, 0)], ShapeMatching.Pair(Things, first, second).Select(p => (p.First, p.Second)));
    }

    [Fact]
    public void Below_the_threshold_shapes_stay_alone()
    {
        Assert.Empty(ShapeMatching.Pair(Things, [Box("a", "car", 0, 0)], [Box("b", "car", 60, 0)]));
        Assert.Empty(ShapeMatching.Pair(Things, [], [Box("b", "car", 60, 0)]));
    }

    [Fact]
    public void An_answer_has_at_most_one_shape_in_an_object_and_every_shape_is_in_one() => Prop.ForAll(Seeds, seed =>
    {
        var answers = RandomAnswers(seed);
        var objects = ObjectClustering.Cluster(Things, answers, [.. answers.Select((_, i) => $"r{i}")]);
        Assert.All(objects, o => Assert.Equal(o.Count, o.Select(s => s.Answer).Distinct().Count()));
        Assert.Equal(
            answers.SelectMany((a, i) => a.Select((_, s) => new ShapeReference(i, s))).Order(Comparer<ShapeReference>.Create((x, y) => (x.Answer, x.Shape).CompareTo((y.Answer, y.Shape)))),
            objects.SelectMany(o => o).Order(Comparer<ShapeReference>.Create((x, y) => (x.Answer, x.Shape).CompareTo((y.Answer, y.Shape)))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_answers_and_of_shapes_in_them_does_not_matter() => Prop.ForAll(Seeds, seed =>
    {
        var answers = RandomAnswers(seed);
        string[] keys = [.. answers.Select((_, i) => $"r{i}")];
        var random = new SeededRandom(seed + 1);
        int[] order = [.. Enumerable.Range(0, answers.Count)];
        random.Shuffle(order.AsSpan());
        List<IReadOnlyList<Shape>> shuffled = [.. order.Select(i =>
        {
            var shapes = answers[i].ToArray();
            random.Shuffle(shapes.AsSpan());
            return shapes;
        })];
        Assert.Equal(
            Names(answers, ObjectClustering.Cluster(Things, answers, keys), keys),
            Names(shuffled, ObjectClustering.Cluster(Things, shuffled, [.. order.Select(i => keys[i])]), [.. order.Select(i => keys[i])]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Careful_contributors_shapes_gather_around_the_true_objects()
    {
        int whole = 0, all = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new SeededRandom(seed);
            var truth = Streets.Truth(random);
            var looks = Enumerable.Range(0, 5).Select(_ => ((ShapesAnswer)Streets.Look(truth, new Errors(Miss: 0, SpuriousPerImage: 0, Jitter: 0.05), random).ByQuestion["things"]).Shapes).ToList();
            var objects = ObjectClustering.Cluster(Things, looks, ["a", "b", "c", "d", "e"]);
            whole += objects.Count(o => o.Count == 5);
            all += ((ShapesAnswer)truth.ByQuestion["things"]).Shapes.Count;
        }

        Assert.True(whole >= 0.97 * all, $"{whole} of {all}");
    }

    private static List<IReadOnlyList<Shape>> RandomAnswers(int seed)
    {
        var random = new SeededRandom(seed);
        var truth = Streets.Truth(random);
        // Strong jitter, so that objects run into each other and ties and doubts occur.
        return [.. Enumerable.Range(0, random.NextInt(1, 6)).Select(_ => ((ShapesAnswer)Streets.Look(truth, new Errors(Jitter: 0.2, SpuriousPerImage: 2), random).ByQuestion["things"]).Shapes)];
    }

    private static string[] Names(List<IReadOnlyList<Shape>> answers, IReadOnlyList<IReadOnlyList<ShapeReference>> objects, string[] keys) =>
        [.. objects.Select(o => string.Join(' ', o.Select(s => $"{keys[s.Answer]}:{answers[s.Answer][s.Shape].Id}").Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];

    private static Shape Box(string id, string name, double x, double y) => new(id, name, new Box(x, y, 100, 100), Shape.NoAttributes);
}
