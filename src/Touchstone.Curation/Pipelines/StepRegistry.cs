using System.Text.Json.Nodes;
using Touchstone.Curation.Composition;
using Touchstone.Curation.Decontamination;
using Touchstone.Curation.Deduplication.Content;
using Touchstone.Curation.Deduplication.Sentences;
using Touchstone.Curation.Deduplication.Substrings;
using Touchstone.Curation.Extraction;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Languages;
using Touchstone.Curation.Redaction;

namespace Touchstone.Curation.Pipelines;

/// <summary>The kinds of steps that pipeline files can name.</summary>
public static class StepRegistry
{
    /// <summary>All kinds, in the order in which a reference lists them.</summary>
    public static IReadOnlyList<StepKind> All { get; } =
    [
        StepKind.Of<ExtractionOptions>("extract", "Main text of pages of HTML, with title, language and date.", options => new ExtractStep(options)),
        StepKind.Of<AddressListSettings>("url_lists", "Drops documents whose address is in lists of domains, addresses or words; the lists are files, one entry a line.", settings => settings.Make()),
        StepKind.Of<LanguageOptions>("language", "Keeps documents in some languages, told by a small model of our own or by one of fastText.", options => new LanguageStep(options), shorthand: "keep"),
        StepKind.Of<GopherRepetitionParameters>("gopher_repetition", "Drops text that repeats itself: paragraphs, lines, n-grams of words (Gopher).", parameters => new GopherRepetition(parameters)),
        StepKind.Of<GopherQualityParameters>("gopher_quality", "Drops text that is too short or long, or no prose by its words, symbols and lines (Gopher).", parameters => new GopherQuality(parameters)),
        StepKind.Of<C4QualityParameters>("c4", "Takes out lines that are no sentences, and drops what is left too short (C4).", parameters => new C4Quality(parameters), shortNames: [("terminal_punctuation", "require_terminal_punctuation")]),
        StepKind.Of<C4ParagraphParameters>("c4_paragraphs", "Drops text with few long lines (mC4).", parameters => new C4Paragraphs(parameters)),
        StepKind.Of<BadWordSettings>("c4_bad_words", "Drops text with a word of a list, which is a file (C4).", settings => settings.Make(), shorthand: "words"),
        StepKind.Of<FineWebQualityParameters>("fineweb", "Drops lists and text whose lines are short, repeated or without end marks (FineWeb).", parameters => new FineWebQuality(parameters)),
        StepKind.Of<DclmNewlinesParameters>("dclm_newlines", "Cuts long runs of line feeds (DCLM).", parameters => new DclmNewlines(parameters)),
        StepKind.Of<DclmQualityParameters>("dclm_quality", "Drops text that is too short or long, or no prose by its words, symbols and lines (Gopher's rules as DCLM has them).", parameters => new DclmQuality(parameters)),
        StepKind.Of<DclmRepetitionParameters>("dclm_repetition", "Drops text that repeats itself, all copies counted: lines, paragraphs, n-grams of words (Gopher's rules as DCLM has them).", parameters => new DclmRepetition(parameters)),
        StepKind.Of<DclmLinesParameters>("dclm_lines", "Takes out lines that are counters, buttons, capitals or numbers, and drops text that loses too much (RefinedWeb's rules as DCLM has them).", parameters => new DclmLines(parameters)),
        StepKind.Of<NemoHeuristicsParameters>("nemo", "Drops text by NeMo Curator's heuristics.", parameters => new NemoHeuristics(parameters)),
        StepKind.Barrier<ContentOptions>("exact", "Documents with the same text, or the same value of a member: one stays.", options => new ContentDeduplication(options), shorthand: "member"),
        StepKind.Barrier<SentenceOptions>("sentences", "Cuts runs of sentences, or of lines, that stand in the corpus before.", options => new SentenceDeduplication(options)),
        StepKind.Barrier<SubstringOptions>("substrings", "Cuts long substrings that stand in the corpus before, found by a suffix array over bytes.", options => new SubstringDeduplication(options)),
        StepKind.Barrier<MinHashSettings>("minhash", "Near-duplicates by MinHash and locality-sensitive hashing; one document of each cluster stays, or all of them, marked with their cluster.", settings => settings.Make()),
        StepKind.Of<OverlapOptions>("decontaminate", "Drops documents that hold a run of tokens of a benchmark.", DecontaminateStep.FromFiles, shorthand: "benchmarks"),
        StepKind.Of<RedactionOptions>("redact", "Puts typed placeholders in the place of what must not stay in a text, such as e-mail addresses.", options => new RedactStep(options), shorthand: "types"),
        StepKind.Of<SampleOptions>("sample", "Keeps a share of each kind of document.", options => new SampleStep(options)),
        StepKind.Of<SplitOptions>("split", "Marks documents with their split, near-duplicates with the same one, or keeps one split.", options => new SplitStep(options)),
        StepKind.Of<NoParameters>("redact_datatrove", "Replaces e-mail and public IPv4 addresses by others as datatrove does.", _ => new DatatroveRedactStep()),
    ];

    /// <summary>Makes a step again from what a manifest says of it.</summary>
    /// <param name="name">Its name in the pipeline.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <exception cref="PipelineException">There is no such step or parameter in this version, or a file that it names is gone.</exception>
    public static PipelineStep Make(string name, JsonObject parameters)
    {
        var recipe = new JsonObject
        {
            ["source"] = new JsonObject { ["jsonl"] = "source" },
            ["sink"] = new JsonObject { ["jsonl"] = "sink" },
            ["steps"] = new JsonArray(new JsonObject { [name] = parameters.DeepClone() }),
        };
        return Pipeline.Parse("manifest.json", recipe.ToJsonString()).Steps[0];
    }

    /// <summary>The kind of a name; null where there is none.</summary>
    public static StepKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}

/// <summary>Parameters of a step that has none.</summary>
public sealed record NoParameters;
