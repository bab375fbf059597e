using System.IO.Compression;
using System.Text.Json;
using LanguageModel;
using Touchstone.Text.Languages;

// LanguageModel train FOLDER MODEL   reads FOLDER/text as build/LanguageModel/fetch leaves it, and writes the model
// LanguageModel score MODEL FILE     the share of right languages in a compressed file of JSON lines with text and language
switch (args)
{
    case ["train", var folder, var model]:
        var corpus = Corpus.Read(Path.Combine(folder, "text"));
        foreach (var (language, lines) in corpus)
            if (lines.Sum(l => (long)l.Length) >= 20_000) Console.WriteLine($"{language} {lines.Count} lines, {lines.Sum(l => (long)l.Length)} characters");
        var trainer = new Trainer(corpus, minLetters: 100_000);
        trainer.Train();
        trainer.Save(model);
        return 0;
    case ["score", var model, var file]:
        Score(model, file);
        return 0;
    default:
        Console.Error.WriteLine("usage: LanguageModel train FOLDER MODEL | score MODEL FILE.jsonl.gz");
        return 2;
}

static void Score(string model, string file)
{
    using var stream = File.OpenRead(model);
    var identifier = LanguageIdentifier.Read(stream);
    using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
    var (right, known, wrong) = (0, 0, new SortedDictionary<string, int>(StringComparer.Ordinal));
    while (lines.ReadLine() is { } line)
    {
        using var document = JsonDocument.Parse(line);
        var text = document.RootElement.GetProperty("text").GetString()!;
        var label = document.RootElement.GetProperty("language").GetString()!.Split('_')[0];
        if (label == "np") label = "ne";
        if (label == "fil") label = "tl";
        if (text.Length < 200 || !identifier.Languages.Contains(label)) continue;
        known++;
        var guess = identifier.Identify(Prose.Of(text));
        if (guess.Language == label) right++;
        else
        {
            var pair = $"{label}>{guess.Language}";
            wrong[pair] = wrong.GetValueOrDefault(pair) + 1;
            Console.WriteLine($"{document.RootElement.GetProperty("id").GetString()} {pair} {guess.Probability:0.00} {Prose.Of(text).ReplaceLineEndings(" ")[..Math.Min(100, Prose.Of(text).Length)]}");
        }
    }

    Console.WriteLine($"{right} of {known}: {(double)right / known:0.0000}; {string.Join(", ", wrong.Select(w => $"{w.Key} {w.Value}"))}");
}
