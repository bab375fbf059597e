using System.Buffers.Binary;
using System.Text;
using Touchstone.Files.Images;
using Touchstone.Files.Png;
using Touchstone.Files.Tests.Png;
using Touchstone.Testing;

namespace Touchstone.Files.Tests.Images;

public class ImageProbeTests
{
    private static readonly byte[] Lossy = Convert.FromBase64String("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    private static readonly byte[] Lossless = Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    private static readonly byte[] Extended = Convert.FromBase64String("UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==");
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    [Fact]
    public void Real_photographs_are_whole_and_of_the_size_that_their_data_sets_state()
    {
        Assert.Equal((ImageFormat.Jpeg, 1600, 900), Size(Directory.GetFiles(TestData.Find(Assert.Skip, "driving", "nuscenes_sample"), "*.jpg")[0]));
        Assert.Equal((ImageFormat.Png, 1242, 375), Size(Directory.GetFiles(TestData.Find(Assert.Skip, "driving", "kitti_object"), "000001.png", SearchOption.AllDirectories)[0]));
        var counted = 0;
        foreach (var path in Directory.EnumerateFiles(TestData.Find(Assert.Skip, "driving"), "*.*", SearchOption.AllDirectories).Where(p => p.EndsWith(".jpg", StringComparison.Ordinal) || p.EndsWith(".png", StringComparison.Ordinal)))
        {
            Assert.True(ImageProbe.TryProbe(path, out _, out var fault), $"{path}: {fault}");
            counted++;
        }

        Assert.True(counted > 150, $"{counted} files");
    }

    [Fact]
    public void Sizes_are_those_of_the_annotations()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "voc_street");
        foreach (var xml in Directory.GetFiles(Path.Combine(folder, "annotations_voc"), "*.xml"))
        {
            var size = System.Xml.Linq.XDocument.Load(xml).Root!.Element("size")!;
            Assert.Equal((ImageFormat.Jpeg, (int)size.Element("width")!, (int)size.Element("height")!), Size(Path.Combine(folder, "images", Path.GetFileNameWithoutExtension(xml) + ".jpg")));
        }
    }

    [Fact]
    public void Small_files_of_every_other_format_are_known()
    {
        foreach (var (bytes, format) in new[] { (Lossy, ImageFormat.WebP), (Lossless, ImageFormat.WebP), (Extended, ImageFormat.WebP), (Gif, ImageFormat.Gif) })
            Assert.Equal(new ImageInfo(format, 1, 1, new Orientation(1)), Probe(bytes).Image);
        Assert.Equal(new ImageInfo(ImageFormat.Bmp, 5, 3, new Orientation(1)), Probe(Bitmap(5, -3)).Image);
        Assert.Equal("image/jpeg", ImageFormat.Jpeg.MediaType());
    }

    [Fact]
    public void Every_beginning_of_a_whole_file_is_refused()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "camvid", "images");
        var png = File.ReadAllBytes(Directory.GetFiles(folder)[0]);
        var jpeg = SmallJpeg();
        foreach (var whole in new[] { Lossy, Lossless, Extended, Gif, Bitmap(9, 4), jpeg, PngWriter.ToBytes(PngImage.Grey(3, 3, new byte[9])) })
        {
            Assert.NotNull(Probe(whole).Image);
            for (var length = 0; length < whole.Length; length++)
            {
                var (image, fault) = Probe(whole[..length]);
                Assert.True(image is null, $"{length} of {whole.Length} bytes");
                Assert.Equal(length == 0 ? ImageFaults.EmptyFile : length < 18 ? fault!.Reason : ImageFaults.Truncated, fault!.Reason);
            }
        }

        Assert.Equal(ImageFaults.Truncated, Probe(png[..(png.Length / 2)]).Fault!.Reason);
    }

    [Fact]
    public void A_photograph_cut_anywhere_is_refused_as_truncated()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "voc_street", "images");
        var bytes = File.ReadAllBytes(Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).First());
        for (var length = 25; length < bytes.Length; length += 997)
            Assert.Equal(ImageFaults.Truncated, Probe(bytes[..length]).Fault?.Reason);
    }

    [Theory]
    [InlineData("", ImageFaults.EmptyFile)]
    [InlineData("This is a text that somebody named picture.jpg.", ImageFaults.NotAnImage)]
    [InlineData("BMW makes cars, and this text begins like a bitmap.", ImageFaults.NotAnImage)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", ImageFaults.NotAnImage)]
    [InlineData("II*\0........", ImageFaults.UnsupportedFormat)]
    [InlineData("\0\0\0\u0020ftypavif........", ImageFaults.UnsupportedFormat)]
    [InlineData("\0\0\0\u0020ftypheic........", ImageFaults.UnsupportedFormat)]
    [InlineData("RIFF\u0024\0\0\0WAVEfmt ", ImageFaults.NotAnImage)]
    public void What_is_no_picture_is_refused_with_the_reason(string text, string reason)
    {
        var (image, fault) = Probe(Encoding.Latin1.GetBytes(text));
        Assert.Null(image);
        Assert.Equal(reason, fault!.Reason);
        Assert.NotEmpty(fault.Message);
    }

    [Fact]
    public void Pictures_over_the_limits_are_refused_and_the_limits_can_be_moved()
    {
        Assert.Equal(ImageFaults.TooLarge, Probe(PngFaultTests.WithHeader(20_000, 20_000)).Fault!.Reason);
        Assert.Equal(ImageFaults.TooLarge, Probe(PngFaultTests.WithHeader(30_001, 1)).Fault!.Reason);
        // Within the limits the data are looked at, which are those of 20 x 10 pixels.
        Assert.Equal(ImageFaults.Corrupt, Probe(PngFaultTests.WithHeader(20_000, 10_000)).Fault!.Reason);
        Assert.Equal(ImageFaults.Corrupt, Probe(PngFaultTests.WithHeader(20_000, 20_000), new ImageLimits(MaxPixels: 400_000_000)).Fault!.Reason);
        Assert.NotNull(Probe(PngFaultTests.WithHeader(20, 10)).Image);
        Assert.Equal(ImageFaults.Corrupt, Probe(PngFaultTests.WithHeader(0, 10)).Fault!.Reason);
    }

    [Fact]
    public void A_changed_byte_of_a_png_is_refused_as_corrupt()
    {
        var bytes = PngWriter.ToBytes(PngImage.Grey(30, 30, new byte[900]));
        bytes[50] ^= 1;
        Assert.Equal(ImageFaults.Corrupt, Probe(bytes).Fault!.Reason);
    }

    [Fact]
    public void Orientation_is_read_from_every_place_that_browsers_read_it_from()
    {
        for (var tag = 1; tag <= 8; tag++)
        {
            foreach (var little in new[] { true, false })
            {
                var exif = Exif(tag, little);
                foreach (var bytes in new[] { SmallJpeg(exif), SmallPng(exif), SmallWebP(exif, preamble: true), SmallWebP(exif, preamble: false) })
                {
                    var (image, fault) = Probe(bytes);
                    Assert.True(image is not null, fault?.Message);
                    Assert.Equal(tag, image.Orientation.Tag);
                    Assert.Equal(tag >= 5 ? (image.StoredHeightPx, image.StoredWidthPx) : (image.StoredWidthPx, image.StoredHeightPx), (image.WidthPx, image.HeightPx));
                }
            }
        }
    }

    [Fact]
    public void Broken_files_are_refused_and_never_throw()
    {
        var random = new Random(7);
        byte[][] seeds = [SmallJpeg(Exif(6, true)), SmallPng(Exif(3, false)), SmallWebP(Exif(8, true), true), Gif, Lossy, Lossless, Extended, Bitmap(4, 4)];
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = seeds[i % seeds.Length].ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ImageProbe.TryProbe(new MemoryStream(bytes[..random.Next(bytes.Length + 1)]), out var image, out var fault);
            Assert.True(image is null != (fault is null));
        }
    }

    [Fact]
    public void A_stream_that_gives_one_byte_at_a_time_is_read_alike()
    {
        foreach (var bytes in new[] { SmallJpeg(Exif(6, true)), SmallPng(Exif(3, false)), Gif, Extended, Bitmap(4, 4) })
        {
            Assert.True(ImageProbe.TryProbe(new Trickle(bytes), out var image, out _));
            Assert.Equal(Probe(bytes).Image, image);
        }
    }

    private static (ImageFormat, int, int) Size(string path) =>
        ImageProbe.TryProbe(path, out var image, out var fault) ? (image.Format, image.WidthPx, image.HeightPx) : throw new InvalidDataException($"{path}: {fault}");

    private static (ImageInfo? Image, ImageFault? Fault) Probe(byte[] bytes, ImageLimits? limits = null)
    {
        ImageProbe.TryProbe(new MemoryStream(bytes), out var image, out var fault, limits);
        return (image, fault);
    }

    private static byte[] Bitmap(int width, int height)
    {
        var data = (width * 24 + 31) / 32 * 4 * Math.Abs(height);
        var bytes = new byte[54 + data];
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), height);
        bytes[26] = 1;
        bytes[28] = 24;
        return bytes;
    }

    private static byte[] SmallJpeg(byte[]? exif = null)
    {
        var file = new List<byte> { 0xFF, 0xD8 };
        void Segment(byte marker, ReadOnlySpan<byte> payload)
        {
            file.AddRange([0xFF, marker, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2)]);
            file.AddRange(payload);
        }

        Segment(0xE0, "JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0"u8);
        if (exif is not null) Segment(0xE1, [.. "Exif\0\0"u8, .. exif]);
        Segment(0xC0, [8, 0, 20, 0, 30, 1, 1, 0x11, 0]);
        Segment(0xDA, [1, 1, 0, 0, 63, 0]);
        file.AddRange([1, 2, 0xFF, 0x00, 3, 0xFF, 0xD0, 4, 5, 0xFF, 0xFF, 0xD9]);
        return [.. file];
    }

    private static byte[] SmallPng(byte[] exif)
    {
        var whole = PngWriter.ToBytes(PngImage.Grey(30, 20, new byte[600]));
        var file = new MemoryStream();
        file.Write(whole.AsSpan(0, 33));
        PngWriter.WriteChunk(file, "eXIf", exif);
        file.Write(whole.AsSpan(33));
        return file.ToArray();
    }

    private static byte[] SmallWebP(byte[] exif, bool preamble)
    {
        byte[] payload = preamble ? [.. "Exif\0\0"u8, .. exif] : exif;
        var file = new List<byte>(Extended);
        file.AddRange("EXIF"u8);
        file.AddRange(BitConverter.GetBytes(payload.Length));
        file.AddRange(payload);
        if (payload.Length % 2 == 1) file.Add(0);
        var bytes = file.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    private static byte[] Exif(int orientation, bool littleEndian)
    {
        var bytes = new byte[26];
        (littleEndian ? "II*\0"u8 : "MM\0*"u8).CopyTo(bytes);
        void Put16(int at, int value)
        {
            if (littleEndian) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), (short)value);
            else BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(at), (short)value);
        }

        bytes[littleEndian ? 4 : 7] = 8;
        Put16(8, 1);
        Put16(10, 0x0112);
        Put16(12, 3);
        bytes[littleEndian ? 14 : 17] = 1;
        Put16(18, orientation);
        return bytes;
    }

    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
