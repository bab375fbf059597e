using Touchstone.Quality.Categorical;
using Touchstone.Quality.LabelErrors;
using Touchstone.Testing;

namespace Touchstone.Quality.Tests.LabelErrors;

public sealed class CrowdLabTests
{
    private const int Items = 600;
    private const int Contributors = 12;

    [Fact]
    public void Consensus_and_quality_equal_those_of_cleanlab()
    {
        var expected = ExpectedFile.Read("crowdlab");
        var (votes, probabilities) = Load();
        var result = CrowdLab.Infer(votes, probabilities);
        Assert.Equal(expected.Integers("consensus_label"), result.Consensus);
        ExpectedFile.AssertNear(expected.Doubles("consensus_quality_score"), result.Quality);
        ExpectedFile.AssertNear(expected.Doubles("annotator_agreement"), result.Agreement);
        var majority = CrowdLab.Infer(votes, probabilities, keepMajority: true); // the weights in the file are of this round
        Assert.Equal(expected.GetProperty("model_weight").GetDouble(), majority.ModelWeight, 1e-6);
        ExpectedFile.AssertNear(expected.Doubles("annotator_weight"), majority.ContributorWeights);
        foreach (var stats in expected.GetProperty("annotator_stats").EnumerateObject())
        {
            var figures = result.Contributors[int.Parse(stats.Name[1..])];
            Assert.Equal(stats.Value.GetProperty("annotator_quality").GetDouble(), figures.Quality, 1e-6);
            Assert.Equal(stats.Value.GetProperty("agreement_with_consensus").GetDouble(), figures.Agreement, 1e-6);
            Assert.Equal(stats.Value.GetProperty("worst_class").GetInt32(), figures.WorstLabel);
            Assert.Equal(stats.Value.GetProperty("num_examples_labeled").GetInt32(), figures.Votes);
        }

        var detailed = expected.GetProperty("detailed_label_quality_first_60_items").EnumerateArray().ToArray();
        for (var v = 0; v < votes.Count; v++)
            if (votes.Items[v] < detailed.Length)
                Assert.Equal(detailed[votes.Items[v]][votes.Contributors[v]].GetDouble(), result.Posterior[votes.Items[v] * 4 + votes.Labels[v]], 1e-6);
        Assert.True(Accuracy(result.Consensus) >= expected.GetProperty("accuracy").GetProperty("crowdlab").GetDouble() - 1e-8);
        Assert.Equal(expected.GetProperty("auroc_quality_vs_error").GetProperty("crowdlab").GetDouble(), AurocOfErrors(result.Quality, result.Consensus), 1e-8);
    }

    [Fact]
    public void What_cleanlab_gives_to_compare_with_comes_out_of_the_majoritys_labels()
    {
        var expected = ExpectedFile.Read("crowdlab");
        var (votes, probabilities) = Load();
        var accuracy = expected.GetProperty("accuracy");
        var majority = MajorityLabels.Of(votes, probabilities);
        Assert.Equal(accuracy.GetProperty("majority_vote_probs_tiebreak").GetDouble(), Accuracy(majority), 1e-8);
        Assert.Equal(accuracy.GetProperty("majority_vote_no_probs").GetDouble(), Accuracy(MajorityLabels.Of(votes)), 0.004); // it draws lots for two items
        Assert.Equal(accuracy.GetProperty("model_argmax").GetDouble(), Accuracy([.. Enumerable.Range(0, Items).Select(i => MostProbable(probabilities, i))]), 1e-8);
    }

    [Fact]
    public void Majority_labels_equal_those_of_cleanlab_where_it_does_not_draw_lots()
    {
        var expected = ExpectedFile.Read("crowdlab");
        var (votes, probabilities) = Load();
        Assert.Equal(expected.Integers("majority_vote_with_probs"), MajorityLabels.Of(votes, probabilities));
        var without = MajorityLabels.Of(votes);
        var theirs = expected.Integers("majority_vote_without_probs");
        Assert.InRange(Enumerable.Range(0, Items).Count(i => without[i] != theirs[i]), 0, 2);
    }

    [Fact]
    public void Scores_of_what_to_label_next_equal_those_of_cleanlab()
    {
        var expected = ExpectedFile.Read("crowdlab");
        var (votes, probabilities) = Load();
        // Fifty more items that nobody labelled, with the probabilities of the first fifty.
        var more = new Votes(votes.Items, votes.Contributors, votes.Labels, Items + 50, Contributors, 4);
        // cleanlab counts an item's votes under the wrong classes when it looks for the temperature, and finds 3. The right one is 1.25.
        var all = new ClassProbabilities([.. probabilities.Values, .. probabilities.Values.AsSpan(0, 200)], 4);
        Assert.Equal(1.25, ActiveLab.Score(more, all).Temperature, 1e-12);
        var result = ActiveLab.Score(more, all, temperature: 3);
        ExpectedFile.AssertNear(expected.Doubles("activelab_labeled"), result.Scores[..Items]);
        ExpectedFile.AssertNear(expected.Doubles("activelab_unlabeled_first_50_probs"), result.Scores[Items..]);
        Assert.Equal(result.Scores.Min(), result.Scores[result.Order[0]]);
    }

    [Fact]
    public void Without_overlap_the_labels_stay_and_a_warning_says_so()
    {
        var result = CrowdLab.Infer(new Votes([0, 1], [0, 1], [1, 0], 3, 2, 2), new ClassProbabilities([0.3, 0.7, 0.4, 0.6, 0.9, 0.1], 2));
        Assert.Equal([1, 0, 0], result.Consensus);
        ExpectedFile.AssertNear([0.7, 0.4, 0.9], result.Quality);
        Assert.Contains(result.Warnings, w => w.Code == "no_overlap");
        Assert.Contains(result.Warnings, w => w.Code == "items_without_votes");
        Assert.DoesNotContain(ActiveLab.Score(new Votes([0, 1], [0, 1], [1, 0], 3, 2, 2), new ClassProbabilities([0.3, 0.7, 0.4, 0.6, 0.9, 0.1], 2)).Scores, double.IsNaN);
    }

    [Fact]
    public void Of_several_votes_of_one_contributor_the_last_counts()
    {
        var probabilities = new ClassProbabilities([0.5, 0.5, 0.2, 0.8], 2);
        var twice = CrowdLab.Infer(new Votes([0, 0, 0, 1, 1], [0, 1, 0, 0, 1], [0, 1, 1, 1, 0], 2, 2, 2), probabilities);
        var once = CrowdLab.Infer(new Votes([0, 0, 1, 1], [1, 0, 0, 1], [1, 1, 1, 0], 2, 2, 2), probabilities);
        Assert.Equal(once.Posterior, twice.Posterior);
        Assert.Contains(twice.Warnings, w => w.Code == "duplicate_votes");
    }

    [Fact]
    public void One_class_and_no_votes_are_no_cause_for_numbers_that_are_none()
    {
        var one = CrowdLab.Infer(new Votes([0, 0], [0, 1], [0, 0], 1, 2, 1), new ClassProbabilities([1], 1));
        Assert.Equal([1.0], one.Quality);
        var none = ActiveLab.Score(new Votes([], [], [], 2, 0, 2), new ClassProbabilities([0.4, 0.6, 0.9, 0.1], 2));
        Assert.Equal([0, 1], none.Order);
    }

    private static int MostProbable(ClassProbabilities probabilities, int item)
    {
        var row = probabilities.Values.AsSpan(item * 4, 4);
        var best = 0;
        for (var k = 1; k < row.Length; k++) if (row[k] > row[best]) best = k;
        return best;
    }

    private static double AurocOfErrors(double[] quality, int[] labels)
    {
        var (_, truth, _) = ExpectedFile.Items();
        return Numeric.Auroc(quality, [.. labels.Select((l, i) => l != truth[i])]);
    }

    private static double Accuracy(int[] labels)
    {
        var (_, truth, _) = ExpectedFile.Items();
        return labels.Where((l, i) => l == truth[i]).Count() / (double)labels.Length;
    }

    private static (Votes Votes, ClassProbabilities Probabilities) Load()
    {
        var rows = File.ReadLines(TestData.Find(Assert.Skip, "crowd", "crowdlab-synthetic.labels.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).ToArray();
        var (_, _, probabilities) = ExpectedFile.Items();
        return (new Votes([.. rows.Select(r => int.Parse(r[0]))], [.. rows.Select(r => int.Parse(r[1][1..]))], [.. rows.Select(r => int.Parse(r[2]))], Items, Contributors, 4), probabilities);
    }
}
