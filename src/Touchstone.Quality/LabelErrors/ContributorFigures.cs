namespace Touchstone.Quality.LabelErrors;

/// <summary>CROWDLAB's figures of each contributor.</summary>
internal static class ContributorFigures
{
    public static CrowdLabContributor[] Of(SingleVotes votes, int[] consensus, double[] quality, double[] posterior, double modelWeight, double[] weights)
    {
        var size = votes.LabelCount;
        var tallies = new Tally[votes.ContributorCount];
        for (var w = 0; w < tallies.Length; w++) tallies[w] = new Tally(size);
        for (var i = 0; i < votes.ItemCount; i++)
            for (var v = votes.Starts[i]; v < votes.Starts[i + 1]; v++)
                tallies[votes.Contributors[v]].Add(votes.Labels[v], votes.Labels[v] == consensus[i], posterior[i * size + votes.Labels[v]], quality[i], votes.CountOf(i) > 1);
        var crowd = votes.VotedItems == 0 ? 0 : weights.Sum() * (votes.Count / (double)votes.VotedItems / votes.ContributorCount);
        var modelPart = modelWeight / (modelWeight + crowd);
        return Array.ConvertAll(tallies, t => t.Figures(modelPart));
    }

    /// <summary>One contributor's votes, counted by label.</summary>
    private sealed class Tally(int labelCount)
    {
        private readonly int[] _given = new int[labelCount];
        private readonly int[] _right = new int[labelCount];
        private readonly double[] _quality = new double[labelCount];
        private double _posterior;
        private int _shared;
        private int _sharedRight;

        public void Add(int label, bool isRight, double posterior, double quality, bool isShared)
        {
            _given[label]++;
            if (isRight) _right[label]++;
            _quality[label] += quality;
            _posterior += posterior;
            if (!isShared) return;
            _shared++;
            if (isRight) _sharedRight++;
        }

        public CrowdLabContributor Figures(double modelPart)
        {
            var all = _given.Sum();
            if (all == 0) return new CrowdLabContributor(double.NaN, double.NaN, -1, 0);
            // Without a co-voter there is no agreement to speak of: the posterior alone.
            var mean = _posterior / all;
            var combined = _shared == 0 ? mean : modelPart * mean + (1 - modelPart) * _sharedRight / _shared;
            return new CrowdLabContributor(combined, _right.Sum() / (double)all, Worst(), all);
        }

        private int Worst()
        {
            var worst = -1;
            for (var k = 0; k < _given.Length; k++)
                if (_given[k] > 0 && (worst < 0 || Compare(k, worst) < 0)) worst = k;
            return worst;
        }

        private int Compare(int a, int b)
        {
            var byAccuracy = ((long)_right[a] * _given[b]).CompareTo((long)_right[b] * _given[a]);
            if (byAccuracy != 0) return byAccuracy;
            var byCount = _given[b].CompareTo(_given[a]);
            return byCount != 0 ? byCount : (_quality[b] / _given[b]).CompareTo(_quality[a] / _given[a]);
        }
    }
}
