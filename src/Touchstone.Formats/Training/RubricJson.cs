using System.Text.Json;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Training;

/// <summary>Rubrics as lists of criteria with points and tags.</summary>
internal static class RubricJson
{
    /// <summary>The criteria of a member; those that are none are told and left out.</summary>
    public static List<RubricCriterion> Read(JsonElement row, string member, string textName, string pointsName, JsonPlace place)
    {
        List<RubricCriterion> criteria = [];
        var index = 0;
        foreach (var item in row.Items(member))
        {
            var at = place.Below(member).Below(index++);
            if (item.Text(textName) is not { } text || item.Number(pointsName) is not { } points)
            {
                at.Tell($"a criterion with \"{textName}\" and a number \"{pointsName}\" was expected; {item.Member(textName).Found()} and {item.Member(pointsName).Found()} found.");
                continue;
            }

            criteria.Add(new RubricCriterion(text, points)
            {
                Tags = [.. item.Items("tags").Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)],
                Others = item.ValueKind == JsonValueKind.Object ? MessageJson.Facts(item, textName, pointsName, "tags") : Exchange.Sample.Empty,
            });
        }

        return criteria;
    }

    /// <summary>Writes criteria as HealthBench has them.</summary>
    public static void Write(Utf8JsonWriter json, string member, IReadOnlyList<RubricCriterion> criteria)
    {
        json.WriteStartArray(member);
        foreach (var criterion in criteria)
        {
            json.WriteStartObject();
            json.WriteString("criterion", criterion.Criterion);
            json.WriteNumber("points", criterion.Points);
            json.WriteStartArray("tags");
            foreach (var tag in criterion.Tags) json.WriteStringValue(tag);
            json.WriteEndArray();
            foreach (var (name, value) in criterion.Others) MessageJson.Member(json, name, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
