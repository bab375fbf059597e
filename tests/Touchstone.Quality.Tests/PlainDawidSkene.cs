using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Tests;

/// <summary>Dawid and Skene's expectation maximisation as its definition reads, round by round, with the floor that keeps zeros out of the logarithms either where crowd-kit or where this library has it.</summary>
internal sealed class PlainDawidSkene
{
    private const double Floor = 1e-10;
    private readonly Votes _votes;
    private readonly bool _floorsCounts;
    private readonly int _classes;

    /// <summary>Begins with shares of votes.</summary>
    /// <param name="votes">The votes.</param>
    /// <param name="floorsCounts">Expected counts of a contributor's label that occurs are raised to 1e-10 before they become shares, as in crowd-kit; otherwise shares are.</param>
    public PlainDawidSkene(Votes votes, bool floorsCounts)
    {
        (_votes, _floorsCounts, _classes) = (votes, floorsCounts, votes.LabelCount);
        Posterior = Array.ConvertAll(votes.Tally(), n => (double)n);
        Confusions = new double[votes.ContributorCount * _classes * _classes];
        Shares = new double[_classes];
        for (var i = 0; i < votes.ItemCount; i++) Normalise(Posterior.AsSpan(i * _classes, _classes));
        Maximise();
    }

    /// <summary>Item by item.</summary>
    public double[] Posterior { get; }

    /// <summary>Contributor by contributor, label by label, class by class.</summary>
    public double[] Confusions { get; }

    public double[] Shares { get; }

    /// <summary>crowd-kit's lower bound for each vote, in which the classes' shares count once a vote and not once an item.</summary>
    public double BoundPerVote
    {
        get
        {
            double bound = 0;
            for (var v = 0; v < _votes.Count; v++)
                for (var k = 0; k < _classes; k++) bound += Posterior[_votes.Items[v] * _classes + k] * (Math.Log(Confusion(v, k)) + Math.Log(Shares[k]));
            foreach (var p in Posterior) bound -= p > 0 ? p * Math.Log(p) : 0;
            return bound / _votes.Count;
        }
    }

    public void Round()
    {
        for (var i = 0; i < _votes.ItemCount; i++)
            for (var k = 0; k < _classes; k++) Posterior[i * _classes + k] = Math.Log(Shares[k]);
        for (var v = 0; v < _votes.Count; v++)
            for (var k = 0; k < _classes; k++) Posterior[_votes.Items[v] * _classes + k] += Math.Log(Confusion(v, k));
        for (var i = 0; i < _votes.ItemCount; i++)
        {
            var row = Posterior.AsSpan(i * _classes, _classes);
            double largest = double.NegativeInfinity;
            foreach (var log in row) largest = Math.Max(largest, log);
            for (var k = 0; k < _classes; k++) row[k] = Math.Exp(row[k] - largest);
            Normalise(row);
        }

        Maximise();
    }

    private double Confusion(int vote, int actual) => Confusions[(_votes.Contributors[vote] * _classes + _votes.Labels[vote]) * _classes + actual];

    private void Maximise()
    {
        Array.Clear(Confusions);
        Array.Clear(Shares);
        var occurs = new bool[_votes.ContributorCount * _classes];
        for (var v = 0; v < _votes.Count; v++)
        {
            var cell = _votes.Contributors[v] * _classes + _votes.Labels[v];
            occurs[cell] = true;
            for (var k = 0; k < _classes; k++) Confusions[cell * _classes + k] += Posterior[_votes.Items[v] * _classes + k];
        }

        if (_floorsCounts)
        {
            for (var cell = 0; cell < occurs.Length; cell++)
                for (var k = 0; occurs[cell] && k < _classes; k++) Confusions[cell * _classes + k] = Math.Max(Confusions[cell * _classes + k], Floor);
        }

        for (var c = 0; c < _votes.ContributorCount; c++)
        {
            for (var k = 0; k < _classes; k++)
            {
                double total = 0;
                for (var l = 0; l < _classes; l++) total += Confusions[(c * _classes + l) * _classes + k];
                for (var l = 0; l < _classes; l++)
                {
                    ref var share = ref Confusions[(c * _classes + l) * _classes + k];
                    share = total > 0 ? share / total : 1.0 / _classes;
                    if (!_floorsCounts) share = Math.Max(share, Floor);
                }
            }
        }

        for (var i = 0; i < _votes.ItemCount; i++)
            for (var k = 0; k < _classes; k++) Shares[k] += Posterior[i * _classes + k] / _votes.ItemCount;
    }

    private static void Normalise(Span<double> row)
    {
        double total = 0;
        foreach (var value in row) total += value;
        for (var k = 0; k < row.Length; k++) row[k] /= total;
    }
}
