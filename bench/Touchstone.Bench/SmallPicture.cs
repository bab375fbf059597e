using Touchstone.Files.Png;

namespace Touchstone.Bench;

/// <summary>A grey picture of ordinary size and few bytes: benchmarks of the queue do not look at it.</summary>
internal static class SmallPicture
{
    public static readonly byte[] Png = PngWriter.ToBytes(PngImage.Grey(1920, 1080, new byte[1920 * 1080]));
}
