using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Trust.Consensus;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>Finds what responses do not agree upon: what a reviewer has to look at, and no more.</summary>
internal static class Differences
{
    /// <summary>Shapes of one thing that are less alike than this are worth a look. Stricter than the 0.5 by which things are matched: a box that is
    /// 5 % too wide and high on each side still lies above it.</summary>
    public const double AlikeFrom = 0.8;

    /// <param name="ontology">The ontology of the task.</param>
    /// <param name="consensus">The fused answers.</param>
    /// <param name="detail">What they were made from.</param>
    /// <param name="responses">The responses in force by id.</param>
    public static List<Difference> Find(Ontology ontology, AnswerSet consensus, ConsensusDetail detail, IReadOnlyDictionary<string, AnswerSet> responses)
    {
        var found = new List<Difference>();
        foreach (var question in ontology.Questions)
        {
            if (question is ShapesQuestion shapes) AddShapes(shapes, [.. ShapesOf(consensus, shapes), .. ShapesOf(AnswerSet.Parse(ontology, detail.RejectedAnswers), shapes)], detail, responses, found);
            else if (consensus.ByQuestion.TryGetValue(question.Id, out var answer)) AddAnswer(question, answer, detail, responses, found);
        }

        return [.. found.OrderBy(d => d.Confidence)];
    }

    private static void AddAnswer(
        Question question, Answer answer, ConsensusDetail detail, IReadOnlyDictionary<string, AnswerSet> responses, List<Difference> found)
    {
        var answered = responses.Where(r => r.Value.ByQuestion.ContainsKey(question.Id)).ToList();
        var same = answered.Where(r => AnswerDistance.Between(question, r.Value.ByQuestion[question.Id], answer) == 0).Select(r => r.Key).ToList();
        if (same.Count == answered.Count) return;
        found.Add(new Difference(question.Id, "answer", null, null, null, detail.Questions[question.Id].Confidence, same, [.. answered.Select(r => r.Key).Except(same)]));
    }

    private static IReadOnlyList<Shape> ShapesOf(AnswerSet answers, ShapesQuestion question) =>
        answers.ByQuestion.TryGetValue(question.Id, out var answer) && answer is ShapesAnswer shapes ? shapes.Shapes : [];

    private static void AddShapes(
        ShapesQuestion question, IReadOnlyList<Shape> fused, ConsensusDetail detail, IReadOnlyDictionary<string, AnswerSet> responses, List<Difference> found)
    {
        var looked = responses.Where(r => r.Value.ByQuestion.ContainsKey(question.Id)).Select(r => r.Key).ToList();
        foreach (var seen in detail.Objects.Concat(detail.Rejected).Where(o => o.Question == question.Id))
        {
            var members = seen.Support.Select(s => (s.Response, Shape: ShapeOf(responses, question.Id, s))).Where(m => m.Shape is not null).ToList();
            var marked = members.ConvertAll(m => m.Response);
            if (marked.Count < looked.Count)
                found.Add(new Difference(question.Id, "existence", seen.Shape, null, null, Math.Max(seen.Existence, 1 - seen.Existence), marked, [.. looked.Except(marked)]));
            AddClass(question, seen, members, found);
            if (fused.FirstOrDefault(s => s.Id == seen.Shape) is { } shape) AddGeometry(question, shape, members, found);
            foreach (var attribute in seen.Attributes) AddAttribute(question, seen, attribute.Key, attribute.Value, members, found);
        }
    }

    private static void AddClass(ShapesQuestion question, ConsensusDetail.ObjectDetail seen, List<(string Response, Shape? Shape)> members, List<Difference> found)
    {
        if (members.Select(m => m.Shape!.Class).Distinct().Count() < 2) return;
        var best = seen.Classes.MaxBy(c => c.Value);
        found.Add(new Difference(
            question.Id, "class", seen.Shape, null, null, best.Value,
            [.. members.Where(m => m.Shape!.Class == best.Key).Select(m => m.Response)],
            [.. members.Where(m => m.Shape!.Class != best.Key).Select(m => m.Response)]));
    }

    private static void AddAttribute(
        ShapesQuestion question, ConsensusDetail.ObjectDetail seen, string attribute, double confidence, List<(string Response, Shape? Shape)> members, List<Difference> found)
    {
        var said = members.Select(m => (m.Response, Said: m.Shape!.Attributes.TryGetValue(attribute, out var value) ? value.GetRawText() : "")).ToList();
        var groups = said.GroupBy(s => s.Said).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (groups.Count < 2) return;
        var most = groups[0].Select(s => s.Response).ToList();
        found.Add(new Difference(question.Id, "attribute", seen.Shape, attribute, null, confidence, most, [.. said.Select(s => s.Response).Except(most)]));
    }

    private static void AddGeometry(ShapesQuestion question, Shape fused, List<(string Response, Shape? Shape)> members, List<Difference> found)
    {
        if (members.Count < 2) return;
        var scale = question.Classes.FirstOrDefault(c => c.Id == fused.Class) is { } shapeClass ? SimilarityScale.For(shapeClass) : SimilarityScale.Default;
        var least = 1.0;
        for (var i = 0; i < members.Count; i++)
        {
            for (var j = 0; j < i; j++) least = Math.Min(least, Similarity.Between(members[i].Shape!.Geometry, members[j].Shape!.Geometry, scale));
        }

        if (least >= AlikeFrom) return;
        var near = members.ConvertAll(m => (m.Response, Similarity: Similarity.Between(m.Shape!.Geometry, fused.Geometry, scale)));
        found.Add(new Difference(
            question.Id, "geometry", fused.Id, null, least, near.Average(m => m.Similarity),
            [.. near.Where(m => m.Similarity >= AlikeFrom).Select(m => m.Response)],
            [.. near.Where(m => m.Similarity < AlikeFrom).Select(m => m.Response)]));
    }

    private static Shape? ShapeOf(IReadOnlyDictionary<string, AnswerSet> responses, string question, ConsensusDetail.SupportDetail support) =>
        responses.TryGetValue(support.Response, out var answers) && answers.ByQuestion.TryGetValue(question, out var answer) && answer is ShapesAnswer shapes
            ? shapes.Shapes.FirstOrDefault(s => s.Id == support.Shape)
            : null;
}
