using System.IO.Compression;
using Touchstone.Annotations.Geometry;
using Touchstone.Files.Png;
using Touchstone.Statistics;

namespace Touchstone.Demo.Scenes;

/// <summary>Paints a scene and writes it as PNG, marked as synthetic for people and for programs.</summary>
internal static class SceneRenderer
{
    /// <summary>Keyword of the PNG's text chunk that says that no camera took the picture.</summary>
    public const string SyntheticKeyword = "touchstone:synthetic";

    private const string Mark = "synthetic";

    /// <summary>The picture as red, green and blue bytes, row by row.</summary>
    public static byte[] Render(StreetScene scene)
    {
        var canvas = new Canvas(scene.WidthPx, scene.HeightPx);
        var random = new SeededRandom(0).Fork(scene.Name).Fork((int)(scene.Street.Camera.VanishingX * 1000));
        new Backdrop(canvas, scene.Street, random).Draw();
        foreach (var sketch in scene.Sketches)
            canvas.Draw(sketch);
        AddGrain(canvas, random);
        DrawMark(canvas);
        return canvas.Pixels;
    }

    /// <summary>The picture as a PNG file.</summary>
    public static byte[] ToPng(StreetScene scene)
    {
        var image = new PngImage(scene.WidthPx, scene.HeightPx, PngColour.Rgb, 8, Render(scene))
        {
            Texts = [new PngText(SyntheticKeyword, "true"), new PngText("Description", "A street drawn by a program. It shows no real place, vehicle or person.")],
        };
        return PngWriter.ToBytes(image, PngFilter.Sub, CompressionLevel.Fastest);
    }

    /// <summary>
    /// A little grain, as a sensor has it, so that flat colours do not band. Its rows repeat after eight, which nobody sees at this
    /// strength and which deflate finds again: files are a third as large.
    /// </summary>
    private static void AddGrain(Canvas canvas, SeededRandom random)
    {
        const int rows = 8;
        var (pixels, rowBytes) = (canvas.Pixels, canvas.WidthPx * 3);
        var grains = new List<(int At, int Add)>();
        for (var y = 0; y < rows; y++)
        {
            grains.Clear();
            for (var at = 0; at < rowBytes; at += 3)
                if (random.NextBool(0.25) && random.NextInt(5) - 2 is var add and not 0) grains.Add((at, add));
            for (var row = y; row < canvas.HeightPx; row += rows)
            {
                foreach (var (at, add) in grains)
                {
                    var pixel = row * rowBytes + at;
                    pixels[pixel] = Clamp(pixels[pixel] + add);
                    pixels[pixel + 1] = Clamp(pixels[pixel + 1] + add);
                    pixels[pixel + 2] = Clamp(pixels[pixel + 2] + add);
                }
            }
        }
    }

    private static byte Clamp(int value) => value < 0 ? (byte)0 : value > 255 ? (byte)255 : (byte)value;

    private static void DrawMark(Canvas canvas)
    {
        const int dot = 2, margin = 7;
        var (width, height) = (PixelFont.WidthOf(Mark) * dot, PixelFont.Height * dot);
        var (left, top) = (canvas.WidthPx - width - margin - 4, canvas.HeightPx - height - margin - 3);
        canvas.Fill(Rectangle(left - 6, top - 5, width + 12, height + 10), new Paint(default, 0.55));
        foreach (var (column, row) in PixelFont.Dots(Mark))
            canvas.Fill(Rectangle(left + column * dot, top + row * dot, dot, dot), new Paint(Rgb.Hex(0xF2F2EE)));
    }

    private static Point[] Rectangle(double x, double y, double width, double height) =>
        [new Point(x, y), new Point(x + width, y), new Point(x + width, y + height), new Point(x, y + height)];
}
