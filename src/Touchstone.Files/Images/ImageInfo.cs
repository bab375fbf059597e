namespace Touchstone.Files.Images;

/// <summary>What a picture is, as its bytes say.</summary>
/// <param name="Format">Its format; the file's name is never asked.</param>
/// <param name="StoredWidthPx">Width of the stored pixels.</param>
/// <param name="StoredHeightPx">Height of the stored pixels.</param>
/// <param name="Orientation">How viewers turn it.</param>
public sealed record ImageInfo(ImageFormat Format, int StoredWidthPx, int StoredHeightPx, Orientation Orientation)
{
    /// <summary>Width as a person sees it: the width that labels are drawn against.</summary>
    public int WidthPx => Orientation.OrientedSize(StoredWidthPx, StoredHeightPx).WidthPx;

    /// <summary>Height as a person sees it.</summary>
    public int HeightPx => Orientation.OrientedSize(StoredWidthPx, StoredHeightPx).HeightPx;
}

/// <summary>Why a file is not taken as a picture.</summary>
/// <param name="Reason">A stable snake_case word; see <see cref="ImageFaults"/>.</param>
/// <param name="Message">What was found, for people.</param>
public sealed record ImageFault(string Reason, string Message);

/// <summary>The reasons of <see cref="ImageFault"/>.</summary>
public static class ImageFaults
{
    /// <summary>No bytes at all.</summary>
    public const string EmptyFile = "empty_file";

    /// <summary>The bytes begin like no image format.</summary>
    public const string NotAnImage = "not_an_image";

    /// <summary>An image, but of a format that browsers do not all show (TIFF, HEIC, AVIF, JPEG XL, JPEG 2000, PSD ...).</summary>
    public const string UnsupportedFormat = "unsupported_format";

    /// <summary>The file ends before its format says.</summary>
    public const string Truncated = "truncated";

    /// <summary>A header, a segment or a checksum contradicts the format.</summary>
    public const string Corrupt = "corrupt";

    /// <summary>More pixels than the limits allow.</summary>
    public const string TooLarge = "too_large";
}

/// <summary>The largest picture that is taken.</summary>
/// <param name="MaxSidePx">Longest side: browsers' canvases end near 32,767.</param>
/// <param name="MaxPixels">Most pixels: 200 million are 800 MB when a browser decodes them. A 20,000 x 20,000 picture is over it.</param>
public sealed record ImageLimits(int MaxSidePx = 30_000, long MaxPixels = 200_000_000)
{
    /// <summary>30,000 a side, 200 million pixels.</summary>
    public static readonly ImageLimits Default = new();
}
