using System.Text;
using System.Text.Json;

namespace Touchstone.Formats.Labels;

/// <summary>A member whose value is free JSON: what stands in it is not looked at.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Depth">How many objects and lists it lies in, from 1 for a member of the whole.</param>
public readonly record struct FreeMember(string Name, int Depth);

/// <summary>
/// The files of a release leave out what is null. A null in a list or a map would pass for an entry, since the reader of JSON heeds whether members may be null
/// and not whether entries may: it is refused here.
/// </summary>
public static class StrictNulls
{
    /// <summary>Refuses the first null of a document.</summary>
    /// <param name="json">A JSON document in UTF-8.</param>
    /// <param name="free">Members that may hold nulls.</param>
    /// <exception cref="JsonException">There is a null, and the path says where; or the bytes are not JSON.</exception>
    public static void Refuse(ReadOnlySpan<byte> json, ReadOnlySpan<FreeMember> free)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null) throw new JsonException("a value is expected here, or nothing at all; null found.", PathTo(json, reader.TokenStartIndex), null, null);
            if (reader.TokenType == JsonTokenType.PropertyName && IsFree(ref reader, free)) reader.Skip();
        }
    }

    private static bool IsFree(ref Utf8JsonReader reader, ReadOnlySpan<FreeMember> free)
    {
        foreach (var member in free)
            if (reader.CurrentDepth == member.Depth && reader.ValueTextEquals(member.Name)) return true;
        return false;
    }

    /// <summary>The path to a token, as <see cref="JsonException.Path"/> writes it; read a second time, since almost no document needs it.</summary>
    private static string PathTo(ReadOnlySpan<byte> json, long start)
    {
        var places = new Stack<(string? Name, int Index)>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read() && reader.TokenStartIndex < start)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    places.Push((null, -1));
                    break;
                case JsonTokenType.StartArray:
                    places.Push((null, 0));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    places.Pop();
                    Step(places);
                    break;
                case JsonTokenType.PropertyName:
                    places.Pop();
                    places.Push((reader.GetString(), -1));
                    break;
                default:
                    Step(places);
                    break;
            }
        }

        return Written(places);
    }

    /// <summary>A value has ended: in a list the next entry follows.</summary>
    private static void Step(Stack<(string? Name, int Index)> places)
    {
        if (!places.TryPop(out var place)) return;
        places.Push(place.Index < 0 ? place : place with { Index = place.Index + 1 });
    }

    private static string Written(Stack<(string? Name, int Index)> places)
    {
        var path = new StringBuilder("$");
        foreach (var (name, index) in places.Reverse())
        {
            if (name is null) path.Append('[').Append(index).Append(']');
            else if (name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) path.Append('.').Append(name);
            else path.Append("['").Append(name).Append("']");
        }

        return path.ToString();
    }
}
