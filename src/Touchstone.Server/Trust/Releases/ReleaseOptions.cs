using Touchstone.Quality.Assays;

namespace Touchstone.Server.Trust.Releases;

/// <summary>How a release is made.</summary>
public sealed record ReleaseOptions
{
    /// <summary>Publish although nothing was measured; the card then says so first of all.</summary>
    public bool AcceptUnassayed { get; init; }

    /// <summary>Copy the pictures into the release instead of naming them by digest.</summary>
    public bool CopyImages { get; init; }

    /// <summary>Terms under which it is given, as they shall stand in the card.</summary>
    public string? Licence { get; init; }
}

/// <summary>A release that stands in a folder.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Digest">Its name: SHA-256 of its content.</param>
/// <param name="Manifest">release.json.</param>
/// <param name="Labels">Labels in it.</param>
/// <param name="Figures">Measured figures; empty for an unassayed release.</param>
/// <param name="GoldFigures">Figures on gold.</param>
public sealed record BuiltRelease(
    string Folder, string Digest, string Manifest, int Labels, IReadOnlyList<AssayFigure> Figures, IReadOnlyList<AssayFigure> GoldFigures);

/// <summary>There can be no release, for a reason that people can do something about.</summary>
/// <param name="code">Stable reason: <c>no_such_project</c>, <c>deriving</c>, <c>nothing_done</c>, <c>unassayed</c> or <c>image_missing</c>.</param>
/// <param name="message">What is wrong and what to do.</param>
public sealed class ReleaseRefusedException(string code, string message) : Exception(message)
{
    /// <summary>Stable reason.</summary>
    public string Code { get; } = code;
}
