using System.Text.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Whether a condition holds, read off the answers' JSON. Allocates nothing; answers of a wrong type satisfy nothing.</summary>
public static class Conditions
{
    /// <summary>Whether a question with this condition is asked, given these answers.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="answers">The answers: an object.</param>
    /// <param name="attributes">The attributes of the shape at hand, or undefined.</param>
    public static bool Hold(Condition condition, JsonElement answers, JsonElement attributes)
    {
        switch (condition)
        {
            case AnsweredCondition answered:
                return TryFind(answered.Source, answers, attributes, out _) == answered.Answered;
            case EqualsCondition equals:
                return TryFind(equals.Source, answers, attributes, out var value) && EqualsAny(value, equals.Values);
            case ContainsCondition contains:
                return TryFind(contains.Source, answers, attributes, out var list) && Contains(list, contains.Value);
            case AllCondition all:
                for (var i = 0; i < all.Conditions.Count; i++)
                    if (!Hold(all.Conditions[i], answers, attributes)) return false;
                return true;
            case AnyCondition any:
                for (var i = 0; i < any.Conditions.Count; i++)
                    if (Hold(any.Conditions[i], answers, attributes)) return true;
                return false;
            case NotCondition not:
                return !Hold(not.Inner, answers, attributes);
            default:
                throw new InvalidOperationException($"Conditions of type {condition.GetType().Name} cannot be judged.");
        }
    }

    private static bool TryFind(ConditionSource source, JsonElement answers, JsonElement attributes, out JsonElement value)
    {
        value = default;
        var owner = source.IsAttribute ? attributes : answers;
        return owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(source.Id, out value);
    }

    private static bool EqualsAny(JsonElement value, IReadOnlyList<ConditionValue> values)
    {
        for (var i = 0; i < values.Count; i++)
            if (Equals(value, values[i])) return true;
        return false;
    }

    private static bool Equals(JsonElement value, ConditionValue wanted) => value.ValueKind switch
    {
        JsonValueKind.String => wanted.Text is not null && value.ValueEquals(wanted.Text),
        JsonValueKind.Array => wanted.Text is not null && IsPath(value, wanted.Text),
        JsonValueKind.Number => wanted.Number is { } number && value.TryGetDouble(out var found) && found == number,
        JsonValueKind.True => wanted.Boolean == true,
        JsonValueKind.False => wanted.Boolean == false,
        _ => false,
    };

    private static bool IsPath(JsonElement path, ReadOnlySpan<char> wanted)
    {
        foreach (var step in path.EnumerateArray())
        {
            var end = wanted.IndexOf('/');
            var head = end < 0 ? wanted : wanted[..end];
            if (head.IsEmpty || step.ValueKind != JsonValueKind.String || !step.ValueEquals(head)) return false;
            wanted = end < 0 ? [] : wanted[(end + 1)..];
        }

        return wanted.IsEmpty;
    }

    private static bool Contains(JsonElement list, string wanted)
    {
        if (list.ValueKind != JsonValueKind.Array) return false;
        foreach (var item in list.EnumerateArray())
        {
            var found = item.ValueKind switch
            {
                JsonValueKind.String => item.ValueEquals(wanted),
                JsonValueKind.Array => Contains(item, wanted),
                JsonValueKind.Object => item.TryGetProperty("class"u8, out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals(wanted),
                _ => false,
            };
            if (found) return true;
        }

        return false;
    }
}
