using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Extraction;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Extraction;

public sealed class HtmlExtractionTests
{
    private const string Sentence = "The main text of a page is what its reader came for, and it runs over several lines, with commas, clauses and an end. ";

    private static readonly string s_paragraph = string.Concat(Enumerable.Repeat(Sentence, 3)).Trim();

    private static string Page(string body, string head = "") => $"<!doctype html><html lang=\"en\"><head>{head}</head><body>{body}</body></html>";

    private static string Article(string inside) =>
        Page($"<nav><ul><li><a href=/>Home</a></li><li><a href=/news>All the news of today</a></li></ul></nav><article><h1>Name</h1><p>{s_paragraph}</p>{inside}<p>{s_paragraph}</p></article><footer>Rights reserved, by all of us, always, and in every place.</footer>");

    [Fact]
    public void Paragraphs_stay_and_what_stands_around_them_goes()
    {
        var page = HtmlExtraction.Extract(Article(""));
        Assert.Equal($"{s_paragraph}\n\n{s_paragraph}", page.Text);
        Assert.Equal("Name", page.Title);
        Assert.Equal("en", page.Language);
        Assert.Null(page.Failure);
    }

    [Theory]
    [InlineData("<ul><li>one, and more</li><li>two</li></ul>", "- one, and more\n- two")]
    [InlineData("<ol><li><p>one</p></li><li><p>two</p></li></ol>", "- one\n\n- two")]
    [InlineData("<h2>A heading within</h2>", "A heading within")]
    [InlineData("<blockquote>Said <b>some</b>one <br>in two lines</blockquote>", "Said someone\nin two lines")]
    [InlineData("<pre>if (a &lt; b)\n    return;</pre>", "if (a < b)\n    return;")]
    [InlineData("<table><tr><th>Year</th><th>Count</th></tr><tr><td>2001</td><td>17</td></tr></table>", "Year | Count\n2001 | 17")]
    [InlineData("<div>\n  words <!-- no --> in\t a box that is long enough <script>no()</script><style>p{}</style></div>", "words in a box that is long enough")]
    [InlineData("<p hidden>unseen</p><p style='display:none'>unseen</p><button>Press</button>", "")]
    public void Blocks_are_written_as_plain_lines(string html, string expected)
    {
        var between = expected.Length == 0 ? "\n\n" : $"\n\n{expected}\n\n";
        Assert.Equal(s_paragraph + between + s_paragraph, HtmlExtraction.Extract(Article(html)).Text);
    }

    [Fact]
    public void Links_of_the_main_text_are_listed_with_their_whole_address()
    {
        var page = HtmlExtraction.Extract(Article("<p>See <a href='../b?c=1#d'>the other page</a> and <a href='#here'>here</a>, and more of it.</p>"), new() { Address = new("https://example.org/x/y.html") });
        Assert.Equal([new("https://example.org/b?c=1#d", "the other page")], page.Links);
    }

    [Theory]
    [InlineData("<meta property='article:published_time' content='2019-03-14T10:00:00Z'>", "https://example.org/", "2019-03-14")]
    [InlineData("<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"datePublished\":\"2020-02-29\"}]}</script>", "https://example.org/", "2020-02-29")]
    [InlineData("<script type='application/ld+json'>{\"datePublished\": oops</script>", "https://example.org/2018/7/4/name", "2018-07-04")]
    [InlineData("<meta name='date' content='2019-13-77'>", "https://example.org/99/1/2/", null)]
    public void The_day_of_publication_is_the_pages_own_word(string head, string address, string? expected)
    {
        var page = HtmlExtraction.Extract(Page($"<article><p>{s_paragraph}</p></article>", head), new() { Address = new(address) });
        Assert.Equal(expected, page.Date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("<html lang='pt-br'>", "pt-BR")]
    [InlineData("<html lang='zh-Hant-TW'>", "zh-TW")]
    [InlineData("<html><meta property='og:locale' content='de_AT'>", "de-AT")]
    [InlineData("<html lang=''><meta http-equiv='Content-Language' content='fr, en'>", "fr")]
    [InlineData("<html lang='klingonese'>", null)]
    public void The_language_is_the_pages_own_word(string start, string? expected) =>
        Assert.Equal(expected, HtmlExtraction.Extract($"{start}<body><p>{s_paragraph}</p>").Language);

    [Theory]
    [InlineData("<html><head><title>A long name of a page | Site</title></head>", "A long name of a page")]
    [InlineData("<title>X - Y</title>", "X - Y")]
    [InlineData("<meta property='og:title' content=' Shared  name '><title>Other</title>", "Shared name")]
    public void The_title_is_without_the_name_of_the_site(string head, string expected) =>
        Assert.Equal(expected, HtmlExtraction.Extract($"{head}<body><p>{s_paragraph}</p>").Title);

    [Fact]
    public void A_page_without_text_is_dropped_with_its_reason()
    {
        Assert.Equal("extraction_empty", HtmlExtraction.Extract("").Failure);
        Assert.Equal("extraction_empty", HtmlExtraction.Extract("<script>1</script>\0").Failure);
        Assert.Equal("extraction_too_large", HtmlExtraction.Extract(new string('x', 1001), new() { MaxCharacters = 1000 }).Failure);
        Assert.Equal("extraction_too_large", HtmlExtraction.Extract(string.Concat(Enumerable.Repeat("<p>a", 5000)), new() { MaxNodes = 1000 }).Failure);
    }

    [Fact]
    public void A_page_that_takes_too_long_is_stopped_while_it_is_parsed()
    {
        var clock = new RunningClock();
        var page = HtmlExtraction.Extract(string.Concat(Enumerable.Repeat("<p>a", 5000)), new() { Clock = clock });
        Assert.Equal("extraction_timeout", page.Failure);
    }

    // A clock that shows a tenth of a second more each time it is looked at.
    private sealed class RunningClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += TimestampFrequency / 10;
    }

    [Theory]
    [InlineData("<div>", "")]
    [InlineData("<div>", "</div>")]
    [InlineData("<b>", "")]
    [InlineData("<span><p>", "")]
    [InlineData("<table><tr><td>", "")]
    [InlineData("<ul><li>", "</ul>")]
    [InlineData("<blockquote>", "</blockquote>")]
    [InlineData("<x-y>", "")]
    [InlineData("<svg><g>", "")]
    [InlineData("<a href=x>", "")]
    [InlineData("<div/>", "")]
    [InlineData("<form><input>", "")]
    [InlineData("<select><option>", "")]
    [InlineData("<!--", "")]
    [InlineData("<p a='", "")]
    [InlineData("<button>", "")]
    [InlineData("<template>", "")]
    [InlineData("<math><mi>", "")]
    [InlineData("&", "")]
    [InlineData("<", "")]
    [InlineData("<h1><h2>", "")]
    [InlineData("<br>", "")]
    [InlineData("<frameset>", "")]
    [InlineData("<nobr>", "")]
    public void A_hundred_thousand_of_any_element_neither_overflow_nor_hang(string start, string end)
    {
        var html = $"<p>{s_paragraph}</p>" + string.Concat(Enumerable.Repeat(start, 100_000)) + $"<p>{s_paragraph}</p>" + string.Concat(Enumerable.Repeat(end, 100_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var page = HtmlExtraction.Extract(html);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 4); // twice the limit: other tests run beside it
        Assert.True(page.Failure is null or "extraction_timeout" or "extraction_too_large", page.Failure);
    }

    [Fact]
    public void Elements_within_a_hundred_thousand_boxes_keep_their_text()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 100_000)) + $"<p>{s_paragraph}</p><p>{s_paragraph}</p>" + string.Concat(Enumerable.Repeat("</div>", 100_000));
        Assert.Equal($"{s_paragraph}\n\n{s_paragraph}", HtmlExtraction.Extract(html).Text);
    }

    [Fact]
    public void Flattening_changes_no_page_that_is_not_too_deep()
    {
        var pieces = Gen.Elements("<div>", "</div>", "<p>", "text", "<br/>", "<!-- <div> -->", "<script>'<div>'</script>", "<a title='>'>", "</a>", "<", "</", "<li>", "<td>", "\"", "'", "<svg/>", "<span a=\"</div>\">");
        Prop.ForAll(pieces.ListOf().Select(p => string.Concat(p)).ToArbitrary(), html =>
        {
            Assert.Same(html, NestingGuard.Flatten(html, int.MaxValue));
            HtmlExtraction.Extract(html, new() { MaxDepth = 2 });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(40));
        Assert.Equal("<div><div>a</div></div>b", NestingGuard.Flatten("<div><div><div>a</div></div></div>b", 2));
    }

    [Theory]
    [InlineData("<!--")]
    [InlineData("<a<")]
    [InlineData("<script>")]
    [InlineData("</")]
    [InlineData("<a b=\"")]
    [InlineData("<div b='\">")]
    public void Flattening_looks_at_each_sign_once(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 2_000_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        NestingGuard.Flatten(html, 512);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void The_step_puts_the_main_text_in_place_of_the_page_and_notes_what_the_page_says()
    {
        var document = new Document { Id = "1", Text = Article("") };
        var text = new WorkingText();
        text.Begin(document.Text);
        var verdict = new ExtractStep(new()).Judge(document, text);
        Assert.Equal($"{s_paragraph}\n\n{s_paragraph}", verdict.Text);
        Assert.Equal([new("html_language", "en"), new("title", "Name")], document.Findings!);

        var record = "{\"url\":\"https://example.org/2021/03/14/name\"}"u8.ToArray();
        var placed = new Document { Id = "2", Text = document.Text, Record = record };
        new ExtractStep(new()).Judge(placed, text);
        Assert.Equal("2021-03-14", placed.Findings!["date"]);

        text.Begin("<p></p>");
        Assert.Equal("extraction_empty", new ExtractStep(new()).Judge(document, text).Reason);
    }

    [Fact]
    public void No_page_of_the_reference_data_cut_anywhere_makes_it_fail()
    {
        _ = Testing.TestData.Find(Assert.Skip, "text");
        foreach (var page in JsonLines.Read("html-pages.jsonl.gz").Take(12))
        {
            var html = page.Text("html");
            for (var part = 1; part < 4; part++) HtmlExtraction.Extract(html[..(html.Length * part / 4)]);
        }
    }
}
