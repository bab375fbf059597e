using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Touchstone.Text.Words;

namespace Touchstone.Bench;

/// <summary>The English documents of the shared corpus, repeated with changes: in each repetition some words are others, so that no memory of words serves them all.</summary>
internal static class ChangedTexts
{
    /// <summary>One word in so many has a letter changed.</summary>
    private const int ChangedWordIn = 50;

    public static List<string> Make(int megabytes)
    {
        var data = Environment.GetEnvironmentVariable("TOUCHSTONE_TEST_DATA") ?? throw new InvalidOperationException("Set TOUCHSTONE_TEST_DATA to the folder of reference data.");
        var (texts, bytes, random) = (new List<string>(), 0L, new Random(1));
        var originals = Read(Path.Combine(data, "text", "en.jsonl.gz"));
        for (var repetition = 0; bytes < megabytes * 1_000_000L; repetition++)
        {
            foreach (var original in originals)
            {
                var text = repetition == 0 ? original : Change(original, random);
                texts.Add(text);
                bytes += Encoding.UTF8.GetByteCount(text);
                if (bytes >= megabytes * 1_000_000L) break;
            }
        }

        return texts;
    }

    /// <summary>Share of tokens whose word did not occur before in the texts.</summary>
    public static double NewShare(List<string> texts)
    {
        var (seen, tokens, fresh) = (new HashSet<ulong>(), 0L, 0L);
        var (tokenizer, words) = (new EnglishTokenizer(), new WordList());
        foreach (var text in texts)
        {
            tokenizer.Split(text, words);
            tokens += words.Count;
            for (var i = 0; i < words.Count; i++)
                if (seen.Add(Touchstone.Text.Hashing.XxHash64.Hash(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.Of(text, i))))) fresh++;
        }

        return fresh / (double)tokens;
    }

    private static string Change(string text, Random random)
    {
        var changed = text.ToCharArray();
        for (var i = 1; i < changed.Length; i++)
            if (char.IsAsciiLetterLower(changed[i]) && changed[i - 1] == ' ' && random.Next(ChangedWordIn) == 0) changed[i] = (char)('a' + random.Next(26));
        return new string(changed);
    }

    private static List<string> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var texts = new List<string>();
        while (reader.ReadLine() is { } line) texts.Add(JsonElement.Parse(line).GetProperty("text").GetString()!);
        return texts;
    }
}
