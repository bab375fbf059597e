using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.IO;

namespace Touchstone.Files.Images;

/// <summary>The orientation tag of an EXIF block.</summary>
internal static class ExifOrientation
{
    /// <summary>Most bytes of an EXIF block that are read: a JPEG segment cannot hold more, other formats have no need to.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Reads the tag from a TIFF structure; a block that cannot be read turns nothing, as in every viewer.</summary>
    public static Orientation Read(byte[] tiff)
    {
        if (tiff.Length < 8) return new Orientation(1);
        var directories = new ExifReader().Extract(new ByteArrayReader(tiff));
        var first = directories.OfType<ExifIfd0Directory>().FirstOrDefault();
        return first is not null && first.TryGetInt32(ExifDirectoryBase.TagOrientation, out var tag) ? new Orientation(tag) : new Orientation(1);
    }
}
