using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.Assays;

public sealed class AssayOrderTests(ITestOutputHelper output)
{
    private static readonly AssayOrder Order = new()
    {
        Accuracy = 0.97,
        BudgetMinor = 200_000,
        Items = 10_000,
        LabelCount = 4,
        Contributors = 20,
        ContributorErrors = 0.15,
        AnswerCostMinor = 4,
        AuditCostMinor = 20,
    };

    [Fact]
    public void A_plan_says_what_it_will_take()
    {
        var plan = AssayOrderPlanner.Plan(Order);
        output.WriteLine($"{plan.Reason} Overlap {plan.Overlap}, gold {plan.GoldAnswers}, looks {string.Join(", ", plan.Looks)}, on average {plan.ExpectedAudited:F0} audited for {plan.ExpectedCostMinor}.");
        Assert.True(plan.IsFeasible);
        Assert.True(plan.Power >= 0.9 && plan.ExpectedAccuracy > 0.97);
        Assert.True(plan.ExpectedCostMinor <= plan.LargestCostMinor && plan.LargestCostMinor <= Order.BudgetMinor);
        Assert.Equal(0.05, plan.Looks.Sum(l => 1 - l.Confidence), 1e-12);
        Assert.Equal(plan.Looks, AssayOrderPlanner.Plan(Order).Looks);
    }

    [Fact]
    public void What_cannot_be_had_is_said_beforehand()
    {
        var poor = AssayOrderPlanner.Plan(Order with { BudgetMinor = 60_000 });
        Assert.False(poor.IsFeasible);
        Assert.Contains("the budget is 60000", poor.Reason, StringComparison.Ordinal);
        var hopeless = AssayOrderPlanner.Plan(Order with { Accuracy = 0.9999, ContributorErrors = 0.5 });
        Assert.False(hopeless.IsFeasible);
        Assert.StartsWith("No rule of overlap", hopeless.Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => AssayOrderPlanner.Plan(Order with { ContributorErrors = 0.8 }));
    }

    [Fact]
    public void Looking_often_does_not_break_the_confidence_and_good_labels_meet_the_bound()
    {
        var plan = AssayOrderPlanner.Plan(Order) with { Looks = AuditSchedule.Looks(0.97, 0.95, 5, 800) };
        foreach (var (accuracy, least, most) in new[] { (0.9695, 0.0, 0.05), (0.99, 0.9, 1.0) })
        {
            var met = 0;
            const int runs = 2_000;
            for (var run = 0; run < runs; run++)
            {
                var random = new SeededRandom(run).Fork($"{accuracy}");
                var (correct, before) = (0, 0);
                for (var look = 1; look <= 5; look++)
                {
                    var audited = plan.Looks[look - 1].Audited;
                    correct += random.NextBinomial(audited - before, accuracy);
                    before = audited;
                    var judged = AssayOrderRun.Judge(plan, look, [new AuditedStratum("all", 10_000_000, audited, correct)]);
                    if (judged.Status != OrderStatus.Continue)
                    {
                        if (judged.Status == OrderStatus.Met) met++;
                        break;
                    }

                    Assert.Equal(plan.Looks[look].Audited, judged.NextAudited);
                }
            }

            output.WriteLine($"accuracy {accuracy}: met in {met / (double)runs:P1} of {runs} orders for 0.97; forecast {AuditSchedule.Outlook(plan.Looks, accuracy).Power:P1}");
            Assert.InRange(met / (double)runs, least, most);
            Assert.Equal(AuditSchedule.Outlook(plan.Looks, accuracy).Power, met / (double)runs, 0.04);
        }
    }

    [Fact]
    public void Labels_far_below_the_bound_are_called_out_of_reach()
    {
        var plan = AssayOrderPlanner.Plan(Order);
        var audited = plan.Looks[0].Audited;
        Assert.Equal(OrderStatus.OutOfReach, AssayOrderRun.Judge(plan, 1, [new AuditedStratum("all", 10_000, audited, audited / 2)]).Status);
    }
}
