namespace Touchstone.Files.Parquet;

/// <summary>How a column's values lie in the file; the numbers are those of the format's Type.</summary>
public enum ParquetPhysicalType
{
    /// <summary>One bit.</summary>
    Boolean = 0,

    /// <summary>Four bytes, two's complement, little-endian.</summary>
    Int32 = 1,

    /// <summary>Eight bytes, two's complement, little-endian.</summary>
    Int64 = 2,

    /// <summary>Twelve bytes: a time stamp of old writers. Read only.</summary>
    Int96 = 3,

    /// <summary>IEEE 754 binary32.</summary>
    Float = 4,

    /// <summary>IEEE 754 binary64.</summary>
    Double = 5,

    /// <summary>Bytes of any length.</summary>
    ByteArray = 6,

    /// <summary>Bytes of a length that is the column's.</summary>
    FixedLengthByteArray = 7,
}

/// <summary>What a column's values mean.</summary>
public enum ParquetLogicalType
{
    /// <summary>What the physical type says: numbers, truth values, bytes.</summary>
    None,

    /// <summary>Text in UTF-8.</summary>
    String,

    /// <summary>A name out of few, as text in UTF-8.</summary>
    Enum,

    /// <summary>A JSON document as text in UTF-8.</summary>
    Json,

    /// <summary>A BSON document as bytes.</summary>
    Bson,

    /// <summary>A whole number of 8, 16, 32 or 64 bits, with or without sign.</summary>
    Integer,

    /// <summary>A decimal number with a fixed count of places.</summary>
    Decimal,

    /// <summary>A day, counted from 1970-01-01 in the proleptic Gregorian calendar.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A point in time, or a date and time of day of no stated zone.</summary>
    Timestamp,

    /// <summary>Sixteen bytes, the most significant first (RFC 9562).</summary>
    Uuid,

    /// <summary>IEEE 754 binary16 in two bytes, little-endian.</summary>
    Float16,
}

/// <summary>The unit in which times are counted.</summary>
public enum ParquetTimeUnit
{
    /// <summary>1/1,000 s.</summary>
    Milliseconds,

    /// <summary>1/1,000,000 s.</summary>
    Microseconds,

    /// <summary>1/1,000,000,000 s.</summary>
    Nanoseconds,
}

/// <summary>A column's type: how its values lie in the file and what they mean.</summary>
/// <param name="Physical">How the values lie.</param>
/// <param name="Logical">What they mean.</param>
/// <remarks>The value that rows carry follows from it: see <see cref="ParquetRow"/>. Apache Parquet, LogicalTypes.md.</remarks>
public sealed record ParquetType(ParquetPhysicalType Physical, ParquetLogicalType Logical = ParquetLogicalType.None)
{
    /// <summary>Bytes of a value, where the physical type is of fixed-length byte arrays; else 0.</summary>
    public int Length { get; init; }

    /// <summary>Bits of an integer: 8, 16, 32 or 64; else 0.</summary>
    public int Bits { get; init; }

    /// <summary>An integer has a sign.</summary>
    public bool IsSigned { get; init; } = true;

    /// <summary>Digits of a decimal, at least 1.</summary>
    public int Precision { get; init; }

    /// <summary>Digits of a decimal behind the point, 0 to <see cref="Precision"/>.</summary>
    public int Scale { get; init; }

    /// <summary>Unit of times and time stamps.</summary>
    public ParquetTimeUnit Unit { get; init; }

    /// <summary>Times are UTC; else they are of no stated zone.</summary>
    public bool IsUtc { get; init; }

    /// <summary>true and false.</summary>
    public static ParquetType Boolean { get; } = new(ParquetPhysicalType.Boolean);

    /// <summary>Whole numbers of 32 bits with sign.</summary>
    public static ParquetType Int32 { get; } = new(ParquetPhysicalType.Int32);

    /// <summary>Whole numbers of 64 bits with sign.</summary>
    public static ParquetType Int64 { get; } = new(ParquetPhysicalType.Int64);

    /// <summary>Numbers of 32 bits.</summary>
    public static ParquetType Float { get; } = new(ParquetPhysicalType.Float);

    /// <summary>Numbers of 64 bits.</summary>
    public static ParquetType Double { get; } = new(ParquetPhysicalType.Double);

    /// <summary>Numbers of 16 bits.</summary>
    public static ParquetType Float16 { get; } = new(ParquetPhysicalType.FixedLengthByteArray, ParquetLogicalType.Float16) { Length = 2 };

    /// <summary>Bytes.</summary>
    public static ParquetType Bytes { get; } = new(ParquetPhysicalType.ByteArray);

    /// <summary>Text.</summary>
    public static ParquetType String { get; } = new(ParquetPhysicalType.ByteArray, ParquetLogicalType.String);

    /// <summary>A name out of few.</summary>
    public static ParquetType Enum { get; } = new(ParquetPhysicalType.ByteArray, ParquetLogicalType.Enum);

    /// <summary>JSON documents as text.</summary>
    public static ParquetType Json { get; } = new(ParquetPhysicalType.ByteArray, ParquetLogicalType.Json);

    /// <summary>Days.</summary>
    public static ParquetType Date { get; } = new(ParquetPhysicalType.Int32, ParquetLogicalType.Date);

    /// <summary>UUIDs.</summary>
    public static ParquetType Uuid { get; } = new(ParquetPhysicalType.FixedLengthByteArray, ParquetLogicalType.Uuid) { Length = 16 };

    /// <summary>Bytes of one length.</summary>
    /// <param name="length">At least 1.</param>
    public static ParquetType FixedBytes(int length) => new(ParquetPhysicalType.FixedLengthByteArray) { Length = length };

    /// <summary>Whole numbers.</summary>
    /// <param name="bits">8, 16, 32 or 64.</param>
    /// <param name="isSigned">Whether there are negative ones.</param>
    public static ParquetType Integer(int bits, bool isSigned) =>
        new(bits == 64 ? ParquetPhysicalType.Int64 : ParquetPhysicalType.Int32, ParquetLogicalType.Integer) { Bits = bits, IsSigned = isSigned };

    /// <summary>Decimal numbers: in 32 bits up to 9 digits, in 64 up to 18, else in as many bytes as are needed.</summary>
    /// <param name="precision">Digits, from 1 to 76.</param>
    /// <param name="scale">Digits behind the point, from 0 to <paramref name="precision"/>.</param>
    public static ParquetType Decimal(int precision, int scale) =>
        new(precision <= 9 ? ParquetPhysicalType.Int32 : precision <= 18 ? ParquetPhysicalType.Int64 : ParquetPhysicalType.FixedLengthByteArray, ParquetLogicalType.Decimal)
        {
            Precision = precision,
            Scale = scale,
            Length = precision <= 18 ? 0 : (int)Math.Ceiling((precision * Math.Log2(10) + 1) / 8),
        };

    /// <summary>Times of day.</summary>
    public static ParquetType Time(ParquetTimeUnit unit, bool isUtc) =>
        new(unit == ParquetTimeUnit.Milliseconds ? ParquetPhysicalType.Int32 : ParquetPhysicalType.Int64, ParquetLogicalType.Time) { Unit = unit, IsUtc = isUtc };

    /// <summary>Points in time, or dates and times of day of no stated zone.</summary>
    public static ParquetType Timestamp(ParquetTimeUnit unit, bool isUtc) => new(ParquetPhysicalType.Int64, ParquetLogicalType.Timestamp) { Unit = unit, IsUtc = isUtc };

    /// <summary>What is wrong with the type, or null.</summary>
    internal string? Fault()
    {
        if (!System.Enum.IsDefined(Physical)) return $"expected a physical type from 0 to 7, found {(int)Physical}";
        if (Physical == ParquetPhysicalType.FixedLengthByteArray && Length is < 1 or > 1 << 20) return $"expected a length of 1 to {1 << 20} bytes for values of fixed length, found {Length}";
        var isMeant = (Logical, Physical) switch
        {
            (ParquetLogicalType.None, _) => true,
            (ParquetLogicalType.String or ParquetLogicalType.Enum or ParquetLogicalType.Json or ParquetLogicalType.Bson, ParquetPhysicalType.ByteArray) => true,
            (ParquetLogicalType.Integer, ParquetPhysicalType.Int32) => Bits is 8 or 16 or 32,
            (ParquetLogicalType.Integer, ParquetPhysicalType.Int64) => Bits == 64,
            (ParquetLogicalType.Decimal, ParquetPhysicalType.Int32) => Precision <= 9,
            (ParquetLogicalType.Decimal, ParquetPhysicalType.Int64) => Precision <= 18,
            (ParquetLogicalType.Decimal, ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLengthByteArray) => true,
            (ParquetLogicalType.Date, ParquetPhysicalType.Int32) => true,
            (ParquetLogicalType.Time, ParquetPhysicalType.Int32) => Unit == ParquetTimeUnit.Milliseconds,
            (ParquetLogicalType.Time, ParquetPhysicalType.Int64) => Unit != ParquetTimeUnit.Milliseconds,
            (ParquetLogicalType.Timestamp, ParquetPhysicalType.Int64) => true,
            (ParquetLogicalType.Uuid, ParquetPhysicalType.FixedLengthByteArray) => Length == 16,
            (ParquetLogicalType.Float16, ParquetPhysicalType.FixedLengthByteArray) => Length == 2,
            _ => false,
        };
        if (!isMeant) return $"expected a physical type that can carry {Logical}, found {this}";
        return Logical == ParquetLogicalType.Decimal && (Precision is < 1 or > 1000 || Scale < 0 || Scale > Precision)
            ? $"expected a decimal of 1 to 1000 digits with no more of them behind the point, found {Precision} and {Scale}"
            : null;
    }

    /// <summary>The type in words.</summary>
    public override string ToString() => Logical switch
    {
        ParquetLogicalType.None => Physical == ParquetPhysicalType.FixedLengthByteArray ? $"{Physical}({Length})" : Physical.ToString(),
        ParquetLogicalType.Integer => $"{(IsSigned ? "Int" : "UInt")}{Bits}",
        ParquetLogicalType.Decimal => $"Decimal({Precision}, {Scale}) in {Physical}{(Length > 0 ? $"({Length})" : "")}",
        ParquetLogicalType.Time or ParquetLogicalType.Timestamp => $"{Logical}({Unit}{(IsUtc ? ", UTC" : "")}) in {Physical}",
        _ => $"{Logical} in {Physical}{(Length > 0 ? $"({Length})" : "")}",
    };
}
