using System.Globalization;

namespace Touchstone.Formats.PointClouds;

/// <summary>How the points of a PCD file stand in it.</summary>
public enum PcdData
{
    /// <summary>A line of numbers a point.</summary>
    Ascii,

    /// <summary>Point after point.</summary>
    Binary,

    /// <summary>Column after column, packed by LZF.</summary>
    BinaryCompressed,
}

/// <summary>One entry of FIELDS; <see cref="Type"/> is null for what is passed over, which is called <c>_</c>.</summary>
internal sealed record PcdField(string Name, PointType? Type, int Size, int Count)
{
    public int Bytes => Size * Count;
}

/// <summary>The head of a PCD file.</summary>
internal sealed record PcdHeader(IReadOnlyList<PcdField> Fields, int Points, int Rows, IReadOnlyList<double>? Viewpoint, PcdData Data)
{
    private const int LinesMax = 1_000;
    private const int FieldsMax = 4_096;
    private const int StrideMaxBytes = 1 << 20;

    /// <summary>U+FEFF in UTF-8 as ASCII shows it.</summary>
    private const string ByteOrderMark = "???";

    public int Stride => Fields.Sum(f => f.Bytes);

    public static PcdHeader Read(CloudInput input)
    {
        Dictionary<string, string[]> entries = new(StringComparer.Ordinal);
        while (!entries.ContainsKey("DATA"))
        {
            if (input.Line >= LinesMax) throw input.Fault($"DATA was expected within {LinesMax} lines.");
            if (!input.TryReadWords(out var words)) throw input.Fault("the file ends before DATA; a PCD file was expected.");
            if (input.Line == 1 && words.Length > 0) words[0] = words[0].Replace(ByteOrderMark, "", StringComparison.Ordinal);
            if (words.Length == 0 || words[0].Length == 0 || words[0][0] == '#') continue;
            if (words[0] == "COLUMNS") words[0] = "FIELDS";      // as version 0.5 has it
            if (words[0] is not ("VERSION" or "FIELDS" or "SIZE" or "TYPE" or "COUNT" or "WIDTH" or "HEIGHT" or "VIEWPOINT" or "POINTS" or "DATA")) throw input.LineFault($"\"{Shown(words[0])}\" was found where an entry of a PCD file's head was expected.");
            if (!entries.TryAdd(words[0], words[1..])) throw input.LineFault($"{words[0]} stands twice.");
        }

        var fields = ReadFields(input, entries);
        var (width, height) = (Whole(input, entries, "WIDTH"), Whole(input, entries, "HEIGHT"));
        var points = Whole(input, entries, "POINTS") ?? (width ?? throw input.Fault("the head has neither POINTS nor WIDTH.")) * (long)(height ?? 1);
        if (points > int.MaxValue || width is { } w && w * (long)(height ?? 1) != points) throw input.Fault($"WIDTH {width} and HEIGHT {height ?? 1} are not {points} points.");
        return new PcdHeader(fields, (int)points, height is > 1 and var rows ? rows : 1, ReadViewpoint(input, entries), ReadData(input, entries["DATA"]));
    }

    private static List<PcdField> ReadFields(CloudInput input, Dictionary<string, string[]> entries)
    {
        string[] Entry(string name) => entries.TryGetValue(name, out var words) ? words : throw input.Fault($"the head has no {name}.");
        var (names, sizes, types) = (Entry("FIELDS"), Entry("SIZE"), Entry("TYPE"));
        var counts = entries.TryGetValue("COUNT", out var stated) ? stated : [.. Enumerable.Repeat("1", names.Length)];
        if (names.Length is 0 or > FieldsMax) throw input.Fault($"{names.Length} fields; 1 to {FieldsMax} were expected.");
        if (sizes.Length != names.Length || types.Length != names.Length || counts.Length != names.Length)
            throw input.Fault($"FIELDS has {names.Length} entries, SIZE {sizes.Length}, TYPE {types.Length} and COUNT {counts.Length}; all must have the same.");
        List<PcdField> fields = [];
        var stride = 0L;
        for (var i = 0; i < names.Length; i++)
        {
            if (!int.TryParse(counts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) throw input.Fault($"COUNT of \"{Shown(names[i])}\" is \"{Shown(counts[i])}\"; a whole number from 0 was expected.");
            if (!int.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is not (1 or 2 or 4 or 8)) throw input.Fault($"SIZE of \"{Shown(names[i])}\" is \"{Shown(sizes[i])}\"; 1, 2, 4 or 8 was expected.");
            // Of what is called _ nobody asks what it is, and a field without values has no column.
            PointType? type = names[i] == "_" || count == 0 ? null : TypeOf(types[i], size) ?? throw input.Fault($"TYPE of \"{Shown(names[i])}\" is \"{Shown(types[i])}\" with SIZE {size}; F of 4 or 8 bytes, I or U was expected.");
            if (type is not null && fields.Exists(f => f.Type is not null && f.Name == names[i])) throw input.Fault($"two fields are called \"{Shown(names[i])}\".");
            if ((stride += (long)size * count) > StrideMaxBytes) throw input.Fault($"a point of more than {StrideMaxBytes} bytes.");
            fields.Add(new PcdField(names[i], type, size, count));
        }

        return fields.Exists(f => f.Type is not null) ? fields : throw input.Fault("no field of a point has a value.");
    }

    private static PointType? TypeOf(string type, int size) => (type, size) switch
    {
        ("F", 4) => PointType.Float32,
        ("F", 8) => PointType.Float64,
        ("I", 1) => PointType.Int8,
        ("I", 2) => PointType.Int16,
        ("I", 4) => PointType.Int32,
        ("I", 8) => PointType.Int64,
        ("U", 1) => PointType.UInt8,
        ("U", 2) => PointType.UInt16,
        ("U", 4) => PointType.UInt32,
        ("U", 8) => PointType.UInt64,
        _ => null,
    };

    private static int? Whole(CloudInput input, Dictionary<string, string[]> entries, string name)
    {
        if (!entries.TryGetValue(name, out var words)) return null;
        return words is [var only] && int.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw input.Fault($"{name} is \"{Shown(string.Join(' ', words))}\"; a whole number from 0 to {int.MaxValue} was expected.");
    }

    private static double[]? ReadViewpoint(CloudInput input, Dictionary<string, string[]> entries)
    {
        if (!entries.TryGetValue("VIEWPOINT", out var words)) return null;
        if (words.Length != 7) throw input.Fault($"VIEWPOINT has {words.Length} numbers; 7 were expected.");
        var viewpoint = new double[7];
        for (var i = 0; i < 7; i++)
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out viewpoint[i])) throw input.Fault($"VIEWPOINT holds \"{Shown(words[i])}\"; a number was expected.");
        return viewpoint;
    }

    private static PcdData ReadData(CloudInput input, string[] words) => words switch
    {
        ["ascii"] => PcdData.Ascii,
        ["binary"] => PcdData.Binary,
        ["binary_compressed"] => PcdData.BinaryCompressed,
        _ => throw input.Fault($"DATA is \"{Shown(string.Join(' ', words))}\"; ascii, binary or binary_compressed was expected."),
    };

    private static string Shown(string word) => word.Length > 40 ? word[..40] : word;
}
