using System.Buffers.Binary;
using System.IO.Compression;
using Touchstone.Files.Images;
using Touchstone.Files.Png;
using Touchstone.Files.Tests.Png;
using Touchstone.Testing;

namespace Touchstone.Files.Tests.Images;

/// <summary>Files whose structure is whole and whose picture is not.</summary>
public class PictureDataTests
{
    [Fact]
    public void A_png_of_any_colour_depth_and_interlace_has_the_bytes_that_its_header_asks_for()
    {
        foreach (var (colour, depth) in new[] { (PngColour.Grey, 1), (PngColour.Grey, 16), (PngColour.Rgb, 8), (PngColour.Palette, 2), (PngColour.Palette, 8), (PngColour.GreyAlpha, 8), (PngColour.Rgba, 16) })
        {
            foreach (var (width, height) in new[] { (1, 1), (2, 3), (5, 5), (17, 9), (64, 31) })
            {
                var samples = new byte[PngImage.PackedRowBytes(width, colour, depth) * height];
                var image = new PngImage(width, height, colour, depth, samples) { Palette = colour == PngColour.Palette ? new byte[12] : [] };
                foreach (var bytes in new[] { PngWriter.ToBytes(image), InterlacedPng.Write(image) })
                    Assert.Equal(new ImageInfo(ImageFormat.Png, width, height, new Orientation(1)), Accepted(bytes));
            }
        }
    }

    [Fact]
    public void A_png_with_too_little_data_is_refused_with_what_was_expected_and_found()
    {
        Assert.Contains("hold 609 bytes; its 20 x 10 pixels of 24 bits take 610", Refused(Png(Deflated(new byte[609]))), StringComparison.Ordinal);
        Accepted(Png(Deflated(new byte[610])));
        Accepted(Png(Deflated(new byte[100_000]))); // browsers show it, so more is no reason
        Assert.Contains("take 620", Refused(Png(Deflated(new byte[610]), isInterlaced: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_png_with_garbage_for_data_is_refused()
    {
        var noise = new byte[700];
        new Random(3).NextBytes(noise);
        Assert.Contains("broken after 0 of the 610 bytes", Refused(Png(noise)), StringComparison.Ordinal);
        Assert.Contains("610", Refused(Png([])), StringComparison.Ordinal);
        var whole = Deflated(Rows(0));
        Assert.Contains("610", Refused(Png(whole[..(whole.Length / 2)])), StringComparison.Ordinal);
        var wrongSum = whole.ToArray();
        wrongSum[^1] ^= 1;
        Assert.Contains("broken", Refused(Png(wrongSum)), StringComparison.Ordinal);
        Assert.Contains("filter 9", Refused(Png(Deflated(Rows(9)))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_png_is_inflated_without_memory_and_no_further_than_asked()
    {
        var bytes = Png(Deflated(new byte[50_000_000]));
        Accepted(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Accepted(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Pngs_of_other_programs_are_taken_and_every_tenth_of_one_is_refused()
    {
        var count = 0;
        foreach (var folder in new[] { TestData.Find(Assert.Skip, "driving"), TestData.Find(Assert.Skip, "interop") })
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.png", SearchOption.AllDirectories))
            {
                var bytes = File.ReadAllBytes(path);
                Accepted(bytes);
                for (var tenth = 1; tenth < 10; tenth++)
                    Assert.NotEmpty(Refused(bytes[..(int)(bytes.Length * (long)tenth / 10)]));
                count++;
            }
        }

        Assert.True(count > 100, $"{count} files");
    }

    [Fact]
    public void Photographs_cut_and_given_an_end_marker_have_too_short_a_scan()
    {
        var path = Directory.GetFiles(TestData.Find(Assert.Skip, "driving", "voc_street", "images"), "*.jpg").Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(path);
        Accepted(bytes);
        var scan = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 14;
        Assert.Contains("holds 0 bytes", Refused([.. bytes[..scan], 0xFF, 0xD9]), StringComparison.Ordinal);
        Assert.Contains("holds 200 bytes", Refused([.. bytes[..scan], .. new byte[200], 0xFF, 0xD9]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_jpegs_scan_holds_at_least_the_shortest_codes_of_its_blocks()
    {
        // 100 x 100 pixels: 13 x 13 blocks of two codes of at least a bit.
        Assert.Equal(100, Accepted(Jpeg(0xC0, new byte[43])).WidthPx);
        Assert.Contains("holds 42 bytes; the shortest codes of its blocks take 43", Refused(Jpeg(0xC0, new byte[42])), StringComparison.Ordinal);
        Accepted(Jpeg(0xC2, new byte[22]));
        Assert.Contains("take 22", Refused(Jpeg(0xC2, new byte[21])), StringComparison.Ordinal);
        Accepted(Jpeg(0xC9, new byte[1])); // arithmetic coding may be shorter than a bit a block
        Assert.Contains("holds 0 bytes", Refused(Jpeg(0xC9, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Restart_markers_come_in_order_where_an_interval_is_defined()
    {
        byte[] Data(params byte[] markers) => [.. new byte[40], .. markers.SelectMany(m => (byte[])[0xFF, m, 1, 2])];
        Accepted(Jpeg(0xC0, Data(0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD0), interval: 17));
        Assert.Contains("restart marker 2 where 1 is due", Refused(Jpeg(0xC0, Data(0xD0, 0xD2), interval: 17)), StringComparison.Ordinal);
        Accepted(Jpeg(0xC0, Data(0xD0, 0xD2)));
    }

    [Fact]
    public void A_jpegs_headers_have_the_lengths_that_their_components_take()
    {
        var whole = Jpeg(0xC0, new byte[60]);
        Assert.Contains("its 3 components take 15", Refused(Changed(whole, 11, 3)), StringComparison.Ordinal);
        Assert.Contains("sampled 0 x 1", Refused(Changed(whole, 13, 0x01)), StringComparison.Ordinal);
        Assert.Contains("scan header of 2 components has 6 bytes", Refused(Changed(whole, 19, 2)), StringComparison.Ordinal);
        Assert.Contains("component 7, which the frame header does not have", Refused(Changed(whole, 20, 7)), StringComparison.Ordinal);
        Assert.Contains("without a picture", Refused([.. whole[..15], 0xFF, 0xD9]), StringComparison.Ordinal);
    }

    private static ImageInfo Accepted(byte[] bytes)
    {
        Assert.True(ImageProbe.TryProbe(new MemoryStream(bytes), out var image, out var fault), fault?.Message);
        return image;
    }

    private static string Refused(byte[] bytes)
    {
        Assert.False(ImageProbe.TryProbe(new MemoryStream(bytes), out _, out var fault));
        Assert.True(fault.Reason is ImageFaults.Corrupt or ImageFaults.Truncated, fault.Reason);
        return fault.Message;
    }

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        var changed = bytes.ToArray();
        changed[at] = value;
        return changed;
    }

    /// <summary>Rows of 20 pixels of 24 bits, which hardly compress, each of one filter.</summary>
    private static byte[] Rows(byte filter)
    {
        var rows = new byte[610];
        new Random(9).NextBytes(rows);
        for (var row = 0; row < 10; row++) rows[row * 61] = filter;
        return rows;
    }

    private static byte[] Deflated(byte[] rows)
    {
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(rows);
        return data.ToArray();
    }

    /// <summary>20 x 10 pixels of 24 bits, every checksum right, with these bytes for data in two chunks.</summary>
    private static byte[] Png(byte[] data, bool isInterlaced = false)
    {
        var file = new MemoryStream();
        file.Write(PngChunks.Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, 20);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 10);
        (header[8], header[9], header[12]) = (8, (byte)PngColour.Rgb, isInterlaced ? (byte)1 : (byte)0);
        PngWriter.WriteChunk(file, "IHDR", header);
        PngWriter.WriteChunk(file, "IDAT", data.AsSpan(0, data.Length / 2));
        PngWriter.WriteChunk(file, "IDAT", data.AsSpan(data.Length / 2));
        PngWriter.WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>100 x 100 pixels of one component, with these bytes for its one scan.</summary>
    private static byte[] Jpeg(byte frame, byte[] data, int interval = 0)
    {
        byte[] restart = interval > 0 ? [0xFF, 0xDD, 0, 4, 0, (byte)interval] : [];
        return [0xFF, 0xD8, .. restart, 0xFF, frame, 0, 11, 8, 0, 100, 0, 100, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. data, 0xFF, 0xD9];
    }
}
