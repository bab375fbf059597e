using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Brat;

/// <summary>brat's standoff: <c>NAME.txt</c> with the text and <c>NAME.ann</c> with what is marked in it, a line each; BioNLP's <c>.a1</c> and <c>.a2</c> are read too.</summary>
/// <remarks>
/// brat.nlplab.org/standoff.html. Offsets count code points. Of a span in several stretches each is a mark of one object. An event is an object of its own where its trigger is, with the attribute <see cref="BratDocument.Trigger"/>; its arguments are relations, as R lines and
/// equivalences (<c>*</c>) are; what the ends of an R line are called is kept where it is not Arg1 and Arg2. Attributes that brat has a line for (a flag, or a word) are A lines, of several values one each; others are written as JSON in a note. Notes and normalizations are attributes. White space in names of classes, relations and attributes becomes an underscore.
/// A folder named by a part (<c>train/</c>) is that part.
/// </remarks>
public sealed class BratFormat : DatasetFormat
{
    private const string TextEnding = ".txt", Ending = ".ann";
    private const long TextMaxBytes = 1L << 28;
    private const int CandidatesMax = 50;

    private static readonly string[] Endings = [Ending, ".a1", ".a2"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "brat",
        Name = "brat standoff",
        Specification = "brat.nlplab.org/standoff.html",
        Evidence = Evidence.Specification,
        Inputs = [InputKind.Text],
        Marks = [MarkKind.TextSpan],
        NamesAreFiles = true,
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Relations | CarriedParts.ObjectIds | CarriedParts.SeveralMarks | CarriedParts.RelationRoles,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var labels = source.Files.Where(f => Endings.Any(e => f.EndsWith(e, StringComparison.Ordinal))).Take(CandidatesMax).ToList();
        if (labels.Count == 0 || source.IsFile) return [];
        var sure = labels.Exists(f => LooksSo(source.Beginning(f))) && labels.Exists(f => source.Has(StemOf(f) + TextEnding));
        return sure ? [new Recognition(Traits.Id, labels.Count == 1 ? Folder(labels[0]) : TextPlaces.Of(labels), 0.97, $"{labels[0]} beside its text, with lines such as T1")] : [];
    }

    private static string Folder(string path) => path.LastIndexOf('/') is >= 0 and var end ? path[..end] : "";

    private static bool LooksSo(string text) => text.Split('\n').Any(l => l.Length > 4 && l[0] is 'T' or 'R' or 'E' or '*' && l.Contains('\t', StringComparison.Ordinal));

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts { Title = source.Title });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var stem in Stems(source))
        {
            var file = stem + TextEnding;
            if (!source.Has(file))
            {
                faults.Add(Endings.Select(e => stem + e).First(source.Has), "", $"there is no text {file}; what is marked in it is left out.");
                continue;
            }

            if (await TextAsync(source, file, faults, cancellationToken) is not { } text) continue;
            var document = new BratDocument(text, faults);
            foreach (var ending in Endings)
            {
                if (!source.Has(stem + ending)) continue;
                using var lines = source.OpenText(stem + ending);
                document.Begin(stem + ending);
                while (await lines.ReadLineAsync(cancellationToken) is { } line) document.Add(line);
            }

            var top = stem.IndexOf('/', StringComparison.Ordinal) is > 0 and var end && SplitNames.Of(stem[..end] + TextEnding) is not null ? stem[..end] : null;
            yield return new Sample { Name = top is null ? stem : stem[(top.Length + 1)..], Split = top, Kind = InputKind.Text, Text = text, Opinions = [document.ToOpinion()] };
        }
    }

    /// <summary>Documents by their paths without endings. A text without labels is one too where it stands among others with them.</summary>
    private static IEnumerable<string> Stems(DatasetSource source)
    {
        if (source.IsFile) return [StemOf(source.Files[0])];
        HashSet<string> folders = [.. source.Files.Where(f => Endings.Any(e => f.EndsWith(e, StringComparison.Ordinal))).Select(Folder)];
        return source.Files.Where(f => Endings.Append(TextEnding).Any(e => f.EndsWith(e, StringComparison.Ordinal)) && folders.Contains(Folder(f))).Select(StemOf).Distinct(StringComparer.Ordinal);
    }

    private static string StemOf(string file) => file[..file.LastIndexOf('.')];

    private static async Task<string?> TextAsync(DatasetSource source, string file, FaultLog faults, CancellationToken cancellationToken)
    {
        await using var stream = source.OpenRead(file);
        if (stream.Length > TextMaxBytes)
        {
            faults.Add(file, "", $"the text is longer than {TextMaxBytes} bytes.");
            return null;
        }

        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            faults.Add(file, $"byte {fault.Index + 1}", "the text is no UTF-8.");
            return null;
        }
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => (sample.Split is { } split ? $"{split}/{sample.Name}" : sample.Name) + Ending;

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            var stem = sample.Split is { } split ? $"{split}/{sample.Name}" : sample.Name;
            await WriteAsync(target, stem + TextEnding, sample.Text ?? "", cancellationToken);
            await WriteAsync(target, stem + Ending, sample.Opinions.Count == 0 ? "" : new BratWriter(sample.Text ?? "").Write(sample.Opinions[0]), cancellationToken);
        }
    }

    private static async Task WriteAsync(DatasetTarget target, string file, string text, CancellationToken cancellationToken)
    {
        await using var stream = target.Create(file);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }
}
