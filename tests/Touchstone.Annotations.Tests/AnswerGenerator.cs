using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Annotations.Tests;

/// <summary>Draws answers to the sample ontology.</summary>
internal static class AnswerGenerator
{
    public static string Valid(Random random) => ValidNode(random).ToJsonString();

    private static JsonObject ValidNode(Random random)
    {
        var answers = new JsonObject();
        var shapes = new JsonArray();
        var lanes = false;
        for (var i = random.Next(6); i > 0; i--)
        {
            var shape = Shape(random, $"s{i}");
            lanes |= (string?)shape["class"] == "lane";
            shapes.Add((JsonNode)shape);
        }

        var weather = Pick(random, "clear", "rain", "snow");
        answers["objects"] = shapes;
        answers["weather"] = weather;
        if (weather != "clear" && Coin(random)) answers["surface"] = new JsonArray("wet", "icy");
        if (Coin(random)) answers["places"] = new JsonArray(new JsonArray("town", Pick(random, "street", "square")));
        if (Coin(random)) answers["quality"] = random.Next(1, 6);
        if (Coin(random)) answers["note"] = Pick(random, "two words", "ünïcödé", "🚗 car", "tab\tbed");
        if (Coin(random)) answers["story"] = "line\nline \"quoted\"";
        if (Coin(random)) answers["speed"] = random.Next(0, 400) / 2.0;
        var count = Coin(random);
        if (count) answers["count"] = random.Next(-5, 5);
        if (weather != "snow" && !(count && lanes) && Coin(random)) answers["night"] = Coin(random);
        return answers;
    }

    private static JsonObject Shape(Random random, string id)
    {
        var shape = new JsonObject { ["id"] = id };
        switch (random.Next(4))
        {
            case 0:
                shape["class"] = "car";
                CarGeometry(random, shape);
                var attributes = new JsonObject { ["occluded"] = Coin(random) };
                if (!(bool)attributes["occluded"]! && Coin(random)) attributes["doors"] = new JsonArray("back", "left");
                if (Coin(random)) attributes["heading"] = random.NextDouble() * 360;
                shape["attributes"] = attributes;
                break;
            case 1:
                shape["class"] = "person";
                shape["keypoints"] = new JsonArray(new JsonArray(Real(random, 0, 1280), Real(random, 0, 720), 2), new JsonArray(Real(random, 0, 1280), 5, 1), new JsonArray(0, 0, 0));
                break;
            case 2:
                shape["class"] = "lane";
                shape["polyline"] = new JsonArray(new JsonArray(Real(random, 1, 600), 700), new JsonArray(Real(random, 700, 1500), Real(random, -50, 300)));
                break;
            default:
                shape["class"] = "sign";
                shape["box"] = Box(random);
                shape["attributes"] = new JsonObject { ["code"] = Coin(random) ? new JsonArray("B", "B1") : new JsonArray("C", "C14", "C14a") };
                break;
        }

        return shape;
    }

    private static void CarGeometry(Random random, JsonObject shape)
    {
        switch (random.Next(3))
        {
            case 0:
                shape["box"] = Box(random);
                break;
            case 1:
                shape["rotated_box"] = new JsonObject
                {
                    ["cx"] = Real(random, 0, 1280),
                    ["cy"] = Real(random, 0, 720),
                    ["width"] = Real(random, 5, 200),
                    ["height"] = Real(random, 5, 200),
                    ["angle"] = Real(random, -3, 3),
                };
                break;
            default:
                var (x, y, radius) = (Real(random, 100, 1100), Real(random, 100, 600), Real(random, 10, 90));
                var corners = random.Next(3, 12);
                var ring = new JsonArray();
                for (var i = 0; i < corners; i++)
                {
                    var angle = 2 * Math.PI * i / corners;
                    ring.Add((JsonNode)new JsonArray(x + radius * Math.Cos(angle), y + radius * Math.Sin(angle)));
                }

                shape["polygon"] = ring;
                break;
        }
    }

    private static JsonObject Box(Random random) => new()
    {
        ["x"] = Real(random, 0, 1000),
        ["y"] = Real(random, 0, 500),
        ["width"] = Real(random, 6, 280),
        ["height"] = Real(random, 6, 220),
    };

    /// <summary>Valid answers with one thing broken.</summary>
    public static string Mutated(Random random, out string mutation)
    {
        var answers = ValidNode(random);
        var shape = Shape(random, "broken");
        var choices = new (string Name, Action Apply)[]
        {
            ("no weather", () => answers.Remove("weather")),
            ("no objects", () => answers.Remove("objects")),
            ("unknown question", () => answers["extra"] = 1),
            ("unknown option", () => answers["weather"] = "hail"),
            ("rating too high", () => answers["quality"] = 6),
            ("text too long", () => answers["note"] = new string('x', 21)),
            ("number off its step", () => answers["speed"] = 1.3),
            ("list in place of text", () => answers["story"] = new JsonArray()),
            ("path that stops early", () => answers["places"] = new JsonArray(new JsonArray("town"))),
            ("shape without id", () => Break(shape, s => s.Remove("id"))),
            ("shape without class", () => Break(shape, s => s.Remove("class"))),
            ("unknown class", () => Break(shape, s => s["class"] = "boat")),
            ("unknown member", () => Break(shape, s => s["label"] = "x")),
            ("two geometries", () => Break(shape, s => (s["box"], s["polygon"], s["polyline"]) = (Box(random), new JsonArray(), new JsonArray()))),
            ("outside the image", () => Break(shape, s =>
            {
                foreach (var name in new[] { "keypoints", "polyline", "polygon", "rotated_box" }) s.Remove(name);
                s["class"] = "sign";
                s["box"] = new JsonObject { ["x"] = 1300, ["y"] = 10, ["width"] = 10, ["height"] = 10 };
                s["attributes"] = new JsonObject { ["code"] = new JsonArray("other") };
            })),
            ("unknown attribute", () => Break(shape, s => s["attributes"] = new JsonObject { ["size"] = 3 })),
        };
        var choice = choices[random.Next(choices.Length)];
        choice.Apply();
        mutation = choice.Name;
        return answers.ToJsonString();

        void Break(JsonObject broken, Action<JsonObject> apply)
        {
            apply(broken);
            ((JsonArray)answers["objects"]!).Add((JsonNode)broken);
        }
    }

    private static bool Coin(Random random) => random.Next(2) == 0;

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];

    private static double Real(Random random, double min, double max) => Math.Round(min + random.NextDouble() * (max - min), 5);
}

/// <summary>Draws JSON that means nothing.</summary>
internal static class Fuzz
{
    private static readonly string[] Words =
    [
        "objects", "weather", "surface", "places", "note", "speed", "id", "class", "box", "polygon", "polyline", "keypoints", "rotated_box", "attributes",
        "x", "y", "width", "height", "car", "person", "lane", "sign", "code", "occluded", "rain", "\\ud83d\\ude97", "\\ud800", "é", "",
    ];

    private static readonly string[] Names = [.. Words.Where(word => word != "\\ud800"), "kind", "questions", "options", "classes", "when", "question", "equals", "geometries"];

    /// <summary>Either JSON out of the blue, or valid answers with a part replaced by such.</summary>
    public static string Json(Random random) => random.Next(2) == 0 ? Value(random, 0) : Damage(Sample.AnswersText, random);

    /// <summary>The document with one to three of its values replaced.</summary>
    public static string Damage(string json, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var root = JsonElement.Parse(json);
            var place = random.Next(Count(root));
            var damaged = new StringBuilder();
            Copy(root, damaged, ref place, random);
            json = damaged.ToString();
        }

        return json;
    }

    private static int Count(JsonElement element) => 1 + element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Sum(member => Count(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(Count),
        _ => 0,
    };

    private static void Copy(JsonElement element, StringBuilder text, ref int place, Random random)
    {
        if (place-- == 0)
        {
            text.Append(Value(random, 2));
            return;
        }

        var separator = "";
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in element.EnumerateObject())
                {
                    text.Append(separator).Append('"').Append(JavaScriptEncoder.Default.Encode(member.Name)).Append("\":");
                    Copy(member.Value, text, ref place, random);
                    separator = ",";
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    text.Append(separator);
                    Copy(item, text, ref place, random);
                    separator = ",";
                }

                text.Append(']');
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 4 ? 6 : 9) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-10, 2000).ToString(CultureInfo.InvariantCulture),
        3 => new[] { "1e400", "-0.0", "1e-320", "123456789012345678901234567890", "0.5" }[random.Next(5)],
        4 or 5 => $"\"{Words[random.Next(Words.Length)]}\"",
        6 => $"[{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Value(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\": {Value(random, depth + 1)}"))}}}",
    };
}
