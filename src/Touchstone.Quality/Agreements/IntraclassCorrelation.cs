using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>Intraclass correlation ICC(2,1) and ICC(2,k): absolute agreement of numbers, items and contributors both drawn at random.</summary>
/// <remarks>
/// P. E. Shrout, J. L. Fleiss, Psychological Bulletin 86(2), 1979, case 2; intervals by K. O. McGraw, S. P. Wong, Psychological Methods 1(1), 1996, table 7. The model
/// needs every contributor's number for every item: items with a gap are left out and counted.
/// </remarks>
public static class IntraclassCorrelation
{
    /// <summary>ICC(2,1), of one contributor's number, and ICC(2,k), of the mean of all.</summary>
    /// <param name="ratings">Item by item, <paramref name="raters"/> numbers each; NaN where one is missing.</param>
    /// <param name="items">Number of items.</param>
    /// <param name="raters">Number of contributors.</param>
    /// <param name="options">Confidence and bootstrap; null is the F interval at 95 %.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a number is infinite.</exception>
    public static IntraclassResult Of(ReadOnlySpan<double> ratings, int items, int raters, AgreementOptions? options = null)
    {
        options ??= AgreementOptions.Default;
        if (ratings.Length != (long)items * raters) throw new ArgumentException($"{items} items by {raters} contributors need {(long)items * raters} numbers; there are {ratings.Length}.", nameof(ratings));
        List<double> complete = [];
        var given = 0;
        for (var i = 0; i < items; i++)
        {
            var row = ratings.Slice(i * raters, raters);
            var missing = 0;
            foreach (var value in row)
            {
                if (double.IsInfinity(value)) throw new ArgumentException($"Item {i} has an infinite number.", nameof(ratings));
                if (double.IsNaN(value)) missing++;
            }

            given += raters - missing;
            if (missing == 0) complete.AddRange(row);
        }

        var kept = raters == 0 ? 0 : complete.Count / raters;
        var scale = BinaryScale.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(complete)); // correlation has no unit, and squares of huge numbers would be infinite
        double[] table = [.. complete.Select(scale.Down)];
        var single = Measure("icc2-1", new Model(table, kept, raters, false), items, given, options);
        var average = Measure("icc2-k", new Model(table, kept, raters, true), items, given, options);
        return new IntraclassResult(single, average, items - kept);
    }

    private static Agreement Measure(string name, Model model, int items, int given, AgreementOptions options)
    {
        var frame = new Agreement
        {
            Coefficient = name,
            Value = null,
            ObservedAgreement = null,
            ExpectedAgreement = null,
            Confidence = options.Confidence,
            Items = items,
            PairedItems = model.ItemCount,
            Raters = model.Raters,
            Votes = given,
        };
        var result = AgreementCoefficients.Measure(frame, model, options);
        return result.Value is null || options.Bootstrap is not null ? result : result with { Interval = model.IntervalAt(options.Confidence), IntervalMethod = "f_distribution" };
    }

    private sealed class Model(double[] table, int items, int raters, bool average) : CoefficientModel
    {
        public int Raters => raters;

        public override int ItemCount => items;

        public override Estimate Of(ReadOnlySpan<int> times)
        {
            if (raters < 2) return Estimate.Missing(new("needs_two_contributors", "Correlation needs two contributors."));
            var m = Squares(times);
            if (m.Items < 2) return Estimate.Missing(new("needs_two_items", "Correlation needs two items that every contributor rated."));
            var value = Value(m);
            return double.IsFinite(value) ? new Estimate(value, null, null, null) : Estimate.Missing(new("no_variance", "All numbers are equal, so there is no difference between items to agree on."));
        }

        public override double? Variance(Estimate estimate) => null;

        public Interval IntervalAt(double confidence)
        {
            var ones = new int[items];
            Array.Fill(ones, 1);
            var m = Squares(ones);
            double n = items, k = raters;
            var single = (m.Between - m.Error) / (m.Between + (k - 1) * m.Error + k * (m.Judges - m.Error) / n);
            var a = k * single / (n * (1 - single));
            var b = 1 + k * single * (n - 1) / (n * (1 - single));
            var pooled = a * m.Judges + b * m.Error;
            var freedom = pooled * pooled / (a * m.Judges * (a * m.Judges) / (k - 1) + b * m.Error * (b * m.Error) / ((n - 1) * (k - 1)));
            if (!double.IsFinite(freedom) || freedom <= 0) return new Interval(Value(m), Value(m)); // no error at all: agreement is exact
            var upper = 1 - (1 - confidence) / 2;
            var low = F(upper, n - 1, freedom);
            var high = F(upper, freedom, n - 1);
            var lower = n * (m.Between - low * m.Error) / (low * (k * m.Judges + (k * n - k - n) * m.Error) + n * m.Between);
            var top = n * (high * m.Between - m.Error) / (k * m.Judges + (k * n - k - n) * m.Error + n * high * m.Between);
            return average ? new Interval(k * lower / (1 + (k - 1) * lower), k * top / (1 + (k - 1) * top)) : new Interval(lower, top);
        }

        private double Value((double Between, double Judges, double Error, double Items) m)
        {
            double k = raters;
            var drift = (m.Judges - m.Error) / m.Items;
            return average ? (m.Between - m.Error) / (m.Between + drift) : (m.Between - m.Error) / (m.Between + (k - 1) * m.Error + k * drift);
        }

        /// <summary>Mean squares between items, between contributors, and of what is left.</summary>
        private (double Between, double Judges, double Error, double Items) Squares(ReadOnlySpan<int> times)
        {
            double n = 0, grand = 0;
            var judges = new double[raters];
            for (var i = 0; i < items; i++)
            {
                if (times[i] == 0) continue;
                n += times[i];
                for (var j = 0; j < raters; j++) judges[j] += times[i] * table[i * raters + j];
            }

            for (var j = 0; j < raters; j++)
            {
                judges[j] /= n;
                grand += judges[j] / raters;
            }

            double between = 0, error = 0, judge = 0;
            for (var i = 0; i < items; i++)
            {
                if (times[i] == 0) continue;
                double mean = 0;
                for (var j = 0; j < raters; j++) mean += table[i * raters + j] / raters;
                between += times[i] * raters * (mean - grand) * (mean - grand);
                for (var j = 0; j < raters; j++)
                {
                    var rest = table[i * raters + j] - mean - judges[j] + grand;
                    error += times[i] * rest * rest;
                }
            }

            for (var j = 0; j < raters; j++) judge += n * (judges[j] - grand) * (judges[j] - grand);
            return (between / (n - 1), judge / (raters - 1), error / ((n - 1) * (raters - 1)), n);
        }

        /// <summary>Quantile of the F distribution by that of the beta distribution.</summary>
        private static double F(double probability, double first, double second)
        {
            var x = Beta.Quantile(probability, first / 2, second / 2);
            return second * x / (first * (1 - x));
        }
    }
}

/// <summary>Intraclass correlations.</summary>
/// <param name="Single">ICC(2,1): how far one contributor's number can be trusted.</param>
/// <param name="Average">ICC(2,k): how far the mean of all contributors' numbers can be trusted.</param>
/// <param name="IncompleteItems">Items left out because a contributor's number is missing.</param>
public sealed record IntraclassResult(Agreement Single, Agreement Average, int IncompleteItems);
