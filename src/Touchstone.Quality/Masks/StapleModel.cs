using Touchstone.Statistics;

namespace Touchstone.Quality.Masks;

/// <summary>The model of <see cref="MaskConsensus.Staple(IReadOnlyList{ImageMasks}, int, int)"/>, over patterns of the regions that anybody marked.</summary>
internal sealed class StapleModel
{
    private const double PriorCount = 1; // a Beta(2, 2) prior adds one pixel right and one wrong
    private const double Tolerance = 1e-10;

    private readonly MaskPatterns[] _images;
    private readonly int[][] _contributors; // of each mask of an image
    private readonly double[] _sensitivity;
    private readonly double[] _specificity;
    private readonly double[] _share; // of the region of an image that is inside
    private double _logPosterior = double.NegativeInfinity;

    public StapleModel(MaskPatterns[] images, int[][] contributors, int contributorCount)
    {
        (_images, _contributors) = (images, contributors);
        (_sensitivity, _specificity) = (new double[contributorCount], new double[contributorCount]);
        _share = new double[images.Length];
        Inside = [.. images.Select(patterns => patterns.Marks.Select(m => patterns.MaskCount > 0 ? ulong.PopCount(m) / (double)patterns.MaskCount : 0).ToArray())];
        LogLikelihoods = new double[images.Length];
    }

    /// <summary>Probability of each pattern's pixels of an image to be inside; 0 for pixels that nobody marked.</summary>
    public double[][] Inside { get; }

    /// <summary>Of each image.</summary>
    public double[] LogLikelihoods { get; }

    public double LogPosterior => _logPosterior;

    public int Rounds { get; private set; }

    public bool Converged { get; private set; }

    public void Run(int maxRounds)
    {
        while (!Converged && Rounds < maxRounds)
        {
            Maximise();
            var before = _logPosterior;
            for (var i = 0; i < _images.Length; i++) LogLikelihoods[i] = Expect(i);
            _logPosterior = StableSum.Of(LogLikelihoods) + LogPrior();
            Rounds++;
            Converged = Math.Abs(_logPosterior - before) <= Tolerance * Math.Abs(_logPosterior) + 1e-12;
        }
    }

    /// <summary>Of the contributor of each mask of an image: the probability of being right about a pixel of its region.</summary>
    public double[] Accuracies(int image) => [.. _contributors[image].Select(c => _share[image] * _sensitivity[c] + (1 - _share[image]) * _specificity[c])];

    private void Maximise()
    {
        var (hits, insides) = (new double[_sensitivity.Length], new double[_sensitivity.Length]);
        var (rejections, outsides) = (new double[_sensitivity.Length], new double[_sensitivity.Length]);
        for (var i = 0; i < _images.Length; i++)
        {
            var patterns = _images[i];
            double inside = 0;
            for (var p = 0; p < patterns.Marks.Length; p++)
            {
                if (patterns.Marks[p] == 0) continue;
                var (yes, no) = (patterns.Counts[p] * Inside[i][p], patterns.Counts[p] * (1 - Inside[i][p]));
                inside += yes;
                for (var m = 0; m < patterns.MaskCount; m++)
                {
                    if (patterns.IsMarked(p, m)) hits[_contributors[i][m]] += yes;
                    else rejections[_contributors[i][m]] += no;
                }
            }

            _share[i] = (inside + PriorCount) / (patterns.Union + 2 * PriorCount);
            foreach (var c in _contributors[i])
            {
                insides[c] += inside;
                outsides[c] += patterns.Union - inside;
            }
        }

        for (var c = 0; c < hits.Length; c++)
        {
            _sensitivity[c] = (hits[c] + PriorCount) / (insides[c] + 2 * PriorCount);
            _specificity[c] = (rejections[c] + PriorCount) / (outsides[c] + 2 * PriorCount);
        }
    }

    private double Expect(int image)
    {
        var (patterns, inside) = (_images[image], Inside[image]);
        double log = 0;
        for (var p = 0; p < inside.Length; p++)
        {
            if (patterns.Marks[p] == 0)
            {
                inside[p] = 0;
                continue;
            }

            var (yes, no) = (PortableMath.Log(_share[image]), PortableMath.Log(1 - _share[image]));
            for (var m = 0; m < patterns.MaskCount; m++)
            {
                var (marked, c) = (patterns.IsMarked(p, m), _contributors[image][m]);
                yes += PortableMath.Log(marked ? _sensitivity[c] : 1 - _sensitivity[c]);
                no += PortableMath.Log(marked ? 1 - _specificity[c] : _specificity[c]);
            }

            var highest = Math.Max(yes, no);
            inside[p] = 1 / (1 + PortableMath.Exp(no - yes));
            log += patterns.Counts[p] * (highest + PortableMath.Log(PortableMath.Exp(yes - highest) + PortableMath.Exp(no - highest)));
        }

        return log;
    }

    private double LogPrior()
    {
        double log = 0;
        foreach (var rate in _share.Concat(_sensitivity).Concat(_specificity)) log += PortableMath.Log(rate) + PortableMath.Log(1 - rate);
        return PriorCount * log;
    }
}
