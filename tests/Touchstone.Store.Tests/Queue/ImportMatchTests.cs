using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Tests.Queue;

public sealed class ImportMatchTests
{
    private static readonly DateTimeOffset Then = new(2024, 5, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly LabelTaskId Task = LabelTaskId.New(Then);
    private static readonly ContributorId First = ContributorId.New(Then), Second = ContributorId.New(Then);

    [Fact]
    public void The_same_answer_of_the_same_person_is_there_and_another_one_is_changed()
    {
        var match = ImportMatch.Of([Said("a", First), Said("b", Second)], [Stands("a", First), Stands("c", Second)]);
        Assert.Equal((0, 1, "b"), (match.New.Count, match.Before, Assert.Single(match.Changed).Answers));
    }

    [Fact]
    public void Of_work_that_was_sent_back_the_first_answer_and_its_correction_are_there()
    {
        StandingResponse[] corrected = [Stands("a", First), Stands("c", First)];
        Assert.Equal((0, 1, 0), Counts(ImportMatch.Of([Said("a", First)], corrected)));
        Assert.Equal((0, 1, 0), Counts(ImportMatch.Of([Said("c", First)], corrected)));
        Assert.Equal((0, 0, 1), Counts(ImportMatch.Of([Said("b", First)], corrected)));

        static (int New, int Before, int Changed) Counts(ImportMatch match) => (match.New.Count, match.Before, match.Changed.Count);
    }

    [Fact]
    public void Opinions_of_nobody_are_found_in_any_order_and_each_standing_answer_is_one_of_them()
    {
        var match = ImportMatch.Of([Said("b", First, Second), Said("a", First, Second)], [Stands("a", First), Stands("b", Second)]);
        Assert.Equal((0, 2, 0), (match.New.Count, match.Before, match.Changed.Count));
        match = ImportMatch.Of([Said("a", First, Second), Said("a", First, Second)], [Stands("a", First)]);
        Assert.Equal((Second, 1, 0), (Assert.Single(match.New).Contributor, match.Before, match.Changed.Count));
    }

    [Theory]
    [InlineData(false, 5, 1)]
    [InlineData(true, 0, 1)]
    [InlineData(true, 5, 0)]
    public void An_answer_of_another_member_for_the_same_name_is_the_same_one_unless_it_was_given_at_another_time(bool isTimed, int minutesLater, int before)
    {
        var said = Said("a", Second) with { Also = [First], IsTimed = isTimed, SubmittedAt = Then.AddMinutes(minutesLater) };
        var match = ImportMatch.Of([said], [Stands("a", First)]);
        Assert.Equal((1 - before, before), (match.New.Count, match.Before));
    }

    private static ImportedResponse Said(string answers, params ContributorId[] contributors) => new(Task, contributors, answers, [(byte)answers[0]], 0, Then);

    private static StandingResponse Stands(string answers, ContributorId contributor) => new(Task, contributor, [(byte)answers[0]], Then);
}
