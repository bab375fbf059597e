using System.Text.Json;
using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

/// <summary>Votes from tables of ratings, labels numbered in the order of their values.</summary>
internal static class RatingTables
{
    /// <summary>A matrix of numbers with gaps.</summary>
    public static (Votes Votes, double[] Values) FromMatrix(JsonElement matrix, bool ratersFirst)
    {
        List<(int Item, int Rater, double Value)> ratings = [];
        foreach (var (row, i) in matrix.EnumerateArray().Select((row, i) => (row, i)))
        {
            foreach (var (cell, j) in row.EnumerateArray().Select((cell, j) => (cell, j)))
                if (cell.ValueKind != JsonValueKind.Null) ratings.Add(ratersFirst ? (j, i, cell.GetDouble()) : (i, j, cell.GetDouble()));
        }

        var values = ratings.Select(r => r.Value).Distinct().Order().ToArray();
        return (new Votes([.. ratings.Select(r => r.Item)], [.. ratings.Select(r => r.Rater)], [.. ratings.Select(r => Array.IndexOf(values, r.Value))],
            ratings.Max(r => r.Item) + 1, ratings.Max(r => r.Rater) + 1, values.Length), values);
    }

    /// <summary>Counts per item and label; contributors are numbered within each item.</summary>
    public static Votes FromCounts(JsonElement counts)
    {
        List<int> items = [], raters = [], labels = [];
        foreach (var (row, i) in counts.EnumerateArray().Select((row, i) => (row, i)))
        {
            var rater = 0;
            foreach (var (cell, k) in row.EnumerateArray().Select((cell, k) => (cell, k)))
            {
                for (var c = 0; c < cell.GetInt32(); c++)
                {
                    items.Add(i);
                    raters.Add(rater++);
                    labels.Add(k);
                }
            }
        }

        return new Votes([.. items], [.. raters], [.. labels], items.Max() + 1, raters.Max() + 1, counts[0].GetArrayLength());
    }

    /// <summary>Counts of items by the first contributor's label (row) and the second's.</summary>
    public static Votes FromTwoRaterTable(JsonElement table)
    {
        List<int> items = [], labels = [];
        var next = 0;
        foreach (var (row, k) in table.EnumerateArray().Select((row, k) => (row, k)))
        {
            foreach (var (cell, l) in row.EnumerateArray().Select((cell, l) => (cell, l)))
            {
                for (var c = 0; c < cell.GetInt32(); c++, next++)
                {
                    items.AddRange([next, next]);
                    labels.AddRange([k, l]);
                }
            }
        }

        return new Votes([.. items], [.. items.Select((_, v) => v % 2)], [.. labels], next, 2, table.GetArrayLength());
    }

    /// <summary>Random votes with gaps, partly agreeing.</summary>
    public static Votes Random(int seed, int items = 12, int raters = 4, int labels = 3)
    {
        var random = new SeededRandom(seed);
        List<(int Item, int Rater, int Label)> votes = [];
        for (var i = 0; i < items; i++)
        {
            var truth = random.NextInt(labels);
            for (var g = 0; g < raters; g++)
                if (random.NextBool(0.8)) votes.Add((i, g, random.NextBool(0.6) ? truth : random.NextInt(labels)));
        }

        return new Votes([.. votes.Select(v => v.Item)], [.. votes.Select(v => v.Rater)], [.. votes.Select(v => v.Label)], items, raters, labels);
    }
}
