namespace Touchstone.Files.Arrow;

/// <summary>What the values of a column are. Times, dates and durations are the whole numbers that they are stored as.</summary>
public enum ArrowType
{
    /// <summary>Nothing: every value is missing.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

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

    /// <summary>Real numbers of 16 bits (IEEE 754).</summary>
    Float16,

    /// <summary>Real numbers of 32 bits (IEEE 754).</summary>
    Float32,

    /// <summary>Real numbers of 64 bits (IEEE 754).</summary>
    Float64,

    /// <summary>Texts in UTF-8.</summary>
    Text,

    /// <summary>Texts in UTF-8 with 64-bit offsets.</summary>
    LargeText,
}

/// <summary>What the reader and the writer know of types.</summary>
internal static class ArrowTypes
{
    /// <summary>Bytes of one value; 0 of what has no fixed number of whole bytes.</summary>
    public static int ValueBytes(this ArrowType type) => type switch
    {
        ArrowType.Int8 or ArrowType.UInt8 => 1,
        ArrowType.Int16 or ArrowType.UInt16 or ArrowType.Float16 => 2,
        ArrowType.Int32 or ArrowType.UInt32 or ArrowType.Float32 => 4,
        ArrowType.Int64 or ArrowType.UInt64 or ArrowType.Float64 => 8,
        _ => 0,
    };

    public static bool IsText(this ArrowType type) => type is ArrowType.Text or ArrowType.LargeText;

    public static bool IsWhole(this ArrowType type) => type is >= ArrowType.Int8 and <= ArrowType.UInt64;
}
