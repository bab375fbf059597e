using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Quality.Assays;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class TaskConsensusTests(ITestOutputHelper output)
{
    private static readonly Errors[] Five = [new(), new(Miss: 0.05, WrongClass: 0.05), new(Miss: 0.2), new(Jitter: 0.06), Errors.Careless];

    [Fact]
    public void Consensus_is_better_than_anybody_alone()
    {
        var (tasks, truths) = Streets.Crowd(1, 120, Five, overlap: 5);
        var table = ReliabilityFit.Fit(Streets.Ontology, tasks).Table;
        GradedImage Grade(TaskOpinions task, AnswerSet answers) => Grading.Grade(Streets.Ontology, task.TaskId, answers, truths[task.TaskId]);
        Assay Of(IEnumerable<GradedImage> graded) => AssayAssert.Measured(AssayEstimator.Estimate([.. graded], tasks.Count));
        var consensus = Of(tasks.Select(t => Grade(t, TaskConsensus.Estimate(Streets.Ontology, t.Input, t.Opinions, table).Answers)));
        var singles = Enumerable.Range(0, 5).Select(c => Of(tasks.Select(t => Grade(t, t.Opinions.Single(o => o.ContributorId == $"c{c}").Answers)))).ToArray();
        foreach (var name in new[] { FigureName.Accuracy, FigureName.Precision, FigureName.Recall, FigureName.MeanIou, FigureName.ChoiceAccuracy, FigureName.AttributeAccuracy })
        {
            var (together, best) = (consensus.Find(name)!.Estimate, singles.Max(s => s.Find(name)!.Estimate));
            output.WriteLine($"{name}: consensus {together:F4}, singles {string.Join(' ', singles.Select(s => s.Find(name)!.Estimate.ToString("F4")))}");
            Assert.True(together > best, $"{name}: {together} against {best}");
        }

        Assert.True(consensus.Find(FigureName.Accuracy)!.Estimate > 0.95);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Confidences_are_calibrated(int overlap)
    {
        var (tasks, truths) = Streets.Crowd(2, 400, Five, overlap);
        var table = ReliabilityFit.Fit(Streets.Ontology, tasks).Table;
        List<(double Confidence, bool IsRight)> existence = [], classes = [], weather = [];
        foreach (var task in tasks)
        {
            var result = TaskConsensus.Estimate(Streets.Ontology, task.Input, task.Opinions, table);
            var truth = ((ShapesAnswer)truths[task.TaskId].ByQuestion["things"]).Shapes;
            foreach (var found in result.Objects.Concat(result.Rejected))
            {
                var match = truth.FirstOrDefault(t => Similarity.Iou(t.Geometry.Bounds, found.Shape.Geometry.Bounds) >= 0.4);
                existence.Add((found.Existence, match is not null));
                if (match is not null) classes.Add((found.Classes[found.Shape.Class], match.Class == found.Shape.Class));
            }

            weather.Add((result.Questions["weather"].Confidence, result.Answers.ByQuestion["weather"].Equals(truths[task.TaskId].ByQuestion["weather"])));
        }

        AssertCalibrated("existence", existence, 0.12);
        AssertCalibrated("class", classes, 0.1);
        AssertCalibrated("weather", weather, 0.1);
    }

    [Fact]
    public void The_order_of_opinions_changes_no_byte() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var (tasks, _) = Streets.Crowd(seed, 1, Five, overlap: 4);
        var opinions = tasks[0].Opinions.ToArray();
        var shuffled = opinions.ToArray();
        new SeededRandom(seed).Shuffle(shuffled.AsSpan());
        var (first, second) = (TaskConsensus.Estimate(Streets.Ontology, null, opinions), TaskConsensus.Estimate(Streets.Ontology, null, shuffled));
        Assert.Equal(first.Answers.ToJson(), second.Answers.ToJson());
        Assert.Equal(first.Confidence, second.Confidence);
        Assert.Equal(first.Objects.Select(o => (o.Shape.Id, o.Existence, string.Join(' ', o.Support))), second.Objects.Select(o => (o.Shape.Id, o.Existence, string.Join(' ', o.Support))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_shape_of_every_response_is_in_the_lineage_of_one_object()
    {
        var (tasks, _) = Streets.Crowd(9, 20, Five, overlap: 4);
        foreach (var task in tasks)
        {
            var result = TaskConsensus.Estimate(Streets.Ontology, task.Input, task.Opinions);
            Assert.Equal(
                task.Opinions.SelectMany(o => ((ShapesAnswer)o.Answers.ByQuestion["things"]).Shapes.Select(s => new Support(o.ResponseId, s.Id))).OrderBy(s => s.ToString(), StringComparer.Ordinal),
                result.Objects.Concat(result.Rejected).SelectMany(o => o.Support).OrderBy(s => s.ToString(), StringComparer.Ordinal));
            Assert.Equal(Enumerable.Range(1, result.Objects.Count).Select(i => $"o{i}"), result.Objects.Select(o => o.Shape.Id));
            Assert.All(result.Rejected, r => Assert.True(r.Existence < result.ExistenceThreshold));
        }
    }

    [Fact]
    public void One_opinion_stands_with_the_confidence_its_contributor_deserves()
    {
        var (tasks, _) = Streets.Crowd(10, 1, [new()], overlap: 1);
        var opinion = tasks[0].Opinions[0];
        var result = TaskConsensus.Estimate(Streets.Ontology, Streets.Extent, [opinion]);
        var given = ((ShapesAnswer)opinion.Answers.ByQuestion["things"]).Shapes;
        Assert.Empty(result.Rejected);
        Assert.Equal(given.Count, result.Objects.Count);
        Assert.All(result.Objects, o => Assert.Equal(1 - MarkingReliability.Prior.SpuriousRate, o.Existence, 6));
        Assert.All(result.Objects, o => Assert.Equal(ChoiceReliability.PriorAccuracy, o.Classes[o.Shape.Class], 6));
        Assert.Equal(ChoiceReliability.PriorAccuracy, result.Questions["weather"].Confidence, 6);
        Assert.True(result.Confidence <= 0.85 && result.AllRight < result.Confidence);
    }

    [Fact]
    public void Nobody_saw_anything_is_an_answer_and_as_sure_as_their_eyes_are_good()
    {
        Opinion Empty(string id) => new(id, id, Streets.Answers([], "sun"));
        var one = TaskConsensus.Estimate(Streets.Ontology, null, [Empty("a")]);
        var two = TaskConsensus.Estimate(Streets.Ontology, null, [Empty("a"), Empty("b")]);
        Assert.Empty(one.Objects);
        Assert.Equal(0.85, one.Questions["things"].Confidence, 6);
        Assert.Equal(1 - 0.15 * 0.15, two.Questions["things"].Confidence, 6);
        var none = TaskConsensus.Estimate(Streets.Ontology, null, []);
        Assert.Equal(0, none.Confidence);
        Assert.Empty(none.Answers.ByQuestion);
    }

    [Fact]
    public void What_one_of_four_saw_is_rejected_and_shown()
    {
        Shape Car(string id, double x) => new(id, "car", new Box(x, 100, 80, 60), Shape.NoAttributes);
        Opinion Of(string id, params Shape[] shapes) => new(id, id, Streets.Answers(shapes, "sun"));
        var result = TaskConsensus.Estimate(Streets.Ontology, null, [Of("a", Car("1", 10), Car("2", 500)), Of("b", Car("1", 12)), Of("c", Car("1", 8)), Of("d", Car("1", 10))]);
        Assert.Equal("o1", result.Objects.Single().Shape.Id);
        Assert.Equal(new Support("a", "2"), result.Rejected.Single().Support.Single());
        Assert.Equal("r1", result.Rejected.Single().Shape.Id);
        Assert.True(result.Objects[0].Existence > 0.99);
    }

    [Fact]
    public void A_wrong_class_is_outvoted_and_stays_one_object()
    {
        Opinion Of(string id, string name) => new(id, id, Streets.Answers([new Shape("s", name, new Box(10, 10, 80, 60), Streets.Attributes(name, 1))], "sun"));
        var result = TaskConsensus.Estimate(Streets.Ontology, null, [Of("a", "car"), Of("b", "person"), Of("c", "car")]);
        Assert.Equal("car", result.Objects.Single().Shape.Class);
        Assert.Equal(3, result.Objects[0].Support.Count);
        Assert.InRange(result.Objects[0].Classes["car"], 0.8, 0.95);
        Assert.False(result.Objects[0].Shape.Attributes["occluded"].GetBoolean());
    }

    [Fact]
    public void Two_opinions_under_one_response_id_are_refused() =>
        Assert.Throws<ArgumentException>(() => TaskConsensus.Estimate(Streets.Ontology, null, [new("r", "a", Streets.Answers([], "sun")), new("r", "b", Streets.Answers([], "sun"))]));

    private void AssertCalibrated(string what, List<(double Confidence, bool IsRight)> claims, double slack)
    {
        foreach (var bin in claims.GroupBy(c => Math.Min(9, (int)(c.Confidence * 10))).OrderBy(g => g.Key))
        {
            var (claimed, right, count) = (bin.Average(c => c.Confidence), bin.Average(c => c.IsRight ? 1.0 : 0), bin.Count());
            output.WriteLine($"{what} {claimed:F3} claimed, {right:F3} right, {count}");
            if (count >= 40) Assert.Equal(claimed, right, slack + 2 * Math.Sqrt(claimed * (1 - claimed) / count));
        }

        Assert.Equal(claims.Average(c => c.Confidence), claims.Average(c => c.IsRight ? 1.0 : 0), 0.03);
    }
}
