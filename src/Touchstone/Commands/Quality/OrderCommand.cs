using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Quality.Assays;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality order</c>: what labels of an accuracy, shown with a confidence, will cost.</summary>
internal static class OrderCommand
{
    private const long MoneyMax = 1_000_000_000_000;

    public static Command Make()
    {
        var items = new Option<int?>("--items") { Description = "Items to label.", HelpName = "N", Required = true }.Within(1, int.MaxValue);
        var accuracy = QualityOptions.Number("--accuracy", "Share of right labels to be promised.", 0.98, 0, 1);
        var confidence = QualityOptions.Number("--confidence", "Confidence of the promise, one-sided.", 0.95, 0.5, 1);
        var budget = new Option<long>("--budget") { Description = "Money there is, in minor units such as cents.", HelpName = "MINOR", Required = true };
        var answer = Cost("--answer-cost", "Cost of one answer, in minor units.");
        var audit = Cost("--audit-cost", "Cost of one judgement of an auditor, in minor units.");
        var errors = QualityOptions.Number("--contributor-errors", "Share of a contributor's answers that are wrong, from a pilot or from like work.", 0.1, 0, 1);
        var labels = new Option<int?>("--labels") { Description = "Labels of the question.", HelpName = "N", DefaultValueFactory = _ => 2 }.Within(2, 10_000);
        var contributors = new Option<int?>("--contributors") { Description = "Contributors expected to take part.", HelpName = "N", DefaultValueFactory = _ => 10 }.Within(1, 1_000_000);
        var twice = new Option<double>("--twice") { Description = "Share of audited items that a second auditor judges too, from 0 to 1.", HelpName = "P", DefaultValueFactory = _ => 0.1 };
        var looks = new Option<int?>("--looks") { Description = "Times the audit is looked at, at most.", HelpName = "N", DefaultValueFactory = _ => 4 }.Within(1, 100);
        var power = QualityOptions.Number("--power", "Probability wanted that the bound is met.", 0.9, 0, 1);
        var seed = new Option<int>("--seed") { Description = "Seed of the simulation that tells what overlap buys.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var json = Options.Json();
        return new Command("order", "Plan an order to a bound: opinions an item, gold, and an audit that is looked at as it grows, so that labels of an accuracy are shown with a confidence for the least money. Says beforehand what it will cost. Exit code 1 where the budget does not do.")
            { items, accuracy, confidence, budget, answer, audit, errors, labels, contributors, twice, looks, power, seed, json }
            .Examples(
                "touchstone quality order --items 20000 --accuracy 0.98 --confidence 0.95 --budget 1500000 --answer-cost 6 --audit-cost 40",
                "touchstone quality order --items 5000 --accuracy 0.95 --budget 400000 --contributor-errors 0.15 --labels 10 --json")
            .Runs((parsed, _) =>
            {
                var share = parsed.GetValue(twice);
                if (!(share is >= 0 and <= 1)) throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"--twice: expected a share from 0 to 1, found {share}"), ExitCode.Misuse);
                var order = new AssayOrder
                {
                    Items = parsed.GetValue(items)!.Value,
                    Accuracy = parsed.GetValue(accuracy),
                    Confidence = parsed.GetValue(confidence),
                    BudgetMinor = Money("--budget", parsed.GetValue(budget)),
                    AnswerCostMinor = Money("--answer-cost", parsed.GetValue(answer)),
                    AuditCostMinor = Money("--audit-cost", parsed.GetValue(audit)),
                    ContributorErrors = parsed.GetValue(errors),
                    LabelCount = parsed.GetValue(labels)!.Value,
                    Contributors = parsed.GetValue(contributors)!.Value,
                    TwiceShare = share,
                    Looks = parsed.GetValue(looks)!.Value,
                    Power = parsed.GetValue(power),
                    Seed = parsed.GetValue(seed),
                };
                if (order.ContributorErrors >= 1 - 1.0 / order.LabelCount)
                    throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"--contributor-errors: expected fewer errors than those of someone who guesses among {order.LabelCount} labels ({1 - 1.0 / order.LabelCount:0.####}), found {order.ContributorErrors}"), ExitCode.Misuse);
                var plan = AssayOrderPlanner.Plan(order);
                if (parsed.GetValue(json)) parsed.Print(ToJson(plan).ToJsonString());
                else Tell(parsed, plan);
                return Task.FromResult(plan.IsFeasible ? ExitCode.Done : ExitCode.Failed);
            });
    }

    private static Option<long> Cost(string name, string what) => new(name) { Description = what, HelpName = "MINOR", DefaultValueFactory = _ => 10 };

    private static long Money(string name, long value) => value is >= 0 and <= MoneyMax
        ? value
        : throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"{name}: expected an amount of money from 0 to {MoneyMax}, found {value}"), ExitCode.Misuse);

    private static void Tell(ParseResult parsed, AssayOrderPlan plan)
    {
        parsed.Print(plan.Reason);
        parsed.Print("");
        void Fact(string name, string text) => parsed.Print($"{name,-16}{text}");
        Fact("Overlap", string.Create(CultureInfo.InvariantCulture, $"{plan.Overlap.Min} to {plan.Overlap.Max} opinions until {plan.Overlap.Confidence}: {plan.AnswersPerItem:0.00} an item on average"));
        Fact("Accuracy", $"{Figures.Of(plan.ExpectedAccuracy)} expected, {Figures.Of(plan.Order.Accuracy)} ordered");
        Fact("Gold", $"{Figures.Count(plan.GoldAnswers, "answer")} until contributors are known to be sound");
        Fact("Audit", $"{Figures.Count((long)Math.Ceiling(plan.ExpectedAudited), "item")} on average; met with probability {Figures.Of(plan.Power)}");
        Fact("Cost", $"{Figures.Count(plan.ExpectedCostMinor)} on average, {Figures.Count(plan.LargestCostMinor)} at most, of {Figures.Count(plan.Order.BudgetMinor)}");
        if (plan.Looks.Length == 0) return;
        parsed.Print("");
        foreach (var line in TextTable.Lines([">look", ">audited", ">confidence", ">met with up to"], plan.Looks.Select((l, i) => new[] { $"{i + 1}", Figures.Count(l.Audited), Figures.Of(l.Confidence), l.AllowedErrors < 0 ? "-" : Figures.Count(l.AllowedErrors, "error") })))
            parsed.Print(line);
    }

    private static JsonObject ToJson(AssayOrderPlan plan) => new()
    {
        ["is_feasible"] = plan.IsFeasible,
        ["reason"] = plan.Reason,
        ["overlap"] = new JsonObject { ["min"] = plan.Overlap.Min, ["max"] = plan.Overlap.Max, ["confidence"] = plan.Overlap.Confidence },
        ["answers_per_item"] = plan.AnswersPerItem,
        ["expected_accuracy"] = plan.ExpectedAccuracy,
        ["gold_answers"] = plan.GoldAnswers,
        ["looks"] = new JsonArray([.. plan.Looks.Select(l => (JsonNode)new JsonObject { ["audited"] = l.Audited, ["confidence"] = l.Confidence, ["allowed_errors"] = l.AllowedErrors < 0 ? null : l.AllowedErrors })]),
        ["power"] = plan.Power,
        ["expected_audited"] = plan.ExpectedAudited,
        ["expected_cost_minor"] = plan.ExpectedCostMinor,
        ["largest_cost_minor"] = plan.LargestCostMinor,
        ["budget_minor"] = plan.Order.BudgetMinor,
    };
}
