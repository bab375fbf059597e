namespace Touchstone.Quality.Reliabilities;

/// <summary>
/// Detection and spurious rates of every contributor, by expectation maximisation over candidates: whether a candidate is there follows from rates
/// (<see cref="Existence"/>), rates from what is there.
/// </summary>
internal sealed class DetectionFit
{
    /// <summary>Candidates by which the echo is pulled towards its prior: it is one number for the crowd and rests on mistakes, which are few.</summary>
    private const double EchoShrinkage = 20;

    private readonly IReadOnlyList<Candidate> _candidates;
    private readonly ReliabilityOptions _options;

    public DetectionFit(IReadOnlyList<Candidate> candidates, int contributorCount, ReliabilityOptions options)
    {
        _candidates = candidates;
        _options = options;
        There = new double[candidates.Count];
        Detection = Filled(contributorCount, MarkingReliability.Prior.DetectionRate);
        Spurious = Filled(contributorCount, MarkingReliability.Prior.SpuriousRate);
        CrowdDetection = MarkingReliability.Prior.DetectionRate;
        CrowdSpurious = MarkingReliability.Prior.SpuriousRate;
        Echo = ReliabilityTable.PriorSpuriousEcho;
    }

    /// <summary>Probability that each candidate is there.</summary>
    public double[] There { get; }

    public double[] Detection { get; }

    public double[] Spurious { get; }

    public double CrowdDetection { get; private set; }

    public double CrowdSpurious { get; private set; }

    public double Echo { get; private set; }

    public int Rounds { get; private set; }

    public bool Converged { get; private set; }

    public void Run()
    {
        Expect();
        while (!Converged && Rounds < _options.MaxRounds)
        {
            var moved = Maximise();
            Expect();
            Rounds++;
            Converged = moved <= _options.Tolerance;
        }
    }

    private void Expect()
    {
        var most = _candidates.Count == 0 ? 0 : _candidates.Max(c => c.Looked.Length);
        var (detection, spurious) = (new double[most], new double[most]);
        for (var c = 0; c < _candidates.Count; c++)
        {
            var candidate = _candidates[c];
            if (candidate.IsGold)
            {
                There[c] = candidate.Known is null ? 0 : 1;
                continue;
            }

            var looked = candidate.Looked.Length;
            for (var w = 0; w < looked; w++) (detection[w], spurious[w]) = (Detection[candidate.Looked[w]], Spurious[candidate.Looked[w]]);
            There[c] = Existence.Probability(detection.AsSpan(0, looked), spurious.AsSpan(0, looked), candidate.Marked, Echo);
        }
    }

    /// <returns>The furthest that any rate moved.</returns>
    private double Maximise()
    {
        var count = Detection.Length;
        var (found, chances) = (new double[count], new double[count]);
        var (wrong, drawn) = (new double[count], new double[count]);
        double echoes = 0, echoChances = 0;
        for (var c = 0; c < _candidates.Count; c++)
        {
            var candidate = _candidates[c];
            for (var w = 0; w < candidate.Looked.Length; w++)
            {
                var contributor = candidate.Looked[w];
                var marked = candidate.Marked[w];
                if (marked)
                {
                    drawn[contributor]++;
                    wrong[contributor] += 1 - There[c];
                }

                // An object is known of only because somebody saw it. That somebody else did is no evidence about this contributor's eyes,
                // so only such objects count: without this, whoever sees most would set everybody's chances.
                if (candidate.Known is null && candidate.Marks.Count - (marked ? 1 : 0) == 0) continue;
                chances[contributor] += There[c];
                if (marked) found[contributor] += There[c];
            }

            if (candidate.Looked.Length < 2 || candidate.Marks.Count == 0) continue;
            echoes += (1 - There[c]) * (candidate.Marks.Count - 1);
            echoChances += (1 - There[c]) * (candidate.Looked.Length - 1);
        }

        var (prior, weight) = (MarkingReliability.Prior, _options.CrowdShrinkage);
        CrowdDetection = (found.Sum() + weight * prior.DetectionRate) / (chances.Sum() + weight);
        CrowdSpurious = (wrong.Sum() + weight * prior.SpuriousRate) / (drawn.Sum() + weight);
        Echo = (echoes + EchoShrinkage * ReliabilityTable.PriorSpuriousEcho) / (echoChances + EchoShrinkage);
        var moved = 0.0;
        for (var w = 0; w < count; w++)
        {
            moved = Math.Max(moved, Move(Detection, w, (found[w] + _options.Shrinkage * CrowdDetection) / (chances[w] + _options.Shrinkage)));
            moved = Math.Max(moved, Move(Spurious, w, (wrong[w] + _options.Shrinkage * CrowdSpurious) / (drawn[w] + _options.Shrinkage)));
        }

        return moved;
    }

    private static double Move(double[] values, int index, double value)
    {
        var moved = Math.Abs(values[index] - value);
        values[index] = value;
        return moved;
    }

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
