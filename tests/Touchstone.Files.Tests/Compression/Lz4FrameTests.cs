using Touchstone.Files.Compression;

namespace Touchstone.Files.Tests.Compression;

/// <summary>Frames that K4os.Compression.LZ4 wrote. Longer ones, and those of another library, are read by the tests of Argoverse 2 and MCAP.</summary>
public sealed class Lz4FrameTests
{
    private const string TenNoughts = "04224D184040C00A0000800000000000000000000000000000";
    private const string HundredNoughts = "04224D184040C00B0000001F0001004B50000000000000000000";

    [Theory]
    [InlineData("04224D184040C000000000", 0)]
    [InlineData(TenNoughts, 10)]
    [InlineData(HundredNoughts, 100)]
    public void Frames_are_decompressed(string frame, int length) => Assert.Equal(new byte[length], Lz4Frame.Decode(Convert.FromHexString(frame), length));

    /// <summary>A block that says only "repeat what stands one byte before": allowed where blocks are linked, as a flag of the frame says.</summary>
    [Fact]
    public void A_block_reaches_back_into_the_one_before()
    {
        // One byte as it is, then a block of 8 repetitions of it and 5 bytes as they are.
        var frame = Convert.FromHexString("04224D184040C0" + "01000080" + "41" + "09000000" + "04" + "0100" + "50" + "4243444546" + "00000000");
        Assert.Equal("AAAAAAAAABCDEF"u8.ToArray(), Lz4Frame.Decode(frame, 14));
    }

    [Theory]
    [InlineData(HundredNoughts, 99, "does not fit")]
    [InlineData(HundredNoughts, 101, "expected 101 bytes of content, the LZ4 frame gives 100")]
    [InlineData(HundredNoughts, 1_000_000, "more than an LZ4 frame of 26 bytes can hold")]
    [InlineData("04224D184140C000000000", 0, "an LZ4 frame with a dictionary, which is not at hand")]
    [InlineData("04224D18C040C000000000", 0, "an LZ4 frame of version 3; 1 was expected")]
    [InlineData("04224D184040C0", 0, "the LZ4 frame ends before its end mark, after 0 bytes")]
    [InlineData("04224D184040C0FFFFFF7F00", 0, "an LZ4 block of 2147483647 bytes; 1 are left of the frame")]
    [InlineData("04224D184040C00000000000", 0, "1 bytes follow the LZ4 frame")]
    [InlineData("00000000000000", 0, "no LZ4 frame")]
    public void What_is_no_frame_of_that_length_is_told(string frame, int length, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Lz4Frame.Decode(Convert.FromHexString(frame), length)).Message, StringComparison.Ordinal);
}
