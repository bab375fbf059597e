using Touchstone.Files.Png;

namespace Touchstone.Server.Tests.Support;

/// <summary>Small real pictures, each seed other bytes.</summary>
internal static class Pictures
{
    public static byte[] Png(int widthPx, int heightPx, int seed = 0)
    {
        var samples = new byte[widthPx * heightPx];
        new Random(seed).NextBytes(samples);
        return PngWriter.ToBytes(PngImage.Grey(widthPx, heightPx, samples));
    }
}
