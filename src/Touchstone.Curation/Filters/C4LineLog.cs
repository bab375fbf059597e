using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>Which lines of a text each rule of C4 took out, for people who ask why.</summary>
internal sealed class C4LineLog
{
    private static readonly string[] Rules =
        [C4Phrases.LoremIpsum, C4Phrases.CurlyBracket, "line_too_long_word", "line_no_terminal_punct", "line_too_few_words", "line_javascript", "line_policy"];

    private readonly List<(string Rule, TextRange Line)> _lines = [];

    public void Add(string rule, TextRange line) => _lines.Add((rule, line));

    /// <summary>One value for each rule; of the two that drop a text, the one that was met first comes first.</summary>
    public void AddTo(ICollection<RuleValue> values)
    {
        var order = Rules.OrderBy(rule => rule is not (C4Phrases.LoremIpsum or C4Phrases.CurlyBracket)).ThenBy(rule => (uint)_lines.FindIndex(line => line.Rule == rule));
        foreach (var rule in order)
        {
            List<TextRange> spans = [.. _lines.Where(line => line.Rule == rule).Select(line => line.Line)];
            var threshold = rule is C4Phrases.LoremIpsum or C4Phrases.CurlyBracket ? 0 : double.PositiveInfinity;
            values.Add(new RuleValue(rule, spans.Count, RuleComparison.Above, threshold, spans));
        }
    }
}
