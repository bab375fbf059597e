using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Composition;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Composition;

public sealed class SplitAndSampleTests
{
    private static readonly WorkingText s_text = new();

    private static Document Document(string id, string record = "") => new() { Id = id, Text = "t", Record = Encoding.UTF8.GetBytes(record) };

    private static string Split(SplitStep step, Document document)
    {
        step.Judge(document, s_text);
        return (string)document.Findings!["split"];
    }

    [Fact]
    public void Near_duplicates_go_together_and_shares_are_met()
    {
        var step = new SplitStep(new() { Validation = 0.2, Test = 0.1 });
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 20_000; i++)
        {
            var document = Document($"d{i}");
            if (i % 4 == 0) document.Findings = new() { ["minhash_cluster"] = $"{i / 40:x16}" };
            var split = Split(step, document);
            if (i % 4 == 0) Assert.Equal(Split(step, new Document { Id = "c", Text = "t", Findings = new() { ["minhash_cluster"] = $"{i / 40:x16}" } }), split);
            counts[split] = counts.GetValueOrDefault(split) + 1;
        }

        Assert.InRange(counts["validation"], 3600, 4400);
        Assert.InRange(counts["test"], 1700, 2300);
    }

    [Fact]
    public void A_corpus_that_grows_keeps_its_split_and_another_seed_splits_otherwise()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), id =>
            Split(new(new() { Validation = 0.5 }), Document(id.Get)) == Split(new(new() { Validation = 0.5 }), Document(id.Get))).Check(Config.QuickThrowOnFailure);
        Assert.Contains(Enumerable.Range(0, 50), i => Split(new(new() { Validation = 0.5 }), Document($"{i}")) != Split(new(new() { Validation = 0.5, Seed = 2 }), Document($"{i}")));
    }

    [Fact]
    public void One_split_may_be_kept_and_members_of_the_record_hold_documents_together()
    {
        var options = new SplitOptions { Validation = 0.5, By = ["host", "page", "id"], Keep = "train" };
        var step = new SplitStep(options);
        var (kept, first) = (0, Split(step, Document("0", """{"host":"example.org"}""")));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(first, Split(step, Document($"{i}", $$"""{"id":"{{i}}","host":"example.org","page":{{i}}}""")));
            if (!step.Judge(Document($"{i}", $$"""{"page":{{i}}}"""), s_text).IsDropped) kept++;
        }

        Assert.InRange(kept, 30, 70);
        Assert.Throws<ArgumentException>(() => new SplitStep(new() { Keep = "dev" }));
        Assert.Throws<ArgumentException>(() => new SplitStep(new() { Validation = 0.9, Test = 0.2 }));
        Assert.Throws<ArgumentException>(() => new SplitStep(new() { Validation = double.NaN }));
    }

    [Fact]
    public void Each_kind_is_sampled_at_its_share_and_a_larger_share_keeps_what_a_smaller_one_keeps()
    {
        var (few, many) = (new SampleStep(new() { By = "language", Rates = ["en=0.1", "de=1"], Rate = 0.5 }), new SampleStep(new() { Rate = 0.3 }));
        var kept = new Dictionary<string, int>();
        for (var i = 0; i < 9000; i++)
        {
            var language = (i % 3) switch { 0 => "en", 1 => "de", _ => "fr" };
            var document = Document($"{i}", $$"""{"language":"{{language}}"}""");
            if (few.Judge(document, s_text).IsDropped) continue;
            kept[language] = kept.GetValueOrDefault(language) + 1;
            if (language == "en") Assert.False(many.Judge(document, s_text).IsDropped);
        }

        Assert.Equal(3000, kept["de"]);
        Assert.InRange(kept["en"], 230, 370);
        Assert.InRange(kept["fr"], 1380, 1620);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("en=2")]
    [InlineData("=1")]
    [InlineData("en=NaN")]
    public void A_share_that_is_none_is_refused(string rate) => Assert.Throws<ArgumentException>(() => new SampleStep(new() { By = "language", Rates = [rate] }));

    [Fact]
    public void A_mixture_has_the_wanted_proportions_and_repeats_none_too_often()
    {
        MixturePart[] parts = [new("web", 900, 6), new("books", 100, 3), new("code", 200, 1), new("none", 50, 0)];
        var plan = Mixture.Plan(parts);
        Assert.Equal(100 * 10 / 3.0, plan.Size, 1e-9);
        Assert.Equal([200 / 900.0, 1, 1 / 6.0, 0], plan.Repeats.Select(r => Math.Round(r, 12)), (a, b) => Math.Abs(a - b) < 1e-9);

        plan = Mixture.Plan(parts, maxRepeats: 4, size: 1000);
        Assert.Equal(3, plan.Repeats[1], 1e-9);
        Assert.StartsWith("books:", Assert.Throws<ArgumentException>(() => Mixture.Plan(parts, maxRepeats: 2, size: 1000)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Mixture.Plan([new("a", 0, 1)]));
        Assert.Throws<ArgumentException>(() => Mixture.Plan([new("a", 1, 0)]));
    }
}
