using System.Globalization;
using System.Text.Json.Nodes;

namespace Touchstone.Terminal;

/// <summary>Numbers as people and programs read them.</summary>
internal static class Figures
{
    /// <summary>A share or coefficient with four decimals; a word where it is not defined.</summary>
    public static string Of(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "undefined";

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 task", "2 tasks".</summary>
    public static string Count(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    /// <summary>An interval.</summary>
    public static string Range(double low, double high) => $"{Of(low)} - {Of(high)}";

    /// <summary>A number in JSON; null where it is not defined, since JSON has no other word for it.</summary>
    public static JsonNode? Json(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}
