using System.Buffers;

namespace Touchstone.Annotations.Json;

/// <summary>Levenshtein's distance.</summary>
internal static class EditDistance
{
    /// <summary>The fewest insertions, deletions and replacements that turn one sequence into the other. O(n·m) time, O(m) room.</summary>
    public static int Between<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second) where T : IEquatable<T>
    {
        var prefix = first.CommonPrefixLength(second);
        first = first[prefix..];
        second = second[prefix..];
        while (first.Length > 0 && second.Length > 0 && first[^1].Equals(second[^1]))
        {
            first = first[..^1];
            second = second[..^1];
        }

        if (first.Length == 0 || second.Length == 0) return first.Length + second.Length;

        var rented = ArrayPool<int>.Shared.Rent(second.Length + 1);
        var row = rented.AsSpan(0, second.Length + 1);
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 0; i < first.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < second.Length; j++)
            {
                var replaced = first[i].Equals(second[j]) ? diagonal : diagonal + 1;
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(diagonal, row[j]) + 1);
            }
        }

        var distance = row[^1];
        ArrayPool<int>.Shared.Return(rented);
        return distance;
    }

    /// <summary>The known word that was probably meant, or null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > 100) return null;
        var (best, bestDistance) = ((string?)null, Math.Max(1, word.Length / 3) + 1);
        foreach (var candidate in known)
        {
            var distance = Between<char>(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < bestDistance) (best, bestDistance) = (candidate, distance);
        }

        return best;
    }
}
