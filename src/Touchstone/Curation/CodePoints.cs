using Touchstone.Curation.Steps;

namespace Touchstone.Curation;

/// <summary>Offsets as they are told outside the program: in Unicode code points.</summary>
internal static class CodePoints
{
    /// <summary>Begin and end of each range in code points.</summary>
    public static IEnumerable<(int Start, int End)> Of(string text, IReadOnlyList<TextRange> ranges)
    {
        var pairs = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++) pairs[i + 1] = pairs[i] + (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]) ? 1 : 0);
        return ranges.Select(r => (r.Start - pairs[r.Start], r.Start + r.Length - pairs[r.Start + r.Length]));
    }
}
