namespace Touchstone.Files.Images;

/// <summary>The image formats that every current browser shows and that the probe checks to their end.</summary>
public enum ImageFormat
{
    /// <summary>JPEG (ITU-T T.81).</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP, still or animated.</summary>
    WebP,

    /// <summary>GIF, still or animated.</summary>
    Gif,

    /// <summary>Windows bitmap.</summary>
    Bmp,
}

/// <summary>Names of formats outside.</summary>
public static class ImageFormats
{
    /// <summary>The media type, for example <c>image/jpeg</c>.</summary>
    public static string MediaType(this ImageFormat format) => "image/" + format.Extension() switch { "jpg" => "jpeg", var other => other };

    /// <summary>The usual file extension without its dot.</summary>
    public static string Extension(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "jpg",
        ImageFormat.Png => "png",
        ImageFormat.WebP => "webp",
        ImageFormat.Gif => "gif",
        _ => "bmp",
    };
}
