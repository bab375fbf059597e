using System.Buffers;

namespace Touchstone.Curation.Filters;

/// <summary>The phrases by which C4 tells place-holder text, notes on scripts and notes on policies, found in any case.</summary>
internal static class C4Phrases
{
    public const string LoremIpsum = "lorem_ipsum";
    public const string CurlyBracket = "curly_bracket";
    public const string LoremIpsumPhrase = "lorem ipsum";
    public const string JavaScriptPhrase = "javascript";

    /// <summary>The kelvin sign is the one character beyond ASCII whose lower case, in Python, is an ASCII letter.</summary>
    private const char KelvinSign = '\u212A';

    private static readonly string[] Policies = ["terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies"];
    private static readonly SearchValues<string> Policy = SearchValues.Create(Policies, StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Any = SearchValues.Create([.. Policies, LoremIpsumPhrase, JavaScriptPhrase], StringComparison.OrdinalIgnoreCase);

    /// <summary>False where no line of a text can hold any of the phrases.</summary>
    public static bool AreIn(ReadOnlySpan<char> text) => text.ContainsAny(Any) || text.Contains(KelvinSign);

    /// <summary>True where the lower-cased line holds the phrase.</summary>
    public static bool Has(ReadOnlySpan<char> line, string phrase) =>
        line.Contains(phrase, StringComparison.OrdinalIgnoreCase) || (line.Contains(KelvinSign) && WithoutKelvin(line).Contains(phrase, StringComparison.OrdinalIgnoreCase));

    /// <summary>True where the lower-cased line holds a phrase on policies.</summary>
    public static bool HasPolicy(ReadOnlySpan<char> line) => line.ContainsAny(Policy) || (line.Contains(KelvinSign) && WithoutKelvin(line).AsSpan().ContainsAny(Policy));

    private static string WithoutKelvin(ReadOnlySpan<char> line) => line.ToString().Replace(KelvinSign, 'k');
}
