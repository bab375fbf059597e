namespace Touchstone.Quality.Categorical;

/// <summary>What a method of truth inference may be given besides the votes.</summary>
public sealed record TruthInputs
{
    /// <summary>Votes alone.</summary>
    public static readonly TruthInputs None = new();

    /// <summary>Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</summary>
    public int[] Known { get; init; } = [];

    /// <summary>Weight of each contributor; empty when none are given.</summary>
    public double[] Weights { get; init; } = [];

    /// <summary>Seed of methods with random starts.</summary>
    public long Seed { get; init; } = 1;
}

/// <summary>A method of truth inference by name.</summary>
/// <param name="Name">As the command line spells it.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Fit">Runs it.</param>
public sealed record TruthMethod(string Name, string Description, Func<Votes, TruthInputs, TruthResult> Fit)
{
    /// <summary>Whether it cannot do without known classes.</summary>
    public bool NeedsKnown { get; init; }

    /// <summary>Whether it cannot do without weights.</summary>
    public bool NeedsWeights { get; init; }
}

/// <summary>All methods of truth inference for labels.</summary>
public static class TruthMethods
{
    /// <summary>In the order in which they are listed.</summary>
    public static IReadOnlyList<TruthMethod> All { get; } =
    [
        new("majority", "The label most contributors gave; ties go to the first label.", (votes, inputs) => MajorityVote.Fit(votes, inputs.Known)),
        new("weighted-majority", "Majority by given weights of contributors.", (votes, inputs) => MajorityVote.FitWeighted(votes, inputs.Weights, inputs.Known)) { NeedsWeights = true },
        new("wawa", "Majority weighted by each contributor's agreement with the plain majority.", (votes, inputs) => MajorityVote.FitWawa(votes, inputs.Known)),
        new("gold-majority", "Majority weighted by each contributor's accuracy on items of known class.", (votes, inputs) => MajorityVote.FitGold(votes, inputs.Known)) { NeedsKnown = true },
        new("dawid-skene", "Confusion matrices by maximum likelihood, run to convergence.", (votes, inputs) => DawidSkene.Fit(votes, DawidSkeneOptions.MaximumLikelihood, inputs.Known)),
        new("dawid-skene-shrunk", "Confusion matrices shrunk towards the crowd's, as strongly as the votes call for.",
            (votes, inputs) => DawidSkene.Fit(votes, DawidSkeneOptions.Shrunk, inputs.Known) with { Method = "dawid-skene-shrunk" }),
        new("one-coin", "Dawid-Skene with one accuracy a contributor.", (votes, inputs) => OneCoin.Fit(votes, OneCoinOptions.DawidSkene, inputs.Known)),
        new("fast-dawid-skene", "Dawid-Skene with hard assignments: few rounds.", (votes, inputs) => FastDawidSkene.Fit(votes, inputs.Known)),
        new("hybrid-dawid-skene", "Soft rounds first, hard assignments at the end.", (votes, inputs) => FastDawidSkene.FitHybrid(votes, inputs.Known)),
        new("lfc", "Dawid-Skene with fixed priors on classes and confusions.", (votes, inputs) => LearningFromCrowds.Fit(votes, inputs.Known)),
        new("zencrowd", "One accuracy a contributor, all classes equally likely.", (votes, inputs) => OneCoin.Fit(votes, OneCoinOptions.ZenCrowd, inputs.Known)),
    ];

    /// <summary>A method by its name; null when there is none of that name.</summary>
    public static TruthMethod? Find(string name) => All.FirstOrDefault(m => m.Name.Equals(name, StringComparison.Ordinal));
}
