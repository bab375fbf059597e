using System.IO.Compression;
using System.Text;
using Touchstone.Files.Arrow;
using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Tests.PointClouds;

public sealed class CloudFaultTests
{
    private const string PcdHead = "VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH 2\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS 2\n";

    [Theory]
    [InlineData(PcdHead + "DATA ascii\n1 2 3\n", "a.pcd: 2 points were expected; the file ends after 1.")]
    [InlineData(PcdHead + "DATA ascii\n1 2 3\n1 2\n", "a.pcd: line 12: 3 numbers were expected; the line ends before \"z\".")]
    [InlineData(PcdHead + "DATA ascii\n1 2 3\n1 2 3 4\n", "a.pcd: line 12: 3 numbers were expected; there are more.")]
    [InlineData(PcdHead + "DATA ascii\n1 2 3\n1 two 3\n", "a.pcd: line 12: \"y\" is \"two\"; a number of the type Float32 was expected.")]
    [InlineData(PcdHead + "DATA binary\n1234", "a.pcd: 2 points of 12 bytes were expected; 4 bytes are left.")]
    [InlineData(PcdHead + "DATA packed\n", "a.pcd: DATA is \"packed\"; ascii, binary or binary_compressed was expected.")]
    [InlineData("FIELDS x\nSIZE 3\nTYPE F\nPOINTS 1\nDATA ascii\n1", "a.pcd: SIZE of \"x\" is \"3\"; 1, 2, 4 or 8 was expected.")]
    [InlineData("FIELDS x\nSIZE 2\nTYPE F\nPOINTS 1\nDATA ascii\n1", "a.pcd: TYPE of \"x\" is \"F\" with SIZE 2; F of 4 or 8 bytes, I or U was expected.")]
    [InlineData("FIELDS x x\nSIZE 4 4\nTYPE F F\nPOINTS 1\nDATA ascii\n1 1", "a.pcd: two fields are called \"x\".")]
    [InlineData("FIELDS x\nSIZE 4 4\nTYPE F\nPOINTS 1\nDATA ascii\n1", "a.pcd: FIELDS has 1 entries, SIZE 2, TYPE 1 and COUNT 1; all must have the same.")]
    [InlineData("FIELDS x\nSIZE 4\nTYPE F\nWIDTH 70000\nHEIGHT 70000\nDATA binary\n1", "a.pcd: WIDTH 70000 and HEIGHT 70000 are not 4900000000 points.")]
    [InlineData("FIELDS x\nSIZE 4\nTYPE F\nPOINTS 99999999999\nDATA binary\n1", "a.pcd: POINTS is \"99999999999\"; a whole number from 0 to 2147483647 was expected.")]
    [InlineData("FIELDS _\nSIZE 4\nTYPE F\nPOINTS 1\nDATA binary\n1", "a.pcd: no field of a point has a value.")]
    [InlineData("<html>", "a.pcd: line 1: \"<html>\" was found where an entry of a PCD file's head was expected.")]
    [InlineData("", "a.pcd: the file ends before DATA; a PCD file was expected.")]
    public void A_PCD_file_that_contradicts_itself_is_told(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FileFormatFaultException>(() => PcdReader.Read(Clouds.Text(text), "a.pcd")).Message);

    [Theory]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n", "a.ply: 1 points were expected; the file ends after 0.")]
    [InlineData("ply\nformat ascii 2.0\n", "a.ply: line 2: format, element, property, comment or end_header was expected.")]
    [InlineData("ply\nelement vertex 1\nproperty half x\n", "a.ply: line 3: the type \"half\"; char, uchar, short, ushort, int, uint, float or double was expected.")]
    [InlineData("ply\nformat ascii 1.0\nelement face 1\nend_header\n", "a.ply: it has no element \"vertex\".")]
    [InlineData("ply\nformat binary_little_endian 1.0\nelement a 2000000000\nproperty int b\nelement vertex 1\nproperty float x\nend_header\n1234", "a.ply: 8000000000 bytes before the vertices were expected; 4 are left.")]
    [InlineData("ply\nformat binary_little_endian 1.0\nelement vertex 2000000000\nproperty float x\nend_header\n1234", "a.ply: 2000000000 points of 4 bytes were expected; 4 bytes are left.")]
    [InlineData("solid", "a.ply: this is no PLY file: its first line is not \"ply\".")]
    public void A_PLY_file_that_contradicts_itself_is_told(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FileFormatFaultException>(() => PlyReader.Read(Clouds.Text(text), "a.ply")).Message);

    [Theory]
    [InlineData("{'descr': [('x', '<f4'), ('y', '<f4')], 'fortran_order': False, 'shape': (3,)}", "a.npy: its numbers are of a structured type (descr is a list of fields); an array of one number type was expected: save each field, or a plain array, instead.")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (3, 4)}", "a.npy: it is in Fortran's order; C's order was expected: save numpy.ascontiguousarray of it.")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (3,)}", "a.npy: its numbers are of the type \"|O\"; whole numbers (i, u) of 1 to 8 bytes or real numbers (f) of 4 or 8 were expected, such as \"<f4\".")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 4)}", "a.npy: the shape (2000000000, 4) is of more than 2147483647 numbers.")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (200000000, 4)}", "a.npy: 800000000 points of 4 bytes were expected; 0 bytes are left.")]
    [InlineData("{'descr': '<f4', 'shape': (1,)}", "a.npy: its head lacks descr, fortran_order or shape.")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0}", "a.npy: its head has \"0}\" where True or False was expected.")]
    public void An_NPY_file_that_is_no_array_of_numbers_is_told(string head, string message)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)head.Length, (byte)(head.Length >> 8), .. Encoding.ASCII.GetBytes(head)];
        Assert.Equal(message, Assert.Throws<FileFormatFaultException>(() => NpyFile.Read(new MemoryStream(file), "a.npy")).Message);
    }

    [Fact]
    public void A_sweep_that_ends_within_a_point_is_told()
    {
        Assert.Equal("a.bin: 17 bytes are no whole number of points of 16 bytes.", Assert.Throws<FileFormatFaultException>(() => SweepFile.Read(new MemoryStream(new byte[17]), PointCloud.KittiColumns, "a.bin")).Message);
        Assert.Equal("a.bin: the file ends within point 1.", Assert.Throws<FileFormatFaultException>(() => SweepFile.Read(new Clouds.Trickle(new byte[17]), PointCloud.KittiColumns, "a.bin")).Message);
    }

    [Fact]
    public void An_archive_that_expands_a_thousandfold_is_refused_before_it_is_unpacked()
    {
        var bomb = Clouds.Write(s => NpzFile.Write(s, [new("data", new NpyArray([40_000_000], PointColumn.Create("values", PointType.UInt8, 40_000_000)))]));
        Assert.InRange(bomb.Length, 30_000, 60_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("is said to unpack to", Assert.Throws<FileFormatFaultException>(() => NpzFile.Read(bomb)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("is said to unpack to", Assert.Throws<FileFormatFaultException>(() => NpzFile.Read(Clouds.Write(s => NpzFile.Write(s, Enumerable.Range(0, 30).Select(i => KeyValuePair.Create($"{i}", new NpyArray([1 << 17], PointColumn.Create("values", PointType.UInt8, 1 << 17)))))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_archive_or_has_two_entries_of_one_name_is_told()
    {
        Assert.StartsWith("a.npz: this is no zip archive", Assert.Throws<FileFormatFaultException>(() => NpzFile.Read(new MemoryStream(new byte[100]), "a.npz")).Message, StringComparison.Ordinal);
        var array = new NpyArray([1], PointColumn.Create("values", PointType.Int8, 1));
        var twice = Clouds.Write(s => NpzFile.Write(s, [new("../a", array), new("../a", array)]));
        Assert.Equal("a.npz: two entries are called \"../a.npy\".", Assert.Throws<FileFormatFaultException>(() => NpzFile.Read(twice, "a.npz")).Message);
        var other = Clouds.Write(s =>
        {
            using var archive = new ZipArchive(s, ZipArchiveMode.Create, leaveOpen: true);
            using var entry = archive.CreateEntry("readme.txt").Open();
            entry.Write("text"u8);
        });
        Assert.Empty(NpzFile.Read(other));
    }

    [Fact]
    public void Points_that_are_said_to_be_compressed_a_thousandfold_are_refused()
    {
        byte[] file = [.. Encoding.ASCII.GetBytes("FIELDS x\nSIZE 4\nTYPE F\nPOINTS 100000000\nDATA binary_compressed\n"), 1, 0, 0, 0, 0, 0x84, 0xD7, 0x17, 9];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("are said to be 400000000", Assert.Throws<FileFormatFaultException>(() => PcdReader.Read(new MemoryStream(file))).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>Whatever is done to a file, it is read or told, and takes no more memory than ten times its length beside the buffers.</summary>
    [Theory]
    [InlineData("pcd ascii")]
    [InlineData("pcd binary")]
    [InlineData("pcd compressed")]
    [InlineData("ply ascii")]
    [InlineData("ply binary")]
    [InlineData("npy")]
    [InlineData("npz")]
    [InlineData("las")]
    [InlineData("feather")]
    public void Damaged_files_give_faults_alone(string kind)
    {
        var cloud = Clouds.Random(5, isSingle: true, hasLongs: false);
        var array = new NpyArray([cloud.Count], PointColumn.Create("values", PointType.Float32, cloud.Count));
        var bytes = Clouds.Write(s =>
        {
            switch (kind)
            {
                case "pcd ascii": PcdWriter.Write(s, cloud, PcdData.Ascii); break;
                case "pcd binary": PcdWriter.Write(s, cloud, PcdData.Binary); break;
                case "pcd compressed": PcdWriter.Write(s, cloud, PcdData.BinaryCompressed); break;
                case "ply ascii": PlyWriter.Write(s, cloud, PlyData.Ascii); break;
                case "ply binary": PlyWriter.Write(s, cloud, PlyData.BigEndian); break;
                case "npy": NpyFile.Write(s, array); break;
                case "las": s.Write(LasFiles.Write(4, 7, 200)); break;
                case "feather": ArrowWriter.Write(s, [ArrowValues.Of("x", new double[cloud.Count]), ArrowValues.Of("offset_ns", new long[cloud.Count]), ArrowValues.Of("name", new string[cloud.Count].Select(_ => "a").ToList())]); break;
                default: NpzFile.Write(s, [new("a", array), new("b", array)]); break;
            }
        }).ToArray();
        for (var seed = 0; seed < 3_000; seed++)
        {
            var damaged = Damage(bytes, new Random(seed));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Read(kind, seed % 2 == 0 || kind == "npz" ? new MemoryStream(damaged) : new Clouds.Trickle(damaged));
            }
            catch (FileFormatFaultException)
            {
                // The one exception that a reader may throw.
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"{kind}, seed {seed}: {other.GetType().Name}: {other.Message}", other);
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10L * damaged.Length + (4 << 20), $"{kind}, seed {seed}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes for {damaged.Length}");
        }
    }

    private static void Read(string kind, Stream stream)
    {
        if (kind.StartsWith("pcd", StringComparison.Ordinal)) PcdReader.Read(stream);
        else if (kind.StartsWith("ply", StringComparison.Ordinal)) PlyReader.Read(stream);
        else if (kind == "npy") NpyFile.Read(stream);
        else if (kind == "las") LasReader.Read(stream);
        else if (kind == "feather") FeatherSweep.Read(stream);
        else NpzFile.Read(stream);
    }

    private static readonly byte[][] Words = [.. new[] { "0", "-1", "2147483647", "99999999", "4294967296", "1e999", "nan", "inf", "\n", " ", "list", "uchar", "_", "U", "8", "COUNT 0\n", "element x 2147483647\n", "HEIGHT 2147483647\n" }.Select(Encoding.ASCII.GetBytes), [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF]];

    /// <summary>Most damage is done to the head, where the sizes are.</summary>
    private static byte[] Damage(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (var times = random.Next(1, 5); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(random.Next(3) == 0 ? bytes.Count : Math.Min(bytes.Count, 260));
            var length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(8) == 0 ? bytes.Count - at : length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    var word = Words[random.Next(Words.Length)];
                    bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                    bytes.InsertRange(at, word);
                    break;
            }
        }

        return [.. bytes];
    }
}
