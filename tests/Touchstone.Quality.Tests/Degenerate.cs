using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Tests;

/// <summary>Votes that leave a method little to go by, each with the warning that says so.</summary>
internal static class Degenerate
{
    public static IEnumerable<(Votes Votes, string Warning)> Votes()
    {
        yield return (new([], [], [], 0, 0, 2), "no_votes");
        yield return (new([], [], [], 3, 2, 4), "no_votes");
        yield return (new([0, 1], [0, 1], [0, 0], 2, 2, 1), "one_class");
        yield return (new([0, 1, 2], [0, 0, 0], [0, 1, 0], 3, 1, 2), "one_contributor");
        yield return (new([0, 1, 2], [0, 1, 0], [0, 1, 1], 3, 2, 2), "items_with_one_vote");
        yield return (new([0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0], 2, 2, 2), "");
        yield return (new([0, 0, 2, 2], [0, 1, 0, 1], [0, 0, 1, 1], 3, 3, 3), "items_without_votes");
        yield return (new([0, 0, 0], [0, 0, 0], [1, 1, 1], 1, 1, 5), "labels_never_chosen");
        const int many = 3_000;
        yield return (new(new int[many], [.. Enumerable.Range(0, many)], [.. Enumerable.Range(0, many).Select(v => v % 3 == 0 ? 1 : 0)], 1, many, 2), "");
    }

    public static void Check(TruthResult result, Votes votes, string warning)
    {
        Assert.All(result.Posterior, p => Assert.InRange(p, 0, 1));
        for (var i = 0; i < votes.ItemCount; i++) Assert.Equal(1, result.Posterior.AsSpan(i * votes.LabelCount, votes.LabelCount).ToArray().Sum(), 1e-9);
        Assert.Equal(votes.ContributorCount, result.Skills.Length);
        Assert.All(result.Skills, s => Assert.True(s.Low is null ? s.High is null : s.Low >= -1e-12 && s.Low <= s.Accuracy + 1e-12 && s.Accuracy <= s.High + 1e-12 && s.High <= 1 + 1e-12, $"{s}"));
        Assert.True(result.LogLikelihood is null || double.IsFinite(result.LogLikelihood.Value));
        if (warning.Length > 0) Assert.Contains(result.Warnings, w => w.Code == warning);
    }
}
