using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.WebAnno;

/// <summary>WebAnno TSV 3, which WebAnno and INCEpTION export: a file for each text, or a project's folders <c>annotation/TEXT/ANNOTATOR.tsv</c> and <c>curation/TEXT/CURATION_USER.tsv</c>.</summary>
/// <remarks>
/// INCEpTION's user guide, appendix "WebAnno TSV 3.3 File format". Offsets count units of UTF-16. The class of an annotation is the value of its layer's feature <c>value</c> (of others <c>PosValue</c>, <c>referenceType</c>, <c>label</c>, or the first one), or the layer's name where there
/// is none; other features are attributes, and <see cref="WebAnnoNames.Layer"/> names a layer that is not <see cref="WebAnnoNames.NamedEntity"/>. Relations and slots are relations. What a file has besides (layers, sentences with their words, features of relations) is a fact of the text by which it is written as it was.
/// What lies between two sentences is not in the format: it is read as the end of a line, then blanks. Curated annotations are gold; those that annotators found when they began (<c>INITIAL_CAS</c>) are a prediction.
/// </remarks>
public sealed class WebAnnoFormat : DatasetFormat
{
    private const string Ending = ".tsv", Curator = "CURATION_USER", Initial = "INITIAL_CAS", Header = "#FORMAT=WebAnno TSV 3.";
    private const int CandidatesMax = 50;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "webanno",
        Name = "WebAnno TSV 3",
        Specification = "INCEpTION user guide, WebAnno TSV 3.3 File format",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Text],
        Marks = [MarkKind.TextSpan],
        NamesAreFiles = true,
        Attributes = AttributeSupport.Any,
        Facts = [WebAnnoNames.Fact],
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Relations | CarriedParts.Contributors | CarriedParts.Gold,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = source.Files.Where(f => IsTable(f) && source.Beginning(f, 64).StartsWith(Header, StringComparison.Ordinal)).Take(CandidatesMax).ToList();
        return files.Count == 0 ? [] : [new Recognition(Traits.Id, source.IsFile ? "" : FolderOf(files), 1, $"{files[0]} begins with {Header}")];
    }

    /// <summary>The folder of all files: above <c>annotation/</c> where they lie in a project's folders.</summary>
    private static string FolderOf(List<string> files)
    {
        var place = files.Count == 1 && PlaceOf(files[0]).Annotator is null ? files[0] : TextPlaces.Of([.. files, .. files.Select(Above)]);
        return place;
    }

    private static string Above(string file) => PlaceOf(file) is { Annotator: not null } place ? file[..place.Prefix] + "/" : file;

    private static bool IsTable(string file) => file.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>A file's text and annotator.</summary>
    /// <param name="Name">The text's name.</param>
    /// <param name="Annotator">Who; null where the file is a text's only one.</param>
    /// <param name="Prefix">How long the path above the project's folders is.</param>
    private readonly record struct FilePlace(string Name, string? Annotator, int Prefix);

    private static FilePlace PlaceOf(string file)
    {
        var parts = file.Split('/');
        for (var i = parts.Length - 3; i >= 0; i--)
        {
            if (parts[i] is not ("annotation" or "curation")) continue;
            return new FilePlace(string.Join('/', [.. parts[..i], .. parts[(i + 1)..^1]]), parts[^1][..^Ending.Length], Math.Max(0, string.Join('/', parts[..i]).Length));
        }

        return new FilePlace(file[..^Ending.Length], Annotator: null, 0);
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts { Title = source.Title });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = source.IsFile ? source.Files : source.Files.Where(f => IsTable(f) && source.Beginning(f, 64).StartsWith(Header, StringComparison.Ordinal));
        foreach (var group in files.Select(f => (File: f, Place: IsTable(f) ? PlaceOf(f) : new FilePlace(SplitNames.StemOf(f), null, 0))).GroupBy(f => f.Place.Name, StringComparer.Ordinal))
        {
            var text = new AnnotatedText(group.Key);
            foreach (var (file, place) in group.OrderBy(f => f.Place.Annotator is Curator or Initial ? 1 : 0).ThenBy(f => f.File, StringComparer.Ordinal))
                if (await DocumentAsync(source, file, faults, cancellationToken) is { } document) text.Add(file, place.Annotator, document, faults);
            if (text.ToSample() is { } sample) yield return sample;
        }
    }

    private static async Task<WebAnnoDocument?> DocumentAsync(DatasetSource source, string file, FaultLog faults, CancellationToken cancellationToken)
    {
        using var lines = source.OpenText(file);
        var document = new WebAnnoDocument(file, lines.BaseStream.Length + 1_000, faults);
        var isEmpty = true;
        try
        {
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                document.Add(line);
                isEmpty = false;
            }
        }
        catch (FileFormatFaultException fault)
        {
            if (source.IsFile) throw;
            faults.Add(file, "", fault.Message);
            return null;
        }

        if (!isEmpty) return document;
        faults.Add(file, "", $"\"{Header}3\" was expected; an empty file found.");
        return null;
    }

    /// <summary>A text with what each annotator marked in it.</summary>
    private sealed class AnnotatedText(string name)
    {
        private readonly List<Opinion> _opinions = [];
        private readonly WebAnnoSchema _layers = new();
        private readonly JsonArray _relations = [];
        private string? _text;
        private JsonArray _sentences = [];

        public void Add(string file, string? annotator, WebAnnoDocument document, FaultLog faults)
        {
            var (opinion, relations) = document.ToOpinion();
            if (_text is null) (_text, _sentences) = (document.Text, document.Sentences());
            else if (_text != document.Text)
            {
                faults.Add(file, "", "the text is another one than in the files of other annotators; what is marked in it is left out.");
                return;
            }

            foreach (var layer in document.Schema.Layers) Merge(layer);
            if (annotator == Initial && _opinions.Count > 0 && opinion.Objects.Count == 0) return;
            _opinions.Add(opinion with
            {
                Contributor = annotator is Curator or Initial ? null : annotator,
                Kind = annotator switch { Curator => OpinionKind.Gold, Initial => OpinionKind.Prediction, _ => OpinionKind.Annotation },
                Model = annotator == Initial ? Initial : null,
            });
            _relations.Add(relations);
        }

        /// <summary>Files of one text name only the features that somebody used.</summary>
        private void Merge(WebAnnoLayer layer)
        {
            if (_layers.Find(layer.Name) is not { } known) _layers.Add(layer.ToString());
            else
                foreach (var column in layer.Columns)
                    if (column.Kind == WebAnnoColumnKind.Feature && known.Kind == layer.Kind && !known.Has(column.Declaration)) known.Add(column.Declaration);
        }

        public Sample? ToSample()
        {
            if (_text is null) return null;
            var fact = new JsonObject { ["layers"] = new JsonArray([.. _layers.Layers.Select(l => (JsonNode?)l.ToString())]), ["sentences"] = _sentences };
            if (_relations.Any(r => r is JsonArray { Count: > 0 })) fact["relations"] = _relations;
            var top = name.IndexOf('/', StringComparison.Ordinal) is > 0 and var end && SplitNames.Of(name[..end] + Ending) is not null ? name[..end] : null;
            return new Sample
            {
                Name = top is null ? name : name[(top.Length + 1)..],
                Split = top,
                Kind = InputKind.Text,
                Text = _text,
                Opinions = _opinions,
                Facts = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [WebAnnoNames.Fact] = JsonSerializer.SerializeToElement(fact) },
            };
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
            var fact = sample.Facts.TryGetValue(WebAnnoNames.Fact, out var known) ? known : default(JsonElement?);
            List<string> layers = TextRows.Texts(fact?.Member("layers")) ?? [];
            var opinions = sample.Opinions.Count == 0 ? [new Opinion()] : sample.Opinions;
            var isAlone = opinions is [{ Contributor: null, Kind: not OpinionKind.Gold }];
            var folder = sample.Split is { } split ? split + "/" : "";
            HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < opinions.Count; i++)
            {
                var besides = fact?.Member("relations") is { ValueKind: JsonValueKind.Array } lists && lists.GetArrayLength() == opinions.Count ? lists[i] : default(JsonElement?);
                var file = isAlone ? $"{folder}{sample.Name}" : $"{folder}{(opinions[i].Kind == OpinionKind.Gold ? "curation" : "annotation")}/{sample.Name}/{NameOf(opinions[i], names)}";
                await using var stream = target.Create(file + Ending);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(new WebAnnoWriter(sample.Text ?? "", opinions[i], layers, fact?.Member("sentences"), besides).Write()), cancellationToken);
            }
        }
    }

    /// <summary>The name of an annotator's file, which no other one of the text has.</summary>
    private static string NameOf(Opinion opinion, HashSet<string> names)
    {
        var own = opinion.Kind == OpinionKind.Gold ? Curator : string.Concat((opinion.Contributor ?? "").Select(c => char.IsControl(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : c)).Trim(' ', '.');
        if (own.Length == 0) own = "annotator";
        var name = own;
        for (var i = 2; !names.Add(name); i++) name = FormattableString.Invariant($"{own}-{i}");
        return name;
    }
}
