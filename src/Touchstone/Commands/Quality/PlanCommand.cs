using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Quality.Operations;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality plan</c>: how many items to look at before a lot is accepted.</summary>
internal static class PlanCommand
{
    private const int Points = 11;

    public static Command Make()
    {
        var lot = new Option<int?>("--lot") { Description = "Items of the lot, from which the sample is drawn at random. Without it the lot is taken to be endless.", HelpName = "N" }.Within(1, int.MaxValue);
        var accept = QualityOptions.Number("--accept", "Accuracy at which the lot should be accepted.", 0.99, 0, 1);
        var reject = QualityOptions.Number("--reject", "Accuracy at which the lot should be rejected; lower than --accept.", 0.95, 0, 1);
        var producer = QualityOptions.Number("--producer-risk", "Largest probability of rejecting a lot of the accuracy of --accept.", 0.05, 0, 1);
        var consumer = QualityOptions.Number("--consumer-risk", "Largest probability of accepting a lot of the accuracy of --reject.", 0.1, 0, 1);
        var json = Options.Json();
        return new Command("plan", "Tell how many items to look at, and up to how many errors to accept, so that good lots pass and bad ones do not. With the operating characteristic, and a sequential plan (SPRT) that needs fewer items on average.")
            { lot, accept, reject, producer, consumer, json }
            .Examples(
                "touchstone quality plan --lot 5000 --accept 0.99 --reject 0.95",
                "touchstone quality plan --accept 0.995 --reject 0.97 --consumer-risk 0.05 --json")
            .Runs((parsed, _) =>
            {
                var (good, bad) = (parsed.GetValue(accept), parsed.GetValue(reject));
                if (bad >= good) throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"--reject: expected an accuracy below {good} (--accept), found {bad}"), ExitCode.Misuse);
                var requirement = PlanRequirement.OfAccuracies(good, bad, parsed.GetValue(producer), parsed.GetValue(consumer));
                if (requirement.ProducerRisk + requirement.ConsumerRisk >= 1) throw new CommandException("--producer-risk and --consumer-risk: expected risks that are together below 1", ExitCode.Misuse);
                var plan = SamplingPlans.Single(requirement, parsed.GetValue(lot))
                    ?? throw new CommandException($"No plan of up to {Figures.Count(SamplingPlans.LargestSample)} items tells these two accuracies apart; put them further apart or allow more risk.");
                var sequential = new Sprt(requirement.AcceptableErrors, requirement.RejectableErrors, requirement.ProducerRisk, requirement.ConsumerRisk);
                if (parsed.GetValue(json)) parsed.Print(ToJson(requirement, plan, sequential).ToJsonString());
                else Tell(parsed, requirement, plan, sequential);
                return Task.FromResult(ExitCode.Done);
            });
    }

    private const string TooSmall = "The lot is too small to be judged from a sample: all of it is looked at.";

    private static bool IsTooSmall(SamplingPlan plan) => plan.SampleSize == plan.LotSize;

    private static void Tell(ParseResult parsed, PlanRequirement requirement, SamplingPlan plan, Sprt sequential)
    {
        var of = plan.LotSize is { } lot ? $" of the {Figures.Count(lot)}" : "";
        parsed.Print(IsTooSmall(plan)
            ? $"Look at all {Figures.Count(plan.SampleSize, "item")}; accept up to {Figures.Count(plan.AcceptanceNumber, "error")}."
            : $"Look at {Figures.Count(plan.SampleSize, "item")}{of}, drawn at random; accept up to {Figures.Count(plan.AcceptanceNumber, "error")}, reject from {Figures.Count(plan.RejectionNumber)} on.");
        if (IsTooSmall(plan)) parsed.Warn(TooSmall);
        parsed.Print($"A lot of accuracy {Accuracy(requirement.AcceptableErrors)} is accepted with probability {Figures.Of(plan.AcceptanceProbability(requirement.AcceptableErrors))}, one of {Accuracy(requirement.RejectableErrors)} with {Figures.Of(plan.AcceptanceProbability(requirement.RejectableErrors))}.");
        parsed.Print($"Where rejected lots are put right, and errors found in samples too, no more than {Figures.Of(plan.AverageOutgoingLimit())} of the labels that leave are wrong on average.");
        parsed.Print("");
        foreach (var line in TextTable.Lines([">accuracy", ">accepted", ">looked at on average"], Curve(requirement, plan).Select(p => new[] { Accuracy(p.ErrorShare), Figures.Of(p.Acceptance), p.AverageInspection.ToString("N1", CultureInfo.InvariantCulture) }))) parsed.Print(line);
        parsed.Print("");
        parsed.Print("Sequentially, item by item (SPRT; good lots need fewer items on average):");
        foreach (var line in TextTable.Lines([">looked at", ">accept up to", ">reject from"], Steps(plan, sequential).Select(n => new[] { Figures.Count(n), sequential.AcceptanceNumber(n) < 0 ? "-" : Figures.Count(sequential.AcceptanceNumber(n)), sequential.RejectionNumber(n) > n ? "-" : Figures.Count(sequential.RejectionNumber(n)) }))) parsed.Print(line);
    }

    private static JsonObject ToJson(PlanRequirement requirement, SamplingPlan plan, Sprt sequential) => new()
    {
        ["lot"] = plan.LotSize,
        ["sample"] = plan.SampleSize,
        ["accept_up_to"] = plan.AcceptanceNumber,
        ["reject_from"] = plan.RejectionNumber,
        ["accept"] = 1 - requirement.AcceptableErrors,
        ["reject"] = 1 - requirement.RejectableErrors,
        ["producer_risk"] = 1 - plan.AcceptanceProbability(requirement.AcceptableErrors),
        ["consumer_risk"] = plan.AcceptanceProbability(requirement.RejectableErrors),
        ["average_outgoing_limit"] = plan.AverageOutgoingLimit(),
        ["curve"] = new JsonArray([.. Curve(requirement, plan).Select(p => (JsonNode)new JsonObject
        {
            ["accuracy"] = Math.Round(1 - p.ErrorShare, 12),
            ["accepted"] = p.Acceptance,
            ["average_outgoing"] = p.AverageOutgoing,
            ["average_inspection"] = p.AverageInspection,
        })]),
        ["sequential"] = new JsonObject
        {
            ["error_step"] = sequential.ErrorStep,
            ["right_step"] = sequential.RightStep,
            ["accept_at"] = sequential.Lower,
            ["reject_at"] = sequential.Upper,
            ["boundaries"] = new JsonArray([.. Steps(plan, sequential).Select(n => (JsonNode)new JsonObject
            {
                ["looked_at"] = n,
                ["accept_up_to"] = sequential.AcceptanceNumber(n) < 0 ? null : sequential.AcceptanceNumber(n),
                ["reject_from"] = sequential.RejectionNumber(n) > n ? null : sequential.RejectionNumber(n),
            })]),
        },
        ["warnings"] = new JsonArray(IsTooSmall(plan) ? [new JsonObject { ["code"] = "lot_too_small", ["message"] = TooSmall }] : []),
    };

    /// <summary>Shares of errors from none to half as many again as are rejected.</summary>
    private static OperatingPoint[] Curve(PlanRequirement requirement, SamplingPlan plan) => plan.Characteristic(Math.Min(1, 1.5 * requirement.RejectableErrors), Points);

    /// <summary>Numbers of items at which a person may look at the boundaries, up to where the single plan would have ended.</summary>
    private static IEnumerable<int> Steps(SamplingPlan plan, Sprt sequential)
    {
        var first = 1;
        while (sequential.AcceptanceNumber(first) < 0 && first < plan.SampleSize) first++;
        return Enumerable.Range(0, Points).Select(i => first + (int)((long)(plan.SampleSize - first) * i / (Points - 1))).Distinct();
    }

    private static string Accuracy(double errorShare) => (1 - errorShare).ToString("0.####", CultureInfo.InvariantCulture);
}
