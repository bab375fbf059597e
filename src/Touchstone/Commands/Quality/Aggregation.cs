using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>One answer for each task, of whatever kind, and how <c>aggregate</c> tells it.</summary>
internal abstract class Aggregation
{
    protected const int WorkersShown = 10;

    /// <summary>Names of the columns of <see cref="Answers"/>.</summary>
    public abstract string[] Header { get; }

    /// <summary>A row for every task, in the order in which the tasks first come.</summary>
    public abstract IEnumerable<object?[]> Answers();

    public abstract JsonObject ToJson();

    public abstract void Tell(ParseResult parsed);

    protected static string Settled(int rounds, bool converged) =>
        rounds <= 1 ? "" : converged ? $"; settled after {Figures.Count(rounds)} rounds" : $"; NOT settled after {Figures.Count(rounds)} rounds";

    protected static JsonObject Duplicates(string policy, int count) => new() { ["policy"] = policy, ["count"] = count };

    protected static JsonArray Warnings(IEnumerable<(string Code, string Message)> warnings) =>
        new([.. warnings.Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]);

    /// <summary>What every kind can say of repeats and of a truth that speaks of other tasks.</summary>
    protected static IEnumerable<(string Code, string Message)> WarningsOfFiles(string policy, int duplicates, int? compared, int withoutVotes)
    {
        if (policy != "keep" && duplicates > 0)
            yield return ("duplicate_votes", $"{Figures.Count(duplicates, "vote")} repeated the task and worker of another; the {policy} of each counts, the others are left out.");
        if (withoutVotes > 0) yield return ("truth_without_votes", $"{Figures.Count(withoutVotes, "task")} of the truth {(withoutVotes == 1 ? "has" : "have")} no votes and cannot be compared.");
        if (compared == 0) yield return ("truth_not_compared", "No task of the truth has votes, so there is nothing to compare. Do the tasks of both files have the same names?");
    }

    protected static int WithoutVotes(KnownLabels? truth, string[] tasks) => truth is null ? 0 : truth.ByTask.Count - tasks.Count(truth.ByTask.ContainsKey);
}
