using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Tests.Queue;

public class LeaseRulesTests
{
    private static readonly CompartmentId Compartment = CompartmentId.From(Guid.NewGuid());
    private static readonly OrganizationId Organization = OrganizationId.From(Guid.NewGuid());
    private static readonly Worker Worker = new(ContributorId.From(Guid.NewGuid()), Organization, Role.Contributor, false, new HashSet<CompartmentId> { Compartment });
    private static readonly ProjectFacts Project = new(ProjectId.From(Guid.NewGuid()), Organization, Compartment, ProjectState.Active, 0, 30);

    [Fact]
    public void The_first_rule_with_a_reason_decides()
    {
        var bad = new NextFacts(Worker with { Clearances = new HashSet<CompartmentId>() }, Suspended: true, Project with { State = ProjectState.Paused }, ForReview: true);
        Assert.Equal(QueueReason.Suspended, LeaseRules.RefuseNext(bad));
        Assert.Equal(QueueReason.NotCleared, LeaseRules.RefuseNext(bad with { Suspended = false }));
        Assert.Equal(QueueReason.NotAllowed, LeaseRules.RefuseNext(bad with { Suspended = false, Worker = Worker }));
        Assert.Equal(QueueReason.Paused, LeaseRules.RefuseNext(bad with { Suspended = false, Worker = Worker, ForReview = false }));
        Assert.Equal(QueueReason.UnknownProject, LeaseRules.RefuseNext(bad with { Project = null }));
        Assert.Null(LeaseRules.RefuseNext(new(Worker, Suspended: false, Project, ForReview: false)));
    }

    [Fact]
    public void Training_comes_first_and_evaluation_brings_gold()
    {
        var taught = Project with { TrainingTasks = 3, EvaluationTasks = 5, GoldRate = 0.1 };
        Assert.Equal(QueueReason.Training, LeaseRules.RefuseNext(new(Worker, Suspended: false, taught, ForReview: false, ToTrain: true)));
        Assert.True(LeaseRules.WantsTraining(taught, null));
        Assert.False(LeaseRules.WantsTraining(Project, null));
        Assert.True(LeaseRules.WantsTraining(Project, new(StandingState.Training, 1, 0)));
        Assert.False(LeaseRules.WantsTraining(taught, new(StandingState.Training, 0, 0)));
        Assert.False(LeaseRules.WantsTraining(taught, new(StandingState.Evaluation, 0, 4)));
        Assert.Equal(0.5, LeaseRules.GoldRate(taught, null));
        Assert.Equal(0.5, LeaseRules.GoldRate(Project, new(StandingState.Evaluation, 0, 4)));
        Assert.Equal(0.1, LeaseRules.GoldRate(taught, new(StandingState.Working, 0, 0)));
        Assert.Equal(0.1, LeaseRules.GoldRate(taught with { EvaluationTasks = 0 }, null));
    }

    [Theory]
    [InlineData(0, 0, "Take")]
    [InlineData((int)LeaseMarks.Ended, 0, "Take")]
    [InlineData((int)LeaseMarks.Ended, (int)(LeaseMarks.Ended | LeaseMarks.Skipped), "Take")]
    [InlineData((int)LeaseMarks.Live, 0, "Pass")]
    [InlineData((int)(LeaseMarks.Ended | LeaseMarks.Submitted), 0, "Pass")]
    [InlineData((int)LeaseMarks.Skipped, 0, "Pass")]
    [InlineData(0, (int)LeaseMarks.Submitted, "Pass")]
    [InlineData(0, (int)LeaseMarks.Live, "Wait")]
    public void Tasks_are_taken_passed_or_waited_for(int own, int related, string expected) =>
        Assert.Equal(expected, LeaseRules.Candidate((LeaseMarks)own, (LeaseMarks)related).ToString());

    [Fact]
    public void Lanes_go_by_audience_then_priority_then_begun()
    {
        var id = LabelTaskId.From(Guid.NewGuid());
        int[] lanes =
        [
            Lanes.Of(TaskPurpose.Audit, 0, id), Lanes.Returned(Lanes.Of(TaskPurpose.Label, 9, id)), Lanes.Of(TaskPurpose.Label, 9, id),
            Lanes.Returned(Lanes.Of(TaskPurpose.Label, 0, id)), Lanes.Of(TaskPurpose.Label, 0, id), Lanes.Of(TaskPurpose.Gold, 9, id),
        ];
        Assert.Equal(lanes.OrderDescending(), lanes);
        Assert.Equal(lanes[1], Lanes.Returned(lanes[1]));
        Assert.False(Lanes.MayTake(lanes[0], Role.Contributor));
        Assert.True(Lanes.MayTake(lanes[0], Role.Reviewer) && Lanes.MayTake(lanes[1], Role.Contributor));
    }
}
