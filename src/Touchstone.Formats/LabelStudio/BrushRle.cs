using Touchstone.Annotations.Masks;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Label Studio's run lengths of brush strokes.</summary>
/// <remarks>
/// A stream of bits, the highest of each byte first: 32 bits for how many values there are (width x height x 4), 5 for the size of a value less one, four times 4 for the
/// sizes of lengths less one; then, again and again, one bit (1 for a run, 0 for literal values), 2 for which size the length has, the length less one, and one value or
/// as many as the length says. The values are a picture's bytes, row by row, red, green, blue and alpha in turn; what is not 0 in alpha is inside. This is
/// brush.py of label-studio-sdk's converter, whose encoder always writes 8 bits a value, lengths of 3, 4, 8 and 16 bits, and 1 to 8 bits of 0 at the end.
/// </remarks>
public static class BrushRle
{
    /// <summary>The most pixels that a picture of a mask may have.</summary>
    public const long PixelsMax = 1L << 27;

    private const int ValueBits = 8;

    private static readonly int[] LengthBits = [3, 4, 8, 16];

    /// <summary>The mask of such bytes.</summary>
    /// <param name="bytes">The run lengths.</param>
    /// <param name="height">Height of the picture, pixels.</param>
    /// <param name="width">Width of the picture, pixels.</param>
    /// <exception cref="FormatException">The stream ends early, or is not of a picture of this size.</exception>
    public static RunLengthMask Decode(ReadOnlySpan<byte> bytes, int height, int width)
    {
        if (height <= 0 || width <= 0 || (long)height * width > PixelsMax) throw new FormatException($"a picture of {width} x {height} pixels cannot have a mask here; at most {PixelsMax} pixels.");
        var bits = new BitReader(bytes);
        var count = bits.Take(32);
        if (count != (long)height * width * 4) throw new FormatException($"the strokes are {count} values; a picture of {width} x {height} has {(long)height * width * 4}.");
        var valueBits = (int)bits.Take(5) + 1;
        var sizes = new int[4];
        for (var i = 0; i < 4; i++) sizes[i] = (int)bits.Take(4) + 1;
        return RunLengthMask.FromPixels(height, width, Columns(Runs(ref bits, count, valueBits, sizes), height, width));
    }

    /// <summary>First pixel and the one after the last, row by row, of what is inside.</summary>
    private static List<(long First, long End)> Runs(ref BitReader bits, long count, int valueBits, int[] sizes)
    {
        List<(long, long)> runs = [];
        var at = 0L;
        while (at < count)
        {
            var isRun = bits.Take(1) == 1;
            var length = bits.Take(sizes[(int)bits.Take(2)]) + 1;
            if (at + length > count) throw new FormatException($"the strokes go on after their {count} values.");
            for (var n = 0L; n < (isRun ? 1 : length); n++)
            {
                var end = isRun ? at + length : at + 1;
                if (bits.Take(valueBits) != 0 && end / 4 > at / 4) runs.Add((at / 4, end / 4));     // alpha is the fourth value: pixel p at 4p + 3
                at = end;
            }
        }

        return runs;
    }

    private static byte[] Columns(List<(long First, long End)> runs, int height, int width)
    {
        var pixels = new byte[height * width];
        foreach (var (first, end) in runs)
            for (var p = first; p < end; p++) pixels[(int)(p % width) * height + (int)(p / width)] = 1;
        return pixels;
    }

    /// <summary>The bytes of a mask, each pixel's four values being 255 or 0, as the converter writes them.</summary>
    public static byte[] Encode(RunLengthMask mask)
    {
        var bits = new BitWriter();
        bits.Put((long)mask.Height * mask.Width * 4, 32);
        bits.Put(ValueBits - 1, 5);
        foreach (var size in LengthBits) bits.Put(size - 1, 4);
        var pixels = mask.ToPixels();
        var (run, inside) = (0L, false);
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                var pixel = pixels[x * mask.Height + y] != 0;
                if (pixel != inside && run > 0)
                {
                    PutRun(bits, run, inside);
                    run = 0;
                }

                inside = pixel;
                run += 4;
            }
        }

        if (run > 0) PutRun(bits, run, inside);
        return bits.ToBytes();
    }

    private static void PutRun(BitWriter bits, long length, bool inside)
    {
        while (length > 0)
        {
            var part = Math.Min(length, 1 << 16);
            var size = Array.FindIndex(LengthBits, b => part <= 1 << b);
            bits.Put(1, 1);
            bits.Put(size, 2);
            bits.Put(part - 1, LengthBits[size]);
            bits.Put(inside ? 255 : 0, ValueBits);
            length -= part;
        }
    }

    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private long _at;

        public long Take(int count)
        {
            if (_at + count > _bytes.Length * 8L) throw new FormatException("the strokes end within their run lengths.");
            var value = 0L;
            for (var i = 0; i < count; i++, _at++) value = value << 1 | (uint)(_bytes[(int)(_at >> 3)] >> (7 - (int)(_at & 7)) & 1);
            return value;
        }
    }

    private sealed class BitWriter
    {
        private readonly List<byte> _bytes = [];
        private int _held;
        private int _count;

        public void Put(long value, int count)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                _held = _held << 1 | (int)(value >> i & 1);
                if (++_count < 8) continue;
                _bytes.Add((byte)_held);
                (_held, _count) = (0, 0);
            }
        }

        public byte[] ToBytes() => [.. _bytes, (byte)(_held << (8 - _count))];
    }
}
