using System.Buffers.Binary;
using System.Numerics;

namespace Touchstone.Files.Parquet.Rows;

/// <summary>Writes values of rows into columns. What the type does not allow is <see cref="ArgumentException"/> with what was expected; the caller adds the place.</summary>
internal static class ValueWriter
{
    private const int EpochDay = 719_162;

    /// <summary>Whole numbers that every <see cref="double"/> tells apart are no larger.</summary>
    private const long DoubleExactMax = 1L << 53;

    /// <summary>Adds a value that is not null.</summary>
    public static void Write(ParquetColumnWriter column, int repetition, object value)
    {
        var (type, buffer) = (column.Column.Type, column.Buffer);
        switch (type.Logical, type.Physical)
        {
            case (ParquetLogicalType.String or ParquetLogicalType.Enum or ParquetLogicalType.Json, _):
                column.AddText(repetition, value as string ?? throw Unexpected("text", value));
                break;
            case (ParquetLogicalType.Decimal, _):
                WriteDecimal(column, repetition, value);
                break;
            case (ParquetLogicalType.Date, _):
                buffer.Add(repetition, (value is DateOnly date ? date : throw Unexpected("a DateOnly", value)).DayNumber - EpochDay);
                break;
            case (ParquetLogicalType.Time, _):
                WriteTime(column, repetition, value);
                break;
            case (ParquetLogicalType.Timestamp, _):
                buffer.Add(repetition, Timestamp(type, value));
                break;
            case (ParquetLogicalType.Uuid, _):
                (value is Guid id ? id : throw Unexpected("a Guid", value)).TryWriteBytes(buffer.AddBytes(repetition, 16), bigEndian: true, out _);
                break;
            case (ParquetLogicalType.Float16, _):
                BinaryPrimitives.WriteHalfLittleEndian(buffer.AddBytes(repetition, 2), (Half)Number(value));
                break;
            case (_, ParquetPhysicalType.Boolean):
                buffer.Add(repetition, value is bool truth ? truth : throw Unexpected("true or false", value));
                break;
            case (_, ParquetPhysicalType.Int32):
                buffer.Add(repetition, (int)(uint)Integer(type, value));
                break;
            case (_, ParquetPhysicalType.Int64):
                buffer.Add(repetition, (long)(ulong)Integer(type, value));
                break;
            case (_, ParquetPhysicalType.Float):
                buffer.Add(repetition, BitConverter.SingleToInt32Bits((float)Number(value)));
                break;
            case (_, ParquetPhysicalType.Double):
                buffer.Add(repetition, BitConverter.DoubleToInt64Bits(Number(value)));
                break;
            default:
                WriteBytes(column, repetition, value);
                break;
        }
    }

    /// <summary>A whole number within the type's bounds, as bits of which the lowest are kept.</summary>
    private static Int128 Integer(ParquetType type, object value)
    {
        var bits = type.Logical == ParquetLogicalType.Integer ? type.Bits : type.Physical == ParquetPhysicalType.Int32 ? 32 : 64;
        var number = Whole(value) ?? throw Unexpected($"a whole number of {bits} bits", value);
        var (min, max) = type.IsSigned ? (-(Int128.One << (bits - 1)), (Int128.One << (bits - 1)) - 1) : (Int128.Zero, (Int128.One << bits) - 1);
        return number >= min && number <= max ? unchecked((Int128)(ulong)number) : throw new ArgumentException($"expected a whole number from {min} to {max}, found {number}");
    }

    private static Int128? Whole(object value) => value switch
    {
        long number => number,
        int number => number,
        ulong number => number,
        uint number => number,
        short number => number,
        ushort number => number,
        sbyte number => number,
        byte number => number,
        _ => null,
    };

    private static double Number(object value) => value switch
    {
        double number => number,
        float number => number,
        Half number => (double)number,
        decimal number => (double)number,
        _ when Whole(value) is { } number => number >= -DoubleExactMax && number <= DoubleExactMax
            ? (double)number
            : throw new ArgumentException($"expected a whole number that a double holds exactly, found {number}"),
        _ => throw Unexpected("a number", value),
    };

    private static void WriteDecimal(ParquetColumnWriter column, int repetition, object value)
    {
        var type = column.Column.Type;
        var number = value switch
        {
            decimal plain => ParquetDecimal.From(plain),
            ParquetDecimal large => large,
            _ when Whole(value) is { } whole => new ParquetDecimal((BigInteger)whole, 0),
            _ => throw Unexpected("a decimal", value),
        };
        if (!number.TryRescale(type.Scale, out var scaled) || BigInteger.Abs(scaled.Unscaled) >= BigInteger.Pow(10, type.Precision))
            throw new ArgumentException($"expected a decimal of {type.Precision} digits, {type.Scale} of them behind the point, found {number}");
        switch (type.Physical)
        {
            case ParquetPhysicalType.Int32: column.Buffer.Add(repetition, (int)scaled.Unscaled); break;
            case ParquetPhysicalType.Int64: column.Buffer.Add(repetition, (long)scaled.Unscaled); break;
            default: WriteDigits(column, repetition, scaled.Unscaled); break;
        }
    }

    /// <summary>Two's complement, the most significant byte first, in as many bytes as the type has or the number needs.</summary>
    private static void WriteDigits(ParquetColumnWriter column, int repetition, BigInteger digits)
    {
        var needed = digits.GetByteCount(isUnsigned: false);
        var length = column.Column.Type.Length;
        if (length > 0 && needed > length) throw new ArgumentException($"expected a decimal whose digits fit {length} bytes, found {digits}");
        var bytes = column.Buffer.AddBytes(repetition, length == 0 ? needed : length);
        bytes[..^needed].Fill(digits.Sign < 0 ? (byte)0xFF : (byte)0);
        digits.TryWriteBytes(bytes[^needed..], out _, isUnsigned: false, isBigEndian: true);
    }

    private static void WriteTime(ParquetColumnWriter column, int repetition, object value)
    {
        var type = column.Column.Type;
        var time = value switch
        {
            ParquetTime exact => exact,
            TimeOnly plain => ParquetTime.From(plain) with { IsUtc = type.IsUtc },
            _ => throw Unexpected("a TimeOnly or ParquetTime", value),
        };
        if (time.IsUtc != type.IsUtc) throw new ArgumentException($"expected a time {(type.IsUtc ? "in UTC" : "of no stated zone")}, found {time}");
        var perUnit = 1_000_000_000 / ParquetTimestamp.PerSecond(type.Unit);
        if (time.Nanoseconds < 0 || time.Nanoseconds > 86_400_000_000_000 || time.Nanoseconds % perUnit != 0) throw new ArgumentException($"expected a time of day in whole {type.Unit}, found {time}");
        if (type.Physical == ParquetPhysicalType.Int32) column.Buffer.Add(repetition, (int)(time.Nanoseconds / perUnit));
        else column.Buffer.Add(repetition, time.Nanoseconds / perUnit);
    }

    private static long Timestamp(ParquetType type, object value)
    {
        var time = value switch
        {
            ParquetTimestamp exact => exact,
            DateTimeOffset point => ParquetTimestamp.From(point),
            DateTime plain when plain.Kind != DateTimeKind.Local => ParquetTimestamp.From(plain),
            _ => throw Unexpected("a DateTimeOffset, a DateTime that is not local or a ParquetTimestamp", value),
        };
        if (time.IsUtc != type.IsUtc) throw new ArgumentException($"expected a time {(type.IsUtc ? "in UTC" : "of no stated zone")}, found {time}");
        return time.TryCount(type.Unit, out var count) ? count : throw new ArgumentException($"expected a time in whole {type.Unit} that fits 64 bits, found {time}");
    }

    private static void WriteBytes(ParquetColumnWriter column, int repetition, object value)
    {
        var bytes = value switch
        {
            byte[] array => array,
            ReadOnlyMemory<byte> memory => memory.Span,
            Memory<byte> memory => memory.Span,
            _ => throw Unexpected("bytes", value),
        };
        var length = column.Column.Type.Length;
        if (length > 0 && bytes.Length != length) throw new ArgumentException($"expected {length} bytes, found {bytes.Length}");
        bytes.CopyTo(column.Buffer.AddBytes(repetition, bytes.Length));
    }

    private static ArgumentException Unexpected(string expected, object value) => new($"expected {expected}, found {value.GetType().Name} {Shown(value)}");

    private static string Shown(object value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) is { Length: > 40 } text ? text[..40] + "..." : $"{value}";
}
