using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Filters;

/// <summary>Every decision, reason and edited text beside what datatrove 0.10 made of the same documents.</summary>
public sealed class DatatroveDecisionsTests
{
    private readonly WorkingText _text = new();
    private readonly List<string> _differences = [];

    private readonly (string Name, DocumentStep Step)[] _filters =
    [
        ("gopher_rep", new GopherRepetition()),
        ("gopher_qual", new GopherQuality()),
        ("c4", new C4Quality()),
        ("c4_fw", new C4Quality(C4QualityParameters.FineWeb)),
        ("fineweb", new FineWebQuality()),
        ("c4_para", new C4Paragraphs()),
    ];

    [Theory]
    [InlineData("en")]
    [InlineData("edge")]
    public void Every_filter_decides_as_datatrove_does(string corpus)
    {
        foreach (var (id, text, expected) in Corpus.WithExpected(corpus))
        {
            var document = new Document { Id = id, Text = text };
            foreach (var (name, step) in _filters)
            {
                _text.Begin(text);
                var verdict = step.Judge(document, _text);
                Compare(id, name, expected, name, verdict.Reason ?? "keep");
                if (!verdict.IsDropped && name.StartsWith("c4", StringComparison.Ordinal) && name != "c4_para") Compare(id, name, expected, $"{name}_text_sha1", Corpus.Digest(verdict.Text ?? text));
            }
        }

        AssertNoDifference();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("edge")]
    public void The_chain_of_filters_decides_and_edits_as_datatrove_does(string corpus)
    {
        string[] chain = ["gopher_rep", "gopher_qual", "c4_fw", "fineweb"];
        foreach (var (id, text, expected) in Corpus.WithExpected(corpus))
        {
            var document = new Document { Id = id, Text = text };
            _text.Begin(text);
            string? decision = null;
            foreach (var name in chain)
            {
                var verdict = _filters.Single(filter => filter.Name == name).Step.Judge(document, _text);
                if (verdict.IsDropped)
                {
                    decision = $"{name}:{verdict.Reason}";
                    break;
                }

                if (verdict.Text is { } edited) _text.Begin(edited);
            }

            Compare(id, "pipeline", expected, "pipeline", decision ?? "keep");
            if (decision is null) Compare(id, "pipeline", expected, "pipeline_text_sha1", Corpus.Digest(_text.Text));
        }

        AssertNoDifference();
    }

    [Fact]
    public void The_sets_of_punctuation_are_as_large_as_in_datatrove()
    {
        Assert.Equal(159, TextMarks.TerminalCount);
        Assert.Equal(281, TextMarks.SymbolCount);
    }

    private void Compare(string id, string filter, JsonElement expected, string member, string actual)
    {
        var wanted = expected.TryGetProperty(member, out var value) ? value.GetString() : null;
        if (wanted != actual) _differences.Add($"{id} {filter}: {actual}, expected {wanted} ({member})");
    }

    private void AssertNoDifference() => Assert.True(_differences.Count == 0, $"{_differences.Count} differences:\n{string.Join('\n', _differences.Take(30))}");
}
