using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Matching;
using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>Holds released answers against reference answers.</summary>
public static class Grading
{
    /// <summary>Numbers in attributes are the same within this share of the range or of the number.</summary>
    private const double NumberTolerance = 0.05;

    /// <summary>Grades one image.</summary>
    /// <param name="ontology">The ontology of both.</param>
    /// <param name="imageId">Id of the image's task.</param>
    /// <param name="released">What is released.</param>
    /// <param name="reference">What an auditor, or gold, says. What it does not answer is not graded.</param>
    /// <remarks>Shapes are matched on geometry alone, at most one to one, for the greatest total similarity.</remarks>
    public static GradedImage Grade(Ontology ontology, string imageId, AnswerSet released, AnswerSet reference)
    {
        var tally = new Tally();
        foreach (var question in ontology.Questions)
        {
            var truth = reference.ByQuestion.GetValueOrDefault(question.Id);
            var answer = released.ByQuestion.GetValueOrDefault(question.Id);
            if (question is ShapesQuestion shapes && truth is ShapesAnswer known) GradeShapes(shapes, answer is ShapesAnswer given ? given.Shapes : [], known.Shapes, tally);
            else if (question is ChoiceQuestion && truth is not null)
            {
                tally.ChoicesAsked++;
                if (answer is not null && IsSame(question, answer, truth)) tally.ChoicesCorrect++;
            }
        }

        return tally.ToImage(imageId);
    }

    private static void GradeShapes(ShapesQuestion question, IReadOnlyList<Shape> released, IReadOnlyList<Shape> reference, Tally tally)
    {
        var isReleasedMatched = new bool[released.Count];
        var isReferenceMatched = new bool[reference.Count];
        foreach (var (first, second, similarity) in ShapeMatching.Pair(question, released, reference))
        {
            isReleasedMatched[first] = isReferenceMatched[second] = true;
            var (given, known) = (released[first], reference[second]);
            if (!string.Equals(given.Class, known.Class, StringComparison.Ordinal))
            {
                tally.WrongClass++;
                tally.Add(given.Class, falsePositives: 1);
                tally.Add(known.Class, falseNegatives: 1);
                continue;
            }

            tally.Add(known.Class, truePositives: 1);
            tally.Similarities.Add(similarity);
            if (question.FindClass(known.Class) is { } shapeClass) GradeAttributes(shapeClass, given, known, tally);
        }

        for (var i = 0; i < released.Count; i++)
            if (!isReleasedMatched[i]) tally.Add(released[i].Class, falsePositives: 1);
        for (var i = 0; i < reference.Count; i++)
            if (!isReferenceMatched[i]) tally.Add(reference[i].Class, falseNegatives: 1);
    }

    private static void GradeAttributes(ShapeClass shapeClass, Shape given, Shape known, Tally tally)
    {
        foreach (var attribute in shapeClass.Attributes)
        {
            if (!known.Attributes.TryGetValue(attribute.Id, out var truth)) continue;
            tally.AttributesAsked++;
            if (given.Attributes.TryGetValue(attribute.Id, out var value) && IsSame(attribute, AnswerJson.Read(attribute, value), AnswerJson.Read(attribute, truth))) tally.AttributesCorrect++;
        }
    }

    private static bool IsSame(Question question, Answer answer, Answer truth) =>
        AnswerDistance.Between(question, answer, truth) <= (question is NumberQuestion ? NumberTolerance : 0);

    private sealed class Tally
    {
        private readonly SortedDictionary<string, GradedClass> _classes = new(StringComparer.Ordinal);

        public int WrongClass { get; set; }

        public int ChoicesCorrect { get; set; }

        public int ChoicesAsked { get; set; }

        public int AttributesCorrect { get; set; }

        public int AttributesAsked { get; set; }

        public List<double> Similarities { get; } = [];

        public void Add(string classId, int truePositives = 0, int falsePositives = 0, int falseNegatives = 0)
        {
            var before = _classes.GetValueOrDefault(classId);
            _classes[classId] = new GradedClass(before.TruePositives + truePositives, before.FalsePositives + falsePositives, before.FalseNegatives + falseNegatives);
        }

        public GradedImage ToImage(string imageId)
        {
            Similarities.Sort(); // the sum does not depend on the order of shapes
            return new GradedImage
            {
                ImageId = imageId,
                TruePositives = _classes.Values.Sum(c => c.TruePositives),
                FalsePositives = _classes.Values.Sum(c => c.FalsePositives),
                FalseNegatives = _classes.Values.Sum(c => c.FalseNegatives),
                WrongClass = WrongClass,
                IouSum = Rounding.ToDigest(StableSum.Of(Similarities)),
                ChoicesCorrect = ChoicesCorrect,
                ChoicesAsked = ChoicesAsked,
                AttributesCorrect = AttributesCorrect,
                AttributesAsked = AttributesAsked,
                Classes = new Dictionary<string, GradedClass>(_classes, StringComparer.Ordinal),
            };
        }
    }
}
