using Touchstone.Statistics;

namespace Touchstone.Quality.Texts;

/// <summary>
/// Chooses for each item the answer nearest to a mean of all answers' embeddings, weighted by how near each contributor comes to the means: Rasa by the
/// contributor alone, Hrrasa also by how like the others each single answer is.
/// </summary>
/// <remarks>
/// J. Li and F. Fukumoto, A Dataset of Crowdsourced Word Sequences, AnnoNLP 2019 (RASA); J. Li, Crowdsourced Text Sequence Aggregation Based on Hybrid
/// Reliability and Representation, SIGIR 2020 (HRRASA). A contributor's weight is the upper 2.5 % point of a chi-square distribution with as many degrees
/// of freedom as they have answers, over the sum of their squared distances. Draws nothing at random. O(answers * length) time a round.
/// </remarks>
public static class EmbeddingConsensus
{
    private const double Tail = 0.025;
    private const double LeastDistance = 1e-5; // a contributor who is always at the mean is not believed without limit
    private const int MaxRounds = 100;

    /// <summary>Reliability-aware sequence aggregation.</summary>
    /// <param name="answers">The answers; may be none.</param>
    /// <param name="encode">Embedding of a text, finite and of one length for all; null is <see cref="HashedTrigrams"/>.</param>
    /// <param name="tolerance">Stop when a round moves the means by less than this share of their size, both squared.</param>
    /// <returns>Confidence is the cosine of the chosen answer and the mean.</returns>
    public static TextResult Rasa(TextAnswers answers, Func<string, double[]>? encode = null, double tolerance = 1e-5)
    {
        var space = new Space(answers, encode);
        var weights = new double[answers.Count];
        weights.AsSpan().Fill(1);
        return space.Fit("rasa", weights, new bool[answers.Count], tolerance);
    }

    /// <summary>Hybrid reliability- and representation-aware sequence aggregation. The one answer of an item is passed through and says nothing of its contributor.</summary>
    /// <param name="answers">The answers; may be none.</param>
    /// <param name="encode">Embedding of a text, finite and of one length for all; null is <see cref="HashedTrigrams"/>.</param>
    /// <param name="similarity">Likeness of two texts in [0, 1]; null is <see cref="Words.Gleu"/> of their words.</param>
    /// <param name="tolerance">Stop when a round moves the means by less than this share of their size, both squared.</param>
    /// <returns>Confidence is the cosine of the chosen answer and the mean.</returns>
    public static TextResult Hrrasa(
        TextAnswers answers, Func<string, double[]>? encode = null, Func<string, string, double>? similarity = null, double tolerance = 1e-5)
    {
        similarity ??= (first, second) => Words.Gleu(Words.Of(first), Words.Of(second));
        var space = new Space(answers, encode);
        var (local, alone) = (new double[answers.Count], new bool[answers.Count]);
        foreach (var numbers in answers.ByItem())
        {
            if (numbers.Length == 1) alone[numbers[0]] = true;
            foreach (var a in numbers)
            {
                double sum = 0;
                foreach (var b in numbers)
                    if (answers.Contributors[b] != answers.Contributors[a]) sum += (space.Likeness(a, b) + similarity(answers.Texts[a], answers.Texts[b])) / 2;
                local[a] = numbers.Length == 1 ? 1 : Math.Max(sum / (numbers.Length - 1), 1e-9);
            }
        }

        return space.Fit("hrrasa", local, alone, tolerance);
    }

    private sealed class Space
    {
        private readonly TextAnswers _answers;
        private readonly double[][] _embeddings;
        private readonly int _length;
        private readonly double[][] _means;

        public Space(TextAnswers answers, Func<string, double[]>? encode)
        {
            _answers = answers;
            encode ??= text => HashedTrigrams.Encode(text);
            _embeddings = [.. answers.Texts.Select(encode)];
            _length = _embeddings.Length > 0 ? _embeddings[0].Length : 0;
            for (var a = 0; a < _embeddings.Length; a++)
            {
                if (_embeddings[a].Length != _length) throw new ArgumentException($"Answer {a} has an embedding of length {_embeddings[a].Length}, the first of {_length}.", nameof(encode));
                if (_embeddings[a].Any(x => !double.IsFinite(x))) throw new ArgumentException($"Answer {a} has an embedding that is not finite.", nameof(encode));
            }

            _means = [.. Enumerable.Range(0, answers.ItemCount).Select(_ => new double[_length])];
        }

        /// <summary>1 for the same embedding, falling with the squared distance over the squared lengths.</summary>
        public double Likeness(int first, int second)
        {
            var distance = SquaredDistance(_embeddings[first], _embeddings[second]);
            if (distance == 0) return 1;
            var lengths = Dot(_embeddings[first], _embeddings[first]) * Dot(_embeddings[second], _embeddings[second]);
            return lengths > 0 ? PortableMath.Exp(-distance / lengths) : 0;
        }

        public TextResult Fit(string method, double[] local, bool[] alone, double tolerance)
        {
            var counts = new int[_answers.ContributorCount];
            for (var a = 0; a < _answers.Count; a++)
                if (!alone[a]) counts[_answers.Contributors[a]]++;
            var quantiles = counts.Distinct().Where(n => n > 0).ToDictionary(n => n, n => ChiSquare.Quantile(1 - Tail, n));
            var weights = new double[_answers.ContributorCount];
            weights.AsSpan().Fill(1);

            var (rounds, converged) = (0, _answers.Count == 0);
            var before = _means;
            while (!converged && rounds < MaxRounds)
            {
                before = [.. _means.Select(m => m.ToArray())];
                SetMeans(weights, local);
                SetWeights(weights, local, alone, counts, quantiles);
                rounds++;
                converged = rounds > 1 && Moved(before) < tolerance;
            }

            return Result(method, weights, counts, rounds, converged);
        }

        private void SetMeans(double[] weights, double[] local)
        {
            var totals = new double[_means.Length];
            foreach (var mean in _means) mean.AsSpan().Clear();
            for (var a = 0; a < _answers.Count; a++)
            {
                var weight = weights[_answers.Contributors[a]] * local[a];
                totals[_answers.Items[a]] += weight;
                var mean = _means[_answers.Items[a]];
                for (var j = 0; j < _length; j++) mean[j] += weight * _embeddings[a][j];
            }

            for (var i = 0; i < _means.Length; i++)
                if (totals[i] > 0)
                    foreach (ref var value in _means[i].AsSpan()) value /= totals[i];
        }

        private void SetWeights(double[] weights, double[] local, bool[] alone, int[] counts, Dictionary<int, double> quantiles)
        {
            var distances = new double[weights.Length];
            for (var a = 0; a < _answers.Count; a++)
                if (!alone[a]) distances[_answers.Contributors[a]] += SquaredDistance(_embeddings[a], _means[_answers.Items[a]]) / local[a];
            for (var c = 0; c < weights.Length; c++)
                if (counts[c] > 0) weights[c] = quantiles[counts[c]] / Math.Max(distances[c], LeastDistance);
        }

        private double Moved(double[][] before)
        {
            double moved = 0, size = 0;
            for (var i = 0; i < _means.Length; i++)
            {
                moved += SquaredDistance(_means[i], before[i]);
                size += Dot(_means[i], _means[i]);
            }

            return size > 0 ? moved / size : 0;
        }

        private TextResult Result(string method, double[] weights, int[] counts, int rounds, bool converged)
        {
            var chosen = new int[_answers.ItemCount];
            chosen.AsSpan().Fill(-1);
            var confidences = new double[_answers.ItemCount];
            for (var a = 0; a < _answers.Count; a++)
            {
                var item = _answers.Items[a];
                var cosine = Cosine(_embeddings[a], _means[item]);
                if (chosen[item] >= 0 && !(cosine > confidences[item] + 1e-12)) continue; // of equal answers the first
                (chosen[item], confidences[item]) = (a, cosine);
            }

            double total = 0;
            for (var c = 0; c < weights.Length; c++) total += counts[c] > 0 ? weights[c] : 0;
            var mean = total / Math.Max(1, counts.Count(n => n > 0));
            var warnings = TextResult.WarningsFor(_answers);
            var heaviest = weights.Where((_, c) => counts[c] > 0).DefaultIfEmpty(0).Max();
            if (counts.Count(n => n > 0) > 2 && heaviest > total / 2)
                warnings.Add(new("one_contributor_decides", "One contributor has more than half of the weight of all: the means follow that contributor's answers."));
            if (!converged) warnings.Add(new("not_converged", $"The means had not settled after {rounds} rounds."));
            return new TextResult
            {
                Method = method,
                Texts = [.. chosen.Select(a => a < 0 ? null : _answers.Texts[a])],
                Chosen = chosen,
                Confidences = [.. confidences.Select(c => Math.Clamp(c, 0, 1))],
                Weights = [.. weights.Select((w, c) => counts[c] > 0 ? w / mean : (double?)null)],
                Rounds = rounds,
                Converged = converged,
                Warnings = warnings,
            };
        }

        /// <summary>-1 where either has no length, so that any other answer is nearer.</summary>
        private static double Cosine(double[] first, double[] second)
        {
            var lengths = Math.Sqrt(Dot(first, first)) * Math.Sqrt(Dot(second, second));
            return lengths > 0 ? Dot(first, second) / lengths : -1;
        }

        private static double SquaredDistance(double[] first, double[] second)
        {
            double sum = 0;
            for (var j = 0; j < first.Length; j++) sum += (first[j] - second[j]) * (first[j] - second[j]);
            return sum;
        }

        private static double Dot(double[] first, double[] second)
        {
            double sum = 0;
            for (var j = 0; j < first.Length; j++) sum += first[j] * second[j];
            return sum;
        }
    }
}
