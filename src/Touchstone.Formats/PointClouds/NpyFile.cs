using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Formats.PointClouds;

/// <summary>Reads and writes NPY files: arrays of whole or real numbers in C order, versions 1 to 3.</summary>
/// <remarks>NumPy Enhancement Proposal 1 and <c>numpy.lib.format</c>: the magic bytes, a version, the length of the head (16 bits in version 1, 32 after it), the head, the numbers.</remarks>
public static class NpyFile
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads one file.</summary>
    /// <param name="stream">At its beginning; it need not be one that can seek.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="limits">How much memory it may take.</param>
    /// <exception cref="FileFormatFaultException">The file is no NPY file, ends too early, or holds what is no array of numbers in C order.</exception>
    public static NpyArray Read(Stream stream, string fileName = "array.npy", PointCloudLimits? limits = null)
    {
        var input = new CloudInput(stream, fileName, limits);
        Span<byte> start = stackalloc byte[12];
        if (!input.TryRead(start[..8]) || !start.StartsWith(Magic)) throw input.Fault("this is no NPY file: it does not begin with \\x93NUMPY.");
        if (start[6] is < 1 or > 3 || start[7] != 0) throw input.Fault($"its version is {start[6]}.{start[7]}; 1.0, 2.0 or 3.0 was expected.");
        var lengthBytes = start[6] == 1 ? 2 : 4;
        if (!input.TryRead(start.Slice(8, lengthBytes))) throw input.Fault("the file ends within its head.");
        var length = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > NpyHeader.LengthMax) throw input.Fault($"its head is {length} bytes long; at most {NpyHeader.LengthMax} are read.");
        var head = new byte[length];
        if (!input.TryRead(head)) throw input.Fault("the file ends within its head.");
        var header = NpyHeader.Parse(start[6] == 3 ? Encoding.UTF8.GetString(head) : Encoding.Latin1.GetString(head), input);
        var count = 1L;
        foreach (var extent in header.Shape)
        {
            count *= extent;
            if (count > int.MaxValue) throw input.Fault($"the shape ({string.Join(", ", header.Shape)}) is of more than {int.MaxValue} numbers.");
        }

        var values = PointColumn.Create("values", header.Type, 0);
        input.ReadRows([(values, 0)], values.ValueBytes, count);
        if (header.IsBigEndian) values.ReverseBytes();
        return new NpyArray(header.Shape, values) { NotRead = input.Behind() };
    }

    /// <summary>Writes one file, little-endian, of version 1.</summary>
    /// <exception cref="ArgumentException">The shape is not of as many numbers as there are.</exception>
    public static void Write(Stream stream, NpyArray array)
    {
        if (array.Shape.Aggregate(1L, (product, extent) => product * extent) != array.Values.Length) throw new ArgumentException($"The shape ({string.Join(", ", array.Shape)}) is not of {array.Values.Length} numbers.", nameof(array));
        var head = NpyHeader.Write(array);
        // The numbers begin at a multiple of 64 bytes; the head is filled with blanks and ends with a new line.
        var padded = (Magic.Length + 4 + head.Length + 1 + 63) / 64 * 64 - Magic.Length - 4;
        stream.Write(Magic);
        stream.Write([1, 0, (byte)padded, (byte)(padded >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(head.PadRight(padded - 1) + '\n'));
        stream.Write(array.Values.Bytes);
    }
}
