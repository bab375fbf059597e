using System.Globalization;
using System.Text.Json;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.WebAnno;

/// <summary>A text cut into sentences and words, so that what is marked in it stands in rows: words as a file had them, else what stands between white space.</summary>
/// <remarks>White space is a word of its own where a span begins or ends in it, and at the beginning of a text that begins with other than blanks: the format does not keep it else.</remarks>
internal sealed class WebAnnoUnits
{
    private readonly string _text;
    private readonly List<(int From, int To)> _tokens = [];
    private readonly List<SortedSet<(int From, int To)>?> _parts = [];
    private readonly List<(int First, int End, string? Id)> _sentences = [];
    private readonly List<(int Sentence, int Number)> _numbers = [];

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sentences">Sentences as <see cref="WebAnnoDocument.Sentences"/> gives them; null where there are none.</param>
    /// <param name="spans">Where spans begin and end, UTF-16.</param>
    public WebAnnoUnits(string text, JsonElement? sentences, IReadOnlyList<(int From, int To)> spans)
    {
        _text = text;
        var ids = Known(sentences) ?? Words();
        AddBlanks(spans, ids);
        Number(ids);
        foreach (var _ in _tokens) _parts.Add(null);
    }

    /// <summary>The sentences in order.</summary>
    public IReadOnlyList<(int First, int End, string? Id)> Sentences => _sentences;

    /// <summary>The words.</summary>
    public IReadOnlyList<(int From, int To)> Tokens => _tokens;

    /// <summary>A stretch of the text.</summary>
    public string Between(int from, int to) => _text[from..to];

    /// <summary>The words of a file by where each sentence begins, with its id; null where they are not of this text.</summary>
    private Dictionary<int, string?>? Known(JsonElement? sentences)
    {
        if (sentences is not { ValueKind: JsonValueKind.Array } list) return null;
        var offsets = new TextOffsets(_text);
        Dictionary<int, string?> ids = [];
        var end = 0;
        foreach (var sentence in list.EnumerateArray())
        {
            var places = sentence.Items("tokens").Select(t => t.ValueKind == JsonValueKind.Number && t.TryGetInt64(out var n) ? offsets.UnitsAt(n) ?? -1 : -1).ToArray();
            for (var i = 0; i + 1 < places.Length; i += 2)
            {
                var (from, to) = (places[i], places[i + 1]);
                if (from < end || to <= from)
                {
                    _tokens.Clear();
                    return null;
                }

                if (i == 0) ids[from] = sentence.Text("id");
                _tokens.Add((from, end = to));
            }
        }

        return ids;
    }

    private Dictionary<int, string?> Words()
    {
        Dictionary<int, string?> ids = [];
        for (var at = 0; at < _text.Length;)
        {
            var from = at;
            var isWhite = char.IsWhiteSpace(_text[at]);
            while (at < _text.Length && char.IsWhiteSpace(_text[at]) == isWhite) at++;
            if (isWhite) continue;
            if (_tokens.Count == 0 || IsBreak(_tokens[^1].To, from)) ids[from] = null;
            _tokens.Add((from, at));
        }

        return ids;
    }

    /// <summary>Whether the end of a line stands between two words and only blanks after it, which is what a reader makes of the place between two sentences.</summary>
    private bool IsBreak(int from, int to) => from == to || BreakIn(from, to) >= 0;

    private int BreakIn(int from, int to)
    {
        var at = _text.AsSpan(from, to - from).LastIndexOf('\n');
        return at >= 0 && _text.AsSpan(from + at + 1, to - from - at - 1).IndexOfAnyExcept(' ') < 0 ? from + at : -1;
    }

    private void AddBlanks(IReadOnlyList<(int From, int To)> spans, Dictionary<int, string?> ids)
    {
        if (_text.Length == 0 && spans.Count == 0) return;
        SortedSet<(int From, int To)> blanks = [];
        var first = _tokens.Count == 0 ? _text.Length : _tokens[0].From;
        if (_tokens.Count == 0 || _text.AsSpan(0, first).IndexOfAnyExcept(' ') >= 0) blanks.Add((0, first));
        foreach (var (from, to) in spans)
        {
            if (from == to ? Gap(from) is var (low, high) && IsWithin(from, low, high) : Gap(from) is var (_, behind) && from < behind) blanks.Add(Gap(from)!.Value);
            if (from < to && Gap(to) is var (before, _) && before < to) blanks.Add(Gap(to)!.Value);
        }

        if (blanks.Count == 0) return;
        _tokens.AddRange(blanks);
        _tokens.Sort();
        if (!ids.ContainsKey(_tokens[0].From)) ids[_tokens[0].From] = null;
    }

    /// <summary>Whether no word ends or begins at a place between two, or before the first or behind the last one.</summary>
    private bool IsWithin(int at, int low, int high) => low < high && (low < at || low == 0) && (at < high || high == _text.Length && at > low);

    /// <summary>The stretch without words that a place is in or at the edge of; null within a word.</summary>
    private (int From, int To)? Gap(int at)
    {
        var next = Next(at);
        var from = next == 0 ? 0 : _tokens[next - 1].To;
        var to = next == _tokens.Count ? _text.Length : _tokens[next].From;
        if (from <= at && at <= to) return (from, to);
        return next < _tokens.Count && _tokens[next].To == at ? (at, next + 1 == _tokens.Count ? _text.Length : _tokens[next + 1].From) : null;
    }

    /// <summary>The first word that ends at a place or behind it.</summary>
    private int Next(int at)
    {
        var (low, high) = (0, _tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_tokens[middle].To < at) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void Number(Dictionary<int, string?> ids)
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (i == 0 || ids.ContainsKey(_tokens[i].From) && IsBreak(_tokens[i - 1].To, _tokens[i].From))
            {
                if (i > 0) _sentences[^1] = _sentences[^1] with { End = i };
                _sentences.Add((i, _tokens.Count, ids.GetValueOrDefault(_tokens[i].From)));
            }

            _numbers.Add((_sentences.Count, i - _sentences[^1].First + 1));
        }
    }

    /// <summary>The text of a sentence: to the end of the line before the next one.</summary>
    public string TextOf((int First, int End, string? Id) sentence)
    {
        var from = _tokens[sentence.First].From;
        if (sentence.End == _tokens.Count) return _text[from..];
        var (last, next) = (_tokens[sentence.End - 1].To, _tokens[sentence.End].From);
        return _text[from..(last == next ? last : BreakIn(last, next))];
    }

    /// <summary>The rows that a span stands in: words, and parts of words. Parts are remembered, so that they can be numbered.</summary>
    public List<(int Token, int From, int To)> RowsOf(int from, int to)
    {
        List<(int, int, int)> rows = [];
        for (var i = Next(from); i < _tokens.Count && (_tokens[i].From < to || rows.Count == 0); i++)
        {
            var (start, end) = _tokens[i];
            if (from < to && end <= from) continue;
            var row = (Math.Max(start, from), Math.Min(end, to));
            if (row != (start, end)) (_parts[i] ??= new SortedSet<(int From, int To)>(Comparer<(int From, int To)>.Create(static (a, b) => a.From != b.From ? a.From.CompareTo(b.From) : b.To.CompareTo(a.To)))).Add(row);
            rows.Add((i, row.Item1, row.Item2));
            if (from == to) break;
        }

        return rows;
    }

    /// <summary>The rows of a word in order: itself, then its parts.</summary>
    public IEnumerable<(int Token, int From, int To)> RowsOf(int token) =>
        ((IEnumerable<(int Token, int From, int To)>)[(token, _tokens[token].From, _tokens[token].To)]).Concat((_parts[token] ?? []).Select(p => (token, p.From, p.To)));

    /// <summary>The number of a row, such as <c>1-3.1</c>.</summary>
    public string IdOf((int Token, int From, int To) row)
    {
        var (sentence, number) = _numbers[row.Token];
        var part = (row.From, row.To) == _tokens[row.Token] ? 0 : _parts[row.Token]!.TakeWhile(p => p != (row.From, row.To)).Count() + 1;
        return part == 0 ? string.Create(CultureInfo.InvariantCulture, $"{sentence}-{number}") : string.Create(CultureInfo.InvariantCulture, $"{sentence}-{number}.{part}");
    }
}
