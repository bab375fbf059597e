using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Conll;

/// <summary>The lines of one sentence as they are read.</summary>
internal sealed class ConllSentence(string file, FaultLog faults)
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly List<string> _words = [];
    private readonly List<string> _tags = [];
    private readonly List<string[]> _columns = [];
    private bool _isBroken;

    /// <summary>Takes a line. One that is no word with a tag is told, and its sentence is left out: which word has which tag would be a guess.</summary>
    public void Add(string line, long number)
    {
        var columns = Columns(line);
        if (columns.Length < 2)
        {
            faults.Add(file, $"line {number}", $"a word and its tag were expected, \"{Cut(line)}\" found; the sentence is left out.");
            _isBroken = true;
        }
        else if (!SpanTags.IsTag(columns[^1]))
        {
            faults.Add(file, $"line {number}", $"a tag such as O, B-PER or I-PER was expected in the last column, \"{Cut(columns[^1])}\" found; the sentence is left out.");
            _isBroken = true;
        }

        if (_isBroken) return;
        _words.Add(columns[0]);
        _tags.Add(columns[^1]);
        _columns.Add(columns[1..^1]);
    }

    /// <summary>The sentence, and a new one begins; null where there is none.</summary>
    public Sample? Take()
    {
        var sample = _isBroken || _words.Count == 0 ? null : ToSample();
        _words.Clear();
        _tags.Clear();
        _columns.Clear();
        _isBroken = false;
        return sample;
    }

    private Sample ToSample()
    {
        var (text, starts, ends) = TaggedWords.Join(_words);
        return new Sample
        {
            Name = "",
            Kind = InputKind.Text,
            Text = text,
            Opinions = [new Opinion { Objects = [.. SpanTags.Decode(_tags).Select(s => new LabelledObject(s.Type, new TextSpan(starts[s.First], ends[s.End - 1])))] }],
            Facts = _columns.Exists(c => c.Length > 0) ? new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [ConllFormat.ColumnsFact] = JsonSerializer.SerializeToElement(_columns) } : Sample.Empty,
        };
    }

    /// <summary>Columns are apart by tabs where there is any, and a word may then hold blanks; else by blanks.</summary>
    private static string[] Columns(string line) =>
        line.Contains('\t', StringComparison.Ordinal) ? Array.ConvertAll(line.Split('\t'), c => c.Trim(' ')) is [{ Length: > 0 }, ..] columns ? columns : [] : line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How sure the beginning of a file is of this format.</summary>
    public static double CertaintyOf(string beginning)
    {
        var (lines, tagged, spans) = (0, 0, 0);
        var all = beginning.Split('\n');
        var complete = all.Length > 1 ? all.AsSpan(0, all.Length - 1) : all;
        foreach (var line in complete[..Math.Min(complete.Length, 100)])
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (line.StartsWith("-DOCSTART-", StringComparison.Ordinal)) return 0.97;
            lines++;
            if (Columns(line) is not [_, .., var tag] || !SpanTags.IsTag(tag)) continue;
            tagged++;
            if (tag != SpanTags.Outside) spans++;
        }

        if (lines == 0 || tagged < lines * 0.9) return 0;
        return spans > 0 ? 0.95 : 0.6;
    }

    /// <summary>Whether any of the beginning's lines is a word with a tag, or begins a document.</summary>
    public static bool HasTagged(string beginning)
    {
        foreach (var line in beginning.Split('\n'))
            if (line.StartsWith("-DOCSTART-", StringComparison.Ordinal) || Columns(line.TrimEnd('\r')) is [_, .., var tag] && SpanTags.IsTag(tag)) return true;
        return false;
    }

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
