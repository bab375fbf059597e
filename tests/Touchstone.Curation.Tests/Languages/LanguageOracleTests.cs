using Touchstone.Curation.Documents;
using Touchstone.Curation.Languages;
using Touchstone.Curation.Steps;
using Touchstone.Text.Languages;

namespace Touchstone.Curation.Tests.Languages;

/// <summary>Documents whose language is known by the folder of their translation, which may hold pages that nobody translated yet.</summary>
public sealed class LanguageOracleTests(ITestOutputHelper output)
{
    private const int MinLetters = 40;            // less prose than a short sentence, behind code and markup
    private const double MinScriptShare = 0.2;    // of the letters: a page in its own script that quotes English is above, one left in English below
    private const double MaxEnglishShare = 0.1;   // of the words: running English has three times as many of these, other languages next to none

    private static readonly HashSet<string> s_english = ["the", "of", "and", "to", "is", "that", "you", "with", "this", "for", "your", "are", "from", "when", "which"];

    private static readonly Dictionary<string, WritingScript> s_scripts = new()
    {
        ["ar"] = WritingScript.Arabic,
        ["fa"] = WritingScript.Arabic,
        ["ur"] = WritingScript.Arabic,
        ["ru"] = WritingScript.Cyrillic,
        ["uk"] = WritingScript.Cyrillic,
        ["bg"] = WritingScript.Cyrillic,
        ["kk"] = WritingScript.Cyrillic,
        ["hi"] = WritingScript.Devanagari,
        ["ne"] = WritingScript.Devanagari,
        ["bn"] = WritingScript.Bengali,
        ["ta"] = WritingScript.Tamil,
        ["te"] = WritingScript.Telugu,
        ["ml"] = WritingScript.Malayalam,
        ["si"] = WritingScript.Sinhala,
        ["th"] = WritingScript.Thai,
        ["my"] = WritingScript.Myanmar,
        ["km"] = WritingScript.Khmer,
        ["el"] = WritingScript.Greek,
        ["he"] = WritingScript.Hebrew,
        ["ko"] = WritingScript.Hangul,
        ["zh"] = WritingScript.Chinese,
        ["ja"] = WritingScript.Chinese,
    };

    [Fact]
    public void Ninety_seven_of_a_hundred_documents_are_told_right()
    {
        var identifier = LanguageIdentifier.Default;
        var (all, labelled, untranslated, codeOnly, judged, right) = (0, 0, 0, 0, 0, 0);
        foreach (var document in JsonLines.Read("multilingual.jsonl.gz"))
        {
            var (text, label) = (document.Text("text"), Label(document.Text("language")));
            if (text.Length < 200) continue;
            Assert.Contains(label, identifier.Languages);
            all++;
            var prose = Prose.Of(text);
            var guess = identifier.Identify(prose);
            if (guess.Language == label) labelled++;

            if (prose.Count(char.IsLetter) < MinLetters) codeOnly++;
            else if (!IsTranslated(label, prose)) untranslated++;
            else
            {
                judged++;
                if (guess.Language == label) right++;
                else output.WriteLine($"{document.Text("id")} {label}: found {guess.Language} {guess.Probability:0.00} in {prose.ReplaceLineEndings(" ")[..Math.Min(300, prose.Length)]}");
            }
        }

        output.WriteLine($"{all} documents: {codeOnly} of code alone, {untranslated} not translated, {right} of {judged} others right: {(double)right / judged:0.0000}; by folder alone {labelled} of {all}: {(double)labelled / all:0.0000}");
        Assert.InRange((double)right / judged, 0.97, 1);
        Assert.InRange(judged, 1150, all);
    }

    private static string Label(string folder) => folder.Split('_')[0] switch { "np" => "ne", "fil" => "tl", var code => code };

    // By means that the model does not use: script for languages with one of their own, frequent English words for the others.
    private static bool IsTranslated(string label, string prose)
    {
        if (s_scripts.TryGetValue(label, out var script)) return prose.Count(c => WritingScripts.Of(c) == script) >= MinScriptShare * prose.Count(char.IsLetter);
        var words = prose.ToLowerInvariant().Split([' ', '\n', '\t', '.', ',', ';', ':', '(', ')', '*', '"'], StringSplitOptions.RemoveEmptyEntries);
        return words.Count(s_english.Contains) < MaxEnglishShare * words.Length;
    }

    [Fact]
    public void English_prose_stays_and_other_languages_fall_at_the_usual_threshold()
    {
        var step = new LanguageStep(new() { Keep = ["en"] });
        var (text, kept, count) = (new WorkingText(), 0, 0);
        foreach (var document in JsonLines.Read("en.jsonl.gz").Where(d => d.Text("kind") is "blog" or "essay" or "book" or "docs").Take(4000))
        {
            text.Begin(document.Text("text"));
            count++;
            var looked = new Document { Id = document.Text("id"), Text = text.Text };
            if (!step.Judge(looked, text).IsDropped) kept++;
            else output.WriteLine($"{looked.Id}: {looked.Findings!["language"]} {looked.Findings["language_score"]} in {Prose.Of(text.Text).ReplaceLineEndings(" ")[..Math.Min(150, Prose.Of(text.Text).Length)]}");
        }

        output.WriteLine($"{kept} of {count} English documents stay");
        Assert.InRange((double)kept / count, 0.985, 1); // the others are code, tables, names, or in truth another language
    }
}
