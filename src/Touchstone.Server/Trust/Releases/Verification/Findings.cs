namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>Failures as they are found, bounded.</summary>
internal sealed class Findings
{
    private const int TextMax = 200;
    private readonly List<VerificationFailure> _failures = [];

    public IReadOnlyList<VerificationFailure> Failures => _failures;

    public int Count => _failures.Count;

    public bool IsFull => _failures.Count >= ReleaseVerifier.FailuresMax;

    public void Add(string file, string place, string fact, string expected, string found)
    {
        if (!IsFull) _failures.Add(new VerificationFailure(file, place, fact, Cut(expected), Cut(found)));
    }

    /// <summary>Adds a failure unless the two are equal.</summary>
    public void Expect<T>(string file, string place, string fact, T expected, T found)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found)) Add(file, place, fact, $"{expected}", $"{found}");
    }

    private static string Cut(string text) => text.Length <= TextMax ? text : text[..TextMax] + "…";
}
