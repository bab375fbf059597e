namespace Touchstone.Files.Arrow;

/// <summary>A column of a schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its buffers hold.</param>
/// <param name="IndexType">What points into a dictionary, where there is one.</param>
/// <param name="Dictionary">The dictionary.</param>
internal sealed record ArrowField(string Name, ArrowType Type, ArrowType IndexType, ArrowDictionary? Dictionary)
{
    /// <summary>Names of the types in the order of the union Type of format/Schema.fbs, from 0.</summary>
    private static readonly string[] Names =
    [
        "none", "null", "int", "floating point", "binary", "utf8", "bool", "decimal", "date", "time", "timestamp", "interval", "list", "struct", "union", "fixed-size binary", "fixed-size list", "map", "duration",
        "large binary", "large utf8", "large list", "run-end encoded", "binary view", "utf8 view", "list view", "large list view",
    ];

    /// <summary>Reads a field of the schema.</summary>
    /// <param name="field">A table Field.</param>
    /// <param name="dictionary">The number of its dictionary; null where it has none. The field's type is then the dictionary's.</param>
    public static ArrowField Read(FlatTable field, out long? dictionary)
    {
        var name = field.Text(0);
        var type = TypeOf(field, name);
        dictionary = null;
        if (!field.Has(4)) return new ArrowField(name, type, default, null);
        var encoding = field.Table(4, "a dictionary");
        dictionary = encoding.Long(0);
        return new ArrowField(name, type, encoding.Has(1) ? Whole(encoding.Table(1, "the type of an index"), name) : ArrowType.Int32, null);
    }

    private static ArrowType TypeOf(FlatTable field, string name)
    {
        var kind = field.Byte(2);
        switch (Names.ElementAtOrDefault(kind))
        {
            case "null": return ArrowType.Null;
            case "bool": return ArrowType.Bool;
            case "utf8": return ArrowType.Text;
            case "large utf8": return ArrowType.LargeText;
            case "int": return Whole(field.Table(3, "the type of a column"), name);
            case "floating point": return Real(field.Table(3, "the type of a column"), name);
            case "timestamp" or "duration": return ArrowType.Int64;
            case "date": return field.Table(3, "the type of a column").Short(0, 1) == 0 ? ArrowType.Int32 : ArrowType.Int64;      // days or milliseconds
            case "time": return field.Table(3, "the type of a column").Int(1, 32) == 32 ? ArrowType.Int32 : ArrowType.Int64;
            case var other: throw field.Fault($"the column \"{name}\" is of the type {other ?? $"{kind}"}; numbers and texts are read.");
        }
    }

    private static ArrowType Whole(FlatTable type, string name) => (type.Int(0), type.Byte(1) != 0) switch
    {
        (8, true) => ArrowType.Int8,
        (8, false) => ArrowType.UInt8,
        (16, true) => ArrowType.Int16,
        (16, false) => ArrowType.UInt16,
        (32, true) => ArrowType.Int32,
        (32, false) => ArrowType.UInt32,
        (64, true) => ArrowType.Int64,
        (64, false) => ArrowType.UInt64,
        var (bits, _) => throw type.Fault($"whole numbers of {bits} bits in the column \"{name}\"; 8, 16, 32 or 64 were expected."),
    };

    private static ArrowType Real(FlatTable type, string name) => type.Short(0) switch
    {
        0 => ArrowType.Float16,
        1 => ArrowType.Float32,
        2 => ArrowType.Float64,
        var precision => throw type.Fault($"real numbers of the precision {precision} in the column \"{name}\"; 0, 1 or 2 were expected."),
    };
}
