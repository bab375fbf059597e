using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Quality.Assays;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class ReliabilityFitTests
{
    private static readonly Errors[] Five = [new(), new(Miss: 0.05, WrongClass: 0.05), new(Miss: 0.2), new(Jitter: 0.06), Errors.Careless];

    [Fact]
    public void It_finds_out_how_everybody_errs()
    {
        var (tasks, truths) = Streets.Crowd(1, 150, Five, overlap: 4);
        var fit = ReliabilityFit.Fit(Streets.Ontology, tasks);
        Assert.True(fit.Converged, string.Join("; ", fit.Warnings));
        var objects = truths.Values.Average(t => ((ShapesAnswer)t.ByQuestion["things"]).Shapes.Count);
        for (var c = 0; c < Five.Length; c++)
        {
            var (errors, found) = (Five[c], fit.Table.Of($"c{c}"));
            var marking = found.MarkingOf("things");
            Assert.Equal(1 - errors.Miss, marking.DetectionRate, 0.05);
            Assert.Equal(errors.SpuriousPerImage / (errors.SpuriousPerImage + objects * (1 - errors.Miss)), marking.SpuriousRate, 0.05);
            Assert.Equal(1 - errors.WrongClass, marking.Classes!.BalancedAccuracy, 0.08);
            Assert.Equal(errors.Jitter, marking.LocalisationNoise, 0.015);
            Assert.Equal(1 - errors.WrongAnswer, found.ChoiceOf("weather").Accuracy, 0.08);
            Assert.Equal(1 - errors.WrongAnswer, found.ChoiceOf(AnswerKey.OfAttribute("things", "occluded")).Accuracy, 0.08);
        }
    }

    [Fact]
    public void The_order_of_tasks_and_opinions_changes_no_bit()
    {
        var (tasks, _) = Streets.Crowd(2, 25, Five, overlap: 3);
        var random = new SeededRandom(3);
        TaskOpinions[] shuffled = [.. tasks.Select(t =>
        {
            var opinions = t.Opinions.ToArray();
            random.Shuffle(opinions.AsSpan());
            return t with { Opinions = opinions };
        })];
        random.Shuffle(shuffled.AsSpan());
        Assert.Equal(Json(ReliabilityFit.Fit(Streets.Ontology, tasks).Table), Json(ReliabilityFit.Fit(Streets.Ontology, shuffled).Table));
    }

    [Fact]
    public void A_table_survives_being_written_and_read()
    {
        var (tasks, _) = Streets.Crowd(4, 10, Five, overlap: 3);
        var table = ReliabilityFit.Fit(Streets.Ontology, tasks).Table;
        var json = Json(table);
        var read = JsonSerializer.Deserialize<ReliabilityTable>(json, Snake)!;
        Assert.Equal(json, Json(read));
        Assert.Contains("\"detection_rate\"", json, StringComparison.Ordinal);
        Assert.Equal(table.Of("c1").MarkingOf("things").Classes!.Of("car", "person"), read.Of("c1").MarkingOf("things").Classes!.Of("car", "person"));
    }

    [Fact]
    public void Somebody_with_few_tasks_is_believed_to_be_like_the_others_and_a_stranger_too()
    {
        var (tasks, _) = Streets.Crowd(5, 60, [new(), new(), new()], overlap: 3);
        var random = new SeededRandom(6);
        var truth = Streets.Truth(random);
        tasks.Add(new TaskOpinions("task-last", Streets.Extent, [new Opinion("x", "newcomer", Streets.Look(truth, Errors.Careless, random)), new Opinion("y", "c0", Streets.Look(truth, new Errors(), random))]));
        var table = ReliabilityFit.Fit(Streets.Ontology, tasks).Table;
        Assert.InRange(table.Of("newcomer").MarkingOf("things").DetectionRate, 0.55, 0.93);
        Assert.Equal(table.Crowd.MarkingOf("things").DetectionRate, table.Of("stranger").MarkingOf("things").DetectionRate);
        Assert.Equal(0.9, table.Of("stranger").MarkingOf("things").DetectionRate, 0.04);
    }

    [Fact]
    public void Gold_unmasks_a_majority_that_is_wrong_together()
    {
        // Two of three call every car a person.
        List<TaskOpinions> tasks = [];
        List<KnownAnswers> gold = [];
        for (var i = 0; i < 40; i++)
        {
            var random = new SeededRandom(100 + i);
            var truth = Streets.Truth(random);
            var swapped = Streets.Answers([.. ((ShapesAnswer)truth.ByQuestion["things"]).Shapes.Select(s => s.Class == "car" ? s with { Class = "person" } : s)], "sun");
            tasks.Add(new TaskOpinions($"t{i:D2}", null, [new Opinion("a", "honest", truth), new Opinion("b", "liar1", swapped), new Opinion("c", "liar2", swapped)]));
            if (i < 15) gold.Add(new KnownAnswers($"t{i:D2}", truth));
        }

        double Right(ReliabilityTable table) => table.Of("honest").MarkingOf("things").Classes!.Of("car", "car");
        Assert.True(Right(ReliabilityFit.Fit(Streets.Ontology, tasks, gold).Table) > 0.9);
        Assert.True(ReliabilityFit.Fit(Streets.Ontology, tasks, gold).Table.Of("liar1").MarkingOf("things").Classes!.Of("car", "person") > 0.8);
    }

    [Fact]
    public void Held_out_tasks_leave_no_trace()
    {
        var (tasks, truths) = Streets.Crowd(7, 30, Five, overlap: 3);
        KnownAnswers[] gold = [.. truths.Take(10).Select(t => new KnownAnswers(t.Key, t.Value))];
        var held = gold.Take(4).Select(g => g.TaskId).ToHashSet();
        Assert.Equal(
            Json(ReliabilityFit.Fit(Streets.Ontology, [.. tasks.Where(t => !held.Contains(t.TaskId))], [.. gold.Skip(4)]).Table),
            Json(ReliabilityFit.Fit(Streets.Ontology, tasks, gold, isHeldOut: held.Contains).Table));
    }

    [Fact]
    public void What_gold_knows_of_a_fold_does_not_change_how_that_fold_is_graded()
    {
        var (tasks, truths) = Streets.Crowd(8, 40, Five, overlap: 3);
        KnownAnswers[] gold = [.. truths.Take(20).Select(t => new KnownAnswers(t.Key, t.Value))];
        var graded = GoldGrading.Grade(Streets.Ontology, tasks, gold);
        Assert.Equal(gold.Select(g => g.TaskId).Order(StringComparer.Ordinal), graded.Select(g => g.ImageId));
        Assert.True(graded.Sum(g => g.TruePositives) > 0.8 * graded.Sum(g => g.Objects));

        // Nonsense in one gold task changes the grades of other folds at most, and its own grade only by what it is graded against.
        var victim = gold[0].TaskId;
        KnownAnswers[] spoiled = [new KnownAnswers(victim, Streets.Answers([], "fog")), .. gold.Skip(1)];
        var again = GoldGrading.Grade(Streets.Ontology, tasks, spoiled);
        foreach (var (before, after) in graded.Zip(again))
            if (before.ImageId != victim && GoldGrading.FoldOf(before.ImageId) == GoldGrading.FoldOf(victim)) Assert.Equal(Json(before), Json(after));
        Assert.Equal(0, again.Single(g => g.ImageId == victim).TruePositives);
    }

    [Fact]
    public void Nothing_to_learn_from_gives_what_is_believed_of_anybody()
    {
        var table = ReliabilityFit.Fit(Streets.Ontology, []).Table;
        Assert.Empty(table.Contributors);
        Assert.Equal(MarkingReliability.Prior.DetectionRate, table.Of("anybody").MarkingOf("things").DetectionRate, 9);
    }

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Snake);
}
