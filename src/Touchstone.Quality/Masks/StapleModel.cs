using Touchstone.Statistics;

namespace Touchstone.Quality.Masks;

/// <summary>The model of <see cref="MaskConsensus.Staple"/>, over patterns of the region that anybody marked.</summary>
internal sealed class StapleModel
{
    private const double PriorCount = 1; // a Beta(2, 2) prior adds one pixel right and one wrong
    private const double Tolerance = 1e-10;

    private readonly MaskPatterns _patterns;
    private readonly double[] _sensitivity;
    private readonly double[] _specificity;
    private double _share;
    private double _logPosterior = double.NegativeInfinity;

    public StapleModel(MaskPatterns patterns)
    {
        _patterns = patterns;
        (_sensitivity, _specificity) = (new double[patterns.MaskCount], new double[patterns.MaskCount]);
        Inside = new double[patterns.Counts.Length];
        for (var p = 0; p < Inside.Length; p++) Inside[p] = ulong.PopCount(patterns.Marks[p]) / (double)patterns.MaskCount;
    }

    /// <summary>Probability of each pattern's pixels to be inside; 0 for pixels that nobody marked.</summary>
    public double[] Inside { get; }

    public double LogLikelihood { get; private set; }

    public int Rounds { get; private set; }

    public bool Converged { get; private set; }

    public void Run(int maxRounds)
    {
        while (!Converged && Rounds < maxRounds)
        {
            Maximise();
            var before = _logPosterior;
            Expect();
            Rounds++;
            Converged = Math.Abs(_logPosterior - before) <= Tolerance * Math.Abs(_logPosterior) + 1e-12;
        }
    }

    public double[] Accuracies() => [.. _sensitivity.Select((s, m) => _share * s + (1 - _share) * _specificity[m])];

    private void Maximise()
    {
        double inside = 0;
        var (hit, rejected) = (new double[_sensitivity.Length], new double[_sensitivity.Length]);
        for (var p = 0; p < Inside.Length; p++)
        {
            if (_patterns.Marks[p] == 0) continue;
            var (yes, no) = (_patterns.Counts[p] * Inside[p], _patterns.Counts[p] * (1 - Inside[p]));
            inside += yes;
            for (var m = 0; m < hit.Length; m++)
            {
                if (_patterns.IsMarked(p, m)) hit[m] += yes;
                else rejected[m] += no;
            }
        }

        _share = (inside + PriorCount) / (_patterns.Union + 2 * PriorCount);
        for (var m = 0; m < hit.Length; m++)
        {
            _sensitivity[m] = (hit[m] + PriorCount) / (inside + 2 * PriorCount);
            _specificity[m] = (rejected[m] + PriorCount) / (_patterns.Union - inside + 2 * PriorCount);
        }
    }

    private void Expect()
    {
        double log = 0;
        for (var p = 0; p < Inside.Length; p++)
        {
            if (_patterns.Marks[p] == 0)
            {
                Inside[p] = 0;
                continue;
            }

            var (yes, no) = (PortableMath.Log(_share), PortableMath.Log(1 - _share));
            for (var m = 0; m < _sensitivity.Length; m++)
            {
                var marked = _patterns.IsMarked(p, m);
                yes += PortableMath.Log(marked ? _sensitivity[m] : 1 - _sensitivity[m]);
                no += PortableMath.Log(marked ? 1 - _specificity[m] : _specificity[m]);
            }

            var highest = Math.Max(yes, no);
            Inside[p] = 1 / (1 + PortableMath.Exp(no - yes));
            log += _patterns.Counts[p] * (highest + PortableMath.Log(PortableMath.Exp(yes - highest) + PortableMath.Exp(no - highest)));
        }

        LogLikelihood = log;
        _logPosterior = log + LogPrior();
    }

    private double LogPrior()
    {
        var log = PortableMath.Log(_share) + PortableMath.Log(1 - _share);
        for (var m = 0; m < _sensitivity.Length; m++)
            log += PortableMath.Log(_sensitivity[m]) + PortableMath.Log(1 - _sensitivity[m]) + PortableMath.Log(_specificity[m]) + PortableMath.Log(1 - _specificity[m]);
        return PriorCount * log;
    }
}
