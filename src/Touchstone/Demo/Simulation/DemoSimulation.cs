using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Demo.Crowd;
using Touchstone.Demo.Run;
using Touchstone.Demo.Scenes;
using Touchstone.Quality;
using Touchstone.Quality.Assays;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.Reliabilities;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Statistics;
using Touchstone.Store.Entities;

namespace Touchstone.Demo.Simulation;

/// <summary>What a simulated project looks like.</summary>
/// <param name="Images">Images that are labelled and released.</param>
/// <param name="Audited">Images of the random sample.</param>
/// <param name="GoldImages">Images with known answers, apart from the others.</param>
/// <param name="Crowd">Who labels.</param>
/// <param name="Reviewer">Who decides what stays open.</param>
/// <param name="Auditor">Whose answers grade the sample.</param>
internal sealed record SimulatedProject(int Images, int Audited, int GoldImages, IReadOnlyList<Persona> Crowd, Persona Reviewer, Persona Auditor);

/// <summary>What came of it.</summary>
/// <param name="Measured">The assay that the release would carry.</param>
/// <param name="True">The same figures over the whole release against the truth.</param>
/// <param name="Audited">The images of the random sample, graded against the auditor's answers.</param>
/// <param name="Release">All images, graded against the truth.</param>
internal sealed record SimulatedOutcome(Assay Measured, Assay True, IReadOnlyList<GradedImage> Audited, IReadOnlyList<GradedImage> Release);

/// <summary>
/// The demo's project without server and pictures: the same people, the same decisions, consensus, review, audit and assay, fast enough for a thousand seeds.
/// The queue is a round robin here; who answers what is all that differs from the demo through HTTP.
/// </summary>
internal static class DemoSimulation
{
    private static readonly DecisionPolicy Policy = new(OverlapMin: 2, OverlapMax: 3, Confidence: 0.7, ReviewPolicy.BelowConfidence);

    public static SimulatedOutcome Run(int seed, SimulatedProject project, Ontology ontology)
    {
        var truths = Enumerable.Range(0, project.Images + project.GoldImages).Select(i => ImageTruth.Of(StreetScene.Generate(seed, i))).ToArray();
        var judge = new DemoTruth(ontology);
        var people = project.Crowd.Select(p => p.In(ontology, seed)).ToArray();
        var released = Label(truths[..project.Images], truths[project.Images..], people, project.Reviewer.In(ontology, seed), judge, ontology);

        var sample = Enumerable.Range(0, project.Images).ToArray();
        new SeededRandom(seed).Fork("audit").Shuffle(sample.AsSpan());
        var auditor = project.Auditor.In(ontology, seed);
        var audited = sample.Take(project.Audited)
            .Select(i => Grading.Grade(ontology, truths[i].Image, released[i], judge.Parse(auditor.Answer(truths[i])))).ToList();
        var measured = AssayEstimator.Estimate(audited, project.Images) is AssayOutcome.Measured outcome
            ? outcome.Assay
            : throw new InvalidOperationException("Nothing was measured.");
        var release = judge.Grade(Enumerable.Range(0, project.Images).Select(i => (truths[i], released[i])));
        var truth = DemoTruth.Figures(release);
        return new SimulatedOutcome(measured, truth, audited, release);
    }

    private static AnswerSet[] Label(
        ImageTruth[] images, ImageTruth[] gold, SimulatedContributor[] people, SimulatedContributor reviewer, DemoTruth judge, Ontology ontology)
    {
        var opinions = images.Select((image, i) => Enumerable.Range(0, Policy.OverlapMin).Select(k => OpinionOf(people[(i + k) % people.Length], image, judge)).ToList()).ToArray();
        var goldOpinions = gold.Select(image => new TaskOpinions(image.Image, Extent(image), [.. people.Select(p => OpinionOf(p, image, judge))])).ToList();
        var known = gold.Select(image => new KnownAnswers(image.Image, judge.Of(image))).ToList();
        var released = new AnswerSet?[images.Length];
        for (var round = Policy.OverlapMin; round <= Policy.OverlapMax; round++)
        {
            var table = ReliabilityFit.Fit(ontology, [.. images.Select((image, i) => new TaskOpinions(image.Image, Extent(image), opinions[i])), .. goldOpinions], known, FitSchedule.Options).Table;
            for (var i = 0; i < images.Length; i++)
            {
                if (released[i] is not null) continue;
                var consensus = TaskConsensus.Estimate(ontology, Extent(images[i]), opinions[i], table);
                var decision = TaskDecision.Of(new TaskFacts(opinions[i].Count, consensus.Confidence, null, false, 0, false), Policy);
                if (decision.State == TaskState.Done) released[i] = consensus.Answers;
                else if (decision.State == TaskState.InReview) released[i] = judge.Parse(reviewer.Answer(images[i]));
                else opinions[i].Add(OpinionOf(people[(i + round) % people.Length], images[i], judge));
            }
        }

        return [.. released.Select(r => r ?? throw new InvalidOperationException("A task was left open."))];
    }

    private static Opinion OpinionOf(SimulatedContributor person, ImageTruth image, DemoTruth judge) =>
        new($"{image.Image}/{person.Name}", person.Name, judge.Parse(person.Answer(image)));

    private static InputExtent Extent(ImageTruth image) => InputExtent.Image(image.WidthPx, image.HeightPx);
}
