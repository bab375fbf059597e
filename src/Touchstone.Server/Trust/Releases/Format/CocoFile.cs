using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Formats;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Labels;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary><c>annotations.coco.json</c>, made of <c>labels.ndjson</c> alone: whoever has the one can make the other, byte for byte.</summary>
internal static class CocoFile
{
    public static Task<LossReport> WriteAsync(
        Stream output, string description, IReadOnlyList<Ontology> newestFirst, IAsyncEnumerable<LabelRecord> labels, CancellationToken cancellationToken)
    {
        var byDigest = newestFirst.ToDictionary(o => o.Digest, StringComparer.Ordinal);
        return CocoWriter.WriteAsync(output, new CocoInfo(description), new CocoCategories(Union(newestFirst)), labels.Select(l => ImageOf(l, byDigest)), cancellationToken);
    }

    /// <summary>The classes of all versions: the newest's first, in its order, then what only older ones have.</summary>
    private static Ontology Union(IReadOnlyList<Ontology> newestFirst)
    {
        var questions = new List<Question>();
        foreach (var question in newestFirst.SelectMany(o => o.Questions).OfType<ShapesQuestion>())
        {
            var known = questions.FindIndex(q => q.Id == question.Id);
            if (known < 0)
            {
                questions.Add(question);
                continue;
            }

            var before = (ShapesQuestion)questions[known];
            questions[known] = before with { Classes = [.. before.Classes, .. question.Classes.Where(c => before.FindClass(c.Id) is null)] };
        }

        return new Ontology(questions);
    }

    private static LabelledImage ImageOf(LabelRecord label, Dictionary<string, Ontology> ontologies)
    {
        var answers = AnswerSet.Parse(ontologies[label.Lineage.Ontology], label.Answers);
        var sure = label.Confidence.Where(c => c.Shapes is not null)
            .SelectMany(c => c.Shapes!.Select(s => (c.Question, s.Shape, s.Value))).ToDictionary(s => (s.Question, s.Shape), s => s.Value);
        var shapes = answers.ByQuestion.Where(a => a.Value is ShapesAnswer)
            .SelectMany(a => ((ShapesAnswer)a.Value).Shapes.Select(s => new LabelledShape(a.Key, s, sure.GetValueOrDefault((a.Key, s.Id)))));
        return new LabelledImage(label.Image.FileName, label.Image.Width, label.Image.Height, [.. shapes])
        {
            Sha256 = label.Image.Sha256,
            OtherAnswers = label.Answers.EnumerateObject().Where(m => answers.ByQuestion.TryGetValue(m.Name, out var a) && a is not ShapesAnswer).ToDictionary(m => m.Name, m => m.Value),
        };
    }
}
