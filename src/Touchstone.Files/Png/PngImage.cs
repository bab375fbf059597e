using System.Buffers.Binary;

namespace Touchstone.Files.Png;

/// <summary>A decoded PNG: its samples as the file packs them, row by row, without filters.</summary>
public sealed class PngImage
{
    /// <summary>An image over samples that are already packed as PNG packs them.</summary>
    /// <param name="widthPx">Width, at least 1.</param>
    /// <param name="heightPx">Height, at least 1.</param>
    /// <param name="colour">Colour type.</param>
    /// <param name="bitDepth">Bits per channel, as the colour type allows.</param>
    /// <param name="samples"><see cref="RowBytes"/> bytes a row, rows from top to bottom; depths below 8 are packed from the
    /// high bit, 16-bit samples have their high byte first.</param>
    /// <exception cref="ArgumentException">The depth does not go with the colour type, or the samples have another length.</exception>
    public PngImage(int widthPx, int heightPx, PngColour colour, int bitDepth, byte[] samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        if (!colour.Allows(bitDepth))
            throw new ArgumentException($"PNG has no {colour} with {bitDepth} bits a channel.", nameof(bitDepth));
        (WidthPx, HeightPx, Colour, BitDepth, Samples) = (widthPx, heightPx, colour, bitDepth, samples);
        if (samples.LongLength != (long)RowBytes * heightPx)
            throw new ArgumentException($"{widthPx} x {heightPx} {colour} with {bitDepth} bits needs {(long)RowBytes * heightPx} bytes, not {samples.LongLength}.", nameof(samples));
    }

    /// <summary>Width in pixels.</summary>
    public int WidthPx { get; }

    /// <summary>Height in pixels.</summary>
    public int HeightPx { get; }

    /// <summary>Colour type.</summary>
    public PngColour Colour { get; }

    /// <summary>Bits per channel.</summary>
    public int BitDepth { get; }

    /// <summary>The packed samples; see the constructor.</summary>
    public byte[] Samples { get; }

    /// <summary>Red, green, blue of each palette entry; empty where there is no palette.</summary>
    public byte[] Palette { get; init; } = [];

    /// <summary>The bytes of the tRNS chunk: alpha of the first palette entries, or the one transparent colour as 16-bit samples; empty where there is none.</summary>
    public byte[] Transparency { get; init; } = [];

    /// <summary>The tEXt chunks in file order.</summary>
    public IReadOnlyList<PngText> Texts { get; init; } = [];

    /// <summary>Channels a pixel, 1 to 4.</summary>
    public int ChannelCount => Colour.ChannelCount();

    /// <summary>Bytes of one packed row.</summary>
    public int RowBytes => PackedRowBytes(WidthPx, Colour, BitDepth);

    /// <summary>8-bit brightness, one byte a pixel.</summary>
    public static PngImage Grey(int widthPx, int heightPx, byte[] samples) => new(widthPx, heightPx, PngColour.Grey, 8, samples);

    /// <summary>8-bit red, green, blue, three bytes a pixel.</summary>
    public static PngImage Rgb(int widthPx, int heightPx, byte[] samples) => new(widthPx, heightPx, PngColour.Rgb, 8, samples);

    /// <summary>8-bit red, green, blue, alpha, four bytes a pixel.</summary>
    public static PngImage Rgba(int widthPx, int heightPx, byte[] samples) => new(widthPx, heightPx, PngColour.Rgba, 8, samples);

    /// <summary>8-bit indices into a palette.</summary>
    /// <param name="widthPx">Width.</param>
    /// <param name="heightPx">Height.</param>
    /// <param name="indices">One byte a pixel.</param>
    /// <param name="palette">Red, green, blue of each entry, at most 256 entries.</param>
    public static PngImage Indexed(int widthPx, int heightPx, byte[] indices, byte[] palette) =>
        new(widthPx, heightPx, PngColour.Palette, 8, indices) { Palette = palette };

    /// <summary>16-bit brightness, as instance masks use it.</summary>
    /// <param name="widthPx">Width.</param>
    /// <param name="heightPx">Height.</param>
    /// <param name="samples">One number a pixel.</param>
    public static PngImage Grey16(int widthPx, int heightPx, ReadOnlySpan<ushort> samples)
    {
        var packed = new byte[samples.Length * 2];
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(packed.AsSpan(i * 2), samples[i]);
        return new PngImage(widthPx, heightPx, PngColour.Grey, 16, packed);
    }

    /// <summary>One sample as it stands in the file: 0 to 2^depth - 1, for a palette image the index.</summary>
    /// <param name="x">Column, from 0.</param>
    /// <param name="y">Row, from 0.</param>
    /// <param name="channel">Channel, from 0.</param>
    public int Sample(int x, int y, int channel = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)WidthPx);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)HeightPx);
        return SampleAt(Samples.AsSpan(y * RowBytes, RowBytes), x * ChannelCount + channel, BitDepth);
    }

    /// <summary>Every sample of a one-channel image, widened to 16 bits without scaling: label maps and instance masks.</summary>
    /// <exception cref="InvalidOperationException">The image has more than one channel.</exception>
    public ushort[] ToIndices()
    {
        if (ChannelCount != 1)
            throw new InvalidOperationException($"A {Colour} image has {ChannelCount} channels; only grey and palette images are index maps.");
        var indices = new ushort[WidthPx * HeightPx];
        for (var y = 0; y < HeightPx; y++)
        {
            var row = Samples.AsSpan(y * RowBytes, RowBytes);
            for (var x = 0; x < WidthPx; x++)
                indices[y * WidthPx + x] = (ushort)SampleAt(row, x, BitDepth);
        }

        return indices;
    }

    /// <summary>The picture as 8-bit red, green, blue, alpha: palette resolved, transparency applied, 16 bits cut to their high byte.</summary>
    /// <exception cref="PngFormatException">A pixel names a palette entry that is not there.</exception>
    public byte[] ToRgba()
    {
        var rgba = new byte[WidthPx * HeightPx * 4];
        Span<int> pixel = stackalloc int[4];
        var channels = ChannelCount;
        for (var y = 0; y < HeightPx; y++)
        {
            var row = Samples.AsSpan(y * RowBytes, RowBytes);
            for (var x = 0; x < WidthPx; x++)
            {
                for (var c = 0; c < channels; c++)
                    pixel[c] = SampleAt(row, x * channels + c, BitDepth);
                Resolve(pixel, rgba.AsSpan((y * WidthPx + x) * 4, 4));
            }
        }

        return rgba;
    }

    private void Resolve(ReadOnlySpan<int> pixel, Span<byte> rgba)
    {
        var opaque = IsTransparentColour(pixel) ? (byte)0 : (byte)255;
        switch (Colour)
        {
            case PngColour.Palette:
                var index = pixel[0];
                if (index * 3 + 2 >= Palette.Length)
                    throw new PngFormatException(PngFault.Corrupt, $"a pixel names palette entry {index} of {Palette.Length / 3}");
                Palette.AsSpan(index * 3, 3).CopyTo(rgba);
                rgba[3] = index < Transparency.Length ? Transparency[index] : (byte)255;
                break;
            case PngColour.Grey or PngColour.GreyAlpha:
                rgba[0] = rgba[1] = rgba[2] = To8Bits(pixel[0]);
                rgba[3] = Colour == PngColour.GreyAlpha ? To8Bits(pixel[1]) : opaque;
                break;
            default:
                for (var c = 0; c < 3; c++)
                    rgba[c] = To8Bits(pixel[c]);
                rgba[3] = Colour == PngColour.Rgba ? To8Bits(pixel[3]) : opaque;
                break;
        }
    }

    private bool IsTransparentColour(ReadOnlySpan<int> pixel)
    {
        if (Colour is not (PngColour.Grey or PngColour.Rgb) || Transparency.Length < ChannelCount * 2) return false;
        for (var c = 0; c < ChannelCount; c++)
            if (BinaryPrimitives.ReadUInt16BigEndian(Transparency.AsSpan(c * 2)) != pixel[c])
                return false;
        return true;
    }

    private byte To8Bits(int sample) => BitDepth == 16 ? (byte)(sample >> 8) : (byte)(sample * 255 / ((1 << BitDepth) - 1));

    internal static int PackedRowBytes(int widthPx, PngColour colour, int bitDepth) =>
        checked((int)(((long)widthPx * colour.ChannelCount() * bitDepth + 7) / 8));

    internal static int SampleAt(ReadOnlySpan<byte> row, int index, int bitDepth) => bitDepth switch
    {
        8 => row[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(index * 2)..]),
        _ => (row[index * bitDepth >> 3] >> (8 - bitDepth - (index * bitDepth & 7))) & ((1 << bitDepth) - 1),
    };
}

/// <summary>One tEXt chunk.</summary>
/// <param name="Keyword">1 to 79 Latin-1 characters.</param>
/// <param name="Text">Latin-1 text.</param>
public sealed record PngText(string Keyword, string Text);
