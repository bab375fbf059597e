using System.Buffers;

namespace Touchstone.Curation.Redaction;

/// <summary>Finds the names of a list where they stand as words of their own, in the letters of the list.</summary>
internal sealed class NameList
{
    private readonly SearchValues<string>? _first;
    private readonly Dictionary<char, string[]> _byFirst = [];

    /// <summary>Takes the names; blank ones are left out.</summary>
    public NameList(IEnumerable<string> names)
    {
        var all = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
            if (!string.IsNullOrWhiteSpace(name)) all.Add(name.Trim());
        if (all.Count == 0) return;

        _first = SearchValues.Create([.. all], StringComparison.Ordinal);
        foreach (var group in all.GroupBy(n => n[0])) _byFirst[group.Key] = [.. group.OrderByDescending(n => n.Length)];
    }

    public void Find(string text, List<RedactedSpan> found)
    {
        if (_first is null) return;
        for (var i = 0; i < text.Length;)
        {
            var next = text.AsSpan(i).IndexOfAny(_first);
            if (next < 0) return;
            i += next;
            var length = i > 0 && char.IsLetterOrDigit(text[i - 1]) ? 0 : LongestAt(text, i);
            if (length > 0) found.Add(new(i, length, RedactionTypes.Name));
            i++; // of «Ann Lee» and «Lee Smith» both may begin within the other
        }
    }

    private int LongestAt(string text, int start)
    {
        foreach (var name in _byFirst[text[start]])
        {
            var end = start + name.Length;
            if (text.AsSpan(start).StartsWith(name, StringComparison.Ordinal) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return name.Length;
        }

        return 0;
    }
}
