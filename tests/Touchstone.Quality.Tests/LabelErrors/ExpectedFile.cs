using System.Text.Json;
using Touchstone.Quality.LabelErrors;
using Touchstone.Testing;

namespace Touchstone.Quality.Tests.LabelErrors;

/// <summary>Reads what other programs made of the reference data.</summary>
internal static class ExpectedFile
{
    public static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", $"expected-{name}.json"))).RootElement;

    public static double[] Doubles(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(Value)];

    public static int[] Integers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetInt32())];

    public static double[] Matrix(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().SelectMany(r => r.EnumerateArray().Select(Value))];

    public static double Value(JsonElement element) => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();

    /// <summary>The 600 items of four classes: given and true labels, a model's probabilities.</summary>
    public static (int[] Given, int[] True, ClassProbabilities Probabilities) Items()
    {
        var rows = File.ReadLines(TestData.Find(Assert.Skip, "crowd", "labelerrors-synthetic.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).ToArray();
        return ([.. rows.Select(r => int.Parse(r[1]))], [.. rows.Select(r => int.Parse(r[2]))], new ClassProbabilities([.. rows.SelectMany(r => r[3..].Select(double.Parse))], 4));
    }

    public static void AssertNear(double[] expected, double[] actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance) && !(double.IsNaN(expected[i]) && double.IsNaN(actual[i])))
                Assert.Fail($"Place {i}: expected {expected[i]:R}, found {actual[i]:R}.");
    }
}
