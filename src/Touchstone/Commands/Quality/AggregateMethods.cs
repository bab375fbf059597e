using Touchstone.Quality.Categorical;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>Runs a method of truth inference by its name; what it cannot use is refused instead of passed over.</summary>
internal static class AggregateMethods
{
    public static TruthResult Fit(string name, VoteTable table, KnownLabels? gold, string? weights, long seed)
    {
        var method = TruthMethods.Find(name) ?? throw new ArgumentException($"There is no method {name}.", nameof(name));
        if (method.NeedsWeights != weights is not null)
            throw new CommandException(method.NeedsWeights ? $"--method {name} counts votes by given weights of workers: it needs --weights." : $"--weights: {name} finds weights of its own; weighted-majority takes them.", ExitCode.Misuse);
        if (method.NeedsKnown && gold is null) throw new CommandException($"--method {name} weighs workers by tasks whose label is known: it needs --gold.", ExitCode.Misuse);
        if (!method.UsesKnown && gold is not null) throw new CommandException($"--gold: {name} does not learn from known labels; dawid-skene does.", ExitCode.Misuse);
        if (method.OfTwoLabels && table.Votes.LabelCount != 2)
            throw new CommandException($"--method {name} is of two labels, and the votes have {Figures.Count(table.Votes.LabelCount)}.", ExitCode.Misuse);
        if (method.HasConfusions) RequireRoom($"--method {name}", table);
        return method.Fit(table.Votes, new TruthInputs { Known = gold is null ? [] : table.ClassesOf(gold), Weights = weights is null ? [] : WorkerWeights.Read(weights, table.Log.Workers), Seed = seed });
    }

    /// <summary>Refuses what has more confusions than can be held.</summary>
    public static void RequireRoom(string what, VoteTable table)
    {
        if (DawidSkene.HasRoomFor(table.Votes.ContributorCount, table.Votes.LabelCount)) return;
        throw new CommandException(
            $"{table.Log.Name}: {what} keeps labels * labels probabilities of every worker, {DawidSkene.ConfusionsMax:N0} at most; {Figures.Count(table.Votes.ContributorCount, "worker")} with {Figures.Count(table.Votes.LabelCount, "label")} "
            + $"have {(long)table.Votes.LabelCount * table.Votes.LabelCount * table.Votes.ContributorCount:N0}. one-coin (aggregate --method one-coin) keeps one accuracy of each.");
    }
}
