using System.Text;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Texts with spans, drawn from a seed or written as files.</summary>
internal static class TextSamples
{
    private static readonly string[] Words = ["Élan", "🚗", "EU", "rejects", "日本", "a\u0301b", "\"quoted\"", "x\\y", "\u00a0", "1,000.5", "O'Neil", "🧑‍🚀"];

    /// <summary>A text of several words with spans that begin and end at words.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="index">The text's position.</param>
    /// <param name="mayOverlap">Whether spans may overlap.</param>
    public static Sample Of(int seed, int index, bool mayOverlap)
    {
        var random = new Random(seed * 1_000 + index);
        var words = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Words[random.Next(Words.Length)]).ToArray();
        List<(long Start, long End)> places = [];
        var at = 0L;
        foreach (var word in words)
        {
            var length = word.EnumerateRunes().Count();
            places.Add((at, at + length));
            at += length + 1;
        }

        List<LabelledObject> objects = [];
        for (var first = 0; first < words.Length; first += mayOverlap ? 1 : 0)
        {
            var last = Math.Min(words.Length - 1, first + random.Next(3));
            if (random.Next(2) == 0) objects.Add(new LabelledObject(random.Next(2) == 0 ? "ORG" : "per-son", new TextSpan(places[first].Start, places[last].End)));
            if (!mayOverlap) first = last + 1;
        }

        return new Sample { Name = $"texts-{index + 1}", Kind = InputKind.Text, Text = string.Join(' ', words), Opinions = [new Opinion { Objects = objects }] };
    }

    /// <summary>What is read of a file of these lines.</summary>
    public static async Task<List<Sample>> ReadAsync(DatasetFormat format, string name, string text, FaultLog? faults = null, FormatOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder[name], text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        return await Exchanges.ReadAsync(format, folder[name], options, faults);
    }

    /// <summary>The words of each span and its class.</summary>
    public static IEnumerable<string> Spans(Sample sample) => sample.Opinions.SelectMany(o => o.Objects).Select(o => $"{o.Class}: {Between(sample.Text!, (TextSpan)o.Mark)}");

    private static string Between(string text, TextSpan span) => string.Concat(text.EnumerateRunes().Skip((int)span.Start).Take((int)(span.End - span.Start)));
}
