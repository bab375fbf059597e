using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Exports;

/// <summary>What answers are made of, as far as a format can or cannot carry it.</summary>
[Flags]
public enum AnswerParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Shapes with their classes.</summary>
    Shapes = 1,

    /// <summary>One name out of several.</summary>
    Label = 2,

    /// <summary>Several names at once.</summary>
    Labels = 4,

    /// <summary>A path in a tree of names.</summary>
    Path = 8,

    /// <summary>A number.</summary>
    Number = 16,

    /// <summary>Free text.</summary>
    Text = 32,
}

/// <summary>What a format of export can carry, so that what it would lose can be said before it is lost.</summary>
/// <param name="Name">The format's name, such as <c>COCO</c>.</param>
/// <param name="Geometries">The geometries that it carries as they are.</param>
/// <param name="OfInput">What it carries of questions about the whole input.</param>
/// <param name="OfShape">What it carries of a shape's attributes.</param>
public sealed record FormatCapability(string Name, IReadOnlyList<GeometryKind> Geometries, AnswerParts OfInput, AnswerParts OfShape)
{
    internal static readonly KindRegistry<Func<Question, AnswerParts>> Rows = new()
    {
        { QuestionKind.Shapes, static _ => AnswerParts.Shapes },
        { QuestionKind.Choice, static question => PartsOf((ChoiceQuestion)question) },
        { QuestionKind.Rating, static _ => AnswerParts.Number },
        { QuestionKind.Text, static _ => AnswerParts.Text },
        { QuestionKind.Number, static _ => AnswerParts.Number },
    };

    /// <summary>What answers to a question are made of.</summary>
    public static AnswerParts PartsOf(Question question) => Rows[question.Kind](question);

    /// <summary>Everything that answers under an ontology may say and the format cannot carry, in the ontology's order.</summary>
    public IReadOnlyList<ExportLoss> LossesOf(Ontology ontology)
    {
        var losses = new List<ExportLoss>();
        for (var i = 0; i < ontology.Questions.Count; i++)
        {
            var (question, pointer) = (ontology.Questions[i], $"/questions/{i}");
            if (Add(question, OfInput, pointer, losses) && question is ShapesQuestion shapes) AddClasses(shapes, pointer, losses);
        }

        return losses;
    }

    private static AnswerParts PartsOf(ChoiceQuestion question) =>
        (question.Taxonomy ? AnswerParts.Path : AnswerParts.Label) | (question.Multiple ? AnswerParts.Labels : AnswerParts.None);

    private bool Add(Question question, AnswerParts carried, string pointer, List<ExportLoss> losses)
    {
        var lost = PartsOf(question) & ~carried;
        if (lost == AnswerParts.None) return true;
        losses.Add(new ExportLoss(pointer, $"{Name} does not carry the answers to \"{question.Id}\" ({lost.ToString().ToLowerInvariant()})."));
        return false;
    }

    private void AddClasses(ShapesQuestion shapes, string pointer, List<ExportLoss> losses)
    {
        for (var i = 0; i < shapes.Classes.Count; i++)
        {
            var (shapeClass, place) = (shapes.Classes[i], JsonPointer.Append($"{pointer}/classes", i));
            foreach (var kind in shapeClass.Geometries.Where(kind => !Geometries.Contains(kind)))
                losses.Add(new ExportLoss(place, $"{Name} does not carry the geometry {GeometryRegistry.Shipped.Of(kind).Name} of the class \"{shapeClass.Id}\"."));
            for (var j = 0; j < shapeClass.Attributes.Count; j++) Add(shapeClass.Attributes[j], OfShape, $"{place}/attributes/{j}", losses);
        }
    }
}

/// <summary>One thing that a format cannot carry.</summary>
/// <param name="Pointer">RFC 6901 pointer into the ontology.</param>
/// <param name="Reason">One sentence for people.</param>
public sealed record ExportLoss(string Pointer, string Reason);
