using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Formats.PointClouds;

/// <summary>What the values of a column are.</summary>
public enum PointType
{
    /// <summary>Whole numbers of 8 bits with a sign.</summary>
    Int8,

    /// <summary>Whole numbers of 8 bits.</summary>
    UInt8,

    /// <summary>Whole numbers of 16 bits with a sign.</summary>
    Int16,

    /// <summary>Whole numbers of 16 bits.</summary>
    UInt16,

    /// <summary>Whole numbers of 32 bits with a sign.</summary>
    Int32,

    /// <summary>Whole numbers of 32 bits.</summary>
    UInt32,

    /// <summary>Whole numbers of 64 bits with a sign.</summary>
    Int64,

    /// <summary>Whole numbers of 64 bits.</summary>
    UInt64,

    /// <summary>Real numbers of 32 bits (IEEE 754).</summary>
    Float32,

    /// <summary>Real numbers of 64 bits (IEEE 754).</summary>
    Float64,
}

/// <summary>One thing that is known of every point: its name and its values in the type that the file has them in.</summary>
public abstract class PointColumn
{
    private protected PointColumn(string name, PointType type, int components)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        (Name, Type, Components) = (name, type, components);
    }

    /// <summary>Its name, such as <c>x</c> (metres) or <c>intensity</c>.</summary>
    public string Name { get; }

    /// <summary>What its values are.</summary>
    public PointType Type { get; }

    /// <summary>Values that a point has, 1 or more; those of one point stand together.</summary>
    public int Components { get; }

    /// <summary>Points.</summary>
    public int Count => Length / Components;

    /// <summary>Values of all points.</summary>
    public abstract int Length { get; }

    /// <summary>A value as a real number; whole numbers of 64 bits above 2^53 are rounded.</summary>
    /// <param name="index">In [0, <see cref="Length"/>).</param>
    public abstract double this[int index] { get; }

    /// <summary>Bytes of one value.</summary>
    public int ValueBytes => SizeOf(Type);

    /// <summary>Bytes of a value.</summary>
    public static int SizeOf(PointType type) => type switch
    {
        PointType.Int8 or PointType.UInt8 => 1,
        PointType.Int16 or PointType.UInt16 => 2,
        PointType.Int32 or PointType.UInt32 or PointType.Float32 => 4,
        _ => 8,
    };

    /// <summary>A column of noughts.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What its values are.</param>
    /// <param name="points">How many points it is for.</param>
    /// <param name="components">Values that a point has.</param>
    public static PointColumn Create(string name, PointType type, int points, int components = 1)
    {
        var length = checked(points * components);
        return type switch
        {
            PointType.Int8 => new PointColumn<sbyte>(name, new sbyte[length], components),
            PointType.UInt8 => new PointColumn<byte>(name, new byte[length], components),
            PointType.Int16 => new PointColumn<short>(name, new short[length], components),
            PointType.UInt16 => new PointColumn<ushort>(name, new ushort[length], components),
            PointType.Int32 => new PointColumn<int>(name, new int[length], components),
            PointType.UInt32 => new PointColumn<uint>(name, new uint[length], components),
            PointType.Int64 => new PointColumn<long>(name, new long[length], components),
            PointType.UInt64 => new PointColumn<ulong>(name, new ulong[length], components),
            PointType.Float32 => new PointColumn<float>(name, new float[length], components),
            _ => new PointColumn<double>(name, new double[length], components),
        };
    }

    /// <summary>The same values under another name.</summary>
    internal abstract PointColumn Called(string name);

    /// <summary>The values as bytes, as the machine has them: little-endian on all that .NET 10 runs on.</summary>
    internal abstract Span<byte> Bytes { get; }

    /// <summary>Takes or cuts off points at the end.</summary>
    internal abstract void Resize(int points);

    /// <summary>Reads a number that is written in ASCII.</summary>
    /// <returns>False where it is none of this type.</returns>
    internal abstract bool TryParse(ReadOnlySpan<byte> text, int index);

    /// <summary>Writes a number in ASCII, so that it is read again as it was.</summary>
    internal abstract int Format(int index, Span<byte> to);

    /// <summary>Copies values of rows that stand one after another.</summary>
    /// <param name="rows">Whole rows.</param>
    /// <param name="stride">Bytes of a row.</param>
    /// <param name="offset">Where in its row the column begins.</param>
    /// <param name="first">The point that the first row is.</param>
    internal void Take(ReadOnlySpan<byte> rows, int stride, int offset, int first)
    {
        var width = ValueBytes * Components;
        var bytes = Bytes[(first * width)..];
        var count = rows.Length / stride;
        if (width == 4)
        {
            var values = MemoryMarshal.Cast<byte, uint>(bytes);
            for (var i = 0; i < count; i++) values[i] = MemoryMarshal.Read<uint>(rows[(i * stride + offset)..]);
            return;
        }

        for (var i = 0; i < count; i++) rows.Slice(i * stride + offset, width).CopyTo(bytes[(i * width)..]);
    }

    /// <summary>The opposite of <see cref="Take"/>.</summary>
    internal void Put(Span<byte> rows, int stride, int offset, int first)
    {
        var width = ValueBytes * Components;
        var bytes = Bytes[(first * width)..];
        var count = rows.Length / stride;
        for (var i = 0; i < count; i++) bytes.Slice(i * width, width).CopyTo(rows[(i * stride + offset)..]);
    }

    /// <summary>Turns the bytes of every value around.</summary>
    internal void ReverseBytes()
    {
        switch (ValueBytes)
        {
            case 2:
                var two = MemoryMarshal.Cast<byte, ushort>(Bytes);
                BinaryPrimitives.ReverseEndianness(two, two);
                break;
            case 4:
                var four = MemoryMarshal.Cast<byte, uint>(Bytes);
                BinaryPrimitives.ReverseEndianness(four, four);
                break;
            case 8:
                var eight = MemoryMarshal.Cast<byte, ulong>(Bytes);
                BinaryPrimitives.ReverseEndianness(eight, eight);
                break;
        }
    }
}

/// <summary>A column with its values.</summary>
/// <typeparam name="T">One of the types of <see cref="PointType"/>.</typeparam>
public sealed class PointColumn<T> : PointColumn
    where T : unmanaged, INumber<T>
{
    private T[] _values;

    /// <param name="name">Its name.</param>
    /// <param name="values">Its values, those of a point together.</param>
    /// <param name="components">Values that a point has.</param>
    /// <exception cref="ArgumentException">The type is none of <see cref="PointType"/>, or the values are no whole number of points.</exception>
    public PointColumn(string name, T[] values, int components = 1)
        : base(name, TypeOf(), components)
    {
        if (values.Length % components != 0) throw new ArgumentException($"{values.Length} values are no whole number of points of {components}.", nameof(values));
        _values = values;
    }

    /// <summary>Its values, those of a point together.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>As above, for the readers that fill it.</summary>
    internal Span<T> MutableValues => _values;

    /// <inheritdoc/>
    public override int Length => _values.Length;

    /// <inheritdoc/>
    public override double this[int index] => double.CreateTruncating(_values[index]);

    internal override PointColumn Called(string name) => new PointColumn<T>(name, _values, Components);

    internal override Span<byte> Bytes => MemoryMarshal.AsBytes(_values.AsSpan());

    internal override void Resize(int points) => Array.Resize(ref _values, checked(points * Components));

    internal override bool TryParse(ReadOnlySpan<byte> text, int index)
    {
        if (Type < PointType.Float32) return T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _values[index]);
        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _values[index]) || TryParseInfinity(text, out _values[index]);
    }

    /// <summary>C's words for it; .NET reads "nan" and "infinity" by itself.</summary>
    private static bool TryParseInfinity(ReadOnlySpan<byte> text, out T value)
    {
        var isNegative = text.StartsWith("-"u8);
        value = T.CreateTruncating(isNegative ? double.NegativeInfinity : double.PositiveInfinity);
        if (isNegative || text.StartsWith("+"u8)) text = text[1..];
        return System.Text.Ascii.EqualsIgnoreCase(text, "inf"u8);
    }

    internal override int Format(int index, Span<byte> to)
    {
        var value = _values[index];
        if (T.IsFinite(value)) return value.TryFormat(to, out var written, default, CultureInfo.InvariantCulture) ? written : throw new ArgumentException("There is no room for a number.", nameof(to));
        var word = T.IsNaN(value) ? "nan"u8 : T.IsNegative(value) ? "-inf"u8 : "inf"u8;
        word.CopyTo(to);
        return word.Length;
    }

    private static PointType TypeOf() => default(T) switch
    {
        sbyte => PointType.Int8,
        byte => PointType.UInt8,
        short => PointType.Int16,
        ushort => PointType.UInt16,
        int => PointType.Int32,
        uint => PointType.UInt32,
        long => PointType.Int64,
        ulong => PointType.UInt64,
        float => PointType.Float32,
        double => PointType.Float64,
        _ => throw new ArgumentException($"Files of points hold no {typeof(T).Name}."),
    };
}
