namespace Touchstone.Files.Parquet.Metadata;

/// <summary>One field of the flattened schema (parquet.thrift, SchemaElement).</summary>
internal sealed class SchemaElement
{
    private const int ConvertedUtf8 = 0, ConvertedMap = 1, ConvertedMapKeyValue = 2, ConvertedList = 3, ConvertedEnum = 4, ConvertedDecimal = 5, ConvertedDate = 6;
    private const int ConvertedTimeMillis = 7, ConvertedTimestampMicros = 10, ConvertedUInt8 = 11, ConvertedInt64 = 18, ConvertedJson = 19, ConvertedBson = 20;

    private int? _converted;
    private int _scale;
    private int _precision;
    private ParquetType? _meant;     // only what the logical type adds
    private int? _logical;

    public string Name { get; private set; } = "";

    public ParquetRepetition Repetition { get; private set; }

    public int? Physical { get; private set; }

    public int Length { get; private set; }

    public int Children { get; private set; }

    /// <summary>What a group means.</summary>
    public ParquetGroupKind GroupKind => _logical switch
    {
        3 => ParquetGroupKind.List,
        2 => ParquetGroupKind.Map,
        _ => _converted switch { ConvertedList => ParquetGroupKind.List, ConvertedMap or ConvertedMapKeyValue => ParquetGroupKind.Map, _ => ParquetGroupKind.Struct },
    };

    public static SchemaElement Read(ref CompactReader reader)
    {
        var element = new SchemaElement();
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            switch (id)
            {
                case 1: element.Physical = reader.Int32(type); break;
                case 2: element.Length = reader.Int32(type); break;
                case 3: element.Repetition = (ParquetRepetition)reader.Int32(type); break;
                case 4: element.Name = reader.Text(type); break;
                case 5: element.Children = reader.Int32(type); break;
                case 6: element._converted = reader.Int32(type); break;
                case 7: element._scale = reader.Int32(type); break;
                case 8: element._precision = reader.Int32(type); break;
                case 10:
                    reader.ExpectStruct(type);
                    element.ReadLogical(ref reader);
                    break;
                default: reader.Skip(type); break;
            }
        }

        return element;
    }

    public static void WriteRoot(CompactWriter writer, int children)
    {
        writer.Begin();
        writer.Text(4, "schema");
        writer.Int32(5, children);
        writer.End();
    }

    public static void Write(CompactWriter writer, ParquetField field)
    {
        writer.Begin();
        if (field is ParquetColumn column)
        {
            writer.Int32(1, (int)column.Type.Physical);
            if (column.Type.Length > 0) writer.Int32(2, column.Type.Length);
            writer.Int32(3, (int)field.Repetition);
            writer.Text(4, field.Name);
            WriteMeaning(writer, column.Type);
        }
        else
        {
            var group = (ParquetGroup)field;
            writer.Int32(3, (int)field.Repetition);
            writer.Text(4, field.Name);
            writer.Int32(5, group.Fields.Count);
            if (group.Kind != ParquetGroupKind.Struct)
            {
                writer.Int32(6, group.Kind == ParquetGroupKind.List ? ConvertedList : ConvertedMap);
                writer.Begin(10);
                Empty(writer, group.Kind == ParquetGroupKind.List ? 3 : 2);
                writer.End();
            }
        }

        writer.End();
    }

    /// <summary>The type of a column.</summary>
    public ParquetType Type()
    {
        var physical = (ParquetPhysicalType)Physical!.Value;
        var type = new ParquetType(physical) { Length = physical == ParquetPhysicalType.FixedLengthByteArray ? Length : 0 };
        var meaning = _meant ?? Converted();
        if (meaning is null) return type;
        var meant = meaning with { Physical = physical, Length = type.Length };
        // An annotation that the format does not allow on this type is one that readers are told to pass over.
        return meant.Logical != ParquetLogicalType.Decimal && meant.Fault() is not null && type.Fault() is null ? type : meant;
    }

    private void ReadLogical(ref CompactReader reader)
    {
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            reader.ExpectStruct(type);
            _logical = id;
            switch (id)
            {
                case 5: _meant = ReadDecimal(ref reader); break;
                case 7: _meant = ReadTime(ref reader, ParquetLogicalType.Time); break;
                case 8: _meant = ReadTime(ref reader, ParquetLogicalType.Timestamp); break;
                case 10: _meant = ReadInteger(ref reader); break;
                default:
                    reader.Skip(type);
                    _meant = id switch
                    {
                        1 => Meant(ParquetLogicalType.String),
                        4 => Meant(ParquetLogicalType.Enum),
                        6 => Meant(ParquetLogicalType.Date),
                        12 => Meant(ParquetLogicalType.Json),
                        13 => Meant(ParquetLogicalType.Bson),
                        14 => Meant(ParquetLogicalType.Uuid),
                        15 => Meant(ParquetLogicalType.Float16),
                        _ => null,
                    };
                    break;
            }
        }
    }

    private static ParquetType Meant(ParquetLogicalType logical) => new(ParquetPhysicalType.Boolean, logical);

    private static ParquetType ReadDecimal(ref CompactReader reader)
    {
        var meant = Meant(ParquetLogicalType.Decimal);
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            if (id == 1) meant = meant with { Scale = reader.Int32(type) };
            else if (id == 2) meant = meant with { Precision = reader.Int32(type) };
            else reader.Skip(type);
        }

        return meant;
    }

    private static ParquetType ReadInteger(ref CompactReader reader)
    {
        var meant = Meant(ParquetLogicalType.Integer);
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            if (id == 1) meant = meant with { Bits = reader.Int32(type) };
            else if (id == 2) meant = meant with { IsSigned = reader.Boolean(type) };
            else reader.Skip(type);
        }

        return meant;
    }

    private static ParquetType ReadTime(ref CompactReader reader, ParquetLogicalType logical)
    {
        var meant = Meant(logical);
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            if (id == 1)
            {
                meant = meant with { IsUtc = reader.Boolean(type) };
            }
            else if (id == 2)
            {
                reader.ExpectStruct(type);
                for (var unit = 0; reader.Field(ref unit, out var inner); reader.Skip(inner))
                    meant = meant with { Unit = unit switch { 1 => ParquetTimeUnit.Milliseconds, 2 => ParquetTimeUnit.Microseconds, 3 => ParquetTimeUnit.Nanoseconds, _ => throw new InvalidDataException($"expected a unit of time from 1 to 3, found {unit}") } };
            }
            else
            {
                reader.Skip(type);
            }
        }

        return meant;
    }

    /// <summary>The meaning that old writers give as converted type.</summary>
    private ParquetType? Converted() => _converted switch
    {
        ConvertedUtf8 => Meant(ParquetLogicalType.String),
        ConvertedEnum => Meant(ParquetLogicalType.Enum),
        ConvertedDecimal => Meant(ParquetLogicalType.Decimal) with { Precision = _precision, Scale = _scale },
        ConvertedDate => Meant(ParquetLogicalType.Date),
        >= ConvertedTimeMillis and <= ConvertedTimestampMicros and var time => Meant(time < 9 ? ParquetLogicalType.Time : ParquetLogicalType.Timestamp) with
        {
            IsUtc = true,
            Unit = time % 2 == 1 ? ParquetTimeUnit.Milliseconds : ParquetTimeUnit.Microseconds,
        },
        >= ConvertedUInt8 and <= ConvertedInt64 and var integer => Meant(ParquetLogicalType.Integer) with { Bits = 8 << ((integer - ConvertedUInt8) % 4), IsSigned = integer >= 15 },
        ConvertedJson => Meant(ParquetLogicalType.Json),
        ConvertedBson => Meant(ParquetLogicalType.Bson),
        _ => null,
    };

    /// <summary>Writes the logical type, and beside it the converted type that old readers know, where there is one.</summary>
    private static void WriteMeaning(CompactWriter writer, ParquetType type)
    {
        if (type.Logical == ParquetLogicalType.None) return;
        var isOld = type.Unit != ParquetTimeUnit.Nanoseconds && type.IsUtc;
        int? converted = type.Logical switch
        {
            ParquetLogicalType.String => ConvertedUtf8,
            ParquetLogicalType.Enum => ConvertedEnum,
            ParquetLogicalType.Json => ConvertedJson,
            ParquetLogicalType.Bson => ConvertedBson,
            ParquetLogicalType.Decimal => ConvertedDecimal,
            ParquetLogicalType.Date => ConvertedDate,
            ParquetLogicalType.Time when isOld => ConvertedTimeMillis + (int)type.Unit,
            ParquetLogicalType.Timestamp when isOld => ConvertedTimeMillis + 2 + (int)type.Unit,
            ParquetLogicalType.Integer => (type.IsSigned ? 15 : ConvertedUInt8) + int.Log2(type.Bits / 8),
            _ => null,
        };
        if (converted is { } old) writer.Int32(6, old);
        if (type.Logical == ParquetLogicalType.Decimal)
        {
            writer.Int32(7, type.Scale);
            writer.Int32(8, type.Precision);
        }

        writer.Begin(10);
        WriteLogical(writer, type);
        writer.End();
    }

    private static void WriteLogical(CompactWriter writer, ParquetType type)
    {
        switch (type.Logical)
        {
            case ParquetLogicalType.Decimal:
                writer.Begin(5);
                writer.Int32(1, type.Scale);
                writer.Int32(2, type.Precision);
                writer.End();
                break;
            case ParquetLogicalType.Time or ParquetLogicalType.Timestamp:
                writer.Begin(type.Logical == ParquetLogicalType.Time ? 7 : 8);
                writer.Boolean(1, type.IsUtc);
                writer.Begin(2);
                Empty(writer, 1 + (int)type.Unit);
                writer.End();
                writer.End();
                break;
            case ParquetLogicalType.Integer:
                writer.Begin(10);
                writer.Int8(1, (sbyte)type.Bits);
                writer.Boolean(2, type.IsSigned);
                writer.End();
                break;
            default:
                Empty(writer, type.Logical switch
                {
                    ParquetLogicalType.String => 1,
                    ParquetLogicalType.Enum => 4,
                    ParquetLogicalType.Date => 6,
                    ParquetLogicalType.Json => 12,
                    ParquetLogicalType.Bson => 13,
                    ParquetLogicalType.Uuid => 14,
                    _ => 15,
                });
                break;
        }
    }

    private static void Empty(CompactWriter writer, int id)
    {
        writer.Begin(id);
        writer.End();
    }
}
