using Touchstone.Quality.Categorical;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>Methods of truth inference for labels, by the names that the command line gives them.</summary>
internal static class AggregateMethods
{
    public static IReadOnlyList<TruthMethod> All { get; } =
    [
        .. TruthMethods.All,
        .. new TruthMethod[]
        {
            new("glad", "A skill for each worker and an easiness for each task.", (votes, inputs) => Glad.Fit(WithoutGold(votes, inputs, "glad"))),
            new("mace", "Workers know, or guess in a manner of their own; several starts.", (votes, inputs) => Mace.Fit(WithoutGold(votes, inputs, "mace"), null, inputs.Seed)),
            new("kos", "Of two labels, messages between tasks and workers until they settle.", (votes, inputs) => Kos.Fit(OfTwoLabels(WithoutGold(votes, inputs, "kos")), inputs.Seed)),
        }.Where(m => TruthMethods.Find(m.Name) is null),
    ];

    public static TruthResult Fit(string name, VoteTable table, KnownLabels? gold, string? weights, long seed)
    {
        var method = All.First(m => m.Name == name);
        if (method.NeedsWeights != weights is not null)
            throw new CommandException(method.NeedsWeights ? $"--method {name} counts votes by given weights of workers: it needs --weights." : $"--weights: {name} finds weights of its own; weighted-majority takes them.", ExitCode.Misuse);
        if (method.NeedsKnown && gold is null) throw new CommandException($"--method {name} weighs workers by tasks whose label is known: it needs --gold.", ExitCode.Misuse);
        return method.Fit(table.Votes, new TruthInputs { Known = gold is null ? [] : table.ClassesOf(gold), Weights = weights is null ? [] : WorkerWeights.Read(weights, table.Log.Workers), Seed = seed });
    }

    /// <summary>Methods that cannot learn from known labels say so instead of passing them over.</summary>
    private static Votes WithoutGold(Votes votes, TruthInputs inputs, string method) =>
        inputs.Known.Length == 0 ? votes : throw new CommandException($"--gold: {method} does not learn from known labels; dawid-skene does.", ExitCode.Misuse);

    private static Votes OfTwoLabels(Votes votes) =>
        votes.LabelCount == 2 ? votes : throw new CommandException($"--method kos is of two labels, and the votes have {Figures.Count(votes.LabelCount)}.", ExitCode.Misuse);
}
