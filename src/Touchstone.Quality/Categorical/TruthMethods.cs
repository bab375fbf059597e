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

    /// <summary>Whether known classes teach it anything; a method that cannot learn from them leaves them aside.</summary>
    public bool UsesKnown { get; init; } = true;

    /// <summary>Whether it is of two labels only.</summary>
    public bool OfTwoLabels { get; init; }

    /// <summary>Whether it has a confusion matrix for each contributor, for which there must be room (<see cref="DawidSkene.HasRoomFor"/>).</summary>
    public bool HasConfusions { get; init; }

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
        new("dawid-skene", "Confusion matrices by maximum likelihood, run to convergence.", (votes, inputs) => DawidSkene.Fit(votes, DawidSkeneOptions.MaximumLikelihood, inputs.Known)) { HasConfusions = true },
        new("dawid-skene-shrunk", "Confusion matrices shrunk towards the crowd's, as strongly as the votes call for.",
            (votes, inputs) => DawidSkene.Fit(votes, DawidSkeneOptions.Shrunk, inputs.Known) with { Method = "dawid-skene-shrunk" }) { HasConfusions = true },
        new(SampledDawidSkene.Name, "Confusion matrices averaged over all that the votes allow: posteriors to be taken at their word while votes are few.",
            (votes, inputs) => SampledDawidSkene.Fit(votes, SampledDawidSkeneOptions.Default with { Seed = inputs.Seed }, inputs.Known)) { HasConfusions = true },
        new("one-coin", "Dawid-Skene with one accuracy a contributor.", (votes, inputs) => OneCoin.Fit(votes, OneCoinOptions.DawidSkene, inputs.Known)),
        new("fast-dawid-skene", "Dawid-Skene with hard assignments: few rounds.", (votes, inputs) => FastDawidSkene.Fit(votes, inputs.Known)) { HasConfusions = true },
        new("hybrid-dawid-skene", "Soft rounds first, hard assignments at the end.", (votes, inputs) => FastDawidSkene.FitHybrid(votes, inputs.Known)) { HasConfusions = true },
        new("lfc", "Dawid-Skene with fixed priors on classes and confusions.", (votes, inputs) => LearningFromCrowds.Fit(votes, inputs.Known)) { HasConfusions = true },
        new("zencrowd", "One accuracy a contributor, all classes equally likely.", (votes, inputs) => OneCoin.Fit(votes, OneCoinOptions.ZenCrowd, inputs.Known)),
        new("pm", "Votes weighted by how far each contributor is from the labels taken for true, in turn.", (votes, inputs) => ResolvedConflicts.FitPm(votes, inputs.Known)),
        new("catd", "The same, with little weight for few answers however good they look.", (votes, inputs) => ResolvedConflicts.FitCatd(votes, inputs.Known)),
        new("m-msr", "Skills read off how pairs of contributors agree, the strangest pairs left out.", (votes, inputs) => RobustRankOne.Fit(votes, inputs.Known)),
        new("glad", "A skill for each contributor and an easiness for each item.", (votes, _) => Glad.Fit(votes)) { UsesKnown = false },
        new("mace", "Contributors know, or guess in a manner of their own; several starts.", (votes, inputs) => Mace.Fit(votes, null, inputs.Seed)) { UsesKnown = false },
        // Unknown shares make the bound flat: it rises little long before the posteriors stand still.
        new("mace-shares", "The same, with the share of each class estimated instead of held equal.", (votes, inputs) => Mace.Fit(votes, MaceOptions.Default with { EstimateClassShares = true, Tolerance = 1e-11 }, inputs.Seed)) { UsesKnown = false },
        new("kos", "Of two labels, messages between items and contributors until they settle.", (votes, _) => Kos.Fit(votes)) { UsesKnown = false, OfTwoLabels = true },
    ];

    /// <summary>A method by its name; null when there is none of that name.</summary>
    public static TruthMethod? Find(string name) => All.FirstOrDefault(m => m.Name.Equals(name, StringComparison.Ordinal));
}
