using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Demo.Crowd;
using Touchstone.Quality.Assays;
using Touchstone.Quality.Detection;

namespace Touchstone.Demo.Run;

/// <summary>What only the demo knows: how good the released labels really are.</summary>
internal sealed class DemoTruth(Ontology ontology)
{
    /// <summary>Exact answers: what somebody without error would say.</summary>
    public AnswerSet Of(ImageTruth truth) => Parse(new SimulatedContributor("truth", ErrorModel.None, ontology, 0).Answer(truth));

    public AnswerSet Parse(JsonNode answers)
    {
        using var document = JsonDocument.Parse(answers.ToJsonString());
        return AnswerSet.Parse(ontology, document.RootElement);
    }

    /// <summary>Every label of a release graded against the truth.</summary>
    public IReadOnlyList<GradedImage> Grade(IEnumerable<(ImageTruth Truth, AnswerSet Released)> labels) =>
        [.. labels.Select(l => Grading.Grade(ontology, l.Truth.Image, l.Released, Of(l.Truth)))];

    /// <summary>The true figures of a whole release.</summary>
    public static Assay Figures(IReadOnlyList<GradedImage> release) => AssayEstimator.Estimate(release, release.Count) is AssayOutcome.Measured measured
        ? measured.Assay
        : throw new InvalidOperationException("The release holds nothing to judge.");

    /// <summary>COCO's average precision of the released shapes against the truth, each scored by its confidence.</summary>
    public CocoSummary AveragePrecision(IReadOnlyList<(ImageTruth Truth, AnswerSet Released, IReadOnlyDictionary<string, double> Confidence)> labels)
    {
        var classes = ontology.Questions.OfType<ShapesQuestion>().First().Classes.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => (long)c.i);
        var truths = new List<CocoTruth>();
        var detections = new List<CocoDetection>();
        for (var image = 0; image < labels.Count; image++)
        {
            var (truth, released, confidence) = labels[image];
            foreach (var shape in truth.Shapes) truths.Add(new CocoTruth(image, classes[shape.Class], shape.Box, shape.Box.Area, false));
            foreach (var shape in ShapesOf(released)) detections.Add(new CocoDetection(image, classes[shape.Class], shape.Geometry.Bounds, confidence.GetValueOrDefault(shape.Id, 1)));
        }

        return CocoAveragePrecision.Evaluate(truths, detections);
    }

    public static IEnumerable<Shape> ShapesOf(AnswerSet answers) => answers.ByQuestion.Values.OfType<ShapesAnswer>().SelectMany(a => a.Shapes);
}
