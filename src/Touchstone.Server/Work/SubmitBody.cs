using System.Text.Json;
using Touchstone.Annotations.Answers;

namespace Touchstone.Server.Work;

/// <summary>The body of a submit, found in the bytes that came without making objects of them.</summary>
/// <param name="Answers">The answers' JSON within the body, as it was sent.</param>
/// <param name="ActiveMilliseconds">Time in which the contributor was active, as their tool measured it.</param>
internal readonly record struct SubmitBody(ReadOnlyMemory<byte> Answers, long ActiveMilliseconds)
{
    /// <summary>A day: no lease lasts longer.</summary>
    public const long ActiveMillisecondsMax = 24L * 60 * 60 * 1000;

    /// <summary>Reads <c>{"answers": {...}, "active_milliseconds": n}</c>.</summary>
    /// <returns>The first fault, or null.</returns>
    public static Fault? Read(ReadOnlyMemory<byte> utf8, out SubmitBody body)
    {
        body = default;
        var reader = new Utf8JsonReader(utf8.Span);
        try
        {
            return Read(ref reader, utf8, ref body);
        }
        catch (JsonException broken)
        {
            return new Fault("", "one JSON object", $"a break at byte {reader.BytesConsumed}: {Cut(broken.Message)}");
        }
    }

    private static Fault? Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, ref SubmitBody body)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return new Fault("", "an object with \"answers\" and \"active_milliseconds\"", "another value");
        ReadOnlyMemory<byte> answers = default;
        long? active = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("answers"u8) && answers.IsEmpty)
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                answers = utf8[start..(int)reader.BytesConsumed];
            }
            else if (reader.ValueTextEquals("active_milliseconds"u8) && active is null)
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var milliseconds) || milliseconds is < 0 or > ActiveMillisecondsMax)
                    return new Fault("/active_milliseconds", $"a whole number of milliseconds, 0 to {ActiveMillisecondsMax}", "another value");
                active = milliseconds;
            }
            else
            {
                return new Fault("/" + Cut(reader.GetString()!), "only \"answers\" and \"active_milliseconds\", each once", "another member");
            }
        }

        while (reader.Read())
        {
        }

        if (answers.IsEmpty) return new Fault("/answers", "the answers", "nothing");
        if (active is null) return new Fault("/active_milliseconds", "the time in which you were active, in milliseconds", "nothing");
        body = new SubmitBody(answers, active.Value);
        return null;
    }

    private static string Cut(string text) => text.Length <= 120 ? text : text[..120];
}
