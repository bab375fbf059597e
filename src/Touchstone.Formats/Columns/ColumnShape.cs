using System.Text.Json;
using Touchstone.Files.Parquet;

namespace Touchstone.Formats.Columns;

/// <summary>The kinds of values that were met in one place of many rows.</summary>
internal enum ColumnKind
{
    /// <summary>Nothing but null.</summary>
    Nothing,

    /// <summary>Truth values.</summary>
    Boolean,

    /// <summary>Whole numbers of 64 bits.</summary>
    Whole,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Lists.</summary>
    List,

    /// <summary>Objects: a column for each of their members.</summary>
    Struct,

    /// <summary>Values of several kinds: they are written as JSON in a text.</summary>
    Mixed,
}

/// <summary>What a column must be to hold every value that was met in its place, as rows are taken one by one.</summary>
internal sealed class ColumnShape
{
    private const int MembersMax = 1_000;
    private const int DepthMax = 24;
    private const long WholeOfNumberMax = 1L << 53;      // whole numbers beyond are not all numbers of 64 bits with a point

    private readonly int _depth;
    private long _greatest;

    public ColumnShape(int depth = 0) => _depth = depth;

    /// <summary>What was met.</summary>
    public ColumnKind Kind { get; private set; }

    /// <summary>Of a list, what its elements are.</summary>
    public ColumnShape? Element { get; private set; }

    /// <summary>Of objects, their members in the order in which they were met.</summary>
    public OrderedDictionary<string, ColumnShape> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a value.</summary>
    public void Add(JsonElement value)
    {
        if (Kind == ColumnKind.Mixed || value.ValueKind == JsonValueKind.Null) return;
        var kind = Joined(Kind, KindOf(value));
        if (kind == ColumnKind.Number && _greatest > WholeOfNumberMax || kind is ColumnKind.List or ColumnKind.Struct && _depth >= DepthMax) kind = ColumnKind.Mixed;
        if (kind == ColumnKind.Struct && !AddMembers(value)) kind = ColumnKind.Mixed;
        Kind = kind;
        if (Kind != ColumnKind.List) return;
        Element ??= new ColumnShape(_depth + 1);
        foreach (var each in value.EnumerateArray()) Element.Add(each);
    }

    private bool AddMembers(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Length == 0 || Members.Count >= MembersMax && !Members.ContainsKey(member.Name)) return false;
            if (!Members.TryGetValue(member.Name, out var shape)) Members.Add(member.Name, shape = new ColumnShape(_depth + 1));
            shape.Add(member.Value);
        }

        return true;
    }

    private ColumnKind KindOf(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return ColumnKind.Boolean;
            case JsonValueKind.String:
                return ColumnKind.Text;
            case JsonValueKind.Array:
                return ColumnKind.List;
            case JsonValueKind.Object:
                return ColumnKind.Struct;
            default:
                if (!value.TryGetInt64(out var whole)) return value.TryGetDouble(out var number) && double.IsFinite(number) && value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? ColumnKind.Number : ColumnKind.Mixed;
                _greatest = Math.Max(_greatest, whole == long.MinValue ? long.MaxValue : Math.Abs(whole));
                return ColumnKind.Whole;
        }
    }

    private static ColumnKind Joined(ColumnKind first, ColumnKind second) => (first, second) switch
    {
        _ when first == second || first == ColumnKind.Nothing => second,
        (ColumnKind.Whole, ColumnKind.Number) or (ColumnKind.Number, ColumnKind.Whole) => ColumnKind.Number,
        _ => ColumnKind.Mixed,
    };

    /// <summary>The field of a schema that holds it. Of what only null was met, and of lists that are all empty, it is of texts; objects without any member are JSON.</summary>
    public ParquetField ToField(string name) => Kind switch
    {
        ColumnKind.Boolean => ParquetField.Optional(name, ParquetType.Boolean),
        ColumnKind.Whole => ParquetField.Optional(name, ParquetType.Int64),
        ColumnKind.Number => ParquetField.Optional(name, ParquetType.Double),
        ColumnKind.List => ParquetField.List(name, Element!.ToField("element")),
        ColumnKind.Struct when Members.Count > 0 => ParquetField.Struct(name, [.. Members.Select(m => m.Value.ToField(m.Key))]),
        ColumnKind.Struct or ColumnKind.Mixed => ParquetField.Optional(name, ParquetType.Json),
        _ => ParquetField.Optional(name, ParquetType.String),
    };

    /// <summary>A value as a row of Parquet has it.</summary>
    public object? ToValue(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        switch (Kind)
        {
            case ColumnKind.Boolean:
                return value.GetBoolean();
            case ColumnKind.Whole:
                return value.GetInt64();
            case ColumnKind.Number:
                return value.GetDouble();
            case ColumnKind.Text:
                return value.GetString();
            case ColumnKind.List:
                var list = new object?[value.GetArrayLength()];
                var at = 0;
                foreach (var each in value.EnumerateArray()) list[at++] = Element!.ToValue(each);
                return list;
            case ColumnKind.Struct when Members.Count > 0:
                Dictionary<string, object?> members = new(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject()) members[member.Name] = Members[member.Name].ToValue(member.Value);
                return members;
            default:
                return value.GetRawText();
        }
    }
}
