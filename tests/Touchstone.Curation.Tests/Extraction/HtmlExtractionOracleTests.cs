using System.Diagnostics;
using System.Text.RegularExpressions;
using Touchstone.Curation.Extraction;

namespace Touchstone.Curation.Tests.Extraction;

/// <summary>Pages of the web with their main text as people marked it: scrapinghub's benchmark (full text) and trafilatura's (segments that must and must not be there).</summary>
public sealed partial class HtmlExtractionOracleTests(ITestOutputHelper output)
{
    [Fact]
    public void Main_texts_come_near_to_what_people_marked_and_no_page_takes_two_seconds()
    {
        var pages = JsonLines.Read("html-pages.jsonl.gz").Where(p => p.Text("truth") == "full-body").ToArray();
        double words = 0, shingles = 0, slowest = 0;
        var rows = new List<(double Score, string Row)>();
        foreach (var page in pages)
        {
            var clock = Stopwatch.StartNew();
            var text = HtmlExtraction.Extract(page.Text("html")).Text;
            slowest = Math.Max(slowest, clock.Elapsed.TotalSeconds);
            var (expected, found) = (Tokens(page.Text("text")), Tokens(text));
            var (word, shingle) = (F1(expected, found, 1), F1(expected, found, 4));
            (words, shingles) = (words + word, shingles + shingle);
            rows.Add((word, $"{word:0.000} {shingle:0.000} {expected.Count,6} {found.Count,6} {page.Text("id")} {page.Text("url")}"));
        }

        foreach (var (_, row) in rows.OrderBy(r => r.Score).Take(40)) output.WriteLine(row);
        output.WriteLine($"{pages.Length} pages: mean F1 of words {words / pages.Length:0.0000}, of 4-word shingles {shingles / pages.Length:0.0000}; slowest {slowest:0.00} s");
        Assert.Equal(163, pages.Length);
        Assert.InRange(words / pages.Length, 0.955, 1);
        Assert.InRange(shingles / pages.Length, 0.95, 1);
        Assert.InRange(slowest, 0, 2);
    }

    [Fact]
    public void Segments_that_people_marked_are_there_or_not_there()
    {
        var (right, wrong, hits, misses, noise, clean) = (0, 0, 0, 0, 0, 0);
        foreach (var page in JsonLines.Read("html-pages.jsonl.gz").Where(p => p.Text("truth") == "segments"))
        {
            var text = HtmlExtraction.Extract(page.Text("html")).Text;
            foreach (var segment in page.GetProperty("with").EnumerateArray())
            {
                if (text.Contains(segment.GetString()!, StringComparison.Ordinal)) hits++;
                else
                {
                    misses++;
                    output.WriteLine($"missing {page.Text("id")} {page.Text("url")}: {segment} (of {text.Length})");
                }
            }

            foreach (var segment in page.GetProperty("without").EnumerateArray())
            {
                if (!text.Contains(segment.GetString()!, StringComparison.Ordinal)) clean++;
                else
                {
                    noise++;
                    output.WriteLine($"too much {page.Text("id")} {page.Text("url")}: {segment} (of {text.Length})");
                }
            }
        }

        (right, wrong) = (hits + clean, misses + noise);
        var (precision, recall) = ((double)hits / (hits + noise), (double)hits / (hits + misses));
        output.WriteLine($"{hits} of {hits + misses} wanted, {noise} of {noise + clean} unwanted: accuracy {(double)right / (right + wrong):0.0000}, precision {precision:0.0000}, recall {recall:0.0000}, F1 {2 * precision * recall / (precision + recall):0.0000}");
        Assert.InRange((double)right / (right + wrong), 0.92, 1);
    }

    // As scrapinghub's evaluate.py: words are runs of \w, shingles of n words count as often as they stand.
    private static List<string> Tokens(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    private static double F1(List<string> expected, List<string> found, int n)
    {
        var (wanted, got) = (Shingles(expected, n), Shingles(found, n));
        if (wanted.Count == 0 && got.Count == 0) return 1;
        var common = wanted.Sum(w => Math.Min(w.Value, got.GetValueOrDefault(w.Key)));
        return 2.0 * common / (wanted.Values.Sum() + got.Values.Sum());
    }

    private static Dictionary<string, int> Shingles(List<string> words, int n)
    {
        var shingles = new Dictionary<string, int>();
        if (words.Count > 0 && words.Count < n) shingles[string.Join(' ', words)] = 1;
        for (var i = 0; i + n <= words.Count; i++)
        {
            var shingle = string.Join(' ', words.GetRange(i, n));
            shingles[shingle] = shingles.GetValueOrDefault(shingle) + 1;
        }

        return shingles;
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
