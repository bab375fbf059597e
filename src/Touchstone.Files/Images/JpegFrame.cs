using System.Buffers.Binary;

namespace Touchstone.Files.Images;

/// <summary>A JPEG's frame header, and how little a scan of it can hold.</summary>
/// <remarks>ITU-T T.81, B.2.2 and B.2.3; sizes of components by A.1.1.</remarks>
internal sealed class JpegFrame
{
    /// <summary>Bytes of a frame header with 255 components.</summary>
    public const int MaxHeaderBytes = 6 + 3 * 255;

    /// <summary>Bytes of a scan header with 4 components.</summary>
    public const int MaxScanHeaderBytes = 4 + 2 * 4;

    private const byte Baseline = 0xC0, Extended = 0xC1, Progressive = 0xC2;

    private readonly byte _marker;
    private readonly Dictionary<byte, long> _blocks = []; // 8 x 8 blocks of each component

    private JpegFrame(byte marker, int widthPx, int heightPx) => (_marker, WidthPx, HeightPx) = (marker, widthPx, heightPx);

    public int WidthPx { get; }

    public int HeightPx { get; }

    /// <summary>Reads the payload of a frame's segment.</summary>
    public static JpegFrame Read(byte marker, ReadOnlySpan<byte> header, ImageLimits limits)
    {
        if (header.Length < 6) throw Corrupt($"The frame header has {header.Length} bytes; 6 are the least.");
        var frame = new JpegFrame(marker, BinaryPrimitives.ReadUInt16BigEndian(header[3..]), BinaryPrimitives.ReadUInt16BigEndian(header[1..]));
        ImageProbe.CheckSize(frame.WidthPx, frame.HeightPx, limits);
        var components = header[5];
        if (components == 0 || header.Length != 6 + 3 * components)
            throw Corrupt($"The frame header has {header.Length} bytes; its {components} components take {6 + 3 * components}.");
        frame.CountBlocks(header[6..]);
        return frame;
    }

    /// <summary>The fewest bytes that a scan with this header can hold, restart markers not counted: at least one.</summary>
    /// <remarks>
    /// In sequential Huffman coding a block takes two codes, in the first DC scan of progressive coding one, and no code is shorter than a bit. Refinements,
    /// AC scans with their runs of empty blocks, arithmetic coding and what is rarer may be shorter than anything worth comparing with.
    /// </remarks>
    public long LeastBytes(ReadOnlySpan<byte> header)
    {
        var components = header.IsEmpty ? 0 : header[0];
        if (components is < 1 or > 4 || header.Length != 4 + 2 * components)
            throw Corrupt($"A scan header of {components} components has {header.Length} bytes; 1 to 4 components take 4 and 2 for each.");
        long blocks = 0;
        for (var c = 0; c < components; c++)
        {
            if (!_blocks.TryGetValue(header[1 + 2 * c], out var count)) throw Corrupt($"A scan is of component {header[1 + 2 * c]}, which the frame header does not have.");
            blocks += count;
        }

        var isFirstOfDc = header[^3] == 0 && header[^1] >> 4 == 0;
        var bits = _marker is Baseline or Extended ? 2 : _marker == Progressive && isFirstOfDc ? 1 : 0;
        return Math.Max(1, (blocks * bits + 7) / 8);
    }

    private void CountBlocks(ReadOnlySpan<byte> components)
    {
        var (across, down) = (0, 0);
        for (var c = 0; c < components.Length; c += 3)
        {
            var (horizontal, vertical) = (components[c + 1] >> 4, components[c + 1] & 15);
            if (horizontal is < 1 or > 4 || vertical is < 1 or > 4)
                throw Corrupt($"Component {components[c]} is sampled {horizontal} x {vertical}; JPEG defines 1 to 4.");
            (across, down) = (Math.Max(across, horizontal), Math.Max(down, vertical));
        }

        for (var c = 0; c < components.Length; c += 3)
        {
            var (horizontal, vertical) = (components[c + 1] >> 4, components[c + 1] & 15);
            _blocks[components[c]] = (long)Ceiling(Ceiling(WidthPx * horizontal, across), 8) * Ceiling(Ceiling(HeightPx * vertical, down), 8);
        }
    }

    private static int Ceiling(int dividend, int divisor) => (dividend + divisor - 1) / divisor;

    private static ImageFaultException Corrupt(string message) => new(ImageFaults.Corrupt, message);
}
