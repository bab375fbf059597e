namespace Touchstone.Curation.Pipelines;

/// <summary>The kinds of steps that pipeline files can name.</summary>
public static class StepRegistry
{
    /// <summary>All kinds, in the order in which a reference lists them.</summary>
    public static IReadOnlyList<StepKind> All { get; } =
    [
        StepKind.Barrier<MinHashSettings>("minhash", "Near-duplicates by MinHash and locality-sensitive hashing; one document of each cluster stays.", settings => settings.Make()),
    ];

    /// <summary>The kind of a name; null where there is none.</summary>
    public static StepKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}
