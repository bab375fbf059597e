using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Reliabilities;

/// <summary>What <see cref="ReliabilityFit"/> found.</summary>
/// <param name="Table">What is believed of everybody.</param>
/// <param name="Converged">Whether every part settled within the rounds allowed.</param>
/// <param name="Warnings">What a reader should know, each with the question or attribute that it concerns.</param>
public sealed record ReliabilityFitResult(ReliabilityTable Table, bool Converged, IReadOnlyList<string> Warnings);

/// <summary>Fits everybody's reliability from the opinions on all tasks of a project, run to convergence.</summary>
/// <remarks>
/// Draws come from a seed of the options and nothing depends on the order of tasks or opinions: the same opinions give the same table. Shapes are gathered into
/// candidates on geometry alone (<see cref="Matching.ObjectClustering"/>); who detects and who invents follows from which candidates are there; classes and choices
/// from <see cref="SampledDawidSkene"/> over those that are.
/// </remarks>
public static class ReliabilityFit
{
    /// <summary>Fits.</summary>
    /// <param name="ontology">The ontology that the answers were made under; questions that answers have beyond it are not looked at.</param>
    /// <param name="tasks">Opinions by task.</param>
    /// <param name="known">Known answers of gold tasks; they stand, and teach whom to trust.</param>
    /// <param name="options">Null is <see cref="ReliabilityOptions.Default"/>.</param>
    /// <param name="isHeldOut">Tasks that must leave no trace, with their opinions and known answers: what they grade afterwards was then not trained on them. Null is none.</param>
    public static ReliabilityFitResult Fit(
        Ontology ontology, IReadOnlyList<TaskOpinions> tasks, IReadOnlyList<KnownAnswers>? known = null, ReliabilityOptions? options = null, Func<string, bool>? isHeldOut = null)
    {
        options ??= ReliabilityOptions.Default;
        List<TaskOpinions> used = [.. tasks.Where(t => isHeldOut?.Invoke(t.TaskId) != true).OrderBy(t => t.TaskId, StringComparer.Ordinal)];
        var gold = (known ?? []).Where(k => isHeldOut?.Invoke(k.TaskId) != true).ToDictionary(k => k.TaskId, k => k.Answers, StringComparer.Ordinal);
        string[] ids = [.. used.SelectMany(t => t.Opinions).Select(o => o.ContributorId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var index = ids.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i, StringComparer.Ordinal);

        var builder = new TableBuilder(ids);
        foreach (var question in ontology.Questions)
        {
            if (question is ShapesQuestion shapes) FitShapes(shapes, used, gold, index, options, builder);
            else FitAnswers(OfTasks(question, used, gold, index), index.Count, options, builder);
        }

        return builder.Build();
    }

    private static void FitShapes(
        ShapesQuestion question, List<TaskOpinions> tasks, Dictionary<string, AnswerSet> gold, Dictionary<string, int> contributors, ReliabilityOptions options, TableBuilder builder)
    {
        var gathered = MarkingEvidence.Gather(question, tasks, gold, contributors, options.MatchThreshold);
        var candidates = gathered.Candidates;
        var detection = new DetectionFit(gathered, contributors.Count, options);
        detection.Run();
        var (noise, crowdNoise) = LocalisationFit.Fit(candidates, detection.There, contributors.Count);
        var (classes, found) = FitClasses(question, candidates, detection.There, contributors.Count, options);
        builder.AddMarking(question, candidates, detection, noise, crowdNoise, classes);
        foreach (var evidence in OfAttributes(question, found)) FitAnswers(evidence, contributors.Count, options, builder);
    }

    /// <summary>Classes of the candidates that are there, and for each of those its most probable class.</summary>
    private static (ChoiceFitResult? Fit, List<(Candidate Candidate, string Class)> Found) FitClasses(
        ShapesQuestion question, List<Candidate> candidates, double[] there, int contributorCount, ReliabilityOptions options)
    {
        List<Candidate> found = [.. candidates.Where((c, i) => there[i] >= 0.5 && c.Marks.Count > 0)];
        if (found.Count == 0 || question.Classes.Count == 0) return (null, []);
        var choice = new ChoiceQuestion(question.Id, null, [.. question.Classes.Select(c => new ChoiceOption(c.Id))]);
        var evidence = new KeyEvidence(AnswerKey.OfQuestion(question.Id), choice);
        foreach (var candidate in found)
        {
            var marks = candidate.Marks.Where(m => question.FindClass(m.Shape.Class) is not null);
            evidence.Add(marks.Select(m => (m.Contributor, (Answer)new ChoiceAnswer([m.Shape.Class]))), candidate.Known is { } known ? new ChoiceAnswer([known.Class]) : null);
        }

        if (!ChoiceLabels.HasConfusion(choice)) choice = choice with { Taxonomy = true }; // too many classes for a matrix: one accuracy each
        var fit = ChoiceFit.Fit(evidence, contributorCount, options);
        return (fit, [.. found.Select(c => (c, ClassOf(question, c, fit)))]);
    }

    private static string ClassOf(ShapesQuestion question, Candidate candidate, ChoiceFitResult fit)
    {
        if (candidate.Known is { } known) return known.Class;
        var count = question.Classes.Count;
        var posterior = LabelPosterior.Of(candidate.Marks, [.. question.Classes.Select(c => c.Id)],
            (mark, label) => fit.Contributors[mark.Contributor].Probability(label, mark.Shape.Class, count), label => fit.Shares?.GetValueOrDefault(label) ?? 1.0 / count);
        return posterior.MaxBy(p => p.Value).Key;
    }

    private static Dictionary<string, KeyEvidence>.ValueCollection OfAttributes(ShapesQuestion question, List<(Candidate Candidate, string Class)> found)
    {
        var evidence = new Dictionary<string, KeyEvidence>(StringComparer.Ordinal);
        foreach (var (candidate, classId) in found)
        {
            if (question.FindClass(classId) is not { } shapeClass) continue;
            foreach (var attribute in shapeClass.Attributes)
            {
                var key = AnswerKey.OfAttribute(question.Id, attribute.Id);
                if (!evidence.TryGetValue(key, out var entry)) evidence[key] = entry = new KeyEvidence(key, attribute);
                if (!IsSameQuestion(entry.Question, attribute)) continue;
                var said = candidate.Marks.Where(m => m.Shape.Class == classId && m.Shape.Attributes.ContainsKey(attribute.Id))
                    .Select(m => (m.Contributor, AnswerJson.Read(attribute, m.Shape.Attributes[attribute.Id]))).ToArray();
                if (said.Length > 0) entry.Add(said, candidate.Known is { } known && known.Attributes.TryGetValue(attribute.Id, out var value) ? AnswerJson.Read(attribute, value) : null);
            }
        }

        return evidence.Values;
    }

    /// <summary>Classes may use one attribute id for different things; only what has the same answers is pooled.</summary>
    private static bool IsSameQuestion(Question first, Question second) =>
        ReferenceEquals(first, second) || first.Kind == second.Kind && (first is not ChoiceQuestion one || second is ChoiceQuestion other
            && one.Multiple == other.Multiple && one.Taxonomy == other.Taxonomy && one.Options.Select(o => o.Id).SequenceEqual(other.Options.Select(o => o.Id), StringComparer.Ordinal));

    private static KeyEvidence OfTasks(Question question, List<TaskOpinions> tasks, Dictionary<string, AnswerSet> gold, Dictionary<string, int> contributors)
    {
        var evidence = new KeyEvidence(AnswerKey.OfQuestion(question.Id), question);
        foreach (var task in tasks)
        {
            var said = task.Opinions.Where(o => o.Answers.ByQuestion.ContainsKey(question.Id)).OrderBy(o => o.ResponseId, StringComparer.Ordinal)
                .Select(o => (contributors[o.ContributorId], o.Answers.ByQuestion[question.Id])).ToArray();
            if (said.Length == 0) continue;
            evidence.Add(said, gold.TryGetValue(task.TaskId, out var known) ? known.ByQuestion.GetValueOrDefault(question.Id) : null);
        }

        return evidence;
    }

    private static void FitAnswers(KeyEvidence evidence, int contributorCount, ReliabilityOptions options, TableBuilder builder)
    {
        if (evidence.Said.Count == 0) return;
        if (evidence.Question is ChoiceQuestion) builder.AddChoices(evidence.Key, ChoiceFit.Fit(evidence, contributorCount, options));
        else if (SpreadFit.IsNumeric(evidence.Question) && SpreadFit.Fit(evidence) is { } spreads) builder.AddSpreads(evidence.Key, spreads.Contributors, spreads.Crowd);
    }

    /// <summary>Collects the parts into one table.</summary>
    private sealed class TableBuilder(string[] ids)
    {
        private readonly Dictionary<string, MarkingReliability>[] _marking = Array.ConvertAll(ids, _ => new Dictionary<string, MarkingReliability>());
        private readonly Dictionary<string, ChoiceReliability>[] _choices = Array.ConvertAll(ids, _ => new Dictionary<string, ChoiceReliability>());
        private readonly Dictionary<string, double>[] _spreads = Array.ConvertAll(ids, _ => new Dictionary<string, double>());
        private readonly Dictionary<string, MarkingReliability> _crowdMarking = [];
        private readonly Dictionary<string, ChoiceReliability> _crowdChoices = [];
        private readonly Dictionary<string, double> _crowdSpreads = [];
        private readonly Dictionary<string, IReadOnlyDictionary<string, double>> _shares = [];
        private readonly Dictionary<string, double> _echoes = [];
        private readonly List<string> _warnings = [];
        private bool _converged = true;

        public void AddMarking(ShapesQuestion question, List<Candidate> candidates, DetectionFit detection, double[] noise, double crowdNoise, ChoiceFitResult? classes)
        {
            var drawn = new int[ids.Length];
            var hasLooked = new bool[ids.Length];
            foreach (var candidate in candidates)
            {
                foreach (var looked in candidate.Looked) hasLooked[looked] = true;
                foreach (var mark in candidate.Marks) drawn[mark.Contributor]++;
            }

            for (var w = 0; w < ids.Length; w++)
            {
                if (!hasLooked[w]) continue;
                _marking[w][question.Id] = new MarkingReliability
                {
                    DetectionRate = detection.Detection[w],
                    SpuriousRate = detection.Spurious[w],
                    LocalisationNoise = noise[w],
                    Classes = classes?.Contributors.GetValueOrDefault(w)?.Confusion ?? classes?.Crowd.Confusion,
                    ShapesDrawn = drawn[w],
                };
            }

            _crowdMarking[question.Id] = new MarkingReliability
            {
                DetectionRate = detection.CrowdDetection,
                SpuriousRate = detection.CrowdSpurious,
                LocalisationNoise = crowdNoise,
                Classes = classes?.Crowd.Confusion,
                ShapesDrawn = drawn.Sum(),
            };
            _echoes[question.Id] = detection.Echo;
            if (classes?.Shares is { } shares) _shares[AnswerKey.OfQuestion(question.Id)] = shares;
            if (classes is not null) Note(question.Id, classes.Converged, classes.Warnings);
            if (!detection.Converged && candidates.Count > 0) Note(question.Id, false, [new("not_converged", "Detection rates had not settled.")]);
        }

        public void AddChoices(string key, ChoiceFitResult fit)
        {
            foreach (var (w, choice) in fit.Contributors) _choices[w][key] = choice;
            _crowdChoices[key] = fit.Crowd;
            if (fit.Shares is not null) _shares[key] = fit.Shares;
            Note(key, fit.Converged, fit.Warnings);
        }

        public void AddSpreads(string key, IReadOnlyDictionary<int, double> spreads, double crowd)
        {
            foreach (var (w, spread) in spreads) _spreads[w][key] = spread;
            _crowdSpreads[key] = crowd;
        }

        public ReliabilityFitResult Build()
        {
            var contributors = new Dictionary<string, Reliability>(StringComparer.Ordinal);
            for (var w = 0; w < ids.Length; w++)
            {
                // What somebody never answered is believed of them as of the crowd.
                contributors[ids[w]] = new Reliability
                {
                    ContributorId = ids[w],
                    Marking = Filled(_marking[w], _crowdMarking),
                    Choices = Filled(_choices[w], _crowdChoices),
                    Spreads = Filled(_spreads[w], _crowdSpreads),
                };
            }

            var table = new ReliabilityTable
            {
                Crowd = new Reliability { Marking = _crowdMarking, Choices = _crowdChoices, Spreads = _crowdSpreads },
                Contributors = contributors,
                Shares = _shares,
                SpuriousEchoes = _echoes,
            };
            return new ReliabilityFitResult(table, _converged, _warnings);
        }

        private void Note(string key, bool converged, IReadOnlyList<TruthWarning> warnings)
        {
            _converged &= converged;
            _warnings.AddRange(warnings.Select(w => $"{key}: {w.Message}"));
        }

        private static Dictionary<string, T> Filled<T>(Dictionary<string, T> own, Dictionary<string, T> crowd)
        {
            foreach (var (key, value) in crowd) own.TryAdd(key, value);
            return own;
        }
    }
}
