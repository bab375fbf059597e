using System.Globalization;

namespace Touchstone.Formats.PointClouds;

/// <summary>How the numbers of a PLY file stand in it.</summary>
public enum PlyData
{
    /// <summary>Lines of numbers.</summary>
    Ascii,

    /// <summary>Bytes, the lowest of a number first.</summary>
    LittleEndian,

    /// <summary>Bytes, the highest of a number first.</summary>
    BigEndian,
}

/// <summary>A property: a number, or a list of them with the type of its length.</summary>
internal sealed record PlyProperty(string Name, PointType Type, PointType? LengthType);

/// <summary>An element: what of, how many, and what is known of each.</summary>
internal sealed record PlyElement(string Name, int Count, List<PlyProperty> Properties)
{
    public bool HasLists => Properties.Exists(p => p.LengthType is not null);

    /// <summary>Bytes of one, where it has no lists.</summary>
    public int Stride => Properties.Sum(p => PointColumn.SizeOf(p.Type));
}

/// <summary>The head of a PLY file.</summary>
internal sealed record PlyHeader(PlyData Data, IReadOnlyList<PlyElement> Elements)
{
    private const int LinesMax = 10_000;
    private const int PropertiesMax = 4_096;

    public static PlyHeader Read(CloudInput input)
    {
        if (!input.TryReadLine(out var magic) || !magic.TrimEnd((byte)' ').SequenceEqual("ply"u8)) throw input.Fault("this is no PLY file: its first line is not \"ply\".");
        PlyData? data = null;
        List<PlyElement> elements = [];
        while (true)
        {
            if (input.Line >= LinesMax) throw input.Fault($"end_header was expected within {LinesMax} lines.");
            if (!input.TryReadWords(out var words)) throw input.Fault("the file ends before end_header.");
            switch (words)
            {
                case [] or ["comment" or "obj_info", ..]:
                    break;
                case ["format", var format, "1.0"]:
                    data = format switch
                    {
                        "ascii" => PlyData.Ascii,
                        "binary_little_endian" => PlyData.LittleEndian,
                        "binary_big_endian" => PlyData.BigEndian,
                        _ => throw input.LineFault($"the format \"{format}\"; ascii, binary_little_endian or binary_big_endian was expected."),
                    };
                    break;
                case ["element", var name, var count]:
                    if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw input.LineFault($"\"{count}\" elements; a whole number from 0 to {int.MaxValue} was expected.");
                    elements.Add(new PlyElement(name, number, []));
                    break;
                case ["property", "list", var length, var type, var name]:
                    Add(input, elements, new PlyProperty(name, TypeOf(input, type), LengthTypeOf(input, length)));
                    break;
                case ["property", var type, var name]:
                    Add(input, elements, new PlyProperty(name, TypeOf(input, type), null));
                    break;
                case ["end_header"]:
                    return new PlyHeader(data ?? throw input.Fault("its head has no format."), elements);
                default:
                    throw input.LineFault("format, element, property, comment or end_header was expected.");
            }
        }
    }

    private static void Add(CloudInput input, List<PlyElement> elements, PlyProperty property)
    {
        if (elements.Count == 0) throw input.LineFault("a property before the first element.");
        var properties = elements[^1].Properties;
        if (properties.Exists(p => p.Name == property.Name)) throw input.LineFault($"the element has two properties called \"{property.Name}\".");
        if (properties.Count == PropertiesMax) throw input.LineFault($"the element has more than {PropertiesMax} properties.");
        properties.Add(property);
    }

    private static PointType LengthTypeOf(CloudInput input, string name) => TypeOf(input, name) is var type and < PointType.Float32 ? type : throw input.LineFault($"the length of a list is a whole number; \"{name}\" was found.");

    private static PointType TypeOf(CloudInput input, string name) => name switch
    {
        "char" or "int8" => PointType.Int8,
        "uchar" or "uint8" => PointType.UInt8,
        "short" or "int16" => PointType.Int16,
        "ushort" or "uint16" => PointType.UInt16,
        "int" or "int32" => PointType.Int32,
        "uint" or "uint32" => PointType.UInt32,
        "float" or "float32" => PointType.Float32,
        "double" or "float64" => PointType.Float64,
        _ => throw input.LineFault($"the type \"{(name.Length > 40 ? name[..40] : name)}\"; char, uchar, short, ushort, int, uint, float or double was expected."),
    };
}
