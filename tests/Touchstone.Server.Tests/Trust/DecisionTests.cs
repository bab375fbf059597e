using FsCheck;
using FsCheck.Fluent;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Tests.Trust;

public sealed class DecisionTests
{
    private static readonly DecisionPolicy Policy = new(2, 4, 0.8, ReviewPolicy.BelowConfidence);

    [Theory]
    [InlineData(0, null, TaskState.Open, 2)]
    [InlineData(1, null, TaskState.Open, 2)]
    [InlineData(2, 0.9, TaskState.Done, 0)]
    [InlineData(2, 0.7, TaskState.Open, 3)]
    [InlineData(3, 0.7, TaskState.Open, 4)]
    [InlineData(4, 0.7, TaskState.InReview, 0)]
    [InlineData(5, 0.9, TaskState.Done, 0)]
    public void Responses_and_confidence_decide(int responses, double? confidence, TaskState state, int wanted) =>
        Assert.Equal(new TaskDecision(state, wanted), TaskDecision.Of(new TaskFacts(responses, confidence, null, false, 0, false), Policy));

    [Fact]
    public void A_person_has_the_last_word_and_what_was_sent_back_is_seen_again()
    {
        TaskState State(ReviewDecision review, bool awaits) => TaskDecision.Of(new TaskFacts(4, 0.99, review, awaits, 0, false), Policy).State;
        Assert.Equal(TaskState.Done, State(ReviewDecision.Accept, false));
        Assert.Equal(TaskState.Done, State(ReviewDecision.Edit, false));
        Assert.Equal(TaskState.Withdrawn, State(ReviewDecision.Withdraw, false));
        Assert.Equal(TaskState.Open, State(ReviewDecision.SendBack, true));
        Assert.Equal(TaskState.InReview, State(ReviewDecision.SendBack, false));
        Assert.Equal(TaskState.InReview, State(ReviewDecision.Reopen, false));
        Assert.Equal(TaskState.Withdrawn, TaskDecision.Of(new TaskFacts(4, 0.99, ReviewDecision.Accept, false, 0, true), Policy).State);
    }

    /// <summary>For any facts, what is told of the stopping rule is what the rule decides.</summary>
    [Fact]
    public void The_stopping_rule_is_told_as_it_decides()
    {
        ReviewDecision?[] reviews = [null, null, null, .. Enum.GetValues<ReviewDecision>().Select(r => (ReviewDecision?)r)];
        Prop.ForAll<int, int>((responses, seed) =>
        {
            var random = new Random(seed);
            var policy = new DecisionPolicy(1 + random.Next(3), 3 + random.Next(3), 0.8, (ReviewPolicy)random.Next(3));
            var facts = new TaskFacts(
                Math.Abs(responses % 7), random.Next(4) == 0 ? null : random.NextDouble(), reviews[random.Next(reviews.Length)], random.Next(2) == 0, random.Next(7), random.Next(12) == 0, random.Next(5) > 0);
            var (state, told) = (TaskDecision.Of(facts, policy).State, StoppingRule.Explain(facts, policy));
            return told.Sentence.EndsWith('.') && told.Reason switch
            {
                StoppingReason.BelowMin or StoppingReason.Unsure => state == TaskState.Open,
                StoppingReason.Confident => state == (policy.Review == ReviewPolicy.Always ? TaskState.InReview : TaskState.Done),
                StoppingReason.MaxReached or StoppingReason.PassedBy => state is TaskState.InReview or TaskState.Done,
                StoppingReason.Reviewed => state == TaskState.Done,
                StoppingReason.Withdrawn => state == TaskState.Withdrawn,
                StoppingReason.Reopened => state == TaskState.InReview,
                _ => state is TaskState.Open or TaskState.InReview,
            };
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_task_is_left_to_people_who_passed_it_by_nor_done_with_answers_that_are_not_valid()
    {
        Assert.Equal(TaskState.InReview, TaskDecision.Of(new TaskFacts(0, null, null, false, 4, false), Policy).State);
        Assert.Equal(TaskState.InReview, TaskDecision.Of(new TaskFacts(2, 0.5, null, false, 4, false), Policy).State);
        Assert.Equal(TaskState.InReview, TaskDecision.Of(new TaskFacts(4, 0.99, null, false, 0, false, IsValid: false), Policy).State);
        Assert.Equal(TaskState.InReview, TaskDecision.Of(new TaskFacts(4, 0.99, null, false, 0, false, IsValid: false), Policy with { Review = ReviewPolicy.Never }).State);
        Assert.Equal(TaskState.Done, TaskDecision.Of(new TaskFacts(4, 0.1, null, false, 0, false), Policy with { Review = ReviewPolicy.Never }).State);
    }

    [Fact]
    public void A_sample_depends_on_its_seed_and_population_and_on_no_order()
    {
        Prop.ForAll<int, int>((count, seed) =>
        {
            var random = new Random(seed);
            var population = Enumerable.Range(0, Math.Abs(count) % 60).Select(_ => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(random.Next()))).ToArray();
            var size = population.Length / 3;
            var sample = SimpleRandomSample.Draw(population, size, seed);
            var shuffled = population.ToArray();
            random.Shuffle(shuffled);
            return sample.Length == size && sample.Distinct().Count() == size && sample.All(population.Contains) && sample.SequenceEqual(SimpleRandomSample.Draw(shuffled, size, seed));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_task_is_drawn_equally_often()
    {
        var population = Enumerable.Range(0, 20).Select(i => new Guid(i, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8)).ToArray();
        var counts = new Dictionary<Guid, int>();
        for (var seed = 0; seed < 4000; seed++)
            foreach (var task in SimpleRandomSample.Draw(population, 5, seed)) counts[task] = counts.GetValueOrDefault(task) + 1;
        Assert.All(population, p => Assert.InRange(counts[p], 1000 - 130, 1000 + 130));   // 1000 +- 4.7 standard deviations
    }

    [Fact]
    public void A_label_is_found_in_its_file_wherever_it_stands()
    {
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var ids = Enumerable.Range(0, random.Next(1, 40)).Select(_ => LabelTaskId.New(DateTimeOffset.UnixEpoch.AddDays(random.Next(20_000)))).OrderBy(id => id.Value, UuidOrder.Instance).ToArray();
            var lines = ids.ToDictionary(id => id, id => $"{{\"task\":\"{id}\",\"x\":\"{new string('y', random.Next(9_000))}\"}}");
            using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Concat(ids.Select(id => lines[id] + "\n"))));
            return ids.All(id => GetReleaseLabel.Find(file, id) is { } line && System.Text.Encoding.UTF8.GetString(line) == lines[id])
                && GetReleaseLabel.Find(file, LabelTaskId.New(DateTimeOffset.UnixEpoch.AddDays(random.Next(30_000)))) is null;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_settings_that_held_at_a_place_are_those_that_hold_in_a_replay()
    {
        var project = new Project { Id = ProjectId.From(Guid.NewGuid()), OrganizationId = default, CompartmentId = default, Name = "p", CreatedAt = default };
        var first = new PolicyLog([], project, new(0, 1), OutboxPlace.Beginning).Entered!;
        Assert.Null(new PolicyLog([first], project, new(0, 9), OutboxPlace.Beginning).Entered);
        project.OverlapMin = 3;
        var second = new PolicyLog([first], project, new(0, 9), OutboxPlace.Beginning).Entered!;
        project.OverlapMin = 5;
        var replay = new PolicyLog([first, second], project, new(0, 1), decidedUpTo: new(0, 20));
        Assert.Null(replay.Entered);
        Assert.Equal([2, 2, 3, 3], new long[] { 1, 8, 9, 20 }.Select(s => replay.At(new(0, s)).OverlapMin));
        Assert.Equal(5, new PolicyLog([first, second], project, new(0, 21), decidedUpTo: new(0, 20)).At(new(0, 21)).OverlapMin);
    }
}
