using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Reliabilities;

/// <summary>What is believed of everybody's answers under one key.</summary>
internal sealed record ChoiceFitResult(
    IReadOnlyDictionary<int, ChoiceReliability> Contributors, ChoiceReliability Crowd, IReadOnlyDictionary<string, double>? Shares, bool Converged,
    IReadOnlyList<TruthWarning> Warnings);

/// <summary>Fits reliability in choosing: confusions by <see cref="SampledDawidSkene"/>, of taxonomies one accuracy each.</summary>
internal static class ChoiceFit
{
    public static ChoiceFitResult Fit(KeyEvidence evidence, int contributorCount, ReliabilityOptions options)
    {
        var question = (ChoiceQuestion)evidence.Question;
        if (!ChoiceLabels.HasConfusion(question) || !question.Multiple && !DawidSkene.HasRoomFor(contributorCount, ChoiceLabels.CountOf(question))) return FitAccuracy(evidence, question, contributorCount, options);
        return question.Multiple ? FitOptions(evidence, question, contributorCount, options) : FitLabels(evidence, question, contributorCount, options);
    }

    private static ChoiceFitResult FitLabels(KeyEvidence evidence, ChoiceQuestion question, int contributorCount, ReliabilityOptions options)
    {
        var labels = ChoiceLabels.Of(question);
        var index = labels.Select((label, i) => (label, i)).ToDictionary(x => x.label, x => x.i, StringComparer.Ordinal);
        int LabelOf(Answer answer) => index[((ChoiceAnswer)answer).Chosen[0]];
        var votes = new Votes(
            [.. evidence.Said.Select(s => s.Item)], [.. evidence.Said.Select(s => s.Contributor)], [.. evidence.Said.Select(s => LabelOf(s.Answer))],
            evidence.ItemCount, contributorCount, labels.Count);
        var known = Enumerable.Repeat(DawidSkene.Unknown, evidence.ItemCount).ToArray();
        foreach (var (item, answer) in evidence.Known) known[item] = LabelOf(answer);
        return Of(SampledDawidSkene.Fit(votes, options.Choices, known), votes, labels);
    }

    /// <summary>
    /// Each option by itself, since one is common and another rare; then one matrix a contributor, which is the mean over options by how much each
    /// one's votes say of "chosen" and of "not chosen".
    /// </summary>
    private static ChoiceFitResult FitOptions(KeyEvidence evidence, ChoiceQuestion question, int contributorCount, ReliabilityOptions options)
    {
        var choices = ChoiceLabels.Options(question, evidence.Said.Select(s => (ChoiceAnswer)s.Answer).Concat(evidence.Known.Values.Cast<ChoiceAnswer>()));
        var means = new MeanMatrices(contributorCount);
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        var converged = true;
        foreach (var option in choices)
        {
            int LabelOf(Answer answer) => ((ChoiceAnswer)answer).Chosen.Contains(option, StringComparer.Ordinal) ? 0 : 1;
            var votes = new Votes(
                [.. evidence.Said.Select(s => s.Item)], [.. evidence.Said.Select(s => s.Contributor)], [.. evidence.Said.Select(s => LabelOf(s.Answer))],
                evidence.ItemCount, contributorCount, 2);
            var known = Enumerable.Repeat(DawidSkene.Unknown, evidence.ItemCount).ToArray();
            foreach (var (item, answer) in evidence.Known) known[item] = LabelOf(answer);
            var fit = SampledDawidSkene.Fit(votes, options.Choices, known);
            means.Add(fit, votes);
            shares[option] = fit.ClassShares[0];
            converged &= fit.Converged;
        }

        return new ChoiceFitResult(evidence.Said.Select(s => s.Contributor).Distinct().ToDictionary(w => w, means.Of), means.Of(null), shares, converged, []);
    }

    /// <summary>Means of 2 x 2 confusion matrices over options.</summary>
    private sealed class MeanMatrices(int contributorCount)
    {
        private readonly double[] _sums = new double[(contributorCount + 1) * 4];
        private readonly double[] _weights = new double[(contributorCount + 1) * 2];

        public void Add(DawidSkeneResult fit, Votes votes)
        {
            var counts = new int[contributorCount + 1];
            foreach (var contributor in votes.Contributors)
            {
                counts[contributor]++;
                counts[contributorCount]++;
            }

            for (var w = 0; w <= contributorCount; w++)
            {
                for (var actual = 0; actual < 2; actual++)
                {
                    var weight = counts[w] * fit.ClassShares[actual];
                    _weights[w * 2 + actual] += weight;
                    for (var said = 0; said < 2; said++)
                        _sums[w * 4 + actual * 2 + said] += weight * (w < contributorCount ? fit.Confusion(w, actual, said) : fit.PooledConfusion[actual * 2 + said]);
                }
            }
        }

        public ChoiceReliability Of(int contributor) => Of((int?)contributor);

        /// <param name="contributor">Null is the crowd.</param>
        public ChoiceReliability Of(int? contributor)
        {
            var w = contributor ?? contributorCount;
            double total = _weights[w * 2] + _weights[w * 2 + 1];
            if (total <= 0) return ChoiceReliability.Prior;
            double[][] rows = [.. Enumerable.Range(0, 2).Select(actual => Enumerable.Range(0, 2).Select(said => _sums[w * 4 + actual * 2 + said] / _weights[w * 2 + actual]).ToArray())];
            return new ChoiceReliability
            {
                Accuracy = (_sums[w * 4] + _sums[w * 4 + 3]) / total,
                Confusion = new ConfusionMatrix(ChoiceLabels.OfOption, rows),
            };
        }
    }

    private static ChoiceFitResult Of(DawidSkeneResult fit, Votes votes, IReadOnlyList<string> labels)
    {
        var k = labels.Count;
        double[][] Rows(ReadOnlySpan<double> flat)
        {
            var rows = new double[k][];
            for (var r = 0; r < k; r++) rows[r] = flat.Slice(r * k, k).ToArray();
            return rows;
        }

        var contributors = new Dictionary<int, ChoiceReliability>();
        foreach (var c in votes.Contributors.Distinct())
            contributors[c] = new ChoiceReliability { Accuracy = fit.AccuracyOf(c), Confusion = new ConfusionMatrix(labels, Rows(fit.Confusions.AsSpan(c * k * k, k * k))) };
        double crowd = 0;
        for (var l = 0; l < k; l++) crowd += fit.ClassShares[l] * fit.PooledConfusion[l * k + l];
        return new ChoiceFitResult(
            contributors, new ChoiceReliability { Accuracy = crowd, Confusion = new ConfusionMatrix(labels, Rows(fit.PooledConfusion)) },
            labels.Select((label, i) => (label, i)).ToDictionary(x => x.label, x => fit.ClassShares[x.i]), fit.Converged, [.. fit.Warnings.Where(w => !TruthWarnings.OfVotes.Contains(w.Code))]);
    }

    /// <summary>One accuracy a contributor (the one-coin form of Dawid and Skene), over the labels that an item was given and all others taken together.</summary>
    private static ChoiceFitResult FitAccuracy(KeyEvidence evidence, ChoiceQuestion question, int contributorCount, ReliabilityOptions options)
    {
        var labelCount = ChoiceLabels.CountOf(question);
        var items = evidence.Said.GroupBy(s => s.Item)
            .Select(g => new Item([.. g.Select(s => (s.Contributor, ((ChoiceAnswer)s.Answer).Chosen[0]))],
                evidence.Known.TryGetValue(g.Key, out var known) ? ((ChoiceAnswer)known).Chosen[0] : null)).ToList();
        var accuracy = new double[contributorCount];
        Array.Fill(accuracy, ChoiceReliability.PriorAccuracy);
        var crowd = ChoiceReliability.PriorAccuracy;
        var (converged, rounds) = (false, 0);
        while (!converged && rounds++ < options.MaxRounds)
        {
            var (right, votes) = (new double[contributorCount], new double[contributorCount]);
            foreach (var item in items) Count(item, accuracy, labelCount, right, votes);
            crowd = (right.Sum() + options.CrowdShrinkage * ChoiceReliability.PriorAccuracy) / (votes.Sum() + options.CrowdShrinkage);
            var moved = 0.0;
            for (var w = 0; w < contributorCount; w++)
            {
                var next = (right[w] + options.Shrinkage * crowd) / (votes[w] + options.Shrinkage);
                moved = Math.Max(moved, Math.Abs(next - accuracy[w]));
                accuracy[w] = next;
            }

            converged = moved <= options.Tolerance;
        }

        var contributors = evidence.Said.Select(s => s.Contributor).Distinct().ToDictionary(w => w, w => new ChoiceReliability { Accuracy = accuracy[w] });
        return new ChoiceFitResult(contributors, new ChoiceReliability { Accuracy = crowd }, null, converged, []);
    }

    private static void Count(Item item, double[] accuracy, int labelCount, double[] right, double[] votes)
    {
        var posterior = item.Known is { } known
            ? new Dictionary<string, double>(StringComparer.Ordinal) { [known] = 1 }
            : LabelPosterior.Of(item.Votes, v => v.Label, (v, label) => ChoiceReliability.OneCoin(Existence.Bounded(accuracy[v.Contributor]), v.Label == label, labelCount), labelCount);
        foreach (var (contributor, label) in item.Votes)
        {
            votes[contributor]++;
            right[contributor] += posterior.GetValueOrDefault(label);
        }
    }

    private sealed record Item((int Contributor, string Label)[] Votes, string? Known);
}
