using System.Text.Json;
using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Tests;

/// <summary>Against what other programs made of real votes. Where one of them stops early, ours is stopped after the same rounds.</summary>
public sealed class CrowdMethodsTests
{
    /// <summary>Where a peer is more often right, and by how much; docs/reference/quality-methods.md gives the reason of each. Nowhere else may a method fall below its peer.</summary>
    private static readonly Dictionary<(string Peer, string Set), double> Behind = new()
    {
        [("PM_vldb17", "mozafari")] = 0.011,
        [("CATD_vldb17", "mozafari")] = 0.005,
        [("MMSR", "mozafari")] = 0.006,
        [("FastDS_repo_FDS", "face")] = 0.0052,
        [("FastDS_repo_H", "mozafari")] = 0.002,
    };

    public static TheoryData<string> Sets => ["bluebird", "face", "rte", "temporal", "wsd", "mozafari", "product"];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Majority_and_wawa_agree_with_crowd_kit(string name)
    {
        var data = CrowdData.Load(name);
        var (majority, wawa) = (MajorityVote.Fit(data.Votes), MajorityVote.FitWawa(data.Votes));
        AssertLabels(data, "MajorityVote", majority);
        AssertLabels(data, "Wawa", wawa);
        AssertSkills(data, "MajorityVote", majority);
        AssertSkills(data, "Wawa", wawa);
        Assert.Equal(data.IsTied.Any(t => t), majority.Warnings.Any(w => w.Code == "tied_items"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Dawid_skene_stopped_where_crowd_kit_stops_has_its_numbers(string name)
    {
        var data = CrowdData.Load(name);
        var expected = data.Expected.GetProperty("DawidSkene");
        var rounds = expected.GetProperty("iterations").GetInt32();
        var options = DawidSkeneOptions.MaximumLikelihood with { Accelerated = false, Tolerance = 0 };
        var stopped = DawidSkene.Fit(data.Votes, options with { MaxRounds = rounds });

        // It floors counts, we floor probabilities (see the test below): where a contributor has next to no votes on a class, their row differs, and what follows from it.
        var tolerance = name is "mozafari" or "product" ? 1e-4 : 1e-6;
        AssertPosteriors(data, "DawidSkene", stopped, tolerance);
        AssertLabels(data, "DawidSkene", stopped);
        AssertShares(data, expected, stopped, tolerance);

        var next = DawidSkene.Fit(data.Votes, options with { MaxRounds = rounds + 1 });
        var contributors = data.ContributorNames;
        foreach (var worker in expected.GetProperty("confusion_first_6_workers").EnumerateObject())
        {
            var c = Array.IndexOf(contributors, worker.Name);
            foreach (var said in worker.Value.EnumerateObject())
            {
                var row = said.Value.EnumerateArray().Select(v => v.GetDouble()).ToArray();
                for (var actual = 0; actual < row.Length; actual++)
                    if (VotesOn(data, stopped, c, actual) > 1e-2) Assert.Equal(row[actual], next.Confusion(c, actual, Array.IndexOf(data.ClassNames, said.Name)), tolerance);
            }
        }
    }

    /// <summary>The same rounds in plain loops: with crowd-kit's floor its numbers come out, with ours ours, so that nothing else differs.</summary>
    [Theory]
    [MemberData(nameof(Sets))]
    public void Crowd_kits_dawid_skene_differs_by_where_it_floors_zeros_and_by_nothing_else(string name)
    {
        var data = CrowdData.Load(name);
        var expected = data.Expected.GetProperty("DawidSkene");
        var bounds = expected.GetProperty("elbo_history").EnumerateArray().Select(b => b.GetDouble()).ToArray();
        Assert.Equal(expected.GetProperty("iterations").GetInt32(), bounds.Length);
        var theirs = new PlainDawidSkene(data.Votes, floorsCounts: true);
        var ours = new PlainDawidSkene(data.Votes, floorsCounts: false);
        foreach (var bound in bounds)
        {
            theirs.Round();
            ours.Round();
            Assert.Equal(bound, theirs.BoundPerVote, 1e-6);
        }

        Assert.Equal(expected.GetProperty("elbo_per_label").GetDouble(), theirs.BoundPerVote, 1e-6);
        AssertPosteriors(data, "DawidSkene", theirs.Posterior, 1e-6);
        var stopped = DawidSkene.Fit(data.Votes, DawidSkeneOptions.MaximumLikelihood with { Accelerated = false, Tolerance = 0, MaxRounds = bounds.Length });
        for (var p = 0; p < stopped.Posterior.Length; p++) Assert.Equal(ours.Posterior[p], stopped.Posterior[p], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void One_coin_stopped_where_crowd_kit_stops_has_its_numbers(string name)
    {
        var data = CrowdData.Load(name);
        var expected = data.Expected.GetProperty("OneCoinDawidSkene");
        var rounds = expected.GetProperty("iterations").GetInt32();
        var options = OneCoinOptions.DawidSkene with { Accelerated = false, Tolerance = 0 };
        var stopped = OneCoin.Fit(data.Votes, options with { MaxRounds = rounds });
        AssertPosteriors(data, "OneCoinDawidSkene", stopped, 1e-6);
        AssertLabels(data, "OneCoinDawidSkene", stopped);
        AssertShares(data, expected, stopped, 1e-6);
        var next = OneCoin.Fit(data.Votes, options with { MaxRounds = rounds + 1 });
        AssertSkills(data, "OneCoinDawidSkene", next);
        Assert.Equal(expected.GetProperty("elbo_per_label").GetDouble(), BoundPerVote(data, stopped, next.Skills), 1e-6);

        var converged = OneCoin.Fit(data.Votes);
        Assert.True(converged.Converged);
        Assert.True(converged.LogLikelihood >= stopped.LogLikelihood - 1e-6);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Methods_that_settle_ties_otherwise_are_as_right_as_the_published_code(string name)
    {
        var data = CrowdData.Load(name);
        foreach (var (theirs, result) in new (string, TruthResult)[]
        {
            ("PM_vldb17", ResolvedConflicts.FitPm(data.Votes)), ("CATD_vldb17", ResolvedConflicts.FitCatd(data.Votes)), ("MMSR", RobustRankOne.Fit(data.Votes)),
        })
        {
            Assert.True(result.Converged, $"{result.Method} after {result.Rounds} rounds");
            if (!data.Expected.GetProperty("accuracy").TryGetProperty(theirs, out var accuracy)) continue; // crowd-kit's M-MSR fails on product
            Assert.True(data.Accuracy(result.LabelOf) >= accuracy.GetDouble() - Slack(theirs, name), $"{theirs}: {data.Accuracy(result.LabelOf):F4}, published {accuracy.GetDouble():F4}");
        }
    }

    [Fact]
    public void Skills_from_pairs_hold_where_a_third_collude()
    {
        // Ten honest contributors, five who give one another's wrong label: majority would still mostly hold, and so must this.
        var random = new Touchstone.Statistics.SeededRandom(11);
        List<int> items = [], contributors = [], labels = [];
        var truth = new int[400];
        for (var i = 0; i < truth.Length; i++)
        {
            truth[i] = random.NextInt(3);
            for (var c = 0; c < 15; c++)
            {
                if (!random.NextBool(0.5)) continue;
                items.Add(i);
                contributors.Add(c);
                labels.Add(c >= 10 ? (truth[i] + 1) % 3 : random.NextBool(0.7) ? truth[i] : random.NextInt(3));
            }
        }

        var votes = new Votes([.. items], [.. contributors], [.. labels], truth.Length, 15, 3);
        double Accuracy(TruthResult result) => Enumerable.Range(0, truth.Length).Count(i => result.LabelOf(i) == truth[i]) / (double)truth.Length;
        var (robust, majority) = (Accuracy(RobustRankOne.Fit(votes)), Accuracy(MajorityVote.Fit(votes)));
        Assert.True(robust > majority + 0.02 && robust > 0.9, $"robust {robust:F3}, majority {majority:F3}");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Zencrowd_after_twenty_rounds_has_the_numbers_of_its_published_code(string name)
    {
        var data = CrowdData.Load(name);
        var options = OneCoinOptions.ZenCrowd with { Accelerated = false, Tolerance = 0 };
        AssertLabels(data, "ZenCrowd_vldb17", OneCoin.Fit(data.Votes, options with { MaxRounds = 20 }));
        AssertSkills(data, "ZenCrowd_vldb17", OneCoin.Fit(data.Votes, options with { MaxRounds = 21 }));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Fast_and_hybrid_dawid_skene_and_lfc_are_as_accurate_as_their_published_code(string name)
    {
        var data = CrowdData.Load(name);
        var accuracy = data.Expected.GetProperty("accuracy");
        void AtLeast(string reference, TruthResult result)
        {
            Assert.True(result.Converged, $"{result.Method} after {result.Rounds} rounds");
            if (accuracy.TryGetProperty(reference, out var expected))
                Assert.True(data.Accuracy(result.LabelOf) >= expected.GetDouble() - Slack(reference, name), $"{result.Method} {data.Accuracy(result.LabelOf):F4}, {reference} {expected.GetDouble():F4}");
        }

        AtLeast("FastDS_repo_FDS", FastDawidSkene.Fit(data.Votes));
        AtLeast("FastDS_repo_H", FastDawidSkene.FitHybrid(data.Votes));
        AtLeast("FastDS_repo_DS", DawidSkene.Fit(data.Votes, DawidSkeneOptions.MaximumLikelihood));
        AtLeast("LFC_vldb17", LearningFromCrowds.Fit(data.Votes));
    }

    private static double Slack(string peer, string set) => Behind.GetValueOrDefault((peer, set)) + 1e-7;

    private static double VotesOn(CrowdData data, TruthResult result, int contributor, int actual) =>
        Enumerable.Range(0, data.Votes.Count).Where(v => data.Votes.Contributors[v] == contributor).Sum(v => result.Posterior[data.Votes.Items[v] * result.LabelCount + actual]);

    private static void AssertLabels(CrowdData data, string method, TruthResult result)
    {
        var expected = data.Expected.GetProperty("predictions_as_class_index").GetProperty(method).EnumerateArray().Select(v => v.GetInt32()).ToArray();
        for (var i = 0; i < expected.Length; i++)
        {
            if (data.IsTied[i] || result.LabelOf(i) == expected[i]) continue;
            var row = result.Posterior.AsSpan(i * result.LabelCount, result.LabelCount);
            Assert.True(row[result.LabelOf(i)] - row[expected[i]] < 1e-6, $"{method}, item {i}: {result.LabelOf(i)}, expected {expected[i]}");
        }

        AssertAccuracy(data, method, result);
    }

    /// <summary>Accuracies differ by no more than the items of which the labels differ, all of them tied or as good as tied.</summary>
    private static void AssertAccuracy(CrowdData data, string method, TruthResult result)
    {
        var theirs = data.Expected.GetProperty("predictions_as_class_index").GetProperty(method).EnumerateArray().Select(v => v.GetInt32()).ToArray();
        var judged = Enumerable.Range(0, theirs.Length).Where(i => data.Truth[i] >= 0).ToArray();
        var others = judged.Count(i => result.LabelOf(i) != theirs[i]) / (double)judged.Length;
        Assert.Equal(data.Expected.GetProperty("accuracy").GetProperty(method).GetDouble(), data.Accuracy(result.LabelOf), others + 1e-8);
    }

    private static void AssertSkills(CrowdData data, string method, TruthResult result)
    {
        var skills = data.Expected.GetProperty("worker_skills").GetProperty(method);
        for (var c = 0; c < result.Skills.Length; c++)
        {
            if (skills.GetProperty(data.ContributorNames[c]) is not { ValueKind: JsonValueKind.Number } skill) continue;
            Assert.True(Math.Abs(skill.GetDouble() - result.Skills[c].Accuracy) < 2e-6, $"{method}, {data.ContributorNames[c]}: {result.Skills[c].Accuracy}, expected {skill}");
        }
    }

    /// <summary>crowd-kit's lower bound of one-coin for each vote, in which the classes' shares count once a vote and not once an item.</summary>
    private static double BoundPerVote(CrowdData data, TruthResult result, WorkerSkill[] skills)
    {
        var (votes, k) = (data.Votes, data.Votes.LabelCount);
        var shares = Enumerable.Range(0, k).Select(j => Enumerable.Range(0, votes.ItemCount).Average(i => result.Posterior[i * k + j])).ToArray();
        double bound = 0;
        for (var v = 0; v < votes.Count; v++)
        {
            var right = skills[votes.Contributors[v]].Accuracy;
            for (var j = 0; j < k; j++)
            {
                var probability = Math.Max(1e-10, votes.Labels[v] == j ? right : (1 - right) / (k - 1));
                bound += result.Posterior[votes.Items[v] * k + j] * (Math.Log(probability) + Math.Log(shares[j]));
            }
        }

        foreach (var p in result.Posterior) bound -= p > 0 ? p * Math.Log(p) : 0;
        return bound / votes.Count;
    }

    private static void AssertPosteriors(CrowdData data, string method, TruthResult result, double tolerance) => AssertPosteriors(data, method, result.Posterior, tolerance);

    private static void AssertPosteriors(CrowdData data, string method, double[] posterior, double tolerance)
    {
        foreach (var item in data.Expected.GetProperty("posteriors_first_40_tasks").GetProperty(method).EnumerateObject())
        {
            var i = Array.IndexOf(data.ItemNames, item.Name);
            var row = item.Value.EnumerateArray().Select(v => v.GetDouble()).ToArray();
            for (var k = 0; k < row.Length; k++) Assert.True(Math.Abs(row[k] - posterior[i * row.Length + k]) < tolerance, $"{method}, {item.Name}: {posterior[i * row.Length + k]}, expected {row[k]}");
        }
    }

    private static void AssertShares(CrowdData data, JsonElement expected, TruthResult result, double tolerance)
    {
        var k = result.LabelCount;
        for (var j = 0; j < k; j++)
        {
            var mean = Enumerable.Range(0, data.Votes.ItemCount).Average(i => result.Posterior[i * k + j]);
            Assert.Equal(expected.GetProperty("priors").GetProperty(data.ClassNames[j]).GetDouble(), mean, tolerance);
        }
    }
}
