using Touchstone.Quality.Categorical;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>Methods of truth inference by the names that the command line gives them.</summary>
internal static class AggregateMethods
{
    public static readonly IReadOnlyDictionary<string, Func<Votes, int[]?, long, TruthResult>> ByName = new Dictionary<string, Func<Votes, int[]?, long, TruthResult>>(StringComparer.Ordinal)
    {
        ["dawid-skene"] = (votes, known, _) => DawidSkene.Fit(votes, null, known),
        ["glad"] = (votes, known, _) => Glad.Fit(votes.WithoutGold(known, "glad")),
        ["mace"] = (votes, known, seed) => Mace.Fit(votes.WithoutGold(known, "mace"), null, seed),
    };

    /// <summary>Methods that cannot learn from known labels say so instead of passing them over.</summary>
    private static Votes WithoutGold(this Votes votes, int[]? known, string method) =>
        known is null ? votes : throw new CommandException($"--gold: {method} does not learn from known labels; dawid-skene does.", ExitCode.Misuse);
}
