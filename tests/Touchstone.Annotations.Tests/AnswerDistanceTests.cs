using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Tests;

public sealed class AnswerDistanceTests
{
    [Fact]
    public void Distance_is_symmetric_within_bounds_and_none_from_an_answer_to_itself() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var one = AnswerSet.Parse(Sample.Ontology, JsonElement.Parse(AnswerGenerator.Valid(random)));
            var other = AnswerSet.Parse(Sample.Ontology, JsonElement.Parse(AnswerGenerator.Valid(random)));
            foreach (var question in Sample.Ontology.Questions)
            {
                if (!one.ByQuestion.TryGetValue(question.Id, out var first)) continue;
                Assert.Equal(0, AnswerDistance.Between(question, first, first), 9);
                if (!other.ByQuestion.TryGetValue(question.Id, out var second)) continue;
                var distance = AnswerDistance.Between(question, first, second);
                Assert.InRange(distance, 0, 1);
                Assert.Equal(distance, AnswerDistance.Between(question, second, first), 9);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("weather", "\"rain\"", "\"snow\"", 1)]
    [InlineData("surface", "[\"wet\"]", "[\"wet\", \"icy\"]", 0.5)]
    [InlineData("surface", "[\"wet\"]", "[\"icy\"]", 1)]
    [InlineData("places", "[[\"town\", \"street\"]]", "[[\"town\", \"square\"]]", 0.5)]
    [InlineData("places", "[[\"town\", \"street\"]]", "[[\"country\"]]", 1)]
    [InlineData("places", "[]", "[]", 0)]
    [InlineData("quality", "1", "5", 1)]
    [InlineData("quality", "2", "3", 0.25)]
    [InlineData("speed", "50", "100", 0.25)]
    [InlineData("count", "50", "100", 0.5)]
    [InlineData("count", "-50", "100", 1)]
    [InlineData("count", "0", "0", 0)]
    [InlineData("note", "\"kitten\"", "\"sitting\"", 3.0 / 7)]
    [InlineData("note", "\"🚗🚗\"", "\"🚗🚙\"", 0.5)]
    [InlineData("night", "true", "false", 1)]
    public void Single_values_are_this_far_apart(string id, string first, string second, double distance)
    {
        var question = Sample.Ontology.Find(id)!;
        Assert.Equal(distance, AnswerDistance.Between(question, AnswerJson.Read(question, JsonElement.Parse(first)), AnswerJson.Read(question, JsonElement.Parse(second))), 12);
    }

    [Fact]
    public void Long_texts_are_compared_by_words()
    {
        var question = new TextQuestion("t") { Multiline = true };
        var words = Enumerable.Range(0, 2_000).Select(i => $"word{i}").ToArray();
        var changed = words.Select((word, i) => i % 2 == 0 ? word : "other").ToArray();
        Assert.Equal(0.5, AnswerDistance.Between(question, new TextAnswer(string.Join(' ', words)), new TextAnswer(string.Join(' ', changed))), 12);
    }

    [Fact]
    public void Shapes_are_matched_at_their_best_and_within_their_class()
    {
        var question = new ShapesQuestion("objects", null, [new("car", null, "#000000", [GeometryKind.Box]), new("bus", null, "#000000", [GeometryKind.Box])]);
        ShapesAnswer Answer(params (string Class, Box Box)[] shapes) => new([.. shapes.Select((s, i) => new Shape($"s{i}", s.Class, s.Box, Shape.NoAttributes))]);
        var (a, b) = (new Box(0, 0, 10, 10), new Box(2, 0, 10, 10));

        Assert.Equal(0, AnswerDistance.Between(question, Answer(("car", a), ("car", b)), Answer(("car", b), ("car", a))), 12);
        Assert.Equal(1, AnswerDistance.Between(question, Answer(("car", a)), Answer(("bus", a))));
        Assert.Equal(1.0 / 3, AnswerDistance.Between(question, Answer(("car", a)), Answer(("car", a), ("bus", b))), 12);
        Assert.Equal(1, AnswerDistance.Between(question, Answer(("car", a)), Answer()));
        Assert.Equal(0, AnswerDistance.Between(question, Answer(), Answer()));
    }

    [Fact]
    public void The_matching_is_the_best_of_all()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var (rows, columns) = (random.Next(1, 6), random.Next(1, 6));
            var pairs = new List<WeightedPair>();
            for (var i = 0; i < rows; i++)
                for (var j = 0; j < columns; j++)
                    if (random.Next(3) > 0) pairs.Add(new WeightedPair(i, j, random.NextDouble()));
            Assert.Equal(Best(pairs, 0, [], []), Matching.MaxWeight(pairs), 9);
        }
    }

    private static double Best(List<WeightedPair> pairs, int next, HashSet<int> rows, HashSet<int> columns)
    {
        if (next == pairs.Count) return 0;
        var pair = pairs[next];
        var without = Best(pairs, next + 1, rows, columns);
        if (rows.Contains(pair.First) || columns.Contains(pair.Second)) return without;
        return Math.Max(without, pair.Weight + Best(pairs, next + 1, [.. rows, pair.First], [.. columns, pair.Second]));
    }

    [Fact]
    public void An_answer_of_another_kind_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentException>(() => AnswerDistance.Between(new TextQuestion("t"), new TextAnswer("x"), new NumberAnswer(1)));
}
