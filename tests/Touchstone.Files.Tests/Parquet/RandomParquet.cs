using System.Numerics;
using System.Text;
using Touchstone.Files.Parquet;

namespace Touchstone.Files.Tests.Parquet;

/// <summary>Random schemas with rows that fit them, drawn again from the same seed.</summary>
internal sealed class RandomParquet(int seed)
{
    private static readonly ParquetTimeUnit[] Units = Enum.GetValues<ParquetTimeUnit>();
    private readonly Random _random = new(seed);

    /// <summary>Leaves out what other programs turn into another type or refuse, though the format has it.</summary>
    public bool IsCommon { get; init; }

    public ParquetSchema Schema(int depth = 3) => new([.. Enumerable.Range(0, _random.Next(1, 6)).Select(i => Field($"f{i}", depth))]);

    public List<object?[]> Rows(ParquetSchema schema, int count)
    {
        var rows = new List<object?[]>(count);
        // Few distinct values in some files, so that there are dictionaries and long runs.
        var pool = _random.Next(2) == 0 ? null : Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Row(schema)).ToArray();
        for (var i = 0; i < count; i++) rows.Add(pool is null ? Row(schema) : pool[_random.Next(pool.Length)]);
        return rows;
    }

    public ParquetWriterOptions Options(params ParquetCompression[] compressions) => new()
    {
        Compression = compressions[_random.Next(compressions.Length)],
        PageBytes = _random.Next(3) switch { 0 => 1, 1 => 100, _ => 1 << 20 },
        RowGroupRowsMax = _random.Next(3) switch { 0 => 7, 1 => 100, _ => 100_000 },
        UseDictionaries = _random.Next(2) == 0,
        HasChecksums = _random.Next(2) == 0,
    };

    private ParquetField Field(string name, int depth)
    {
        var isOptional = IsCommon || _random.Next(2) == 0;
        return (depth > 0 ? _random.Next(5) : 0) switch
        {
            0 or 1 or 2 => new ParquetColumn(name, isOptional ? ParquetRepetition.Optional : ParquetRepetition.Required, Type()),
            3 => ParquetField.List(name, Field("element", depth - 1), isOptional),
            _ => ParquetField.Struct(name, [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Field($"s{i}", depth - 1))], isOptional),
        };
    }

    private ParquetType Type() => _random.Next(IsCommon ? 13 : 18) switch
    {
        0 => ParquetType.Boolean,
        1 => ParquetType.Int32,
        2 => ParquetType.Int64,
        3 => ParquetType.Float,
        4 => ParquetType.Double,
        5 => ParquetType.String,
        6 => ParquetType.Bytes,
        7 => ParquetType.Integer(8 << _random.Next(4), _random.Next(2) == 0),
        8 => ParquetType.Decimal(_random.Next(1, 39) is var precision ? precision : 0, _random.Next(precision + 1)),
        9 => ParquetType.Date,
        10 => ParquetType.Timestamp(IsCommon ? ParquetTimeUnit.Microseconds : Units[_random.Next(3)], _random.Next(2) == 0),
        11 => ParquetType.String,
        12 => ParquetType.Double,
        13 => ParquetType.Time(Units[_random.Next(3)], _random.Next(2) == 0),
        14 => ParquetType.Uuid,
        15 => ParquetType.FixedBytes(_random.Next(1, 20)),
        16 => ParquetType.Float16,
        _ => _random.Next(3) switch { 0 => ParquetType.Enum, 1 => ParquetType.Json, _ => ParquetType.Decimal(_random.Next(39, 77), 5) },
    };

    private object?[] Row(ParquetSchema schema) => [.. schema.Fields.Select(Value)];

    private object? Value(ParquetField field)
    {
        if (field.Repetition == ParquetRepetition.Optional && _random.Next(4) == 0) return null;
        return field switch
        {
            ParquetColumn column => Value(column.Type),
            ParquetGroup { Kind: ParquetGroupKind.List } list => Enumerable.Range(0, _random.Next(4)).Select(_ => Value(((ParquetGroup)list.Fields[0]).Fields[0])).ToArray(),
            ParquetGroup group => new ParquetRow([.. group.Fields.Select(f => f.Name)], [.. group.Fields.Select(Value)]),
            _ => throw new InvalidOperationException(),
        };
    }

    private object Value(ParquetType type) => (type.Logical, type.Physical) switch
    {
        (ParquetLogicalType.String or ParquetLogicalType.Enum, _) => Text(),
        (ParquetLogicalType.Json, _) => $"{{\"a\":{_random.Next()}}}",
        (ParquetLogicalType.Integer, ParquetPhysicalType.Int64) => type.IsSigned ? Whole(64) : (ulong)Whole(64),
        (ParquetLogicalType.Integer, _) => type.IsSigned ? Whole(type.Bits) : Whole(type.Bits) & ((1L << type.Bits) - 1),
        (ParquetLogicalType.Decimal, _) => Decimal(type),
        (ParquetLogicalType.Date, _) => DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber + 1)),
        (ParquetLogicalType.Time, _) => new ParquetTime(_random.NextInt64(86_400_000) * 1_000_000 + (type.Unit == ParquetTimeUnit.Milliseconds ? 0 : 1_000), type.IsUtc),
        (ParquetLogicalType.Timestamp, _) => ParquetTimestamp.From(IsCommon ? _random.NextInt64(-1L << 52, 1L << 52) : _random.Next(10) == 0 ? long.MinValue : Whole(64), type.Unit, type.IsUtc),
        (ParquetLogicalType.Uuid, _) => new Guid(Bytes(16)),
        (ParquetLogicalType.Float16, _) => (float)(Half)(_random.NextDouble() * 100),
        (_, ParquetPhysicalType.Boolean) => _random.Next(2) == 0,
        (_, ParquetPhysicalType.Int32) => Whole(32),
        (_, ParquetPhysicalType.Int64) => Whole(64),
        (_, ParquetPhysicalType.Float) => _random.Next(8) switch { 0 => float.NaN, 1 => float.NegativeInfinity, 2 => 0f, _ => _random.NextSingle() * 1e10f },
        (_, ParquetPhysicalType.Double) => _random.Next(8) switch { 0 => double.NaN, 1 => double.MaxValue, 2 => -0.0, _ => _random.NextDouble() },
        _ => Bytes(type.Length > 0 ? type.Length : _random.Next(20)),
    };

    private long Whole(int bits) => _random.Next(3) == 0 ? _random.Next(8) : _random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits);

    private object Decimal(ParquetType type)
    {
        var digits = BigInteger.Parse(string.Concat(Enumerable.Range(0, _random.Next(1, type.Precision + 1)).Select(_ => (char)('0' + _random.Next(10)))));
        var value = new ParquetDecimal(_random.Next(2) == 0 ? digits : -digits, type.Scale);
        return type.Precision <= 28 ? value.ToDecimal() : value;
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (var left = _random.Next(12); left > 0; left--) text.Append(_random.Next(4) switch { 0 => "é", 1 => "猫🐈", 2 => "\0", _ => "abc" });
        return text.ToString();
    }
}
