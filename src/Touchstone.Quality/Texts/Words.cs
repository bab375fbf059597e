namespace Touchstone.Quality.Texts;

/// <summary>Words of texts, and how two sequences of words differ.</summary>
public static class Words
{
    /// <summary>The words between blanks.</summary>
    public static string[] Of(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fewest words to replace, leave out or insert to make one text of the other. O(n m) time, O(m) memory.</summary>
    public static int Distance(ReadOnlySpan<string> first, ReadOnlySpan<string> second)
    {
        var row = new int[second.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var replaced = diagonal + (string.Equals(first[i - 1], second[j - 1], StringComparison.Ordinal) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    /// <summary>Word error rate of a corpus: distances of all texts from their references over the words of all references.</summary>
    /// <param name="texts">What was found; null counts as empty.</param>
    /// <param name="references">What is true, one for each text.</param>
    /// <returns>0 or more; may exceed 1. NaN only when there is no reference word.</returns>
    public static double ErrorRate(IReadOnlyList<string?> texts, IReadOnlyList<string> references)
    {
        if (texts.Count != references.Count) throw new ArgumentException($"There are {texts.Count} texts but {references.Count} references.", nameof(references));
        long errors = 0, words = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            var reference = Of(references[i]);
            errors += Distance(reference, Of(texts[i] ?? ""));
            words += reference.Length;
        }

        return (double)errors / words;
    }

    /// <summary>Mean of the word error rates of single texts, so that a short text counts as much as a long one.</summary>
    /// <param name="texts">What was found; null counts as empty.</param>
    /// <param name="references">What is true, one for each text; of one without words the rate is the number of words found.</param>
    /// <returns>0 or more; NaN only without texts.</returns>
    public static double MeanErrorRate(IReadOnlyList<string?> texts, IReadOnlyList<string> references)
    {
        if (texts.Count != references.Count) throw new ArgumentException($"There are {texts.Count} texts but {references.Count} references.", nameof(references));
        double rates = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            var reference = Of(references[i]);
            rates += (double)Distance(reference, Of(texts[i] ?? "")) / Math.Max(1, reference.Length);
        }

        return rates / texts.Count;
    }

    /// <summary>Share of texts that have the words of their reference, in the same order.</summary>
    /// <param name="texts">What was found; null counts as empty.</param>
    /// <param name="references">What is true, one for each text.</param>
    /// <returns>In [0, 1]; NaN only without texts.</returns>
    public static double ExactShare(IReadOnlyList<string?> texts, IReadOnlyList<string> references)
    {
        if (texts.Count != references.Count) throw new ArgumentException($"There are {texts.Count} texts but {references.Count} references.", nameof(references));
        var exact = 0;
        for (var i = 0; i < texts.Count; i++)
            if (Of(texts[i] ?? "").AsSpan().SequenceEqual(Of(references[i]))) exact++;
        return (double)exact / texts.Count;
    }

    /// <summary>Google's BLEU for one sentence: shared runs of one to four words over the runs of the text that has more. In [0, 1]; 0 when either is empty.</summary>
    /// <remarks>Y. Wu et al., arXiv 1609.08144, section 6.</remarks>
    public static double Gleu(ReadOnlySpan<string> first, ReadOnlySpan<string> second)
    {
        const int longest = 4;
        var (runs, all) = (Runs(first, longest), Math.Max(RunCount(first.Length, longest), RunCount(second.Length, longest)));
        if (all == 0) return 0;
        var shared = 0;
        foreach (var (run, count) in Runs(second, longest)) shared += Math.Min(count, runs.GetValueOrDefault(run));
        return (double)shared / all;
    }

    private static int RunCount(int words, int longest) => Enumerable.Range(0, longest).Sum(n => Math.Max(0, words - n));

    private static Dictionary<string, int> Runs(ReadOnlySpan<string> words, int longest)
    {
        var runs = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            var run = "";
            for (var n = 0; n < longest && i + n < words.Length; n++)
            {
                run = $"{run}\n{words[i + n]}"; // no word holds a line break
                runs[run] = runs.GetValueOrDefault(run) + 1;
            }
        }

        return runs;
    }
}
