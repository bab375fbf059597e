using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>What was said to one question. A sealed set, one record for each <see cref="QuestionKind"/>.</summary>
public abstract record Answer
{
    private protected Answer()
    {
    }

    /// <summary>The kind of question that it answers.</summary>
    public abstract QuestionKind Kind { get; }
}

/// <summary>The shapes that were marked, in the order in which they were written; none is an answer too.</summary>
public sealed record ShapesAnswer(IReadOnlyList<Shape> Shapes) : Answer
{
    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Shapes;
}

/// <summary>What was chosen.</summary>
/// <param name="Chosen">Ids of options, in the ontology's order; of a taxonomy, paths as <c>vehicle/car</c>; of a boolean, <c>true</c> or <c>false</c>.
/// One entry unless the question is multiple.</param>
public sealed record ChoiceAnswer(IReadOnlyList<string> Chosen) : Answer
{
    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Choice;

    /// <inheritdoc/>
    public bool Equals(ChoiceAnswer? other) => other is not null && Chosen.SequenceEqual(other.Chosen, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Chosen.Aggregate(17, HashCode.Combine);
}

/// <summary>A rating.</summary>
public sealed record RatingAnswer(int Value) : Answer
{
    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Rating;
}

/// <summary>A text.</summary>
public sealed record TextAnswer(string Text) : Answer
{
    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Text;
}

/// <summary>A number.</summary>
public sealed record NumberAnswer(double Value) : Answer
{
    /// <summary>Numbers are at most this far from 0: whole ones are exact in a double up to there, and squares and sums of them stay finite.</summary>
    public const double MaxMagnitude = 1e15;

    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Number;
}
