using Touchstone.Annotations.Ontologies;

namespace Touchstone.Formats.Coco;

/// <summary>One category of a COCO file.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="Name">Its name: of our own files the class's id.</param>
/// <param name="Supercategory">The group that it belongs to; may be empty.</param>
/// <param name="Keypoints">Names of its keypoints, in order; empty where it has none.</param>
/// <param name="Skeleton">Pairs of keypoints that a line joins, counted from 1 as COCO does.</param>
public sealed record CocoCategory(long Id, string Name, string Supercategory, IReadOnlyList<string> Keypoints, IReadOnlyList<(int From, int To)> Skeleton);

/// <summary>The classes of an ontology as COCO's categories, numbered from 1 in the ontology's order.</summary>
public sealed class CocoCategories
{
    private readonly Dictionary<(string Question, string Class), long> _ids = [];

    /// <summary>Categories for every class of every shapes question; a class id that two questions share is written <c>question/class</c>.</summary>
    public CocoCategories(Ontology ontology)
    {
        var questions = ontology.Questions.OfType<ShapesQuestion>().ToArray();
        var shared = questions.SelectMany(q => q.Classes).GroupBy(c => c.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var all = new List<CocoCategory>();
        foreach (var question in questions)
        {
            foreach (var shapeClass in question.Classes)
            {
                var name = shared.Contains(shapeClass.Id) ? $"{question.Id}/{shapeClass.Id}" : shapeClass.Id;
                var skeleton = shapeClass.Keypoints?.Skeleton.Select(limb => (limb.From + 1, limb.To + 1)).ToArray() ?? [];
                all.Add(new CocoCategory(all.Count + 1, name, shapeClass.Supercategory ?? "", shapeClass.Keypoints?.Names ?? [], skeleton));
                _ids[(question.Id, shapeClass.Id)] = all.Count;
            }
        }

        All = all;
    }

    /// <summary>The categories in the order of their numbers.</summary>
    public IReadOnlyList<CocoCategory> All { get; }

    /// <summary>The number of a class.</summary>
    /// <exception cref="ArgumentException">The ontology has no such class.</exception>
    public long IdOf(string question, string shapeClass) => _ids.TryGetValue((question, shapeClass), out var id)
        ? id
        : throw new ArgumentException($"The ontology has no class \"{shapeClass}\" in question \"{question}\".", nameof(shapeClass));
}
