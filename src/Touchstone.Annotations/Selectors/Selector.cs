using Touchstone.Annotations.Geometry;

namespace Touchstone.Annotations.Selectors;

/// <summary>A way to point into an input. A sealed set: <see cref="Region"/>, <see cref="FrameRange"/>, <see cref="PointSet"/>,
/// <see cref="CodePointRange"/>, <see cref="Turn"/>.</summary>
public abstract record Selector
{
    private protected Selector()
    {
    }

    /// <summary>The kinds of input that it can point into.</summary>
    public IReadOnlyList<InputKind> Inputs => InputsOf(this);

    /// <summary>Whether it lies within the input.</summary>
    public abstract bool Fits(in InputExtent input);

    private static InputKind[] InputsOf(Selector selector) => selector switch
    {
        Region => [InputKind.Image, InputKind.Clip],
        FrameRange => [InputKind.Clip, InputKind.Scene],
        PointSet => [InputKind.Scene],
        CodePointRange => [InputKind.Text],
        Turn => [InputKind.Conversation],
        _ => throw new InvalidOperationException($"Selectors of type {selector.GetType().Name} point into nothing."),
    };
}

/// <summary>A region of a picture. JSON: <c>{"region": {"box": {...}}}</c>, or another geometry.</summary>
public sealed record Region(ShapeGeometry Geometry) : Selector
{
    /// <inheritdoc/>
    public override bool Fits(in InputExtent input)
    {
        const double Edge = Answers.AnswerChecker.EdgeTolerancePx;
        var bounds = Geometry.Bounds;
        return !input.HasSize
            || bounds.X >= -Edge && bounds.Y >= -Edge && bounds.Right <= input.WidthPx + Edge && bounds.Bottom <= input.HeightPx + Edge;
    }
}

/// <summary>Frames of a clip, counted from 0. JSON: <c>{"frames": [first, last]}</c>.</summary>
/// <param name="First">The first frame.</param>
/// <param name="Last">The last frame, included.</param>
public sealed record FrameRange(long First, long Last) : Selector
{
    /// <inheritdoc/>
    public override bool Fits(in InputExtent input) => First >= 0 && First <= Last && Last < input.Length;
}

/// <summary>Points of a point cloud by their position in it, ascending, each once. JSON: <c>{"points": [...]}</c>.</summary>
public sealed record PointSet(IReadOnlyList<long> Indices) : Selector
{
    /// <inheritdoc/>
    public override bool Fits(in InputExtent input)
    {
        var previous = -1L;
        foreach (var index in Indices)
        {
            if (index <= previous) return false;
            previous = index;
        }

        return previous >= 0 && previous < input.Length;
    }

    /// <inheritdoc/>
    public bool Equals(PointSet? other) => other is not null && Indices.SequenceEqual(other.Indices);

    /// <inheritdoc/>
    public override int GetHashCode() => Indices.Aggregate(17, HashCode.Combine);
}

/// <summary>A stretch of a text in Unicode code points. JSON: <c>{"code_points": [start, end]}</c>.</summary>
/// <param name="Start">The first code point, from 0.</param>
/// <param name="End">The first one after it.</param>
public sealed record CodePointRange(long Start, long End) : Selector
{
    /// <inheritdoc/>
    public override bool Fits(in InputExtent input) => Start >= 0 && Start < End && End <= input.Length;
}

/// <summary>One turn of a conversation, counted from 0. JSON: <c>{"turn": index}</c>.</summary>
public sealed record Turn(long Index) : Selector
{
    /// <inheritdoc/>
    public override bool Fits(in InputExtent input) => Index >= 0 && Index < input.Length;
}
