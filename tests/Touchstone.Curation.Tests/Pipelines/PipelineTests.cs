using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Tests.Runs;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Tests.Pipelines;

public sealed class PipelineTests
{
    private const string Source = "source: { jsonl: a.jsonl }\n";
    private const string Sink = "sink: { jsonl: out/ }\n";

    [Fact]
    public void A_pipeline_has_what_its_file_says_and_published_defaults_for_the_rest()
    {
        var pipeline = Pipeline.Parse("p.yaml", """
            source: { jsonl: ["a/*.jsonl.gz", b.jsonl], text_member: content, record_limit: 1MB }   # two patterns
            steps:
              - plain
              - plain: { words_min: 5 }
              - minhash: { ngram: 5, buckets: 14, rows: 8, keep: longest }
            sink: { jsonl: out/, compression: zstd, shard: 256MB }
            dropped: { jsonl: dropped/ }
            """, RunBench.Kinds);
        Assert.Equal((SourceKind.Jsonl, "content", 1_000_000), (pipeline.Source.Kind, pipeline.Source.Options.TextName, pipeline.Source.Options.RecordBytesMax));
        Assert.Equal(["a/*.jsonl.gz", "b.jsonl"], pipeline.Source.Patterns);
        Assert.Equal(["plain", "plain", "minhash"], pipeline.Steps.Select(s => s.Name));
        Assert.Equal([3, 5], pipeline.Steps.Take(2).Select(s => s.Parameters["words_min"]!.GetValue<decimal>()));
        Assert.Equal("minhash@datatrove-0.10", pipeline.Steps[2].Id);
        Assert.Equal((LinesCompression.Zstd, 256_000_000L), (pipeline.Sink.Compression, pipeline.Sink.ShardBytes));
        Assert.Equal(LinesCompression.Gzip, pipeline.Dropped!.Compression);
    }

    [Theory]
    [InlineData(Source + "steps: [plan]\n" + Sink, 2, 9, "no step \"plan\"; there are plain, ")]
    [InlineData(Source + "steps:\n  - plain: { words: 5 }\n" + Sink, 3, 14, "plain has no \"words\"; it has words_min, cut")]
    [InlineData(Source + "steps:\n  - plain: { words_min: many }\n" + Sink, 3, 25, "plain: words_min: expected a whole number, found \"many\"")]
    [InlineData(Source + "steps:\n  - plain: { words_min: -1 }\n" + Sink, 3, 25, "plain: words_min: expected 0 or more, found \"-1\"")]
    [InlineData(Source + "steps:\n  - language: { keep: [en], threshold: 65 }\n" + Sink, 3, 40, "language: threshold: expected a number from 0 to 1, found \"65\"")]
    [InlineData(Source + "steps:\n  - gopher_quality: { mean_word_length_maximum: -1 }\n" + Sink, 3, 49, "gopher_quality: mean_word_length_maximum: expected 0 or more, found \"-1\"")]
    [InlineData(Source + "steps:\n  - gopher_quality: { words_minimum: 200000 }\n" + Sink, 3, 38, "gopher_quality: words_minimum: expected at most 100000, which is words_maximum, found 200000")]
    [InlineData(Source + "steps:\n  - nemo: { mean_word_length_maximum: 2.5 }\n" + Sink, 3, 39, "nemo: mean_word_length_maximum: expected at least 3, which is mean_word_length_minimum, found 2.5")]
    [InlineData(Source + "steps:\n  - gopher_repetition: { top_n_grams: [{ words: 2, maximum: 20 }] }\n" + Sink, 3, 61, "maximum: expected a number from 0 to 1, found \"20\"")]
    [InlineData(Source + "steps:\n  - minhash: { jaccard_min: 1.5 }\n" + Sink, 3, 29, "minhash: jaccard_min: expected a number from 0 to 1, found \"1.5\"")]
    [InlineData(Source + "steps:\n  - sentences: { sentences: 0 }\n" + Sink, 3, 29, "sentences: sentences: expected 1 or more, found \"0\"")]
    [InlineData(Source + "steps:\n  - plain: 7\n" + Sink, 3, 12, "plain: expected parameters such as")]
    [InlineData(Source + "steps:\n  - minhash: { keep: shortest }\n" + Sink, 3, 22, "expected longest or first or highest_score")]
    [InlineData(Source + "steps:\n  - minhash: { buckets: 0 }\n" + Sink, 3, 5, "minhash: ")]
    [InlineData(Source + "step: []\n" + Sink, 2, 1, "a pipeline has no \"step\"; it has source, steps, sink, dropped")]
    [InlineData(Sink, 1, 1, "expected a \"source\"")]
    [InlineData(Source, 1, 1, "expected a \"sink\"")]
    [InlineData("source: { json: a }\n" + Sink, 1, 11, "source has no \"json\"; it has jsonl, warc, wet, parquet, csv, text, html")]
    [InlineData("source: { jsonl: a, csv: b }\n" + Sink, 1, 21, "found two")]
    [InlineData("source: { text_member: a }\n" + Sink, 1, 9, "found none")]
    [InlineData("source: { jsonl: a, record_limit: 1073741824 }\n" + Sink, 1, 35, "record_limit: expected an amount from 1 to 1073741823")]
    [InlineData(Source + "sink: { jsonl: out/, compression: brotli }\n", 2, 35, "expected none, gzip or zstd, found \"brotli\"")]
    [InlineData(Source + "sink: { jsonl: out/, level: 12 }\n", 2, 29, "from 1 to 9")]
    [InlineData(Source + Sink + "dropped: { jsonl: out }\n", 3, 10, "a folder other than the sink's")]
    [InlineData(Source + Sink + Sink, 3, 1, "every key once")]
    [InlineData(Source + "sink: { jsonl: \"s3://bucket/out\" }\n", 2, 16, "expected a folder on a disk, found the address s3://bucket/out")]
    [InlineData("source: { jsonl: &a b }\n" + Sink, 1, 18, "without an anchor")]
    [InlineData("source: { jsonl: a\n", 2, 1, "no YAML")]
    [InlineData("", 1, 1, "empty file")]
    public void What_is_wrong_is_told_with_its_line_and_column(string yaml, int line, int column, string message)
    {
        var fault = Assert.Throws<PipelineException>(() => Pipeline.Parse("p.yaml", yaml, RunBench.Kinds));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.StartsWith($"p.yaml, line {line}, column {column}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_default_is_within_its_range_and_nothing_outside_of_it_is_taken()
    {
        foreach (var kind in StepRegistry.All)
        {
            foreach (var (name, value) in kind.Defaults)
            {
                if (value is null || value.GetValueKind() != System.Text.Json.JsonValueKind.Number) continue;
                var refused = Assert.Throws<PipelineException>(() => Pipeline.Parse("p.yaml", Source + $"steps: [{kind.Name}: {{ {name}: -1 }}]\n" + Sink));
                Assert.Contains($"{kind.Name}: {name}: expected", refused.Message, StringComparison.Ordinal);
                if (kind.Name is "url_lists" or "decontaminate") continue;
                Assert.NotNull(Pipeline.Parse("p.yaml", Source + $"steps: [{kind.Name}: {{ {name}: {value} }}]\n" + Sink));
            }
        }
    }

    [Fact]
    public void Hostile_files_are_refused_and_do_not_overflow()
    {
        Assert.Throws<PipelineException>(() => Pipeline.Parse("p.yaml", "source: " + new string('[', 100_000)));
        Assert.Throws<PipelineException>(() => Pipeline.Parse("p.yaml", new string('x', 2_000_000)));
    }

    [Fact]
    public void The_digest_tells_parameters_apart_and_not_the_way_they_are_written()
    {
        static string Digest(string steps) => Pipeline.Parse("p.yaml", Source + $"steps: {steps}\n" + Sink, RunBench.Kinds).Digest();
        Assert.Equal(Digest("[plain]"), Digest("[plain: { words_min: 3 }]"));
        Assert.NotEqual(Digest("[plain]"), Digest("[plain: { words_min: 4 }]"));
    }

    [Theory]
    [InlineData("redact: []", "expected at least one type to redact")]
    [InlineData("decontaminate: []", "Expected at least one file")]
    public void A_step_with_an_empty_list_is_refused_without_words_of_code(string step, string message)
    {
        var refused = Assert.Throws<PipelineException>(() => Pipeline.Parse("p.yaml", Source + $"steps: [{step}]\n" + Sink));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_preset_can_be_read()
    {
        Assert.NotEmpty(Presets.Names);
        foreach (var name in Presets.Names) Assert.NotNull(Pipeline.Parse(name, Presets.Find(name)!));
    }
}
