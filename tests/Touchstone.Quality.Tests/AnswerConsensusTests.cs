using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class AnswerConsensusTests
{
    private static readonly ChoiceQuestion Weather = new("q", null, [new("sun"), new("rain"), new("fog")]);
    private static readonly ChoiceQuestion Hazards = new("q", null, [new("ice"), new("water"), new("oil")]) { Multiple = true };

    private static readonly ChoiceQuestion Kind = new("q", null,
        [new("vehicle", null, [new("car"), new("truck", null, [new("tanker"), new("van")])]), new("person")])
    { Taxonomy = true };

    [Fact]
    public void A_single_choice_follows_the_more_reliable()
    {
        Assert.Equal("sun", Chosen(Weather, One("sun"), One("rain"), One("sun")));
        var table = new ReliabilityTable
        {
            Contributors = new Dictionary<string, Reliability>
            {
                ["c1"] = new() { Choices = new Dictionary<string, ChoiceReliability> { ["q"] = new() { Accuracy = 0.99 } } },
                ["c0"] = new() { Choices = new Dictionary<string, ChoiceReliability> { ["q"] = new() { Accuracy = 0.5 } } },
                ["c2"] = new() { Choices = new Dictionary<string, ChoiceReliability> { ["q"] = new() { Accuracy = 0.5 } } },
            },
        };
        Assert.Equal("rain", Chosen(Weather, table, One("sun"), One("rain"), One("sun")));
    }

    [Fact]
    public void A_multiple_choice_decides_option_by_option()
    {
        Assert.Equal("ice water", Chosen(Hazards, One("ice", "water"), One("ice"), One("water", "ice")));
        Assert.Equal("", Chosen(Hazards, One(), One(), One("oil")));
        Assert.Equal("ice", Chosen(Hazards with { MinSelected = 1 }, One(), One(), One("ice")));
        var result = Estimate(Hazards, ReliabilityTable.Prior, One("ice", "water"), One("ice"), One("water", "ice"));
        Assert.True(result.Questions["q"].Distribution["ice"] > 0.99);
        Assert.InRange(result.Questions["q"].Confidence, 0.8, 0.9);
    }

    [Fact]
    public void A_taxonomy_goes_as_deep_as_people_agree()
    {
        Assert.Equal("vehicle/truck/van", Chosen(Kind, One("vehicle/truck/van"), One("vehicle/truck/van"), One("person")));
        Assert.Equal("vehicle", Chosen(Kind, One("vehicle/car"), One("vehicle/truck/van")));
        Assert.Equal("vehicle/truck", Chosen(Kind, One("vehicle/car"), One("vehicle/truck/van"), One("vehicle/truck/tanker")));
        Assert.Equal("vehicle/truck", Chosen(Kind, One("vehicle/truck"), One("vehicle/truck/van"), One("vehicle/truck/tanker")));
        Assert.StartsWith("vehicle/", Chosen(Kind with { LeavesOnly = true }, One("vehicle/car"), One("vehicle/car"), One("vehicle/truck/tanker")), StringComparison.Ordinal);
    }

    [Fact]
    public void Ratings_and_numbers_take_the_weighted_median()
    {
        var rating = new RatingQuestion("q", null, 1, 5);
        Assert.Equal(new RatingAnswer(4), Estimate(rating, null, new RatingAnswer(4), new RatingAnswer(1), new RatingAnswer(4)).Answers.ByQuestion["q"]);
        var number = new NumberQuestion("q") { Min = 0, Max = 100 };
        var result = Estimate(number, null, new NumberAnswer(40), new NumberAnswer(41), new NumberAnswer(99));
        Assert.Equal(new NumberAnswer(41), result.Answers.ByQuestion["q"]);
        Assert.InRange(result.Questions["q"].Confidence, 0.5, 0.9);
        Assert.Equal(new NumberAnswer(40), Estimate(number with { Integer = true }, null, new NumberAnswer(40), new NumberAnswer(41)).Answers.ByQuestion["q"]);
        Assert.Equal(ChoiceReliability.PriorAccuracy, Estimate(number, null, new NumberAnswer(7)).Questions["q"].Confidence, 6);
    }

    [Fact]
    public void Whose_numbers_scatter_less_weighs_more()
    {
        var question = new NumberQuestion("q") { Min = 0, Max = 100 };
        var ontology = new Ontology([question]);
        var random = new SeededRandom(1);
        List<TaskOpinions> tasks = [];
        for (var i = 0; i < 60; i++)
        {
            var truth = random.NextDouble(20, 80);
            Opinion Of(string who, double noise) => new(who, who, new AnswerSet(ontology, new Dictionary<string, Answer> { ["q"] = new NumberAnswer(truth + random.NextNormal(0, noise)) }));
            tasks.Add(new TaskOpinions($"t{i:D2}", null, [Of("fine", 1), Of("fair", 3), Of("poor", 12)]));
        }

        var table = ReliabilityFit.Fit(ontology, tasks).Table;
        var spreads = new[] { "fine", "fair", "poor" }.Select(c => table.Of(c).Spreads["q"]).ToArray();
        Assert.True(spreads[0] < spreads[1] && spreads[1] < spreads[2], string.Join(' ', spreads));
    }

    [Fact]
    public void A_text_is_the_one_least_far_from_the_others()
    {
        var text = new TextQuestion("q");
        Assert.Equal(new TextAnswer("no parking"), Estimate(text, null, new TextAnswer("no parkin"), new TextAnswer("no parking"), new TextAnswer("no parking!"), new TextAnswer("stop")).Answers.ByQuestion["q"]);
    }

    [Fact]
    public void What_would_not_have_been_asked_has_no_answer()
    {
        var ontology = new Ontology([Weather, new RatingQuestion("strength", null, 1, 5) { When = new EqualsCondition(new ConditionSource(false, "q"), [new ConditionValue("rain")]) }]);
        Opinion Of(string id, string weather, int? strength) => new(id, id, new AnswerSet(ontology, strength is { } value
            ? new Dictionary<string, Answer> { ["q"] = One(weather), ["strength"] = new RatingAnswer(value) } : new Dictionary<string, Answer> { ["q"] = One(weather) }));
        Assert.DoesNotContain("strength", TaskConsensus.Estimate(ontology, null, [Of("a", "sun", null), Of("b", "rain", 4), Of("c", "sun", null)]).Answers.ByQuestion.Keys);
        Assert.Contains("strength", TaskConsensus.Estimate(ontology, null, [Of("a", "rain", 3), Of("b", "rain", 4), Of("c", "sun", null)]).Answers.ByQuestion.Keys);
    }

    [Fact]
    public void Taxonomies_and_multiple_choices_have_reliabilities_too()
    {
        var random = new SeededRandom(3);
        string[] leaves = ["vehicle/car", "vehicle/truck/tanker", "vehicle/truck/van", "person"];
        var ontology = new Ontology([Kind with { Id = "kind" }, Hazards with { Id = "hazards" }]);
        double[] accuracy = [0.95, 0.8, 0.6, 0.8, 0.8];
        List<TaskOpinions> tasks = [];
        for (var i = 0; i < 200; i++)
        {
            var leaf = random.Choose(leaves);
            var ice = random.NextBool();
            tasks.Add(new TaskOpinions($"t{i:D3}", null, [.. accuracy.Select((a, c) => new Opinion($"c{c}", $"c{c}", new AnswerSet(ontology, new Dictionary<string, Answer>
            {
                ["kind"] = One(random.NextBool(a) ? leaf : random.Choose(leaves)),
                ["hazards"] = random.NextBool(a) == ice ? One("ice") : One(),
            })))]));
        }

        var fit = ReliabilityFit.Fit(ontology, tasks);
        foreach (var key in new[] { "kind", "hazards" })
        {
            var found = Enumerable.Range(0, 3).Select(c => fit.Table.Of($"c{c}").ChoiceOf(key).Accuracy).ToArray();
            Assert.True(found[0] > found[1] && found[1] > found[2], $"{key}: {string.Join(' ', found)}");
        }
    }

    [Fact]
    public void Agreement_of_two_who_share_one_of_two_shapes_is_a_half_in_F1()
    {
        Shape Car(string id, string name, double x) => new(id, name, new Box(x, 0, 100, 100), Shape.NoAttributes);
        Opinion Of(string id, params Shape[] shapes) => new(id, id, Streets.Answers(shapes, "sun"));
        var result = TaskAgreement.Of(Streets.Ontology, [Of("a", Car("1", "car", 0), Car("2", "car", 400)), Of("b", Car("1", "car", 5), Car("2", "person", 400))]);
        Assert.Equal(0.5, result.Questions["things"]);
        Assert.Equal(1, result.Questions["weather"]);
        Assert.Equal(0.75, result.Overall);
        Assert.Equal(1, TaskAgreement.Of(Streets.Ontology, [Of("a"), Of("b")]).Questions["things"]);
        Assert.Null(TaskAgreement.Of(Streets.Ontology, [Of("a")]).Overall);
        Assert.Equal(0.333333, TaskAgreement.Of(Streets.Ontology, [
            new("a", "a", Streets.Answers([], "sun")), new("b", "b", Streets.Answers([], "sun")), new("c", "c", Streets.Answers([], "fog"))]).Questions["weather"]);
    }

    private static ChoiceAnswer One(params string[] chosen) => new(chosen);

    private static string Chosen(ChoiceQuestion question, params ChoiceAnswer[] answers) => Chosen(question, ReliabilityTable.Prior, answers);

    private static string Chosen(ChoiceQuestion question, ReliabilityTable table, params ChoiceAnswer[] answers) =>
        string.Join(' ', ((ChoiceAnswer)Estimate(question, table, answers).Answers.ByQuestion["q"]).Chosen);

    private static ConsensusResult Estimate(Question question, ReliabilityTable? table, params Answer[] answers)
    {
        var ontology = new Ontology([question]);
        return TaskConsensus.Estimate(ontology, null, [.. answers.Select((a, i) => new Opinion($"r{i}", $"c{i}", new AnswerSet(ontology, new Dictionary<string, Answer> { ["q"] = a })))], table);
    }
}
