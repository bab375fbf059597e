using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Quality.Categorical;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>One label for each task from the labels of several workers.</summary>
internal sealed class LabelAggregation(VoteTable table, TruthResult result, string policy, KnownLabels? gold, TruthComparison? truth) : Aggregation
{
    public override string[] Header => ["task", "label", "confidence"];

    public static LabelAggregation Read(string path, string method, string policy, long seed, string? weights, KnownLabels? gold, KnownLabels? truth)
    {
        var table = VoteTable.Read(path, QualityOptions.PolicyOf(policy), gold);
        var result = AggregateMethods.Fit(method, table, gold, weights, seed);
        return new LabelAggregation(table, result, policy, gold, truth is null ? null : TruthComparison.Of(table, result, truth, gold));
    }

    public override IEnumerable<object?[]> Answers()
    {
        for (var t = 0; t < table.Log.Tasks.Length; t++)
        {
            var label = result.LabelOf(t);
            yield return [table.Log.Tasks[t], table.Labels[label], Math.Round(result.Posterior[t * result.LabelCount + label], 10)];
        }
    }

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["method"] = result.Method,
            ["rounds"] = result.Rounds,
            ["converged"] = result.Converged,
            ["log_likelihood"] = Figures.Json(result.LogLikelihood),
            ["seed"] = result.Seed,
            ["tasks"] = table.Log.Tasks.Length,
            ["votes"] = table.Log.Count,
            ["duplicates"] = Duplicates(policy, table.Log.Duplicates),
            ["classes"] = new JsonArray([.. table.Labels.Select((label, k) => (JsonNode)new JsonObject { ["label"] = label, ["share"] = Figures.Json(result.ClassShares[k]) })]),
        };
        if (truth is not null)
        {
            json["accuracy"] = Figures.Json(truth.Accuracy);
            json["truth"] = new JsonObject
            {
                ["tasks"] = truth.Tasks,
                ["right"] = truth.Right,
                ["interval"] = new JsonObject { ["low"] = Figures.Json(truth.Interval?.Lower), ["high"] = Figures.Json(truth.Interval?.Upper) },
                ["without_votes"] = truth.WithoutVotes,
                ["gold"] = truth.Gold,
            };
        }

        json["workers"] = new JsonArray([.. result.Skills.Select((skill, w) => (JsonNode)new JsonObject
        {
            ["worker"] = table.Log.Workers[w],
            ["skill"] = Figures.Json(skill.Accuracy),
            ["interval"] = skill is { Low: { } low, High: { } high } ? new JsonObject { ["low"] = Figures.Json(low), ["high"] = Figures.Json(high) } : null,
            ["votes"] = skill.Votes,
        })]);
        json["warnings"] = Warnings(All());
        return json;
    }

    public override void Tell(ParseResult parsed)
    {
        var likelihood = result.LogLikelihood is { } value ? string.Create(CultureInfo.InvariantCulture, $", log-likelihood {value:0.####}") : "";
        parsed.Print($"{result.Method}: {Figures.Count(table.Log.Count, "vote")} on {Figures.Count(table.Log.Tasks.Length, "task")} by {Figures.Count(table.Log.Workers.Length, "worker")}, {Figures.Count(table.Labels.Length, "label")}{Settled(result.Rounds, result.Converged)}{likelihood}");
        if (truth is { Interval: { } interval })
            parsed.Print($"accuracy {Figures.Of(truth.Accuracy)} (95 % interval {Figures.Range(interval.Lower, interval.Upper)}): {Figures.Count(truth.Right)} of {Figures.Count(truth.Tasks, "task")} with a known label are right");
        parsed.Print("");
        foreach (var line in TextTable.Lines(["label", ">share"], table.Labels.Select((label, k) => new[] { label, Figures.Of(result.ClassShares[k]) }).Take(WorkersShown))) parsed.Print(line);
        parsed.Print("");
        var least = Enumerable.Range(0, result.Skills.Length).OrderBy(w => result.Skills[w].Accuracy).ThenBy(w => w).Take(WorkersShown);
        foreach (var line in TextTable.Lines(["worker", ">skill", ">95 % interval", ">votes"], least.Select(Row))) parsed.Print(line);
        if (result.Skills.Length > WorkersShown) parsed.Print($"The {WorkersShown} workers of least skill; --json lists all {Figures.Count(result.Skills.Length)}.");
        foreach (var (_, message) in All()) parsed.Warn(message);
    }

    private string[] Row(int worker)
    {
        var skill = result.Skills[worker];
        return [table.Log.Workers[worker], Figures.Of(skill.Accuracy), skill is { Low: { } low, High: { } high } ? Figures.Range(low, high) : "none", Figures.Count(skill.Votes)];
    }

    private IEnumerable<(string Code, string Message)> All()
    {
        foreach (var warning in result.Warnings) yield return (warning.Code, warning.Message);
        foreach (var warning in WarningsOfFiles(policy, table.Log.Duplicates, truth?.Tasks, truth?.WithoutVotes ?? 0)) yield return warning;
        var unvoted = gold is null ? 0 : gold.ByTask.Count - table.Log.Tasks.Count(gold.ByTask.ContainsKey);
        if (unvoted > 0) yield return ("gold_without_votes", $"{Figures.Count(unvoted, "task")} of the gold {(unvoted == 1 ? "has" : "have")} no votes and {(unvoted == 1 ? "teaches" : "teach")} nothing.");
    }
}
