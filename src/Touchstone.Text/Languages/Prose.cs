using System.Buffers;
using System.Text;

namespace Touchstone.Text.Languages;

/// <summary>Takes out of a text in Markdown what is in no language: blocks and pieces of code, addresses, markup. What is left is for looking at, not for keeping.</summary>
public static class Prose
{
    private static readonly SearchValues<char> s_marks = SearchValues.Create("`~<]:@&");
    private static readonly SearchValues<char> s_addressEnds = SearchValues.Create(" \t\r\n<>\"'`|");

    /// <summary>The words of a text without its code and markup.</summary>
    /// <param name="text">Plain text or Markdown.</param>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(s_marks)) return text;
        var prose = new StringBuilder(text.Length);
        var fence = new Fence(text);
        var isFirst = true;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!isFirst) prose.Append('\n');
            isFirst = false;
            if (!fence.Hides(line)) AppendLine(prose, line);
        }

        return prose.ToString();
    }

    private static void AppendLine(StringBuilder prose, ReadOnlySpan<char> line)
    {
        while (line.Length > 0)
        {
            var mark = line.IndexOfAny(s_marks);
            if (mark < 0) break;
            var skipped = Skipped(line, mark, out var kept);
            prose.Append(line[..kept]).Append(skipped > kept ? ' ' : line[mark]);
            line = line[Math.Max(skipped, mark + 1)..];
        }

        prose.Append(line);
    }

    // How far what begins at a mark is no prose, and how much before it stays.
    private static int Skipped(ReadOnlySpan<char> line, int mark, out int kept)
    {
        kept = mark;
        var rest = line[mark..];
        switch (line[mark])
        {
            case '`':
                var ticks = rest.IndexOfAnyExcept('`');
                var close = ticks < 0 ? -1 : rest[ticks..].IndexOf(rest[..ticks]);
                return close < 0 ? 0 : mark + ticks + close + ticks;
            case '<':
                return rest.IndexOf('>') is > 1 and var end && (char.IsAsciiLetter(rest[1]) || rest[1] is '/' or '!') ? mark + end + 1 : 0;
            case ']':
                if (rest.Length < 2 || rest[1] is not ('(' or '[')) return 0;
                return rest.IndexOf(rest[1] == '(' ? ')' : ']') is var ends && rest[1] == '[' ? (rest[1..].IndexOf(']') is > 0 and var second ? mark + second + 2 : 0) : ends > 0 ? mark + ends + 1 : 0;
            case ':' when rest.StartsWith("://"):
            case '@' when mark > 0 && rest.Length > 1 && char.IsLetterOrDigit(line[mark - 1]) && char.IsLetterOrDigit(rest[1]):
                while (kept > 0 && !s_addressEnds.Contains(line[kept - 1]) && line[kept - 1] != '(') kept--;
                return rest.IndexOfAny(s_addressEnds) is >= 0 and var stop ? mark + stop : line.Length;
            case '&':
                return rest.IndexOf(';') is > 1 and < 10 and var reference && !rest[..reference].Contains(' ') ? mark + reference + 1 : 0;
            default:
                return 0;
        }
    }

    /// <summary>
    /// Blocks of code between fences, and between tags of preformatted text. A text cut out of a longer one may begin within such a block: its first fence then closes one. That shows where the next fence names a
    /// language, as only an opening one does.
    /// </summary>
    private ref struct Fence
    {
        private bool _isOpen;
        private bool _isPreformatted;

        public Fence(string text)
        {
            var (fences, firstIsBare) = (0, false);
            foreach (var line in text.AsSpan().EnumerateLines())
            {
                if (!IsFence(line, out var isBare)) continue;
                if (++fences == 1) firstIsBare = isBare;
                if (fences == 2) _isOpen = firstIsBare && !isBare;
                if (fences == 2) return;
            }
        }

        public bool Hides(ReadOnlySpan<char> line)
        {
            if (!IsFence(line, out var isBare)) return _isOpen || IsPreformatted(line);
            _isOpen = !isBare || !_isOpen;
            return true;
        }

        private bool IsPreformatted(ReadOnlySpan<char> line)
        {
            var was = _isPreformatted;
            var (opens, closes) = (line.LastIndexOf("<pre", StringComparison.OrdinalIgnoreCase), line.LastIndexOf("</pre>", StringComparison.OrdinalIgnoreCase));
            if (opens >= 0 || closes >= 0) _isPreformatted = opens > closes;
            return was || _isPreformatted;
        }

        private static bool IsFence(ReadOnlySpan<char> line, out bool isBare)
        {
            line = line.TrimStart().TrimStart('>').TrimStart();
            var isFence = line.StartsWith("```") || line.StartsWith("~~~");
            isBare = isFence && line.TrimStart("`~").Trim().Length == 0;
            return isFence && !line[3..].Contains("```", StringComparison.Ordinal);
        }
    }
}
