using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>Coefficients of agreement of categorical votes, with standard errors and intervals.</summary>
public static class AgreementCoefficients
{
    private const int MaxTableLabels = 4096;

    /// <summary>Measures agreement by one coefficient.</summary>
    /// <param name="votes">Votes; gaps are allowed.</param>
    /// <param name="metric">The coefficient.</param>
    /// <param name="options">Weights, level, bootstrap; null is <see cref="AgreementOptions.Default"/>.</param>
    /// <returns>Never NaN: a coefficient without a value says why.</returns>
    /// <remarks>O(votes) and a small power of the labels; a bootstrap repeats that for every sample, on all processors.</remarks>
    public static Agreement Of(Votes votes, AgreementMetric metric, AgreementOptions? options = null)
    {
        options ??= AgreementOptions.Default;
        if (!(options.Confidence > 0 && options.Confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Confidence, "The level of an interval lies between 0 and 1.");
        return Of(new ItemTable(votes), metric, options);
    }

    /// <summary>All coefficients that fit the votes, beside one another: those for two contributors only where there are two.</summary>
    public static IReadOnlyList<Agreement> All(Votes votes, AgreementOptions? options = null)
    {
        options ??= AgreementOptions.Default;
        var table = new ItemTable(votes);
        return [.. Enum.GetValues<AgreementMetric>()
            .Where(m => table.ActiveContributors == 2 || m is not (AgreementMetric.Cohen or AgreementMetric.Scott))
            .Select(m => Of(table, m, options))];
    }

    /// <summary>The coefficient's name as the command line spells it.</summary>
    public static string NameOf(AgreementMetric metric) => metric switch
    {
        AgreementMetric.PercentAgreement => "percent",
        AgreementMetric.Cohen => "cohen",
        AgreementMetric.Conger => "conger",
        AgreementMetric.Scott => "scott",
        AgreementMetric.Fleiss => "fleiss",
        AgreementMetric.BrennanPrediger => "brennan-prediger",
        AgreementMetric.Gwet => "gwet",
        AgreementMetric.Krippendorff => "krippendorff",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such coefficient."),
    };

    private static Agreement Of(ItemTable table, AgreementMetric metric, AgreementOptions options)
    {
        var result = new Agreement
        {
            Coefficient = NameOf(metric),
            Value = null,
            ObservedAgreement = null,
            ExpectedAgreement = null,
            Confidence = options.Confidence,
            Items = table.ItemCount,
            PairedItems = table.PairedItems,
            Raters = table.ActiveContributors,
            Votes = table.Labels.Length,
            DuplicateVotes = table.DuplicateVotes,
        };
        if (table.ItemCount == 0) return result with { Undefined = UndefinedAgreement.NoVotes };
        if (metric is AgreementMetric.Cohen or AgreementMetric.Scott && table.ActiveContributors != 2)
        {
            return result with
            {
                Undefined = metric == AgreementMetric.Cohen
                    ? UndefinedAgreement.NeedsTwo("Cohen's kappa", "Conger's kappa", table.ActiveContributors)
                    : UndefinedAgreement.NeedsTwo("Scott's pi", "Fleiss' kappa", table.ActiveContributors),
            };
        }

        return Measure(result, ModelOf(table, metric, options), options);
    }

    internal static Agreement Measure(Agreement frame, CoefficientModel model, AgreementOptions options)
    {
        var ones = new int[model.ItemCount];
        Array.Fill(ones, 1);
        var estimate = model.Of(ones);
        var result = frame with
        {
            Value = estimate.Value,
            ObservedAgreement = estimate.Observed,
            ExpectedAgreement = estimate.Expected,
            Undefined = estimate.Undefined,
        };
        if (estimate.Value is not { } value || model.ItemCount < 2) return result; // one item does not vary: neither a formula nor drawing it again tells how sure the value is
        if (options.Bootstrap is { } replicates)
        {
            var (spread, interval, undefined) = ItemBootstrap.Run(model, replicates, options.Seed, options.Confidence);
            return result with
            {
                StandardError = spread,
                Interval = interval,
                IntervalMethod = interval is null ? null : "bootstrap_percentile",
                Replicates = replicates,
                UndefinedReplicates = undefined,
                Seed = options.Seed,
            };
        }

        if (model.Variance(estimate) is not { } variance) return result;
        var sampled = options.PopulationItems is { } population ? Math.Min(1, (double)model.ItemCount / population) : 0;
        var error = Math.Sqrt(variance * (1 - sampled));
        var half = error * StudentT.Quantile(1 - (1 - options.Confidence) / 2, model.ItemCount - 1);
        return result with { StandardError = error, Interval = new Interval(value - half, Math.Min(1, value + half)), IntervalMethod = "student_t" };
    }

    private static CoefficientModel ModelOf(ItemTable table, AgreementMetric metric, AgreementOptions options)
    {
        if (metric == AgreementMetric.Krippendorff) return new AlphaModel(table, LabelDistance.Of(options, table.LabelCount));
        if (table.LabelCount > MaxTableLabels)
            throw new ArgumentException($"{NameOf(metric)} weighs pairs of labels and there are {table.LabelCount} labels, more than {MaxTableLabels}; use Krippendorff's alpha for numbers.", nameof(metric));
        var weights = options.Weights ?? LabelWeights.Identity(table.LabelCount);
        if (weights.LabelCount != table.LabelCount)
            throw new ArgumentException($"The weights are of {weights.LabelCount} labels, the votes of {table.LabelCount}.", nameof(options));
        switch (metric)
        {
            case AgreementMetric.Cohen or AgreementMetric.Scott:
                var (first, second) = BothRated(table);
                return new TwoRaterModel(first, second, weights, metric == AgreementMetric.Scott);
            case AgreementMetric.Conger:
                return new CongerModel(table, weights);
            default:
                return new PooledModel(table, weights, metric);
        }
    }

    private static (int[] First, int[] Second) BothRated(ItemTable table)
    {
        var one = table.Contributors.Min();
        List<int> first = [], second = [];
        for (var i = 0; i < table.ItemCount; i++)
        {
            int a = -1, b = -1;
            for (var v = table.Start[i]; v < table.Start[i + 1]; v++)
            {
                if (!table.IsFirst[v]) continue;
                if (table.Contributors[v] == one) a = table.Labels[v];
                else b = table.Labels[v];
            }

            if (a < 0 || b < 0) continue;
            first.Add(a);
            second.Add(b);
        }

        return ([.. first], [.. second]);
    }
}
