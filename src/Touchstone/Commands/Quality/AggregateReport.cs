using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Quality.Categorical;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>What <c>aggregate</c> says.</summary>
internal sealed record AggregateReport(VoteTable Table, TruthResult Result, string Policy, KnownLabels? Gold, TruthComparison? Truth)
{
    private const int WorkersShown = 10;

    /// <summary>Task, label and confidence of every task, in the order in which the tasks first come.</summary>
    public IEnumerable<object?[]> Answers()
    {
        for (var t = 0; t < Table.Log.Tasks.Length; t++)
        {
            var label = Result.LabelOf(t);
            yield return [Table.Log.Tasks[t], Table.Labels[label], Math.Round(Result.Posterior[t * Result.LabelCount + label], 10)];
        }
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["method"] = Result.Method,
            ["rounds"] = Result.Rounds,
            ["converged"] = Result.Converged,
            ["log_likelihood"] = Figures.Json(Result.LogLikelihood),
            ["seed"] = Result.Seed,
            ["tasks"] = Table.Log.Tasks.Length,
            ["votes"] = Table.Log.Count,
            ["duplicates"] = new JsonObject { ["policy"] = Policy, ["count"] = Table.Log.Duplicates },
            ["classes"] = new JsonArray([.. Table.Labels.Select((label, k) => (JsonNode)new JsonObject { ["label"] = label, ["share"] = Figures.Json(Result.ClassShares[k]) })]),
        };
        if (Truth is not null)
        {
            json["accuracy"] = Figures.Json(Truth.Accuracy);
            json["truth"] = new JsonObject
            {
                ["tasks"] = Truth.Tasks,
                ["right"] = Truth.Right,
                ["interval"] = new JsonObject { ["low"] = Figures.Json(Truth.Interval?.Lower), ["high"] = Figures.Json(Truth.Interval?.Upper) },
                ["without_votes"] = Truth.WithoutVotes,
                ["gold"] = Truth.Gold,
            };
        }

        json["workers"] = new JsonArray([.. Result.Skills.Select((skill, w) => (JsonNode)new JsonObject
        {
            ["worker"] = Table.Log.Workers[w],
            ["skill"] = Figures.Json(skill.Accuracy),
            ["interval"] = new JsonObject { ["low"] = Figures.Json(skill.Low), ["high"] = Figures.Json(skill.High) },
            ["votes"] = skill.Votes,
        })]);
        json["warnings"] = new JsonArray([.. Warnings().Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]);
        return json;
    }

    public void Tell(ParseResult parsed)
    {
        var settled = Result.Rounds <= 1 ? "" : Result.Converged ? $"; settled after {Figures.Count(Result.Rounds)} rounds" : $"; NOT settled after {Figures.Count(Result.Rounds)} rounds";
        var likelihood = Result.LogLikelihood is { } value ? string.Create(CultureInfo.InvariantCulture, $", log-likelihood {value:0.####}") : "";
        parsed.Print($"{Result.Method}: {Figures.Count(Table.Log.Count, "vote")} on {Figures.Count(Table.Log.Tasks.Length, "task")} by {Figures.Count(Table.Log.Workers.Length, "worker")}, {Figures.Count(Table.Labels.Length, "label")}{settled}{likelihood}");
        if (Truth is { Interval: { } interval })
            parsed.Print($"accuracy {Figures.Of(Truth.Accuracy)} (95 % interval {Figures.Range(interval.Lower, interval.Upper)}): {Figures.Count(Truth.Right)} of {Figures.Count(Truth.Tasks, "task")} with a known label are right");
        parsed.Print("");
        foreach (var line in TextTable.Lines(["label", ">share"], Table.Labels.Select((label, k) => new[] { label, Figures.Of(Result.ClassShares[k]) }).Take(WorkersShown))) parsed.Print(line);
        parsed.Print("");
        var least = Enumerable.Range(0, Result.Skills.Length).OrderBy(w => Result.Skills[w].Accuracy).ThenBy(w => w).Take(WorkersShown);
        foreach (var line in TextTable.Lines(["worker", ">skill", ">95 % interval", ">votes"], least.Select(Row))) parsed.Print(line);
        if (Result.Skills.Length > WorkersShown) parsed.Print($"The {WorkersShown} workers of least skill; --json lists all {Figures.Count(Result.Skills.Length)}.");
        foreach (var (_, message) in Warnings()) parsed.Warn(message);
    }

    private string[] Row(int worker)
    {
        var skill = Result.Skills[worker];
        return [Table.Log.Workers[worker], Figures.Of(skill.Accuracy), Figures.Range(skill.Low, skill.High), Figures.Count(skill.Votes)];
    }

    private IEnumerable<(string Code, string Message)> Warnings()
    {
        foreach (var warning in Result.Warnings) yield return (warning.Code, warning.Message);
        if (Policy != "keep" && Table.Log.Duplicates > 0)
            yield return ("duplicate_votes", $"{Figures.Count(Table.Log.Duplicates, "vote")} repeated the task and worker of another; the {Policy} of each counts, the others are left out.");
        if (Truth is { WithoutVotes: > 0 }) yield return ("truth_without_votes", $"{Figures.Count(Truth.WithoutVotes, "task")} of the truth {(Truth.WithoutVotes == 1 ? "has" : "have")} no votes and cannot be compared.");
        if (Truth is { Tasks: 0 }) yield return ("truth_not_compared", "No task of the truth has votes, so there is no accuracy. Do the tasks of both files have the same names?");
        var unvoted = Gold is null ? 0 : Gold.ByTask.Count - Table.Log.Tasks.Count(Gold.ByTask.ContainsKey);
        if (unvoted > 0) yield return ("gold_without_votes", $"{Figures.Count(unvoted, "task")} of the gold {(unvoted == 1 ? "has" : "have")} no votes and {(unvoted == 1 ? "teaches" : "teach")} nothing.");
    }
}
