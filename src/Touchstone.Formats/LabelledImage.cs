using System.Text.Json;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats;

/// <summary>One image and what is said of it, as formats carry it.</summary>
/// <param name="FileName">Its path in the data set, with <c>/</c> between names.</param>
/// <param name="WidthPx">Width as a person sees it, pixels.</param>
/// <param name="HeightPx">Height as a person sees it, pixels.</param>
/// <param name="Shapes">What is marked in it.</param>
public sealed record LabelledImage(string FileName, int WidthPx, int HeightPx, IReadOnlyList<LabelledShape> Shapes)
{
    /// <summary>SHA-256 of its bytes, where it is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Answers to questions about the image as a whole, by question id, as they stand in JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> OtherAnswers { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>One marked shape and how sure it is.</summary>
/// <param name="Question">The id of the shapes question that it answers.</param>
/// <param name="Shape">What and where.</param>
/// <param name="Confidence">Probability in [0, 1] that it is right, where there is an estimate.</param>
public sealed record LabelledShape(string Question, Shape Shape, double? Confidence = null);
