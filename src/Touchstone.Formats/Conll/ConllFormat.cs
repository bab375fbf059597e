using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Conll;

/// <summary>CoNLL-2003: a word a line, its columns apart by blanks or tabs, the last one the tag of its entity; an empty line after each sentence, <c>-DOCSTART-</c> before each document.</summary>
/// <remarks>A sentence is a sample; its text is its words with a blank between them. Sentences of one document are one scene and stay together in splits. Tags are read as <see cref="SpanTags"/> says
/// and written in IOB2. Columns between word and tag (part of speech, chunk) are kept as the fact <see cref="ColumnsFact"/>; where they are not known, <c>-X-</c> and <c>_</c> stand for them.
/// White space in names of classes becomes an underscore.</remarks>
public sealed class ConllFormat : DatasetFormat
{
    /// <summary>The fact that keeps what stands between a word and its tag: a list a word.</summary>
    public const string ColumnsFact = "conll_columns";

    private const string DocumentStart = "-DOCSTART-";
    private const int CandidatesMax = 200;

    private static readonly string[] Endings = [".conll", ".conll2003", ".conll03", ".iob", ".iob2", ".bio", ".bioes", ".txt", ".tsv", ".train", ".dev", ".test", ".testa", ".testb"];

    private static readonly string[] CommonEndings = [".txt", ".tsv"];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "conll",
        Name = "CoNLL-2003",
        Specification = "Tjong Kim Sang and De Meulder, CoNLL-2003 shared task; tags IOB1, IOB2, BIOES, BILUO read, IOB2 written",
        Evidence = Evidence.Specification,
        Inputs = [InputKind.Text],
        Marks = [MarkKind.TextSpan],
        Facts = [ColumnsFact],
        TagsWords = true,
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var found = Files(source, CandidatesMax).ToList();
        return found.Count == 0 ? [] : [new Recognition(Traits.Id, source.IsFile ? "" : TextPlaces.Of(found.ConvertAll(f => f.File)), found.Max(f => f.Certainty), "words in columns, the last of which is a tag such as B-PER")];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts { Title = source.Title });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : source.Files.Where(f => IsToRead(source, f, faults)))
        {
            using var text = source.OpenText(file);
            var (stem, split) = (SplitNames.StemOf(file), SplitNames.Of(file));
            var sentence = new ConllSentence(file, faults);
            var (line, number, document) = (0L, 0L, 0L);
            while (true)
            {
                var next = await text.ReadLineAsync(cancellationToken);
                line++;
                if (next is not null && !string.IsNullOrWhiteSpace(next) && !next.StartsWith(DocumentStart, StringComparison.Ordinal))
                {
                    sentence.Add(next, line);
                    continue;
                }

                if (sentence.Take() is { } taken)
                    yield return taken with { Name = $"{stem}-{++number}", Split = split, Scene = document == 0 ? null : $"{stem} document {document}" };
                if (next is null) break;
                if (next.StartsWith(DocumentStart, StringComparison.Ordinal)) document++;
            }
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, (FileStream Stream, string? Scene)> outputs = new(StringComparer.Ordinal);
        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                var name = target.OnlyFile ?? $"{sample.Split ?? "sentences"}.conll";
                if (!outputs.TryGetValue(name, out var output)) output = (target.Create(name), null);
                if (sample.Scene is not null && sample.Scene != output.Scene) await WriteAsync(output.Stream, $"{DocumentStart} -X- O O\n\n", cancellationToken);
                outputs[name] = (output.Stream, sample.Scene);
                await WriteAsync(output.Stream, Lines(sample), cancellationToken);
            }

            if (outputs.Count == 0) outputs.Add("", (target.CreateSingle("sentences.conll"), null));
        }
        finally
        {
            foreach (var (stream, _) in outputs.Values) await stream.DisposeAsync();
        }
    }

    private static ValueTask WriteAsync(FileStream stream, string text, CancellationToken cancellationToken) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    private static string Lines(Sample sample)
    {
        var tagged = TaggedWords.Of(sample.Text ?? "", sample.Opinions.Count == 0 ? [] : sample.Opinions[0].Objects);
        var tags = SpanTags.Encode(tagged.Words.Count, tagged.Spans.Select(s => (s.First, s.End, Joined(s.Object.Class))));
        var columns = sample.Facts.TryGetValue(ColumnsFact, out var fact) && fact.ValueKind == JsonValueKind.Array && fact.GetArrayLength() == tagged.Words.Count ? fact : default;
        var text = new StringBuilder();
        for (var i = 0; i < tagged.Words.Count; i++)
        {
            text.Append(tagged.Words[i]);
            if (columns.ValueKind == JsonValueKind.Array) AppendColumns(text, columns[i]);
            else text.Append(" -X- _");
            text.Append(' ').Append(tags[i]).Append('\n');
        }

        return text.Append('\n').ToString();
    }

    private static void AppendColumns(StringBuilder text, JsonElement columns)
    {
        if (columns.ValueKind != JsonValueKind.Array) return;
        foreach (var column in columns.EnumerateArray()) text.Append(' ').Append(Joined(column.ToString()));
    }

    /// <summary>A column cannot hold white space, nor be empty.</summary>
    private static string Joined(string text) => text.Length == 0 ? "_" : string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = TaggedWords.IsBlank(from[i]) ? '_' : from[i];
    });

    /// <summary>Whether a file of a folder is read. By an ending that only this format has it is, whatever its beginning; one that other texts have too (<c>.txt</c>, <c>.tsv</c>) must hold a tagged line, or it is told.</summary>
    private static bool IsToRead(DatasetSource source, string file, FaultLog faults)
    {
        if (!Endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase))) return false;
        if (!CommonEndings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)) || ConllSentence.HasTagged(source.Beginning(file))) return true;
        faults.Add(file, "", "words with tags such as B-PER in the last column were expected; none of its first lines has one; the file is left out.");
        return false;
    }

    private static IEnumerable<(string File, double Certainty)> Files(DatasetSource source, int most)
    {
        var looked = 0;
        foreach (var file in source.Files)
        {
            if (!Endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)) || looked++ >= most) continue;
            if (ConllSentence.CertaintyOf(source.Beginning(file)) is > 0 and var certainty) yield return (file, certainty);
        }
    }
}
