namespace Touchstone.Quality.Texts;

/// <summary>One text from several, word by word: answers are aligned one after the other into a network of slots, and each slot's commonest word wins.</summary>
/// <remarks>
/// J. G. Fiscus, A post-processing system to yield reduced word error rates (ROVER), IEEE ASRU 1997. Alignment costs 1 for each word replaced, left out or
/// inserted, nothing where the word is among a slot's words, nothing for leaving out a slot that somebody left out before. Of equal alignments replacing
/// comes before leaving out before inserting. In a slot the word with most votes wins, then the longer, then the later in ordinal order.
/// O(answers * words²) time for each item.
/// </remarks>
public static class Rover
{
    private const int None = 0; // the word that is no word

    /// <summary>Composes a text for each item.</summary>
    /// <param name="answers">The answers; may be none.</param>
    /// <param name="order">Which answer comes first.</param>
    /// <param name="weights">Weight of each contributor; the heaviest come first, before <paramref name="order"/> decides. Null is alike for all.</param>
    /// <returns>Confidence is the mean share of answers that the winning words have.</returns>
    public static TextResult Fit(TextAnswers answers, RoverOrder order = RoverOrder.MostCentralFirst, ReadOnlySpan<double> weights = default)
    {
        if (!weights.IsEmpty && weights.Length != answers.ContributorCount)
            throw new ArgumentException($"There are {answers.ContributorCount} contributors but weights for {weights.Length}.", nameof(weights));
        var texts = new string?[answers.ItemCount];
        var confidences = new double[answers.ItemCount];
        var byItem = answers.ByItem();
        for (var i = 0; i < byItem.Length; i++)
        {
            if (byItem[i].Length == 0) continue;
            var sorted = Sorted(answers, byItem[i], order, weights);
            (texts[i], confidences[i]) = Compose(sorted);
        }

        var chosen = new int[answers.ItemCount];
        chosen.AsSpan().Fill(-1);
        return new TextResult
        {
            Method = "rover",
            Texts = texts,
            Chosen = chosen,
            Confidences = confidences,
            Weights = new double?[answers.ContributorCount],
            Rounds = 1,
            Converged = true,
            Warnings = TextResult.WarningsFor(answers),
        };
    }

    private static string[][] Sorted(TextAnswers answers, int[] numbers, RoverOrder order, ReadOnlySpan<double> weights)
    {
        string[][] words = [.. numbers.Select(n => Words.Of(answers.Texts[n]))];
        var weight = new double[numbers.Length];
        var distance = new int[numbers.Length];
        for (var n = 0; n < numbers.Length; n++)
        {
            weight[n] = weights.IsEmpty ? 1 : weights[answers.Contributors[numbers[n]]];
            if (order == RoverOrder.AsGiven) continue;
            for (var m = 0; m < n; m++)
            {
                var between = Words.Distance(words[n], words[m]);
                distance[n] += between;
                distance[m] += between;
            }
        }

        var places = Enumerable.Range(0, numbers.Length).OrderByDescending(n => weight[n]);
        if (order == RoverOrder.MostCentralFirst) places = places.ThenBy(n => distance[n]).ThenBy(n => answers.Texts[numbers[n]], StringComparer.Ordinal);
        return [.. places.Select(n => words[n])];
    }

    private static (string Text, double Confidence) Compose(string[][] answers)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        List<string> names = [""];
        int[][] coded = [.. answers.Select(words => words.Select(word =>
        {
            if (ids.TryGetValue(word, out var id)) return id;
            names.Add(word);
            return ids[word] = names.Count - 1;
        }).ToArray())];

        var network = new WordNetwork(coded[0]);
        for (var a = 1; a < coded.Length; a++) network.Align(coded[a]);
        List<string> winners = [];
        double share = 0;
        foreach (var slot in network.Slots)
        {
            var (word, count) = slot.OrderByDescending(s => s.Value).ThenByDescending(s => names[s.Key].Length).ThenByDescending(s => names[s.Key], StringComparer.Ordinal).First();
            share += (double)count / coded.Length;
            if (word != None) winners.Add(names[word]);
        }

        return (string.Join(' ', winners), network.Slots.Count > 0 ? share / network.Slots.Count : 1);
    }

    /// <summary>Slots in a row, each with the number of answers that have a word there.</summary>
    private sealed class WordNetwork(int[] first)
    {
        private enum Step : byte
        {
            Match,
            LeaveOut,
            Insert,
        }

        private int _answers = 1;

        public List<Dictionary<int, int>> Slots { get; private set; } = [.. first.Select(word => new Dictionary<int, int> { [word] = 1 })];

        public void Align(int[] words)
        {
            var steps = Steps(words);
            List<Dictionary<int, int>> aligned = [];
            for (int i = words.Length, j = Slots.Count; i > 0 || j > 0;)
            {
                var step = steps[i * (Slots.Count + 1) + j];
                var slot = step == Step.Insert ? new Dictionary<int, int> { [None] = _answers } : Slots[j - 1];
                var word = step == Step.LeaveOut ? None : words[i - 1];
                slot[word] = slot.GetValueOrDefault(word) + 1;
                aligned.Add(slot);
                if (step != Step.LeaveOut) i--;
                if (step != Step.Insert) j--;
            }

            aligned.Reverse();
            Slots = aligned;
            _answers++;
        }

        private Step[] Steps(int[] words)
        {
            var width = Slots.Count + 1;
            var steps = new Step[(words.Length + 1) * width];
            var (above, row) = (new int[width], new int[width]);
            for (var j = 1; j < width; j++)
            {
                above[j] = j;
                steps[j] = Step.LeaveOut;
            }

            for (var i = 1; i <= words.Length; i++)
            {
                row[0] = i;
                steps[i * width] = Step.Insert;
                for (var j = 1; j < width; j++)
                {
                    var slot = Slots[j - 1];
                    var (best, step) = (above[j - 1] + (slot.ContainsKey(words[i - 1]) ? 0 : 1), Step.Match);
                    var leftOut = row[j - 1] + (slot.ContainsKey(None) ? 0 : 1);
                    if (leftOut < best) (best, step) = (leftOut, Step.LeaveOut);
                    if (above[j] + 1 < best) (best, step) = (above[j] + 1, Step.Insert);
                    (row[j], steps[i * width + j]) = (best, step);
                }

                (above, row) = (row, above);
            }

            return steps;
        }
    }
}
