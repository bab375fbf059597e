using System.Runtime.CompilerServices;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Ontologies;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>An input of a data set with what it would become.</summary>
/// <param name="Name">As the data set names it.</param>
/// <param name="Picture">Its file; null where it is not there.</param>
/// <param name="Answers">What each annotator said, as valid answers; of one annotator the last.</param>
internal sealed record ReadSample(string Name, string? Picture, IReadOnlyList<ReadAnswers> Answers)
{
    /// <summary>What work on it begins with.</summary>
    public ReadPrelabel? Prelabel { get; init; }

    /// <summary>Who passed it by.</summary>
    public IReadOnlyList<ReadSkip> Skips { get; init; } = [];

    /// <summary>What was begun; its answers are valid as far as they go.</summary>
    public IReadOnlyList<ReadAnswers> Drafts { get; init; } = [];
}

/// <summary>A proposal.</summary>
/// <param name="Model">The model with its version; null where it is not named.</param>
/// <param name="ByModel">A model made it, or nobody says who did.</param>
/// <param name="Json">Canonical answers, valid as far as they go.</param>
internal sealed record ReadPrelabel(string? Model, bool ByModel, byte[] Json);

/// <summary>An input that was passed by.</summary>
/// <param name="Contributor">By whom, as the data set names them.</param>
/// <param name="At">When, where the data set says it.</param>
internal sealed record ReadSkip(string Contributor, DateTimeOffset? At);

/// <summary>What one annotator said of an input.</summary>
/// <param name="Contributor">As the data set names them; empty where it names nobody.</param>
/// <param name="Json">Canonical answers.</param>
/// <param name="At">When, where the data set says it.</param>
/// <param name="Seconds">How long it took, where the data set says it.</param>
internal sealed record ReadAnswers(string Contributor, byte[] Json, DateTimeOffset? At, double? Seconds);

/// <summary>Reads a data set as a plan says, brings it under an ontology and counts on the way. A survey and an import read in the same way, so that the one tells what the other does.</summary>
internal sealed class DatasetReader
{
    private const int SamplesShown = 12;
    private const int ShapesShown = 300;
    private const int FaultsShown = 100;

    /// <summary>Rows of a report: beyond these the most frequent stand for all.</summary>
    private const int RowsMax = 1_000;
    private readonly DatasetSource _source;
    private readonly DatasetPlan _plan;
    private readonly DatasetFormat _format;
    private readonly OntologyTarget _target;
    private readonly AnswerBuilder _builder;
    private readonly FaultLog _faults = new();
    private readonly AnnotatorAgreement _agreement = new();
    private readonly Dictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Count, string Explanation)> _lost = new(StringComparer.Ordinal);
    private readonly List<DatasetReport.SampleRow> _shown = [];
    private readonly DatasetCensus _census;
    private readonly Inspection _inspection;
    private readonly ClassMap _classes;
    private readonly HashSet<string> _besides = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Dictionary<string, string?>? _paths;
    private long _missing, _answers, _replaced, _prelabels, _drafts, _skips;

    private DatasetReader(DatasetSource source, DatasetPlan plan, DatasetFormat format, OntologyTarget target, DatasetFacts facts)
    {
        (_source, _plan, _format, _target) = (source, plan, format, target);
        (_builder, _census, _inspection, _classes) = (new AnswerBuilder(target), new DatasetCensus(facts), new Inspection(facts), plan.ClassMap);
    }

    /// <exception cref="Touchstone.Formats.FileFormatFaultException">A file that the whole rests on cannot be read at all.</exception>
    public static async Task<DatasetReader> OpenAsync(DatasetSource source, DatasetPlan plan, OntologyTarget target, CancellationToken cancellationToken)
    {
        var format = FormatRegistry.Find(plan.Format)!;
        return new DatasetReader(source, plan, format, target, await format.FactsAsync(source, plan.Options, cancellationToken));
    }

    /// <summary>Inputs read so far.</summary>
    public long Read => _census.Samples;

    /// <summary>The inputs, in the files' order.</summary>
    public async IAsyncEnumerable<ReadSample> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var sample in _format.ReadAsync(_source, _plan.Options, _faults, cancellationToken))
        {
            _census.Add(sample);
            _inspection.Add(sample);
            _agreement.Add(sample);
            var picture = sample.Kind == InputKind.Image ? _source.PictureFile(sample) : null;
            if (picture is not null && await IsAnothersAsync(sample, picture, cancellationToken)) picture = null;
            if (picture is null) _missing++;
            if (sample.Kind == InputKind.Image) _inspection.LookAtSize(sample, _source.SizeOf(sample.Picture ?? sample.Name));
            var size = SizeOf(sample);
            Show(sample, picture, size);
            yield return Take(sample, picture, size);
        }
    }

    /// <summary>A picture is found by its last name alone only where no other input's picture is called so: <c>cam2/0001.png</c> is not <c>cam1/0001.png</c>.</summary>
    private async Task<bool> IsAnothersAsync(Sample sample, string picture, CancellationToken cancellationToken)
    {
        var path = PathOf(sample);
        if (!DatasetSource.IsByNameAlone(path, picture)) return false;
        _paths ??= await PathsAsync(cancellationToken);
        if (_paths[Path.GetFileName(path)] is not { } other) return false;
        _faults.Add(sample.Name, "", $"{path} is not among the files, and a picture that is called as it is may be that of {(other == path ? "another input" : other)}");
        return true;
    }

    /// <summary>By last name a path that another input has for it; null where there is one path alone. Read once, where it is needed.</summary>
    private async Task<Dictionary<string, string?>> PathsAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> first = new(StringComparer.Ordinal);
        Dictionary<string, string?> others = new(StringComparer.Ordinal);
        await foreach (var sample in _format.ReadAsync(_source, _plan.Options, new FaultLog(), cancellationToken))
        {
            var path = PathOf(sample);
            var last = Path.GetFileName(path);
            if (first.TryAdd(last, path)) others.Add(last, null);
            else if (first[last] != path) others[last] = first[last];
        }

        return others;
    }

    private static string PathOf(Sample sample) => sample.Picture ?? sample.Name;

    /// <summary>What was found; complete once everything was read.</summary>
    /// <param name="people">Members by the data set's names.</param>
    public DatasetReport Report(IReadOnlyDictionary<string, ContributorId?> people) => new()
    {
        Format = _plan.Format,
        Place = _plan.Place,
        As = _plan.As,
        Inputs = _census.Samples,
        PicturesMissing = _missing,
        Objects = _census.Objects,
        Answers = _answers,
        Prelabels = _prelabels,
        Drafts = _drafts,
        Skips = _skips,
        Classes = [.. _census.Classes.Take(RowsMax).Select(c => new DatasetReport.ClassRow(c.Name, c.Objects, c.Marks, TargetOf(c.Name)))],
        Questions = [.. _census.Questions.Take(RowsMax).Select(q => new DatasetReport.QuestionRow(q.Name, q.Count, _target.FindQuestion(q.Name)?.Id))],
        Contributors =
        [
            .. _census.Contributors.Take(RowsMax).Select(c => new DatasetReport.ContributorRow(c.Name, c.Count, people.GetValueOrDefault(c.Name))),
            .. _besides.Except(_census.Contributors.Select(c => c.Name), StringComparer.Ordinal).Take(RowsMax).Order(StringComparer.Ordinal).Select(name => new DatasetReport.ContributorRow(name, 0, people.GetValueOrDefault(name))),
        ],
        Opinions = _census.Opinions,
        Agreement = _agreement.Result,
        Losses = Losses(),
        Faults = _faults.Count,
        FirstFaults = [.. _faults.Kept.Take(FaultsShown)],
        Suspicions = [.. _inspection.Suspicions.Select(s => new DatasetReport.SuspicionRow(s.Kind, s.Count, [.. s.First.Take(10)]))],
        Samples = _shown,
    };

    /// <summary>The name that its task gets: of inputs of one name in different parts of the data set, the later ones' has the part's before it.</summary>
    private string NameOf(Sample sample)
    {
        if (_names.Add(sample.Name)) return sample.Name;
        var longer = $"{sample.Split ?? "again"}/{sample.Name}";
        if (!_names.Add(longer)) _faults.Add(sample.Name, "", "another input of the data set has this name too");
        return longer;
    }

    private (int Width, int Height) SizeOf(Sample sample) =>
        _source.SizeOf(sample.Picture ?? sample.Name) is { } real ? real : sample is { WidthPx: > 0, HeightPx: > 0 } ? (sample.WidthPx, sample.HeightPx) : (0, 0);

    private ReadSample Take(Sample sample, string? picture, (int Width, int Height) size)
    {
        var name = NameOf(sample);
        if (picture is null || _plan.As == ImportedAs.Tasks) return new ReadSample(name, picture, []);
        var renamed = _classes.Apply(sample, name => _leftOut[name] = _leftOut.GetValueOrDefault(name) + 1) with { WidthPx = size.Width, HeightPx = size.Height };
        if (_builder.Narrow(renamed) is not { } narrowed) return new ReadSample(name, picture, []);
        var input = InputExtent.Image(size.Width, size.Height);
        var answers = _plan.As == ImportedAs.Prelabels ? [] : Answers(sample.Name, narrowed, renamed, input);
        var skips = _plan.IsWhole ? BesideAnswers.Skips(narrowed) : [];
        var drafts = _plan.IsWhole ? BesideAnswers.Drafts(narrowed) : [];
        if (_plan.IsWhole)
        {
            Lose("skip", narrowed.Opinions.Count(o => o.Kind == OpinionKind.Skipped) - skips.Count, "Skips of people who are not named, who answered or who began again are left out.");
            Lose("draft", narrowed.Opinions.Count(o => o.Kind == OpinionKind.Draft) - drafts.Count, "Drafts of people who are not named or who answered are left out, and of several of one person the earlier ones.");
        }

        _besides.UnionWith(skips.Concat(drafts).Select(o => o.Contributor!));
        _skips += skips.Count;
        _drafts += drafts.Count;
        return new ReadSample(name, picture, answers)
        {
            Prelabel = _plan.IsWhole || _plan.As == ImportedAs.Prelabels ? Prelabel(sample.Name, narrowed, input) : null,
            Skips = [.. skips.Select(o => new ReadSkip(o.Contributor!, o.At))],
            Drafts = [.. drafts.Select(o => new ReadAnswers(o.Contributor!, _builder.BuildUnfinished(o, input), o.At, o.Seconds))],
        };
    }

    private ReadPrelabel? Prelabel(string name, Sample sample, InputExtent input)
    {
        var isByModel = _plan.IsWhole || _plan.PrelabelsFrom == PrelabelSource.Predictions;
        if (_plan.As == ImportedAs.Prelabels && isByModel) Lose("annotation", sample.Opinions.Count(o => BesideAnswers.IsOf(o, isByModel: false)), "Annotations are left out, since the plan takes predictions.");
        if (BesideAnswers.Proposal(sample, isByModel) is not { } opinion) return null;
        Lose(isByModel ? "prediction" : "annotation", sample.Opinions.Count(o => BesideAnswers.IsOf(o, isByModel)) - 1, "Work on an input begins with one proposal: of several the latest.");
        var json = _builder.BuildUnfinished(opinion, input);
        if (json.Length > Work.Prelabel.BytesMax)
        {
            _faults.Add(name, "", $"expected a proposal of at most {Work.Prelabel.BytesMax} bytes; found {json.Length}");
            return null;
        }

        _prelabels++;
        return new ReadPrelabel(isByModel ? opinion.Model : null, isByModel || opinion.Contributor is null, json);
    }

    private void Lose(string kind, long count, string explanation)
    {
        if (count > 0) _lost[kind] = (_lost.GetValueOrDefault(kind).Count + count, explanation);
    }

    private List<ReadAnswers> Answers(string name, Sample narrowed, Sample said, InputExtent input)
    {
        Dictionary<string, ReadAnswers> byContributor = new(StringComparer.Ordinal);
        var nameless = 0;
        foreach (var opinion in Wanted(narrowed))
        {
            // Several who are not named are several people: the first, the second ...
            var who = opinion.Contributor is { Length: > 0 } named ? named : ImportedPeople.Nobody(++nameless);
            if (_builder.Build(opinion, input, out var isWhole, out var fault) is not { } json) _faults.Add(name, fault!.Pointer, $"expected {fault.Expected}; found {fault.Found}");
            else if (_builder.KeptNothing && SaidSomething(said, opinion)) Lose("nothing_left", 1, "Of these answers the project has a place for nothing. They are left out: without their objects they would say that nothing is there.");
            else if (_plan.As == ImportedAs.Gold && !isWhole) _faults.Add(name, "", "the project has no place for a part of what is said of it, so it cannot be known truth");
            else if (!byContributor.TryAdd(who, new ReadAnswers(who, json, opinion.At, opinion.Seconds)))
            {
                byContributor[who] = new ReadAnswers(who, json, opinion.At, opinion.Seconds);
                _replaced++;
            }
        }

        if (_plan.As == ImportedAs.Responses) Lose("gold", narrowed.Opinions.Count(o => o.Kind == OpinionKind.Gold), "Known truths come in as responses of those who gave them. Import the data set as gold into a project of its own to keep them as known answers.");
        _answers += byContributor.Count;
        return [.. byContributor.Values];
    }

    private static bool SaidSomething(Sample said, Opinion opinion) =>
        said.Opinions.Any(o => o.Kind == opinion.Kind && o.Contributor == opinion.Contributor && o.Id == opinion.Id && o.At == opinion.At && o.Objects.Count + o.Answers.Count > 0);

    /// <summary>As gold one answer: the one that the data set calls true, or else the first. Otherwise the latest of each annotator comes last and stands.</summary>
    private IEnumerable<Opinion> Wanted(Sample sample)
    {
        var given = sample.Opinions.Where(o => o.Kind is OpinionKind.Annotation or OpinionKind.Gold);
        return _plan.As == ImportedAs.Gold ? given.OrderByDescending(o => o.Kind == OpinionKind.Gold).Take(1) : given.OrderBy(o => o.At ?? DateTimeOffset.MinValue);
    }

    private List<Loss> Losses() =>
    [
        .. _replaced == 0 ? [] : (Loss[])[new Loss("replaced", _replaced, "Of several annotations of one input by one person the latest is taken.")],
        .. _lost.Select(l => new Loss(l.Key, l.Value.Count, l.Value.Explanation)).Concat(_leftOut.Select(l => new Loss($"class:{l.Key}", l.Value, $"Objects of the class \"{l.Key}\" are left out, as the plan says."))).Concat(_builder.Losses.Losses)
            .GroupBy(l => l.Kind).Select(g => g.First() with { Count = g.Sum(l => l.Count) }).OrderByDescending(l => l.Count).Take(RowsMax).OrderBy(l => l.Kind, StringComparer.Ordinal),
    ];

    private string? TargetOf(string name)
    {
        var renamed = _plan.Classes is { } map && map.TryGetValue(name, out var to) ? to : name;
        return renamed is null ? null : _target.FindClass(renamed)?.Class.Id;
    }

    private void Show(Sample sample, string? picture, (int Width, int Height) size)
    {
        if (!sample.Opinions.Any(o => o.Objects.Count > 0)) return;

        // One that can be seen takes the place of one that cannot.
        var place = _shown.Count < SamplesShown ? _shown.Count : picture is null ? -1 : _shown.FindLastIndex(s => !s.HasPicture);
        if (place < 0) return;
        if (place < _shown.Count) _shown.RemoveAt(place);
        _shown.Add(new(sample.Name, size.Width, size.Height, picture is not null,
            [.. sample.Opinions.SelectMany(o => o.Objects.Select(each => (o.Contributor, each))).Where(s => s.each.Mark.Bounds is not null).Take(ShapesShown).Select(s => new DatasetReport.ShapeRow(s.each.Class, TargetOf(s.each.Class), s.Contributor, MarkDrawing.ToJson(s.each.Mark)))]));
    }
}
