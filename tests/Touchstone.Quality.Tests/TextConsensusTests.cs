using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Texts;
using Touchstone.Statistics;
using TestData = Touchstone.Testing.TestData;

namespace Touchstone.Quality.Tests;

public sealed class TextConsensusTests
{
    [Theory]
    [InlineData("wsa-t1")]
    [InlineData("crowdspeech-devclean300")]
    public void Rover_in_the_given_order_composes_the_reference_texts(string name)
    {
        var data = Load(name);
        data.Equal("ROVER", Rover.Fit(data.Answers, RoverOrder.AsGiven), 0);
    }

    [Theory]
    [InlineData("wsa-t1")]
    [InlineData("crowdspeech-devclean300")]
    public void Rover_from_the_most_central_answer_is_as_exact_whatever_the_order(string name)
    {
        var data = Load(name);
        var result = Rover.Fit(data.Answers);
        var reference = data.Score("ROVER");
        Assert.True(data.ErrorRate(result) < reference + 0.002, $"{name}: {data.ErrorRate(result):F4}, in the given order {reference:F4}");
        int[] order = [.. Enumerable.Range(0, data.Answers.Count)];
        new SeededRandom(4).Shuffle(order.AsSpan());
        Assert.Equal(result.Texts, Rover.Fit(Reordered(data.Answers, order)).Texts);
        Assert.All(result.Confidences, c => Assert.InRange(c, 0.01, 1));
    }

    [Theory]
    [InlineData("wsa-t1")]
    [InlineData("crowdspeech-devclean300")]
    public void Rasa_chooses_the_reference_texts(string name)
    {
        var data = Load(name);
        var result = EmbeddingConsensus.Rasa(data.Answers);
        Assert.True(result.Converged);
        data.Equal("TextRASA_fnv256", result, 0);
    }

    [Fact]
    public void Hrrasa_chooses_the_reference_texts_when_it_compares_words_with_letters_as_the_reference_does() =>
        Load("crowdspeech-devclean300").Equal("TextHRRASA_fnv256", EmbeddingConsensus.Hrrasa(Load("crowdspeech-devclean300").Answers, similarity: WordsWithLetters), 0);

    [Theory]
    [InlineData("wsa-t1", 0)]
    [InlineData("crowdspeech-devclean300", 0.001)]
    public void Hrrasa_is_as_exact_as_the_reference(string name, double slack)
    {
        // The reference counts the two answers of one contributor to one item four times; there are 107 such in wsa-t1.
        var data = Load(name);
        var result = EmbeddingConsensus.Hrrasa(data.Answers);
        Assert.True(data.ErrorRate(result) <= data.Score("TextHRRASA_fnv256") + slack, $"{name}: {data.ErrorRate(result):F4}, reference {data.Score("TextHRRASA_fnv256"):F4}");
    }

    [Theory]
    [InlineData("wsa-t1")]
    [InlineData("crowdspeech-devclean300")]
    public void What_no_method_chooses_is_scored_as_in_the_reference(string name)
    {
        var data = Load(name);
        Assert.Equal(
            (data.Expected.GetProperty("n_texts").GetInt32(), data.Expected.GetProperty("n_tasks").GetInt32(), data.Expected.GetProperty("n_workers").GetInt32()),
            (data.Answers.Count, data.Answers.ItemCount, data.Answers.ContributorCount));
        var (first, best) = (new string?[data.Items.Length], new string?[data.Items.Length]);
        var least = new double[data.Items.Length];
        for (var a = 0; a < data.Answers.Count; a++)
        {
            var item = data.Answers.Items[a];
            first[item] ??= data.Answers.Texts[a];
            var rate = Words.ErrorRate([data.Answers.Texts[a]], [data.Truth[item]]);
            if (best[item] is not null && least[item] <= rate) continue;
            (best[item], least[item]) = (data.Answers.Texts[a], rate);
        }

        foreach (var (method, texts) in new[] { ("FirstAnswer", first), ("BestSingleOracle", best) })
        {
            var scores = data.Expected.GetProperty("scores").GetProperty(method);
            Assert.Equal(scores.GetProperty("corpus_wer").GetDouble(), Words.ErrorRate(texts, data.Truth), 1e-8);
            Assert.Equal(scores.GetProperty("mean_sentence_wer").GetDouble(), Words.MeanErrorRate(texts, data.Truth), 1e-8);
            Assert.Equal(scores.GetProperty("exact_match").GetDouble(), Words.ExactShare(texts, data.Truth), 1e-8);
        }
    }

    [Fact]
    public void Word_errors_and_gleu_equal_hand_counts()
    {
        Assert.Equal(3, Words.Distance(["a", "b", "c"], ["b", "x", "d", "c"]));
        Assert.Equal(0, Words.Distance([], []));
        Assert.Equal(0.5, Words.ErrorRate(["a x", null], ["a b", "c d e"]) * 5 / 8);
        Assert.Equal(1, Words.Gleu(["a", "b"], ["a", "b"]));
        Assert.Equal(1.0 / 3, Words.Gleu(["a", "b"], ["a", "c"]), 12);
        Assert.Equal(0, Words.Gleu([], ["a"]));
    }

    [Fact]
    public void Alike_answers_are_the_answer()
    {
        var answers = new TextAnswers([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], ["the cat", "the cat", "the cat", "ein hund läuft", "ein hund läuft", "ein hund läuft"], 2, 3);
        foreach (var result in new[] { Rover.Fit(answers), EmbeddingConsensus.Rasa(answers), EmbeddingConsensus.Hrrasa(answers) })
        {
            Assert.Equal("the cat|ein hund läuft", string.Join('|', result.Texts));
            Assert.All(result.Confidences, c => Assert.Equal(1, c, 9));
        }
    }

    [Fact]
    public void Rasa_does_not_depend_on_the_order_of_answers() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        string[] words = ["red", "green", "blue", "tree", "house"];
        var (items, contributors, texts) = (new List<int>(), new List<int>(), new List<string>());
        for (var i = 0; i < 10; i++)
        {
            foreach (var c in random.Sample(6, 4))
            {
                items.Add(i);
                contributors.Add(c);
                texts.Add(string.Join(' ', Enumerable.Range(0, 4).Select(n => random.NextBool(0.7) ? words[(i + n) % 5] : random.Choose(words))));
            }
        }

        var answers = new TextAnswers([.. items], [.. contributors], [.. texts], 10, 6);
        int[] order = [.. Enumerable.Range(0, answers.Count)];
        random.Shuffle(order.AsSpan());
        var (first, second) = (EmbeddingConsensus.Rasa(answers), EmbeddingConsensus.Rasa(Reordered(answers, order)));
        for (var i = 0; i < 10; i++) Assert.Equal(first.Confidences[i], second.Confidences[i], 1e-6);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Nothing_one_answer_and_empty_texts_are_no_faults()
    {
        foreach (var method in new Func<TextAnswers, TextResult>[] { a => Rover.Fit(a), a => EmbeddingConsensus.Rasa(a), a => EmbeddingConsensus.Hrrasa(a) })
        {
            var none = method(new([], [], [], 2, 1));
            Assert.All(none.Texts, Assert.Null);
            Assert.Contains(none.Warnings, w => w.Code == "no_votes");
            var one = method(new([1], [0], ["only this"], 2, 1));
            Assert.Null(one.Texts[0]);
            Assert.Equal("only this", one.Texts[1]);
            Assert.Contains(one.Warnings, w => w.Code == "single_votes");
            var empty = method(new([0, 0, 0], [0, 1, 2], ["", "", "x"], 1, 3));
            Assert.All(empty.Confidences, c => Assert.InRange(c, 0, 1));
            Assert.All(empty.Weights, w => Assert.True(w is null || double.IsFinite(w.Value)));
        }

        Assert.Throws<ArgumentException>(() => EmbeddingConsensus.Rasa(new([0], [0], ["a"], 1, 1), _ => [double.NaN]));
    }

    /// <summary>crowd-kit hands the second text to GLEU unsplit, so that it is compared letter by letter.</summary>
    private static double WordsWithLetters(string first, string second) => Words.Gleu(Words.Of(first), [.. second.Select(letter => letter.ToString())]);

    private static TextAnswers Reordered(TextAnswers answers, int[] order) => new(
        [.. order.Select(a => answers.Items[a])], [.. order.Select(a => answers.Contributors[a])], [.. order.Select(a => answers.Texts[a])], answers.ItemCount, answers.ContributorCount);

    internal sealed record Data(TextAnswers Answers, string[] Items, string[] Truth, JsonElement Expected)
    {
        public double Score(string method) => Expected.GetProperty("scores").GetProperty(method).GetProperty("corpus_wer").GetDouble();

        public double ErrorRate(TextResult result) => Words.ErrorRate(result.Texts, Truth);

        public void Equal(string method, TextResult result, int others)
        {
            var outputs = Expected.GetProperty("outputs").GetProperty(method);
            var different = Items.Where((name, i) => outputs.GetProperty(name).GetString() != result.Texts[i]).ToArray();
            Assert.True(different.Length <= others, $"{different.Length} differ: {string.Join(", ", different.Take(5))}; error rate {ErrorRate(result):F5}, reference {Score(method):F5}");
            Assert.Equal(Score(method), ErrorRate(result), others == 0 ? 1e-8 : 0.01);
            var scores = Expected.GetProperty("scores").GetProperty(method);
            Assert.Equal(scores.GetProperty("mean_sentence_wer").GetDouble(), Words.MeanErrorRate(result.Texts, Truth), others == 0 ? 1e-8 : 0.01);
            Assert.Equal(scores.GetProperty("exact_match").GetDouble(), Words.ExactShare(result.Texts, Truth), others == 0 ? 1e-8 : 0.01);
            Assert.Equal(scores.GetProperty("n").GetInt32(), Truth.Length);
        }
    }

    internal static Data Load(string name)
    {
        var rows = Rows(name, "texts").Select(l => l.Split(',', 3)).ToArray();
        string[] items = [.. rows.Select(r => r[0]).Distinct().Order(StringComparer.Ordinal)];
        string[] workers = [.. rows.Select(r => r[1]).Distinct().Order(StringComparer.Ordinal)];
        var answers = new TextAnswers(
            [.. rows.Select(r => Array.IndexOf(items, r[0]))], [.. rows.Select(r => Array.IndexOf(workers, r[1]))], [.. rows.Select(r => r[2])], items.Length, workers.Length);
        var truth = Rows(name, "truth").Select(l => l.Split(',', 2)).ToDictionary(r => r[0], r => r[1]);
        var expected = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", $"expected-{name}.json"))).RootElement;
        return new(answers, items, [.. items.Select(i => truth[i])], expected);
    }

    private static IEnumerable<string> Rows(string name, string kind) =>
        File.ReadLines(TestData.Find(Assert.Skip, "crowd", $"{name}.{kind}.csv")).Skip(1).Where(l => l.Length > 0);
}
