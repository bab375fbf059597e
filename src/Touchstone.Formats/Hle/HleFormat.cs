using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Hle;

/// <summary>Rows of Humanity's Last Exam: a question, perhaps with a picture, one short answer that can be checked, its rationale and subject.</summary>
/// <remarks>Pictures are kept as the fact <c>image</c>, as the file has them. Records that state no type of answer are written as <c>exactMatch</c>. The canary is kept with the rows that have one.</remarks>
public sealed class HleFormat : TrainingFormat
{
    private static readonly string[] Texts = ["image", "answer_type", "author_name", "rationale", "raw_subject", "category"];
    private static readonly string[] Own = ["id", "question", "answer", .. Texts];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "hle",
        Name = "Humanity's Last Exam",
        Specification = "L. Phan et al., arXiv:2501.14249; data card of cais/hle",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.None,
        Columns = ["id", "question", "answer"],
        Parts = RecordParts.PlainText | RecordParts.References | RecordParts.Ids | RecordParts.Facts | RecordParts.Splits,
        Needs = RecordParts.References,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, "question", "answer", "answer_type") && (Has(row, "rationale") || Has(row, "raw_subject")) ? 0.99 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (row.Text("question") is { } question && row.Text("answer") is { } answer)
            return new TrainingRecord { Id = row.Id("id"), IsPlain = true, Prompt = [Turn.Of("user", question)], Reference = answer, Facts = MessageJson.Facts(row, row.Id("id") is null ? "" : "id", "question", "answer") };
        place.Tell($"the texts \"question\" and \"answer\" were expected; {row.Member("question").Found()} and {row.Member("answer").Found()} found.");
        return null;
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id ?? record.Name);
        json.WriteString("question", MessageJson.TextOf(record.Prompt));
        json.WriteString("answer", record.Reference);
        foreach (var name in Texts)
        {
            if (record.Facts.TryGetValue(name, out var value)) MessageJson.Member(json, name, value);
            else json.WriteString(name, name == "answer_type" ? "exactMatch" : "");
        }

        MessageJson.WriteFacts(json, record, Own);
        json.WriteEndObject();
    }
}
