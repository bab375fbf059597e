using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Touchstone.Text.Unicode;
using Touchstone.Text.Words;

namespace Touchstone.Text.Tests.Words;

/// <summary>
/// spaCy's tokenizer for English written down as its documentation tells it, with regular expressions and lists of strings: slow, and the oracle of the fast one.
/// Of characters beyond U+FFFF it knows two, one emoji and one ideograph.
/// </summary>
internal sealed class PlainSpacy
{
    public const string Emoji = "\U0001F600";
    public const string Ideograph = "\U00020000";

    private const string Ellipses = @"\.\.+|…";
    private static readonly string Letter = $"(?:[{Class(EnglishCharacterData.Letters + EnglishCharacterData.Uncased)}]|{Ideograph})";
    private static readonly string Lower = Class(EnglishCharacterData.Lower + EnglishCharacterData.Uncased);
    private static readonly string Upper = Class(EnglishCharacterData.Upper + EnglishCharacterData.Uncased);
    private static readonly string Quotes = Class(EnglishCharacterData.Quotes);
    private static readonly string Icons = $"[{Class(EnglishCharacterData.Icons)}]|{Emoji}";
    private static readonly string Marks = $"[{Class(EnglishCharacterData.Punctuation)}]";

    private static readonly Regex Prefix = new(
        $@"\A(?:§|%|=|—|–|\+(?![0-9])|{Marks}|{Ellipses}|[{Quotes}]|\$|£|€|¥|฿|US\$|C\$|A\$|₽|\uFDFC|₴|[\u20A0-\u20BF]|{Icons})", RegexOptions.CultureInvariant);

    private static readonly Regex Suffix = new(
        $@"(?:……|{Marks}|{Ellipses}|[{Quotes}]|{Icons}|'s|'S|’s|’S|—|–"
        + $@"|(?<=[0-9])(?:{string.Join('|', EnglishCharacterData.AfterDigit.OrderByDescending(unit => unit.Length).Select(Regex.Escape))})"
        + $@"|(?<=°[FfCcKk])\.|(?<=[0-9{Lower}%²\-+{Class(EnglishCharacterData.Punctuation)}|(?:{Quotes})]|{Ideograph})\.|(?<=(?:[{Upper}]|{Ideograph})(?:[{Upper}]|{Ideograph}))\.)\z",
        RegexOptions.CultureInvariant);

    private static readonly Regex Infix = new(
        $@"{Ellipses}|{Icons}|(?<=[0-9])[+\-*^](?=[0-9-])|(?<=[{Lower}{Quotes}]|{Ideograph})\.(?=[{Upper}{Quotes}]|{Ideograph})|(?<={Letter}),(?={Letter})"
        + $@"|(?<={Letter}|[0-9])(?:-|–|—|--|---|——|~)(?={Letter})|(?<={Letter}|[0-9])[:<>=/](?={Letter})",
        RegexOptions.CultureInvariant);

    private static readonly Regex Address = new(
        @"\A(?:(?:[\p{L}\p{Nd}\p{Nl}\p{No}_+\-.]{2,})://)?(?:[\s\S]+(?::[\s\S]*)?@)?(?:(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})"
        + @"(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))"
        + @"|(?:(?:[A-Za-z0-9\u00a1-\ud7ff\ue000-\uffff][A-Za-z0-9\u00a1-\ud7ff\ue000-\uffff_-]{0,62})?[A-Za-z0-9\u00a1-\ud7ff\ue000-\uffff]\.)+"
        + $@"(?:[{Lower}]|{Ideograph}){{2,63}})(?::\d{{2,5}})?(?:[/?#][\s\S]*)?\z",
        RegexOptions.CultureInvariant);

    private readonly Dictionary<string, string[]> _exceptions = EnglishExceptions.All();
    private readonly HashSet<string> _patterns;

    public PlainSpacy() =>
        _patterns = [.. _exceptions.Keys.Where(text => !text.Any(IsSpace) && (Prefix.IsMatch(text) || Suffix.IsMatch(text) || Infix.IsMatch(text))).Select(text => string.Join('\0', Chunk(text, false)))];

    /// <summary>The tokens without those of white space.</summary>
    public string[] Words(string text)
    {
        List<(string Text, bool Space)> tokens = [];
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && IsSpace(text[end]) == IsSpace(text[i])) end++;
            if (IsSpace(text[i])) tokens.Add((text[i..end], false));
            else tokens.AddRange(Chunk(text[i..end], true).Select(token => (token, false)));
            i = end;
            if (i >= text.Length || text[i] != ' ' || IsSpace(text[i - 1])) continue;
            tokens[^1] = (tokens[^1].Text, true);
            i++;
        }

        return [.. Join(tokens).Where(token => !token.Any(IsSpace))];
    }

    private List<string> Chunk(string chunk, bool withExceptions)
    {
        bool IsException(string text) => withExceptions && _exceptions.ContainsKey(text);
        List<string> prefixes = [], suffixes = [];
        var last = 0;
        while (chunk.Length > 0 && chunk.Length != last && !IsException(chunk))
        {
            last = chunk.Length;
            var prefix = Prefix.Match(chunk).Length;
            if (prefix > 0 && IsException(chunk[prefix..]))
            {
                prefixes.Add(chunk[..prefix]);
                chunk = chunk[prefix..];
                break;
            }

            var suffix = Suffix.Match(chunk[prefix..]).Length;
            if (suffix > 0 && IsException(chunk[..^suffix]))
            {
                suffixes.Add(chunk[^suffix..]);
                chunk = chunk[..^suffix];
                break;
            }

            if (prefix > 0) prefixes.Add(chunk[..prefix]);
            if (suffix > 0) suffixes.Add(chunk[^suffix..]);
            chunk = chunk[prefix..^suffix];
        }

        suffixes.Reverse();
        return [.. prefixes, .. Middle(chunk, withExceptions), .. suffixes];
    }

    private List<string> Middle(string text, bool withExceptions)
    {
        if (text.Length == 0) return [];
        if (withExceptions && _exceptions.TryGetValue(text, out var parts)) return [.. parts];
        if (Address.IsMatch(text)) return [text];
        List<string> tokens = [];
        var start = 0;
        foreach (Match match in Infix.Matches(text))
        {
            if (match.Index == 0) continue;
            if (match.Index > start) tokens.Add(text[start..match.Index]);
            tokens.Add(match.Value);
            start = match.Index + match.Length;
        }

        if (start < text.Length) tokens.Add(text[start..]);
        return tokens;
    }

    private List<string> Join(List<(string Text, bool Space)> tokens)
    {
        var spans = (from start in Enumerable.Range(0, tokens.Count)
                     from count in Enumerable.Range(1, Math.Min(12, tokens.Count - start))
                     where _patterns.Contains(string.Join('\0', tokens.Skip(start).Take(count).Select(token => token.Text)))
                     orderby count descending, start
                     select (Start: start, Count: count)).ToList();
        HashSet<int> seen = [];
        Dictionary<int, int> chosen = [];
        foreach (var (start, count) in spans)
        {
            if (!seen.Contains(start) && !seen.Contains(start + count - 1)) chosen[start] = count;
            seen.UnionWith(Enumerable.Range(start, count));
        }

        List<string> result = [];
        for (var i = 0; i < tokens.Count;)
        {
            var count = chosen.GetValueOrDefault(i, 1);
            var span = string.Concat(tokens.Skip(i).Take(count).Select((token, k) => token.Space && k < count - 1 ? token.Text + " " : token.Text));
            result.AddRange(chosen.ContainsKey(i) && _exceptions.TryGetValue(span, out var parts) ? parts : tokens.Skip(i).Take(count).Select(token => token.Text));
            i += count;
        }

        return result;
    }

    private static bool IsSpace(char unit) => PythonCharacters.IsSpace(unit);

    /// <summary>The characters up to U+FFFF of a list as a class of regular expressions.</summary>
    private static string Class(string data)
    {
        var points = data.EnumerateRunes().Select(rune => rune.Value).ToList();
        StringBuilder result = new();
        for (var i = 0; i < points.Count; i++)
        {
            var last = points[i];
            if (i + 2 < points.Count && points[i + 1] == '-') last = points[i + 2];
            if (points[i] <= char.MaxValue) result.Append(CultureInfo.InvariantCulture, $"\\u{points[i]:X4}-\\u{last:X4}");
            if (i + 2 < points.Count && points[i + 1] == '-') i += 2;
        }

        return result.ToString();
    }
}
