using System.Text.Json;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Tests;

/// <summary>What can be counted of the crowd sets, and figures of a crowd as a whole.</summary>
public sealed class CrowdFactsTests
{
    public static TheoryData<string> Sets => CrowdMethodsTests.Sets;

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_sets_are_those_that_the_references_speak_of(string name)
    {
        var data = CrowdData.Load(name);
        int Number(string key) => data.Expected.GetProperty(key).GetInt32();
        Assert.Equal(
            (Number("n_labels"), Number("n_tasks"), Number("n_workers"), Number("n_classes"), Number("n_truth")),
            (data.Votes.Count, data.Votes.ItemCount, data.Votes.ContributorCount, data.Votes.LabelCount, data.Truth.Count(t => t >= 0)));
        Assert.Equal(Number("duplicate_task_worker_pairs"), AgreementCoefficients.Of(data.Votes, AgreementMetric.Krippendorff).DuplicateVotes);
        Assert.Equal(Number("tasks_with_mv_tie"), data.IsTied.Count(t => t));
        var tied = Enumerable.Range(0, data.IsTied.Length).Where(i => data.IsTied[i]).Select(i => data.ItemNames[i]).ToArray();
        Assert.Equal(data.Expected.GetProperty("tie_tasks").EnumerateArray().Select(t => t.GetString()), tied.Take(200));

        var sizes = new int[data.Votes.ItemCount];
        foreach (var item in data.Votes.Items) sizes[item]++;
        Array.Sort(sizes);
        var perTask = data.Expected.GetProperty("labels_per_task");
        Assert.Equal(
            (perTask.GetProperty("min").GetInt32(), perTask.GetProperty("median").GetDouble(), perTask.GetProperty("max").GetInt32()),
            (sizes[0], (sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]) / 2.0, sizes[^1]));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Known_classes_tell_how_often_each_contributor_is_right(string name)
    {
        var data = CrowdData.Load(name);
        var (right, judged) = (new int[data.Votes.ContributorCount], new int[data.Votes.ContributorCount]);
        for (var v = 0; v < data.Votes.Count; v++)
        {
            if (data.Truth[data.Votes.Items[v]] < 0) continue;
            judged[data.Votes.Contributors[v]]++;
            if (data.Truth[data.Votes.Items[v]] == data.Votes.Labels[v]) right[data.Votes.Contributors[v]]++;
        }

        var expected = data.Expected.GetProperty("worker_skills").GetProperty("true_accuracy_on_truth_tasks");
        var gold = MajorityVote.FitGold(data.Votes, data.Truth);
        for (var c = 0; c < judged.Length; c++)
        {
            if (!expected.TryGetProperty(data.ContributorNames[c], out var share) || share.ValueKind != JsonValueKind.Number) continue;
            Assert.Equal(share.GetDouble(), (double)right[c] / judged[c], 1e-5);
            Assert.Equal(share.GetDouble(), gold.Skills[c].Accuracy, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Consistency_and_uncertainty_are_those_of_crowd_kit(string name)
    {
        var data = CrowdData.Load(name);
        var certainty = CrowdCertainty.Of(data.Votes);
        Assert.Equal(data.Expected.GetProperty("crowdkit_consistency").GetDouble(), certainty.Consistency!.Value, 1e-6);
        Assert.Equal(data.Expected.GetProperty("crowdkit_uncertainty_aggregated_by_task").GetDouble(), certainty.Uncertainty!.Value, 1e-6);
    }

    [Fact]
    public void A_crowd_without_votes_or_with_one_label_is_no_cause_for_numbers_that_are_none()
    {
        Assert.Equal(new(null, null), CrowdCertainty.Of(new Votes([], [], [], 3, 0, 2)));
        Assert.Equal(new(1, 0), CrowdCertainty.Of(new Votes([0, 0], [0, 1], [0, 0], 1, 2, 1)));
        Assert.Equal(new(1, 0), CrowdCertainty.Of(new Votes([0, 0, 1], [0, 1, 1], [0, 0, 1], 3, 2, 2)));
        var split = CrowdCertainty.Of(new Votes([0, 0], [0, 1], [0, 1], 1, 2, 2));
        Assert.True(split.Consistency is >= 0 and <= 1 && split.Uncertainty is >= 0 and <= 0.7);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Pairs_of_contributors_have_the_kappas_that_other_programs_say(string name)
    {
        var data = CrowdData.Load(name);
        var pairs = CohenKappa.Pairs(data.Votes).ToDictionary(p => (data.ContributorNames[p.First], data.ContributorNames[p.Second]));
        var expected = data.Expected.GetProperty("agreement").GetProperty("cohen_kappa_pairs").EnumerateObject().ToArray();
        Assert.NotEmpty(expected);
        foreach (var pair in expected)
        {
            var names = pair.Name.Split('|');
            var found = pairs.TryGetValue((names[0], names[1]), out var one) ? one : pairs[(names[1], names[0])];
            Assert.Equal(pair.Value[0].GetInt32(), found.Items);
            if (pair.Value[1].ValueKind == JsonValueKind.Null) Assert.Null(found.Kappa);
            else Assert.Equal(pair.Value[1].GetDouble(), found.Kappa!.Value, 1e-7);
        }
    }

    /// <summary>The 40 with the most votes, pairs with 20 items in common or more; where votes are as many, those who come first in the file.</summary>
    [Theory]
    [MemberData(nameof(Sets))]
    public void The_mean_kappa_of_the_busiest_contributors_is_that_of_other_programs(string name)
    {
        var data = CrowdData.Load(name);
        var counts = new int[data.Votes.ContributorCount];
        var first = Enumerable.Repeat(int.MaxValue, counts.Length).ToArray();
        for (var v = data.Votes.Count - 1; v >= 0; v--)
        {
            counts[data.Votes.Contributors[v]]++;
            first[data.Votes.Contributors[v]] = v;
        }

        var busiest = Enumerable.Range(0, counts.Length).OrderByDescending(c => counts[c]).ThenBy(c => first[c]).Take(40).ToHashSet();
        var pairs = CohenKappa.Pairs(data.Votes, minCommon: 20).Where(p => busiest.Contains(p.First) && busiest.Contains(p.Second)).ToArray();
        var expected = data.Expected.GetProperty("agreement").GetProperty("cohen_kappa_mean_over_pairs");
        Assert.Equal(expected.GetProperty("pairs").GetInt32(), pairs.Length); // those without a kappa too
        Assert.Equal(expected.GetProperty("mean").GetDouble(), pairs.Average(p => p.Kappa)!.Value, name == "product" ? 2e-4 : 1e-7); // where the fortieth has as many votes as the next
    }
}
