using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Touchstone.Files.Parquet.Encodings;

namespace Touchstone.Files.Parquet.Rows;

/// <summary>Turns a column's values into those that rows carry. Values that the type does not allow are <see cref="InvalidDataException"/>.</summary>
internal static class ValueReader
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly object True = true, False = false;

    /// <summary>Days from 0001-01-01 to 1970-01-01 in the proleptic Gregorian calendar.</summary>
    private const int EpochDay = 719_162;

    /// <summary>The Julian day of 1970-01-01, from which legacy time stamps of twelve bytes count.</summary>
    private const int EpochJulianDay = 2_440_588;

    private const long NanosecondsPerDay = 86_400_000_000_000;

    /// <summary>The function for a type.</summary>
    public static Func<ValueVector, int, object> For(ParquetType type) => (type.Logical, type.Physical) switch
    {
        (ParquetLogicalType.String or ParquetLogicalType.Enum or ParquetLogicalType.Json, _) => static (v, i) => Text(v.Bytes(i)),
        (ParquetLogicalType.Integer, ParquetPhysicalType.Int32) => type.IsSigned ? static (v, i) => (long)v.Words[i] : static (v, i) => (long)(uint)v.Words[i],
        (ParquetLogicalType.Integer, _) => type.IsSigned ? static (v, i) => v.Longs[i] : static (v, i) => (ulong)v.Longs[i],
        (ParquetLogicalType.Decimal, _) => Decimals(type),
        (ParquetLogicalType.Date, _) => static (v, i) => Date(v.Words[i]),
        (ParquetLogicalType.Time, _) => (v, i) => Time(v, i, type),
        (ParquetLogicalType.Timestamp, _) => (v, i) => ParquetTimestamp.From(v.Longs[i], type.Unit, type.IsUtc),
        (ParquetLogicalType.Uuid, _) => static (v, i) => new Guid(v.Bytes(i), bigEndian: true),
        (ParquetLogicalType.Float16, _) => static (v, i) => (float)BinaryPrimitives.ReadHalfLittleEndian(v.Bytes(i)),
        (_, ParquetPhysicalType.Boolean) => static (v, i) => v.Booleans[i] != 0 ? True : False,
        (_, ParquetPhysicalType.Int32) => static (v, i) => (long)v.Words[i],
        (_, ParquetPhysicalType.Int64) => static (v, i) => v.Longs[i],
        (_, ParquetPhysicalType.Float) => static (v, i) => v.Floats[i],
        (_, ParquetPhysicalType.Double) => static (v, i) => v.Doubles[i],
        (_, ParquetPhysicalType.Int96) => static (v, i) => LegacyTimestamp(v.Bytes(i)),
        _ => static (v, i) => v.Bytes(i).ToArray(),
    };

    /// <summary>Whether equal values may be one object: then those of a dictionary are made once. Arrays may not, for a caller may change them.</summary>
    public static bool IsShared(ParquetType type) =>
        type.Logical is not (ParquetLogicalType.None or ParquetLogicalType.Bson) || type.Physical is not (ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLengthByteArray);

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            throw new InvalidDataException("expected text in UTF-8, found other bytes", fault);
        }
    }

    private static Func<ValueVector, int, object> Decimals(ParquetType type)
    {
        var scale = type.Scale;
        Func<ValueVector, int, BigInteger> unscaled = type.Physical switch
        {
            ParquetPhysicalType.Int32 => static (v, i) => v.Words[i],
            ParquetPhysicalType.Int64 => static (v, i) => v.Longs[i],
            _ => static (v, i) => new BigInteger(v.Bytes(i), isUnsigned: false, isBigEndian: true),
        };
        if (type.Precision > ParquetDecimal.DecimalPrecisionMax) return (v, i) => new ParquetDecimal(unscaled(v, i), scale);
        return (v, i) =>
        {
            var value = new ParquetDecimal(unscaled(v, i), scale);
            try
            {
                return value.ToDecimal();
            }
            catch (OverflowException fault)
            {
                throw new InvalidDataException($"expected a decimal of at most {type.Precision} digits, found {value}", fault);
            }
        };
    }

    private static DateOnly Date(int day) => day is >= -EpochDay and <= 2_932_896
        ? DateOnly.FromDayNumber(day + EpochDay)
        : throw new InvalidDataException($"expected a day within the years 1 to 9999, found day {day} from 1970-01-01");

    private static ParquetTime Time(ValueVector values, int index, ParquetType type)
    {
        var count = values.Physical == ParquetPhysicalType.Int32 ? values.Words[index] : values.Longs[index];
        var perUnit = 1_000_000_000 / ParquetTimestamp.PerSecond(type.Unit);
        return count >= 0 && count <= NanosecondsPerDay / perUnit
            ? new ParquetTime(count * perUnit, type.IsUtc)
            : throw new InvalidDataException($"expected a time within a day, found {count} {type.Unit} from midnight");
    }

    /// <summary>Nanoseconds of the day, then the Julian day, both little-endian; whether it is UTC is not known.</summary>
    private static ParquetTimestamp LegacyTimestamp(ReadOnlySpan<byte> bytes)
    {
        var nanoseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var seconds = Math.DivRem(nanoseconds, 1_000_000_000, out var rest);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + 1_000_000_000);
        return new ParquetTimestamp(((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) - EpochJulianDay) * 86_400 + seconds, (int)rest, IsUtc: false);
    }
}
