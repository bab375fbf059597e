using System.Globalization;

namespace Touchstone.Bench;

/// <summary>The few arguments that benchmarks take.</summary>
internal static class Arguments
{
    public static int Int(string[] arguments, string name, int otherwise) => Value(arguments, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public static string? Value(string[] arguments, string name) => Array.IndexOf(arguments, name) is var at and >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;

    /// <summary>SQLite, and PostgreSQL where <c>--postgres CONNECTION</c> or TOUCHSTONE_TEST_POSTGRES names one; <c>--only sqlite|postgres</c> takes one of them.</summary>
    public static IEnumerable<string?> Databases(string[] arguments)
    {
        var only = Value(arguments, "--only");
        var postgres = Value(arguments, "--postgres") ?? Environment.GetEnvironmentVariable("TOUCHSTONE_TEST_POSTGRES");
        if (only is null or "sqlite") yield return null;
        if (only is (null or "postgres") && postgres is { Length: > 0 }) yield return postgres;
    }
}
