using Touchstone.Quality.Categorical;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>Methods of truth inference for labels, by the names that the command line gives them.</summary>
internal static class AggregateMethods
{
    /// <summary>All that need nothing but votes, and perhaps known labels. Weights have no file yet, so methods that need some are not among them.</summary>
    public static IReadOnlyList<TruthMethod> All { get; } =
    [
        .. TruthMethods.All.Where(m => !m.NeedsWeights),
        .. new TruthMethod[]
        {
            new("glad", "A skill for each worker and an easiness for each task.", (votes, inputs) => Glad.Fit(WithoutGold(votes, inputs, "glad"))),
            new("mace", "Workers know, or guess in a manner of their own; several starts.", (votes, inputs) => Mace.Fit(WithoutGold(votes, inputs, "mace"), null, inputs.Seed)),
        }.Where(m => TruthMethods.Find(m.Name) is null),
    ];

    public static TruthResult Fit(string name, VoteTable table, KnownLabels? gold, long seed)
    {
        var method = All.First(m => m.Name == name);
        if (method.NeedsKnown && gold is null) throw new CommandException($"--method {name} weighs workers by tasks whose label is known: it needs --gold.", ExitCode.Misuse);
        return method.Fit(table.Votes, new TruthInputs { Known = gold is null ? [] : table.ClassesOf(gold), Seed = seed });
    }

    /// <summary>Methods that cannot learn from known labels say so instead of passing them over.</summary>
    private static Votes WithoutGold(Votes votes, TruthInputs inputs, string method) =>
        inputs.Known.Length == 0 ? votes : throw new CommandException($"--gold: {method} does not learn from known labels; dawid-skene does.", ExitCode.Misuse);
}
