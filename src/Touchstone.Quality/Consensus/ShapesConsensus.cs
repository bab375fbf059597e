using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Quality.Matching;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Consensus;

/// <summary>Consensus on one shapes question: objects, whether they are there, what they are, where they are, what is said of them.</summary>
internal static class ShapesConsensus
{
    public sealed record Found(IReadOnlyList<ConsensusObject> Objects, IReadOnlyList<ConsensusObject> Rejected, Sureness Sureness);

    /// <summary>One contributor's shape of an object.</summary>
    public sealed record Member(string ResponseId, Reliability By, MarkingReliability Marking, Shape Shape);

    public static Found Estimate(ShapesQuestion question, InputExtent? input, IReadOnlyList<Opinion> opinions, ReliabilityTable table, ConsensusOptions options)
    {
        var shapes = opinions.Select(o => ((ShapesAnswer)o.Answers.ByQuestion[question.Id]).Shapes).ToArray();
        var people = opinions.Select(o => table.Of(o.ContributorId)).ToArray();
        var rates = Array.ConvertAll(people, p => Existence.Rates.Of(p.MarkingOf(question.Id).DetectionRate, p.MarkingOf(question.Id).SpuriousRate));
        int[] looked = [.. Enumerable.Range(0, people.Length)];
        var echo = table.SpuriousEchoOf(question.Id);

        var sureness = new Sureness();
        List<ConsensusObject> objects = [], rejected = [];
        double expected = 0;
        foreach (var cluster in ObjectClustering.Cluster(question, shapes, [.. opinions.Select(o => o.ResponseId)], options.MatchThreshold))
        {
            var marked = new bool[opinions.Count];
            foreach (var reference in cluster) marked[reference.Answer] = true;
            var existence = Existence.Probability(rates, looked, marked, echo);
            var members = cluster.OrderBy(r => r.Answer).Select(r => new Member(
                opinions[r.Answer].ResponseId, people[r.Answer], people[r.Answer].MarkingOf(question.Id), shapes[r.Answer][r.Shape])).ToArray();
            var isThere = existence >= options.ExistenceThreshold;
            var found = Describe(question, input, members, existence, opinions.Count, table);
            expected += existence;
            (isThere ? objects : rejected).Add(found);
            sureness.Add(isThere ? existence : 1 - existence);
            if (!isThere) continue;
            sureness.Add(found.Classes[found.Shape.Class]);
            foreach (var attribute in found.Attributes.Values) sureness.Add(attribute);
        }

        sureness.AddCompleteness(Existence.Seen(rates, looked), expected);
        return new Found(Named(objects, "o"), Named(rejected, "r"), sureness);
    }

    private static ConsensusObject Describe(ShapesQuestion question, InputExtent? input, Member[] members, double existence, int looked, ReliabilityTable table)
    {
        var classes = ClassPosterior(question, members, table);
        // Only what somebody said: a class that nobody named would lack the attributes that it asks for, and may not allow the geometry drawn.
        var best = members.Select(m => m.Shape.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).MaxBy(c => classes.GetValueOrDefault(c))!;
        Member[] sayers = [.. members.Where(m => m.Shape.Class == best)];
        var shapeClass = question.FindClass(best);
        var geometry = ShapeFusion.Fuse(question, members, KindOf(shapeClass, members, sayers));
        if (input is { HasSize: true } picture && shapeClass?.Limits.MayLeaveImage != true) geometry = ShapeFusion.Inside(geometry, picture);
        var (attributes, sure) = Attributes(question, best, sayers, table);
        return new ConsensusObject
        {
            QuestionId = question.Id,
            Shape = new Shape("", best, geometry, attributes),
            Existence = Rounding.ToDigest(existence),
            Classes = TaskConsensus.Rounded(classes),
            Attributes = TaskConsensus.Rounded(sure),
            Confidence = Rounding.ToDigest(existence * classes.GetValueOrDefault(best)),
            Support = [.. members.Select(m => new Support(m.ResponseId, m.Shape.Id))],
            LookedCount = looked,
        };
    }

    private static Dictionary<string, double> ClassPosterior(ShapesQuestion question, Member[] members, ReliabilityTable table)
    {
        string[] labels = [.. question.Classes.Select(c => c.Id).Union(members.Select(m => m.Shape.Class), StringComparer.Ordinal)];
        var key = AnswerKey.OfQuestion(question.Id);
        return LabelPosterior.Of(
            members, labels, (m, label) => m.Marking.ClassProbability(label, m.Shape.Class, labels.Length), label => table.ShareOf(key, label, labels.Length));
    }

    /// <summary>The kind of geometry that most of the weight drew, among those that the class allows.</summary>
    private static GeometryKind KindOf(ShapeClass? shapeClass, Member[] members, Member[] sayers)
    {
        var allowed = members.Where(m => shapeClass is null || shapeClass.Geometries.Contains(m.Shape.Geometry.Kind)).ToArray();
        return (allowed.Length > 0 ? allowed : sayers).GroupBy(m => m.Shape.Geometry.Kind)
            .OrderByDescending(g => Math.Round(g.Sum(ShapeFusion.WeightOf), 6)).ThenBy(g => g.Key).First().Key;
    }

    /// <summary>Attributes of the class, in its order, so that a condition sees the consensus on what it depends on.</summary>
    private static (IReadOnlyDictionary<string, JsonElement> Values, Dictionary<string, double> Sure) Attributes(
        ShapesQuestion question, string classId, Member[] sayers, ReliabilityTable table)
    {
        var sure = new Dictionary<string, double>(StringComparer.Ordinal);
        if (question.FindClass(classId) is not { Attributes.Count: > 0 } shapeClass) return (Shape.NoAttributes, sure);
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var attribute in shapeClass.Attributes)
        {
            var said = sayers.Where(m => m.Shape.Attributes.ContainsKey(attribute.Id))
                .Select(m => new Statement(m.By, AnswerJson.Read(attribute, m.Shape.Attributes[attribute.Id]))).ToArray();
            if (said.Length == 0 || !IsAsked(attribute, values)) continue;
            // Whether there is anything to say is itself a question: an optional answer that most left out is left out.
            if (!attribute.Required && attribute.When is null && said.Length * 2 < sayers.Length) continue;
            var estimate = AnswerConsensus.Estimate(attribute, AnswerKey.OfAttribute(question.Id, attribute.Id), said, table);
            values[attribute.Id] = AnswerJson.ToElement(attribute, estimate.Answer);
            sure[attribute.Id] = estimate.Confidence;
        }

        return (values.Count == 0 ? Shape.NoAttributes : values, sure);
    }

    private static bool IsAsked(Question attribute, Dictionary<string, JsonElement> before) =>
        attribute.When is null || Conditions.Hold(attribute.When, default, JsonSerializer.SerializeToElement(before));

    /// <summary>From top to bottom, then from left to right; what is left equal is told apart by its size, class and lineage.</summary>
    private static ConsensusObject[] Named(List<ConsensusObject> objects, string prefix)
    {
        var ordered = objects.Select(o => (Object: o, o.Shape.Geometry.Bounds)).OrderBy(x => x.Bounds.Y).ThenBy(x => x.Bounds.X).ThenBy(x => x.Bounds.Height)
            .ThenBy(x => x.Bounds.Width).ThenBy(x => x.Object.Shape.Class, StringComparer.Ordinal).ThenBy(x => x.Object.Support[0].ResponseId, StringComparer.Ordinal)
            .ThenBy(x => x.Object.Support[0].ShapeId, StringComparer.Ordinal);
        return [.. ordered.Select((x, i) => x.Object with { Shape = x.Object.Shape with { Id = $"{prefix}{i + 1}" } })];
    }
}
