namespace Touchstone.Quality.Reliabilities;

/// <summary>
/// Detection and spurious rates of every contributor, by expectation maximisation over candidates: whether a candidate is there follows from rates
/// (<see cref="Existence"/>), rates from what is there.
/// </summary>
/// <remarks>
/// Objects come R to a task, and who looks marks each with their detection rate: repeated capture, of which only what somebody caught is seen, so that the
/// expected number of objects nobody saw enters as misses of everybody. With three or more opinions a task the votes alone decide; with two, an object that one saw
/// may be the other's miss or the one's invention, and only the prior decides how such doubt is shared.
/// </remarks>
internal sealed class DetectionFit
{
    /// <summary>Inventions by which the echo is pulled towards its prior: it is one number for the crowd and rests on mistakes, which are few.</summary>
    private const double EchoShrinkage = 20;

    /// <summary>No larger echo is believed. Without a bound, a crowd of whom all invent the same things explains the votes as well as one that sees what is there.</summary>
    private const double MostEcho = 0.25;

    /// <summary>Opinions on a task from which on votes say something of the echo; of two, an echo looks just like an object.</summary>
    private const int LeastForEcho = 3;

    private readonly MarkingEvidence _evidence;
    private readonly ReliabilityOptions _options;
    private readonly Existence.Rates[] _rates;
    private double _objectsPerTask = 1;

    public DetectionFit(MarkingEvidence evidence, int contributorCount, ReliabilityOptions options)
    {
        _evidence = evidence;
        _options = options;
        There = new double[evidence.Candidates.Count];
        Detection = Filled(contributorCount, MarkingReliability.Prior.DetectionRate);
        Spurious = Filled(contributorCount, MarkingReliability.Prior.SpuriousRate);
        CrowdDetection = MarkingReliability.Prior.DetectionRate;
        CrowdSpurious = MarkingReliability.Prior.SpuriousRate;
        Echo = ReliabilityTable.PriorSpuriousEcho;
        _rates = new Existence.Rates[contributorCount];
    }

    /// <summary>Probability that each candidate is there.</summary>
    public double[] There { get; }

    public double[] Detection { get; }

    public double[] Spurious { get; }

    public double CrowdDetection { get; private set; }

    public double CrowdSpurious { get; private set; }

    public double Echo { get; private set; }

    public bool Converged { get; private set; }

    public void Run()
    {
        Expect();
        for (var round = 0; round < _options.MaxRounds && !Converged; round++)
        {
            var moved = Maximise();
            Expect();
            Converged = moved <= _options.Tolerance;
        }
    }

    private void Expect()
    {
        for (var w = 0; w < _rates.Length; w++) _rates[w] = Existence.Rates.Of(Detection[w], Spurious[w]);
        for (var c = 0; c < There.Length; c++)
        {
            var candidate = _evidence.Candidates[c];
            if (candidate.IsGold) There[c] = candidate.Known is null ? 0 : 1;
            else There[c] = Existence.Probability(_rates, candidate.Looked, candidate.Marked, Echo);
        }
    }

    /// <returns>The furthest that any rate moved.</returns>
    private double Maximise()
    {
        var count = Detection.Length;
        var (found, chances, invented) = (new double[count], new double[count], new double[count]);
        var (echoes, echoChances) = (0.0, 0.0);
        CountUnseen(chances);
        for (var c = 0; c < There.Length; c++)
        {
            var candidate = _evidence.Candidates[c];
            double origins = 0;
            foreach (var mark in candidate.Marks) origins += _rates[mark.Contributor].Origin;
            for (var w = 0; w < candidate.Looked.Length; w++)
            {
                var contributor = candidate.Looked[w];
                chances[contributor] += There[c];
                if (!candidate.Marked[w]) continue;
                found[contributor] += There[c];
                invented[contributor] += (1 - There[c]) * _rates[contributor].Origin / origins;
            }

            if (candidate.Marks.Count == 0 || candidate.Looked.Length < LeastForEcho && !candidate.IsGold) continue;
            echoes += (1 - There[c]) * (candidate.Marks.Count - 1);
            echoChances += (1 - There[c]) * (candidate.Looked.Length - 1);
        }

        var (prior, weight) = (MarkingReliability.Prior, _options.CrowdShrinkage);
        CrowdDetection = (found.Sum() + weight * prior.DetectionRate) / (chances.Sum() + weight);
        CrowdSpurious = (invented.Sum() + weight * prior.SpuriousRate) / (invented.Sum() + found.Sum() + weight);
        Echo = Math.Min(MostEcho, (echoes + EchoShrinkage * ReliabilityTable.PriorSpuriousEcho) / (echoChances + EchoShrinkage));
        var moved = 0.0;
        for (var w = 0; w < count; w++)
        {
            moved = Math.Max(moved, Move(Detection, w, (found[w] + _options.Shrinkage * CrowdDetection) / (chances[w] + _options.Shrinkage)));
            moved = Math.Max(moved, Move(Spurious, w, (invented[w] + _options.Shrinkage * CrowdSpurious) / (invented[w] + found[w] + _options.Shrinkage)));
        }

        return moved;
    }

    /// <summary>Objects that nobody saw: a miss of everybody who looked. Gold tasks have none, their objects are known.</summary>
    private void CountUnseen(double[] chances)
    {
        if (_evidence.Tasks.Count == 0) return;
        var unseen = new double[_evidence.Tasks.Count];
        for (var t = 0; t < unseen.Length; t++)
            if (!_evidence.Tasks[t].IsGold) unseen[t] = _objectsPerTask * (1 - Existence.Seen(_rates, _evidence.Tasks[t].Looked));
        _objectsPerTask = (There.Sum() + unseen.Sum()) / unseen.Length;
        for (var t = 0; t < unseen.Length; t++)
            foreach (var contributor in _evidence.Tasks[t].Looked) chances[contributor] += unseen[t];
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
