using System.Runtime.CompilerServices;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Conll;

/// <summary>CoNLL-U: a word a line in ten columns apart by tabs, an empty line after each sentence, comments before it.</summary>
/// <remarks>
/// universaldependencies.org/format.html. A sentence is a sample; its text is that of <c># text</c>, or its words with blanks between them but where SpaceAfter=No. A word is an object of the class that its UPOS says; its other columns are attributes, and its head with it is a relation called by DEPREL.
/// Words of one token share its place in the text and have their form as an attribute. Tokens of several words, empty nodes and comments are facts. Sentences of one document are one scene. Read and not written: spans of other formats are no words with heads.
/// </remarks>
public sealed class ConllUFormat : DatasetFormat
{
    private const int CandidatesMax = 200;
    private const string NewDocument = "# newdoc";

    private static readonly string[] Endings = [".conllu", ".conll", ".txt", ".tsv"];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "conllu",
        Name = "CoNLL-U",
        Specification = "universaldependencies.org/format.html",
        Evidence = Evidence.Specification,
        Writes = false,
        Inputs = [InputKind.Text],
        Marks = [MarkKind.TextSpan],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.Splits | CarriedParts.Relations | CarriedParts.ObjectIds | CarriedParts.Facts,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var found = Files(source, CandidatesMax).ToList();
        return found.Count == 0 ? [] : [new Recognition(Traits.Id, source.IsFile ? "" : TextPlaces.Of(found), 0.98, $"{found[0]} with words in ten columns, numbered from 1")];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts { Title = source.Title });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : source.Files.Where(f => IsToRead(source, f, faults)))
        {
            using var text = source.OpenText(file);
            var (stem, split) = (SplitNames.StemOf(file), SplitOf(file));
            var sentence = new ConllUSentence(file, faults);
            var (line, number, document) = (0L, 0L, 0L);
            while (true)
            {
                var next = await text.ReadLineAsync(cancellationToken);
                line++;
                if (next is not null && next.StartsWith(NewDocument, StringComparison.Ordinal)) document++;
                if (!string.IsNullOrEmpty(next))
                {
                    sentence.Add(next, line);
                    continue;
                }

                if (sentence.Take() is { } taken)
                    yield return taken with { Name = $"{stem}-{++number}", Split = split, Scene = document == 0 ? null : $"{stem} document {document}" };
                if (next is null) break;
            }
        }
    }

    /// <summary>Treebanks name their parts so: <c>en_ewt-ud-train.conllu</c>.</summary>
    private static string? SplitOf(string file)
    {
        var name = file[(file.LastIndexOf('/') + 1)..];
        return SplitNames.Of(name[(name.LastIndexOf("-ud-", StringComparison.Ordinal) is >= 0 and var at ? at + 4 : 0)..]);
    }

    /// <summary>Whether a file of a folder is read: by the ending that only this format has, or by its beginning, or it is told.</summary>
    private static bool IsToRead(DatasetSource source, string file, FaultLog faults)
    {
        if (!Endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase))) return false;
        if (file.EndsWith(Endings[0], StringComparison.OrdinalIgnoreCase) || ConllUSentence.LooksSo(source.Beginning(file, 1 << 14))) return true;
        faults.Add(file, "", "words in ten columns, numbered from 1, were expected; its first lines are none; the file is left out.");
        return false;
    }

    private static IEnumerable<string> Files(DatasetSource source, int most) =>
        source.Files.Where(f => Endings.Any(e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase))).Take(most).Where(f => ConllUSentence.LooksSo(source.Beginning(f, 1 << 14)));
}
