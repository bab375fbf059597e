using System.Globalization;
using System.Text.Json;

namespace Touchstone.Server.Tests.Trust;

/// <summary>A small project of boxes with an attribute and a choice, and answers to it.</summary>
internal static class Streets
{
    public static string Yaml(string name = "Streets", int min = 2, int max = 3, double confidence = 0.8, double gold = 0, string review = "below_confidence") => FormattableString.Invariant($$"""
        name: {{name}}
        ontology:
          questions:
            - id: objects
              kind: shapes
              required: true
              classes:
                - id: car
                  geometries: [box]
                  colour: "#d62728"
                  attributes:
                    - {id: parked, kind: boolean, required: true}
                - id: person
                  geometries: [box]
                  colour: "#1f77b4"
            - id: weather
              kind: choice
              required: true
              options: [clear, rain, snow]
        overlap: {min: {{min}}, max: {{max}}, confidence: {{confidence}}}
        gold: {rate: {{gold}}}
        review: {when: {{review}}}
        """);

    public sealed record Thing(string Class, double X, double Y, double Width, double Height);

    public static readonly Thing Car = new("car", 4, 6, 20, 12);

    public static readonly Thing Walker = new("person", 40, 10, 8, 20);

    public static string Answers(string weather, params Thing[] things)
    {
        var shapes = things.Select((t, i) => new Dictionary<string, object>
        {
            ["id"] = $"s{i + 1}",
            ["class"] = t.Class,
            ["box"] = new { x = t.X, y = t.Y, width = t.Width, height = t.Height },
            ["attributes"] = t.Class == "car" ? new Dictionary<string, object> { ["parked"] = false } : [],
        });
        return JsonSerializer.Serialize(new Dictionary<string, object> { ["objects"] = shapes, ["weather"] = weather });
    }

    public static Thing Moved(this Thing thing, double x, double y) => thing with { X = thing.X + x, Y = thing.Y + y };

    public static string Line(Guid asset, string externalId, string? gold = null) => gold is null
        ? $$"""{"asset":"{{asset}}","external_id":"{{externalId}}"}"""
        : string.Create(CultureInfo.InvariantCulture, $$"""{"asset":"{{asset}}","external_id":"{{externalId}}","gold":{{gold}}}""");
}
