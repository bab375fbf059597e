namespace Touchstone.Formats.Exchange;

/// <summary>What a sample holds beside answers, and which of it finds a place where the answers go too: a proposal to begin with, work that was begun, inputs that were passed by.</summary>
public static class BesideAnswers
{
    /// <summary>The proposal that work begins with: the latest opinion of its kind, and of several without a time the last.</summary>
    /// <param name="sample">The input.</param>
    /// <param name="isByModel">Of predictions; otherwise of annotations.</param>
    /// <returns>Null where there is none.</returns>
    public static Opinion? Proposal(Sample sample, bool isByModel) =>
        sample.Opinions.Where(o => IsOf(o, isByModel)).OrderBy(o => o.At ?? DateTimeOffset.MinValue).LastOrDefault();

    /// <summary>Whether an opinion is one of those that <see cref="Proposal"/> chooses from.</summary>
    /// <param name="opinion">The opinion.</param>
    /// <param name="isByModel">As above.</param>
    public static bool IsOf(Opinion opinion, bool isByModel) => isByModel ? opinion.Kind == OpinionKind.Prediction : opinion.Kind is OpinionKind.Annotation or OpinionKind.Gold;

    /// <summary>Work that was begun and not submitted: the latest draft of everybody who is named and did not answer.</summary>
    public static IReadOnlyList<Opinion> Drafts(Sample sample) => Latest(sample, OpinionKind.Draft, Named(sample, o => o.Kind is OpinionKind.Annotation or OpinionKind.Gold));

    /// <summary>Who passed the input by: everybody who is named, did not answer and has not begun again.</summary>
    public static IReadOnlyList<Opinion> Skips(Sample sample) => Latest(sample, OpinionKind.Skipped, Named(sample, o => o.Kind is OpinionKind.Annotation or OpinionKind.Gold or OpinionKind.Draft));

    private static HashSet<string> Named(Sample sample, Func<Opinion, bool> isOne) => [.. sample.Opinions.Where(isOne).Select(o => o.Contributor).OfType<string>()];

    private static List<Opinion> Latest(Sample sample, OpinionKind kind, HashSet<string> without) =>
        [.. sample.Opinions.Where(o => o.Kind == kind && o.Contributor is { Length: > 0 } who && !without.Contains(who)).OrderBy(o => o.At ?? DateTimeOffset.MinValue).GroupBy(o => o.Contributor, StringComparer.Ordinal).Select(g => g.Last())];
}
