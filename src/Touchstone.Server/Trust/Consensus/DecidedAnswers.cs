using System.Text.Json;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Tells whether two consensuses of the same responses decide otherwise, or only weigh otherwise.</summary>
internal static class DecidedAnswers
{
    /// <summary>Whether a choice, a text, the number of shapes, a shape's class or one of its attributes differs. Means move a little with every fit, and nobody is to be asked or told of it.</summary>
    public static bool Differ(string? before, string? after)
    {
        if (before is null || after is null) return before != after;
        if (before.Equals(after, StringComparison.Ordinal)) return false;
        using var one = JsonDocument.Parse(before);
        using var other = JsonDocument.Parse(after);
        return DifferInMembers(one.RootElement, other.RootElement);
    }

    private static bool Differ(JsonElement one, JsonElement other)
    {
        if (one.ValueKind != other.ValueKind) return true;
        return one.ValueKind switch
        {
            JsonValueKind.Number => false,
            JsonValueKind.Array => DifferInElements(one, other),
            JsonValueKind.Object => DifferIn("class", one, other) || DifferIn("attributes", one, other),
            _ => !JsonElement.DeepEquals(one, other),
        };
    }

    private static bool DifferInElements(JsonElement one, JsonElement other)
    {
        if (one.GetArrayLength() != other.GetArrayLength()) return true;
        for (var i = 0; i < one.GetArrayLength(); i++)
            if (Differ(one[i], other[i])) return true;
        return false;
    }

    private static bool DifferInMembers(JsonElement one, JsonElement other)
    {
        foreach (var member in one.EnumerateObject())
            if (!other.TryGetProperty(member.Name, out var same) || Differ(member.Value, same)) return true;
        return one.GetPropertyCount() != other.GetPropertyCount();
    }

    private static bool DifferIn(string member, JsonElement one, JsonElement other)
    {
        var (has, had) = (other.TryGetProperty(member, out var after), one.TryGetProperty(member, out var before));
        if (has != had) return true;
        return has && (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object ? DifferInMembers(before, after) : Differ(before, after));
    }
}
