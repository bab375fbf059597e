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
        return method.Fit(table.Votes, new TruthInputs { Known = gold is null ? [] : table.ClassesOf(gold), Weights = weights is null ? [] : WorkerWeights.Read(weights, table.Log.Workers), Seed = seed });
    }
}
