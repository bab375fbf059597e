using System.Buffers;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>Reads and writes the answer to one question, also of an attribute.</summary>
public static class AnswerJson
{
    internal static readonly KindRegistry<Func<Question, JsonElement, GeometryRegistry, Answer>> Readers = new()
    {
        { QuestionKind.Shapes, static (question, value, geometries) => ShapesJson.Read((ShapesQuestion)question, value, geometries) },
        { QuestionKind.Choice, static (question, value, _) => ChoiceJson.Read((ChoiceQuestion)question, value) },
        { QuestionKind.Rating, static (_, value, _) => new RatingAnswer((int)value.GetDouble()) },
        { QuestionKind.Text, static (_, value, _) => new TextAnswer(value.GetString()!) },
        { QuestionKind.Number, static (_, value, _) => new NumberAnswer(value.GetDouble()) },
    };

    internal static readonly KindRegistry<Action<Question, Answer, Utf8JsonWriter, GeometryRegistry>> Writers = new()
    {
        { QuestionKind.Shapes, static (question, answer, writer, geometries) => ShapesJson.Write((ShapesQuestion)question, (ShapesAnswer)answer, writer, geometries) },
        { QuestionKind.Choice, static (question, answer, writer, _) => ChoiceJson.Write((ChoiceQuestion)question, (ChoiceAnswer)answer, writer) },
        { QuestionKind.Rating, static (_, answer, writer, _) => writer.WriteNumberValue(((RatingAnswer)answer).Value) },
        { QuestionKind.Text, static (_, answer, writer, _) => writer.WriteStringValue(((TextAnswer)answer).Text) },
        { QuestionKind.Number, static (_, answer, writer, _) => writer.WriteNumberValue(((NumberAnswer)answer).Value + 0.0) },
    };

    /// <summary>Reads an answer that <see cref="AnswerChecker"/> has found valid.</summary>
    public static Answer Read(Question question, JsonElement value) => Readers[question.Kind](question, value, GeometryRegistry.Shipped);

    /// <summary>Writes an answer in canonical form.</summary>
    public static void Write(Question question, Answer answer, Utf8JsonWriter writer) =>
        Writers[question.Kind](question, answer, writer, GeometryRegistry.Shipped);

    /// <summary>An answer as JSON, such as <see cref="Shape.Attributes"/> holds it.</summary>
    public static JsonElement ToElement(Question question, Answer answer)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer)) Write(question, answer, writer);
        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
