using Touchstone.Quality.Categorical;

namespace Touchstone.Commands.Quality;

/// <summary>Methods of truth inference by the names that the command line gives them.</summary>
internal static class AggregateMethods
{
    public static readonly IReadOnlyDictionary<string, Func<Votes, int[]?, long, TruthResult>> ByName = new Dictionary<string, Func<Votes, int[]?, long, TruthResult>>(StringComparer.Ordinal)
    {
        ["dawid-skene"] = (votes, known, _) => DawidSkene.Fit(votes, null, known),
    };
}
