namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>What checking a release found.</summary>
/// <param name="Folder">The folder that was checked.</param>
/// <param name="Digest">The release's digest as it states it; null where that could not be read.</param>
/// <param name="Labels">Labels that were checked.</param>
/// <param name="Files">Files that were checked.</param>
/// <param name="Failures">Everything that is not as it should be, the first <see cref="ReleaseVerifier.FailuresMax"/> of it.</param>
public sealed record VerificationReport(string Folder, string? Digest, int Labels, int Files, IReadOnlyList<VerificationFailure> Failures)
{
    /// <summary>Whether everything holds.</summary>
    public bool Accepted => Failures.Count == 0;
}

/// <summary>One fact that does not hold.</summary>
/// <param name="File">The file, by its path within the release.</param>
/// <param name="Place">Where in it: a JSON pointer, <c>line 7</c>, or both; empty for the whole file.</param>
/// <param name="Fact">Which fact, in stable snake_case.</param>
/// <param name="Expected">What would hold.</param>
/// <param name="Found">What stands there.</param>
public sealed record VerificationFailure(string File, string Place, string Fact, string Expected, string Found)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{File}{(Place.Length == 0 ? "" : " " + Place)}: {Fact}: expected {Expected}; found {Found}";
}
