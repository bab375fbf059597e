namespace Touchstone.Curation.Reports;

/// <summary>Where two texts differ, word by word: the words outside a longest common subsequence of both.</summary>
/// <remarks>Words are runs of characters that are no white space. O(words of one times words of the other) time and memory, for texts of a report's length.</remarks>
internal static class WordDifference
{
    /// <summary>Compares the beginnings of two texts.</summary>
    /// <param name="first">One text.</param>
    /// <param name="second">The other.</param>
    /// <param name="areCut">Whether a text goes on: then nothing behind the last word in common is told to differ, for what is not shown may hold it.</param>
    /// <returns>Ranges of the first text that the second lacks, and of the second that the first lacks.</returns>
    public static (IReadOnlyList<ReportSpan> First, IReadOnlyList<ReportSpan> Second) Of(string first, string second, bool areCut)
    {
        var (a, b) = (Words(first), Words(second));
        var common = CommonLengths(first, a, second, b);
        var (inA, inB) = (new bool[a.Count], new bool[b.Count]);
        var (i, j) = (0, 0);
        while (i < a.Count && j < b.Count)
        {
            if (Same(first, a[i], second, b[j])) inA[i++] = inB[j++] = true;
            else if (common[i + 1, j] >= common[i, j + 1]) i++;
            else j++;
        }

        return (Ranges(a, inA, areCut), Ranges(b, inB, areCut));
    }

    private static int[,] CommonLengths(string first, List<ReportSpan> a, string second, List<ReportSpan> b)
    {
        var lengths = new int[a.Count + 1, b.Count + 1];
        for (var i = a.Count - 1; i >= 0; i--)
            for (var j = b.Count - 1; j >= 0; j--)
                lengths[i, j] = Same(first, a[i], second, b[j]) ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        return lengths;
    }

    private static bool Same(string first, ReportSpan a, string second, ReportSpan b) => first.AsSpan(a.Start, a.Length).SequenceEqual(second.AsSpan(b.Start, b.Length));

    /// <summary>Words that are not in common, neighbours with the space between them as one range.</summary>
    private static List<ReportSpan> Ranges(List<ReportSpan> words, bool[] isCommon, bool isCut)
    {
        var ranges = new List<ReportSpan>();
        var end = isCut ? Array.LastIndexOf(isCommon, true) + 1 : words.Count;
        for (var w = 0; w < end && ranges.Count < ReportLimits.SpansMax; w++)
        {
            if (isCommon[w]) continue;
            var start = w;
            while (w + 1 < end && !isCommon[w + 1]) w++;
            ranges.Add(new(words[start].Start, words[w].Start + words[w].Length - words[start].Start));
        }

        return ranges;
    }

    private static List<ReportSpan> Words(string text)
    {
        var words = new List<ReportSpan>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
            if (at > start) words.Add(new(start, at - start));
            else at++;
        }

        return words;
    }
}
