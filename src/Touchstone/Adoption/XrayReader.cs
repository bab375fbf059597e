using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Ontologies;
using Touchstone.Quality;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.Reliabilities;

namespace Touchstone.Adoption;

/// <summary>Reads another tool's project twice: for what may be said in it, and for what was said. The same estimates are made of it as of work done here.</summary>
internal sealed class XrayReader(DatasetFormat format, DatasetSource source, FormatOptions options, OverlapReplayOptions overlap)
{
    private const int SuspectsMax = 1_000;

    /// <summary>Inputs with several annotators that estimates are made of; beyond that the first ones stand for all.</summary>
    private const int ComparedMax = 20_000;

    private readonly FaultLog _faults = new();
    private readonly HashSet<string> _pictures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly List<Heard> _heard = [];
    private readonly Dictionary<string, long> _answers = new(StringComparer.Ordinal);
    private BesideCounts _besides;
    private long _missing, _truths, _comparable;

    /// <summary>What was said of one input, in the order in which it was said, and what is known to be right.</summary>
    private sealed record Heard(string Sample, InputExtent Input, IReadOnlyList<Quality.Opinion> Opinions, AnswerSet? Known);

    /// <param name="ontology">The ontology of a project that it is imported into; null makes one of what the data set says.</param>
    /// <param name="name">What the project is or shall be called.</param>
    /// <param name="progress">Told of inputs read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Xray> ReadAsync(Ontology? ontology, string name, Action<long> progress, CancellationToken cancellationToken)
    {
        var facts = await format.FactsAsync(source, options, cancellationToken);
        var (census, inspection, proposal) = (new DatasetCensus(facts), new Inspection(facts), new OntologyProposal(facts));
        await foreach (var sample in format.ReadAsync(source, options, _faults, cancellationToken))
        {
            census.Add(sample);
            inspection.Add(sample);
            if (sample.Kind == InputKind.Image) inspection.LookAtSize(sample, source.SizeOf(sample.Picture ?? sample.Name));
            proposal.Add(sample);
            progress(census.Samples);
        }

        ontology ??= proposal.Build();
        AnswerBuilder builder = new(new OntologyTarget(ontology, name, CarriedParts.Predictions | CarriedParts.Drafts | CarriedParts.Skips));
        await foreach (var sample in format.ReadAsync(source, options, new FaultLog(), cancellationToken)) Hear(sample, builder, ontology);
        var table = ReliabilityFit.Fit(ontology, [.. _heard.Select(h => new TaskOpinions(h.Sample, h.Input, h.Opinions))], [.. _heard.Where(h => h.Known is not null).Select(h => new KnownAnswers(h.Sample, h.Known!))]).Table;
        var grades = Grades(ontology, table);
        var agreements = _heard.Select(h => TaskAgreement.Of(ontology, h.Opinions).Overall).OfType<double>().ToArray();
        return new Xray
        {
            Format = format,
            Census = census,
            Inspection = inspection,
            Faults = _faults,
            Ontology = ontology,
            Losses = builder.Losses,
            PicturesMissing = _missing,
            Besides = _besides,
            Pictures = _pictures,
            Named = _named,
            Agreement = agreements.Length == 0 ? null : agreements.Average(),
            Compared = _heard.Count,
            Annotators = [.. Annotators(grades)],
            Comparable = _comparable,
            Truths = _truths,
            SuspectCount = grades.LongCount(g => g.Right < 0.5),
            Suspects = [.. grades.Where(g => g.Right < 0.5).OrderBy(g => g.Right).ThenBy(g => g.Sample, StringComparer.Ordinal).Take(SuspectsMax)],
            Overlap = Replay(ontology, table),
        };
    }

    private void Hear(Sample sample, AnswerBuilder builder, Ontology ontology)
    {
        var size = source.SizeOf(sample.Picture ?? sample.Name) ?? (sample.WidthPx, sample.HeightPx);
        _named.UnionWith(sample.Opinions.Select(o => o.Contributor).OfType<string>());
        var picture = source.PictureFile(sample);
        if (picture is not null) _pictures.Add(picture);
        else _missing++;
        var input = InputExtent.Image(size.Item1, size.Item2);
        if (builder.Narrow(sample with { WidthPx = size.Item1, HeightPx = size.Item2 }) is not { } narrowed) return;
        if (picture is not null) CountBesides(narrowed, builder, input);
        Dictionary<string, Quality.Opinion> byAnnotator = new(StringComparer.Ordinal);
        HashSet<string> answered = new(StringComparer.Ordinal);
        AnswerSet? truth = null;
        foreach (var opinion in narrowed.Opinions.Where(o => o.Kind is OpinionKind.Annotation or OpinionKind.Gold).OrderBy(o => o.At ?? DateTimeOffset.MinValue))
        {
            var who = opinion.Contributor ?? "";
            if (builder.Build(opinion, input, out var fault) is not { } json)
            {
                _faults.Add(sample.Name, fault!.Pointer, $"expected {fault.Expected}; found {fault.Found}");
                continue;
            }

            using var document = JsonDocument.Parse(json);
            var answers = AnswerSet.Parse(ontology, document.RootElement);
            answered.Add(who);

            // What is known to be right is no vote: the votes are measured against it.
            if (opinion.Kind == OpinionKind.Gold) truth ??= answers;
            else byAnnotator[who] = new Quality.Opinion($"{byAnnotator.Count}:{who}", who, answers);
        }

        if (truth is not null) _truths++;
        foreach (var who in answered) _answers[who] = _answers.GetValueOrDefault(who) + 1;
        if (byAnnotator.Count < 2 && (truth is null || byAnnotator.Count == 0)) return;
        _comparable++;
        if (_heard.Count < ComparedMax) _heard.Add(new Heard(sample.Name, input, [.. byAnnotator.Values], truth));
    }

    /// <summary>By the rules of the import, which builds them too: what it loses of them is told.</summary>
    private void CountBesides(Sample sample, AnswerBuilder builder, InputExtent input)
    {
        var (proposal, drafts, skips) = (BesideAnswers.Proposal(sample, isByModel: true), BesideAnswers.Drafts(sample), BesideAnswers.Skips(sample));
        if (proposal is not null) builder.BuildUnfinished(proposal, input);
        foreach (var draft in drafts) builder.BuildUnfinished(draft, input);
        var all = sample.Opinions.Count(o => o.Kind is OpinionKind.Prediction or OpinionKind.Draft or OpinionKind.Skipped);
        var taken = (proposal is null ? 0 : 1) + drafts.Count + skips.Count;
        _besides = new(_besides.Prelabels + (proposal is null ? 0 : 1), _besides.Drafts + drafts.Count, _besides.Skips + skips.Count, _besides.LeftOut + all - taken);
    }

    private List<SuspectAnswer> Grades(Ontology ontology, ReliabilityTable table)
    {
        List<SuspectAnswer> grades = [];
        foreach (var heard in _heard)
        {
            var byId = heard.Opinions.ToDictionary(o => o.ResponseId, o => o.ContributorId, StringComparer.Ordinal);
            var graded = heard.Known is { } known ? heard.Opinions.Select(o => ResponseGrading.ByKnown(ontology, o, known)).OfType<GradedResponse>() : ResponseGrading.ByOthers(ontology, heard.Input, heard.Opinions, table);
            foreach (var grade in graded) grades.Add(new SuspectAnswer(heard.Sample, byId[grade.ResponseId], grade.Right));
        }

        return grades;
    }

    private IEnumerable<AnnotatorRow> Annotators(List<SuspectAnswer> grades)
    {
        var byWho = grades.ToLookup(g => g.Contributor, StringComparer.Ordinal);
        return _answers.OrderByDescending(a => a.Value).ThenBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => new AnnotatorRow(a.Key, a.Value, byWho[a.Key].LongCount(), byWho[a.Key].Any() ? byWho[a.Key].Average(g => g.Right) : null));
    }

    /// <summary>Each input's answers are taken in their order until the consensus is sure enough, as the queue would have asked for them.</summary>
    private OverlapReplay Replay(Ontology ontology, ReliabilityTable table)
    {
        var (given, needed, same) = (0L, 0L, 0L);
        foreach (var heard in _heard)
        {
            var all = heard.Opinions;
            var taken = Math.Min(overlap.Min, all.Count);
            var early = TaskConsensus.Estimate(ontology, heard.Input, [.. all.Take(taken)], table);
            while (early.Confidence < overlap.Confidence && taken < all.Count) early = TaskConsensus.Estimate(ontology, heard.Input, [.. all.Take(++taken)], table);
            given += all.Count;
            needed += taken;
            if (taken == all.Count || TaskAgreement.Of(ontology, [new("early", "early", early.Answers), new("late", "late", TaskConsensus.Estimate(ontology, heard.Input, all, table).Answers)]).Overall is not < 1) same++;
        }

        return new OverlapReplay(given, needed, overlap.Confidence, _heard.Count == 0 ? null : (double)same / _heard.Count);
    }
}

/// <summary>The rule that the replay goes by.</summary>
/// <param name="Min">Answers that every input gets.</param>
/// <param name="Confidence">The confidence of the consensus that is enough.</param>
internal sealed record OverlapReplayOptions(int Min, double Confidence);
