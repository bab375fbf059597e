using Touchstone.Files.Images;
using Touchstone.Formats.Labels;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>Copied pictures: whole, of the format that their names say, and of the size and orientation that labels state. Each file is read once.</summary>
/// <param name="root">The release's folder.</param>
/// <param name="sound">Files that may be opened.</param>
/// <param name="findings">Takes what does not hold.</param>
internal sealed class PictureCheck(string root, IReadOnlySet<string> sound, Findings findings)
{
    private readonly Dictionary<string, ImageInfo?> _known = new(StringComparer.Ordinal);

    /// <param name="place">The label's line.</param>
    /// <param name="image">What it says of its picture.</param>
    public void Run(string place, LabelledAsset image)
    {
        if (!sound.Contains(image.FileName) || ProbeOnce(image.FileName) is not { } found) return;   // told already
        var name = ReleaseFiles.Image(image.Sha256, found.Format.MediaType());
        if (name != image.FileName) findings.Add(ReleaseFiles.Labels, $"{place} /image/file_name", "picture", name, image.FileName);
        findings.Expect(ReleaseFiles.Labels, $"{place} /image/width", "picture", found.WidthPx, image.Width);
        findings.Expect(ReleaseFiles.Labels, $"{place} /image/height", "picture", found.HeightPx, image.Height);
        findings.Expect(ReleaseFiles.Labels, $"{place} /image/orientation", "picture", found.Orientation.Tag, image.Orientation);
    }

    private ImageInfo? ProbeOnce(string path)
    {
        if (_known.TryGetValue(path, out var known)) return known;
        if (!ImageProbe.TryProbe(Path.Combine(root, path), out var found, out var fault)) findings.Add(path, "", "picture", "a whole picture", fault.Message);
        _known.Add(path, found);
        return found;
    }
}
