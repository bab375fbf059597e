namespace Touchstone.Files.Images;

/// <summary>
/// EXIF orientation: how the stored pixels are turned and mirrored before a person sees them. Points are real pixel coordinates with
/// the origin at the corner of the top left pixel, so mapping 0..width gives 0..width without an off-by-one.
/// </summary>
/// <remarks>EXIF 2.32, tag 0x0112. 1 as stored; 2 mirrored left to right; 3 half a turn; 4 mirrored top to bottom; 5 mirrored about the
/// main diagonal; 6 a quarter turn clockwise; 7 mirrored about the other diagonal; 8 a quarter turn counter-clockwise.</remarks>
public readonly record struct Orientation
{
    private readonly byte _tagLessOne;

    /// <summary>An orientation by its EXIF number.</summary>
    /// <param name="tag">1 to 8; anything else counts as 1, as viewers take it.</param>
    public Orientation(int tag) => _tagLessOne = (byte)(tag is >= 1 and <= 8 ? tag - 1 : 0);

    /// <summary>The EXIF number, 1 to 8.</summary>
    public int Tag => _tagLessOne + 1;

    /// <summary>Whether width and height change places.</summary>
    public bool SwapsSides => Tag >= 5;

    /// <summary>Width and height as a person sees the picture.</summary>
    public (int WidthPx, int HeightPx) OrientedSize(int storedWidthPx, int storedHeightPx) =>
        SwapsSides ? (storedHeightPx, storedWidthPx) : (storedWidthPx, storedHeightPx);

    /// <summary>Where a stored point is seen.</summary>
    /// <param name="x">Stored x, pixels.</param>
    /// <param name="y">Stored y, pixels.</param>
    /// <param name="storedWidthPx">Width of the stored picture.</param>
    /// <param name="storedHeightPx">Height of the stored picture.</param>
    public (double X, double Y) ToOriented(double x, double y, double storedWidthPx, double storedHeightPx)
    {
        var (w, h) = (storedWidthPx, storedHeightPx);
        return Tag switch
        {
            2 => (w - x, y),
            3 => (w - x, h - y),
            4 => (x, h - y),
            5 => (y, x),
            6 => (h - y, x),
            7 => (h - y, w - x),
            8 => (y, w - x),
            _ => (x, y),
        };
    }

    /// <summary>Where a point that a person sees is stored; the inverse of <see cref="ToOriented(double, double, double, double)"/>.</summary>
    /// <param name="x">Seen x, pixels.</param>
    /// <param name="y">Seen y, pixels.</param>
    /// <param name="storedWidthPx">Width of the stored picture.</param>
    /// <param name="storedHeightPx">Height of the stored picture.</param>
    public (double X, double Y) ToStored(double x, double y, double storedWidthPx, double storedHeightPx)
    {
        var (w, h) = (storedWidthPx, storedHeightPx);
        return Tag switch
        {
            2 => (w - x, y),
            3 => (w - x, h - y),
            4 => (x, h - y),
            5 => (y, x),
            6 => (y, h - x),
            7 => (w - y, h - x),
            8 => (w - y, x),
            _ => (x, y),
        };
    }

    /// <summary>The upright box that a stored upright box is seen as.</summary>
    public PixelBox ToOriented(PixelBox box, double storedWidthPx, double storedHeightPx) => Between(
        ToOriented(box.X, box.Y, storedWidthPx, storedHeightPx),
        ToOriented(box.X + box.Width, box.Y + box.Height, storedWidthPx, storedHeightPx));

    /// <summary>Where an upright box that a person drew is stored.</summary>
    public PixelBox ToStored(PixelBox box, double storedWidthPx, double storedHeightPx) => Between(
        ToStored(box.X, box.Y, storedWidthPx, storedHeightPx),
        ToStored(box.X + box.Width, box.Y + box.Height, storedWidthPx, storedHeightPx));

    private static PixelBox Between((double X, double Y) a, (double X, double Y) b) =>
        new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y));
}

/// <summary>An upright box in pixels, from its top left corner.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public readonly record struct PixelBox(double X, double Y, double Width, double Height);
