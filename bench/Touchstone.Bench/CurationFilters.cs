using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;
using Touchstone.Text.Words;

namespace Touchstone.Bench;

/// <summary>
/// The chain of filters of FineWeb (Gopher repetition, Gopher quality, C4 without its rule on end marks, FineWeb) and each filter alone, on one core. The first pass
/// is over real English text, cold, with every decision compared with datatrove's; the passes after it are over the same text with a share of its words replaced by
/// words that never occurred, so that no memory of earlier text can help with them.
/// </summary>
internal static class CurationFilters
{
    /// <summary>What datatrove 0.10 reached per core on a like machine, with and without a chunk cache in its tokenizer (MB/s).</summary>
    private const double PeerSlow = 0.40, PeerFast = 0.59;

    private static readonly (string Name, DocumentStep Step)[] Chain =
        [("gopher_rep", new GopherRepetition()), ("gopher_qual", new GopherQuality()), ("c4_fw", new C4Quality(C4QualityParameters.FineWeb)), ("fineweb", new FineWebQuality())];

    private static readonly DocumentStep[] All = [.. Chain.Select(filter => filter.Step), new C4Quality(), new C4Paragraphs()];

    public static void Run(string[] arguments)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("TOUCHSTONE_TEST_DATA") ?? throw new InvalidOperationException("Set TOUCHSTONE_TEST_DATA to the folder of reference data."), "text");
        var megabytes = Arguments.Int(arguments, "--megabytes", 300);
        var changed = Arguments.Int(arguments, "--changed-percent", 10);
        var expected = Read(Path.Combine(folder, "expected-en-filters.jsonl.gz")).ToDictionary(row => row.GetProperty("id").GetString()!, row => row.GetProperty("pipeline").GetString()!);
        Document[] corpus = [.. Read(Path.Combine(folder, "en.jsonl.gz")).Select(row => new Document { Id = row.GetProperty("id").GetString()!, Text = row.GetProperty("text").GetString()! })];
        var size = Megabytes(corpus);
        Console.WriteLine(Line($"{corpus.Length:N0} documents, {size:0.0} MB of UTF-8, again and again with {changed} % of the words replaced, {megabytes} MB in all; one thread; MB are of the text given in; ratio to datatrove's {PeerSlow} to {PeerFast} MB/s a core"));
        Console.WriteLine("pass                                           MB/s     docs/s   of CPU   unseen tokens   ratio");

        var (seen, worker) = (new HashSet<ulong>(), new WorkingText());
        var different = 0;
        Report("chain, cold: first texts of the process", corpus, UnseenShare(corpus, seen), worker, (document, text) => different += Decide(document, text) == expected[document.Id] ? 0 : 1);
        if (different > 0) throw new InvalidOperationException($"{different} decisions differ from datatrove's.");
        Console.WriteLine("  every decision of this pass equals datatrove's");

        var texts = corpus;
        var (bytes, seconds) = (0.0, 0.0);
        for (var copy = 1; copy * size < megabytes; copy++)
        {
            texts = Change(corpus, copy, changed);
            bytes += Megabytes(texts);
            seconds += Report(Line($"chain, warm, changed copy {copy}"), texts, UnseenShare(texts, seen), worker, (document, text) => Decide(document, text));
        }

        if (seconds > 0) Console.WriteLine(Line($"  {bytes:0} MB of changed text in {seconds:0.0} s: {bytes / seconds:0.0} MB/s"));
        Report("chain, real text again, new worker", corpus, 0, new WorkingText(), (document, text) => Decide(document, text));
        Report("words alone, changed text", texts, null, worker, (_, text) => GC.KeepAlive(text.Words));
        foreach (var step in All) Report($"{step.Id} alone, changed text", texts, null, worker, (document, text) => step.Judge(document, text));
    }

    private static string Decide(Document document, WorkingText text)
    {
        foreach (var (name, step) in Chain)
        {
            var verdict = step.Judge(document, text);
            if (verdict.Reason is { } reason) return $"{name}:{reason}";
            if (verdict.Text is { } edited) text.Begin(edited);
        }

        return "keep";
    }

    private static double Report(string name, Document[] documents, double? unseen, WorkingText worker, Action<Document, WorkingText> run)
    {
        GC.Collect();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        foreach (var document in documents)
        {
            worker.Begin(document.Text);
            run(document, worker);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var cpu = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        var rate = Megabytes(documents) / seconds;
        Console.WriteLine(Line($"{name,-42} {rate,8:0.0} {documents.Length / seconds,10:N0} {cpu / seconds,8:0.00} {unseen * 100,14:0.0}% {rate / PeerFast,6:0}-{rate / PeerSlow:0}x"));
        return seconds;
    }

    /// <summary>The same texts with some words replaced by made ones of the same length, so that most rules still see text of the same kind.</summary>
    private static Document[] Change(Document[] corpus, int seed, int percent)
    {
        var random = new Random(seed);
        return [.. corpus.Select(document => new Document { Id = document.Id, Text = Change(document.Text, random, percent) })];
    }

    private static string Change(string text, Random random, int percent)
    {
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length;)
        {
            var end = i;
            while (end < characters.Length && char.IsAsciiLetter(characters[end])) end++;
            if (end - i >= 4 && random.Next(100) < percent)
            {
                for (var k = i; k < end; k++) characters[k] = (char)(char.IsAsciiLetterUpper(characters[k]) ? 'A' + random.Next(26) : 'a' + random.Next(26));
            }

            i = end + 1;
        }

        return new string(characters);
    }

    private static double UnseenShare(Document[] documents, HashSet<ulong> seen)
    {
        var (tokenizer, words) = (new EnglishTokenizer(), new WordList());
        var (count, unseen) = (0L, 0L);
        foreach (var document in documents)
        {
            tokenizer.Split(document.Text, words);
            count += words.Count;
            for (var i = 0; i < words.Count; i++)
            {
                var hash = 14695981039346656037UL;
                foreach (var unit in words.Of(document.Text, i)) hash = (hash ^ unit) * 1099511628211;
                if (seen.Add(hash)) unseen++;
            }
        }

        return unseen / (double)count;
    }

    private static double Megabytes(Document[] documents) => documents.Sum(document => (long)Encoding.UTF8.GetByteCount(document.Text)) / 1e6;

    private static IEnumerable<JsonElement> Read(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
