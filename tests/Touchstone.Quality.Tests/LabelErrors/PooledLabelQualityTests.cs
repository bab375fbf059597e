using Touchstone.Quality.LabelErrors;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.LabelErrors;

/// <summary>Masks, tokens and near-duplicates.</summary>
public sealed class PooledLabelQualityTests
{
    [Fact]
    public void Scores_of_masks_equal_those_of_cleanlab()
    {
        var expected = ExpectedFile.Read("segmentation-labelquality");
        var labels = expected.GetProperty("given").EnumerateArray().ToArray();
        var planes = expected.GetProperty("pred_probs_NKHW").EnumerateArray().ToArray();
        SegmentedImage[] images = [.. labels.Zip(planes, (l, p) => new SegmentedImage(
            [.. l.EnumerateArray().SelectMany(r => r.EnumerateArray().Select(e => e.GetInt32()))],
            [.. p.EnumerateArray().SelectMany(k => k.EnumerateArray().SelectMany(r => r.EnumerateArray().Select(e => e.GetSingle())))]))];
        var scores = SegmentationLabelQuality.Score(images, 3);
        ExpectedFile.AssertNear(expected.Doubles("softmin_T0.1"), [.. scores.Select(s => s.Quality)]);
        ExpectedFile.AssertNear(expected.Doubles("num_pixel_issues_score"), [.. scores.Select(s => s.CleanShare)]);
        Assert.Equal(expected.Integers("issue_pixels_per_image"), scores.Select(s => s.ErrorPixels.Length));
        Assert.Equal(expected.Integers("corrupted_images"), Enumerable.Range(0, scores.Length).OrderBy(i => scores[i].CleanShare).Take(expected.Integers("corrupted_images").Length).Order());
    }

    [Fact]
    public void Pixels_without_a_label_are_left_out()
    {
        var all = SegmentationLabelQuality.Score([new SegmentedImage([0, 1, -1], [0.9f, 0.2f, 0.5f, 0.1f, 0.8f, 0.5f])], 2)[0];
        var labelled = SegmentationLabelQuality.Score([new SegmentedImage([0, 1], [0.9f, 0.2f, 0.1f, 0.8f])], 2)[0];
        Assert.Equal(labelled.Quality, all.Quality, 1e-12);
        Assert.Equal(1, SegmentationLabelQuality.Score([new SegmentedImage([-1], [0.5f, 0.5f])], 2)[0].Quality);
        var fault = Assert.Throws<ArgumentException>(() => SegmentationLabelQuality.Score([new SegmentedImage([0, 1], [0.9f, float.NaN, 0.1f, 0.8f])], 2));
        Assert.StartsWith("Image 0, pixel 1, class 0", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The example of cleanlab's documentation of token classification.</summary>
    [Fact]
    public void A_text_is_as_good_as_its_worst_token()
    {
        var probabilities = new ClassProbabilities([0.9, 0.1, 0.7, 0.3, 0.05, 0.95, 0.8, 0.2, 0.8, 0.2], 2);
        var scores = TokenLabelQuality.Score([0, 0, 1, 0, 1], probabilities, [3, 2]);
        ExpectedFile.AssertNear([0.7, 0.2], scores.Texts);
        ExpectedFile.AssertNear([0.9, 0.7, 0.95, 0.8, 0.2], scores.Tokens);
        Assert.Equal([1, 0], scores.Order);
    }

    [Fact]
    public void The_soft_minimum_of_tokens_equals_that_of_cleanlabs_example()
    {
        double[][] rows = [[0.9, 0.6], [0, 0.8, 0.8], [0.8]];
        var probabilities = new ClassProbabilities([.. rows.SelectMany(r => r).SelectMany(p => new[] { p, 1 - p })], 2);
        var scores = TokenLabelQuality.Score(new int[6], probabilities, [2, 3, 1], pooling: TokenPooling.SoftMinimum);
        ExpectedFile.AssertNear([6.00741787e-01, 1.80056239e-07, 8.00000000e-01], scores.Texts, 1e-9);
        Assert.Equal([1.0], TokenLabelQuality.Score([], new ClassProbabilities([], 2), [0]).Texts);
        Assert.Throws<ArgumentException>(() => TokenLabelQuality.Score(new int[6], probabilities, [2, 3]));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(20, true)]
    public void Near_duplicates_are_those_of_the_plain_loop(int dimension, bool cosine)
    {
        var random = new SeededRandom(7);
        const int count = 300;
        var features = new float[count * dimension];
        for (var i = 0; i < count; i++)
            for (var d = 0; d < dimension; d++)
                // Every fifth item is nearly the one before it.
                features[i * dimension + d] = i % 5 == 4 ? features[(i - 1) * dimension + d] + (float)random.NextNormal(0, 1e-3) : (float)random.NextNormal();
        var labels = Enumerable.Range(0, count).Select(i => i % 5 == 4 && i % 2 == 0 ? 1 : 0).ToArray();
        var distances = new double[count * count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                distances[i * count + j] = i == j ? 0 : Distance(features.AsSpan(i * dimension, dimension), features.AsSpan(j * dimension, dimension), cosine);
        for (var i = 0; i < count; i++)
            for (var j = 0; j < i; j++) distances[i * count + j] = distances[j * count + i];
        var slow = NearDuplicates.FromDistances(distances, labels);
        var fast = NearDuplicates.FromFeatures(features, dimension, labels);
        Assert.Equal(slow.Threshold, fast.Threshold, 1e-6);
        Assert.Equal(slow.Pairs.Select(p => (p.First, p.Second)).Order(), fast.Pairs.Select(p => (p.First, p.Second)).Order());
        Assert.Equal(slow.Conflicts.Select(c => c.Items[0]).Order(), fast.Conflicts.Select(c => c.Items[0]).Order());
        Assert.True(fast.Conflicts.Length >= 20);
    }

    [Fact]
    public void The_label_in_the_minority_is_the_suspect()
    {
        var report = NearDuplicates.FromFeatures([0, 0, 0, 10, 20], 1, [1, 1, 2, 1, 2], new NearDuplicateOptions(Threshold: 0.5));
        var conflict = Assert.Single(report.Conflicts);
        Assert.Equal((1, 2), (conflict.MajorityLabel, Assert.Single(conflict.Suspects)));
        Assert.Equal(1 / 3.0, conflict.Agreement, 1e-12);
        Assert.Empty(NearDuplicates.FromFeatures([], 3, []).Sets);
        Assert.Empty(NearDuplicates.FromFeatures([1], 1, [0]).Pairs);
        Assert.Contains("Row 1, column 0", Assert.Throws<ArgumentException>(() => NearDuplicates.FromFeatures([1, float.NaN], 1, [0, 0])).Message, StringComparison.Ordinal);
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b, bool cosine)
    {
        double dot = 0, aa = 0, bb = 0, square = 0;
        for (var d = 0; d < a.Length; d++)
        {
            dot += (double)a[d] * b[d];
            aa += (double)a[d] * a[d];
            bb += (double)b[d] * b[d];
            square += ((double)a[d] - b[d]) * ((double)a[d] - b[d]);
        }

        return cosine ? Math.Max(0, 1 - dot / Math.Sqrt(aa * bb)) : Math.Sqrt(square);
    }
}
