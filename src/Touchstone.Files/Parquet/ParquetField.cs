namespace Touchstone.Files.Parquet;

/// <summary>How often a field occurs within what holds it; the numbers are those of the format's FieldRepetitionType.</summary>
public enum ParquetRepetition
{
    /// <summary>Once.</summary>
    Required = 0,

    /// <summary>Once or not at all.</summary>
    Optional = 1,

    /// <summary>Any number of times.</summary>
    Repeated = 2,
}

/// <summary>A field of a schema: a column, or a group of fields.</summary>
public abstract class ParquetField
{
    private protected ParquetField(string name, ParquetRepetition repetition)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!Enum.IsDefined(repetition)) throw new ArgumentException($"The field {name} has an unknown repetition {(int)repetition}.", nameof(repetition));
        Name = name;
        Repetition = repetition;
    }

    /// <summary>The name within the group.</summary>
    public string Name { get; }

    /// <summary>How often it occurs.</summary>
    public ParquetRepetition Repetition { get; }

    /// <summary>Names from the top, the field's own last.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The names joined by dots.</summary>
    public string Path { get; private set; } = "";

    /// <summary>How many of the fields from the top down to this one are optional or repeated: the definition level at which it is there.</summary>
    public int DefinitionLevel { get; private set; }

    /// <summary>How many of them are repeated.</summary>
    public int RepetitionLevel { get; private set; }

    /// <summary>A column that has a value in every row.</summary>
    public static ParquetColumn Required(string name, ParquetType type) => new(name, ParquetRepetition.Required, type);

    /// <summary>A column that may be null.</summary>
    public static ParquetColumn Optional(string name, ParquetType type) => new(name, ParquetRepetition.Optional, type);

    /// <summary>A list of values that may be null.</summary>
    public static ParquetGroup List(string name, ParquetType elements, bool isOptional = true) => List(name, Optional("element", elements), isOptional);

    /// <summary>A list in the format's convention of three levels: the list, its repeated group <c>list</c>, the element.</summary>
    /// <param name="name">Name of the list.</param>
    /// <param name="element">What it holds: a column, a struct or another list, not repeated itself; by convention its name is <c>element</c>.</param>
    /// <param name="isOptional">Whether the list may be null, which is not the same as empty.</param>
    public static ParquetGroup List(string name, ParquetField element, bool isOptional = true)
    {
        if (element.Repetition == ParquetRepetition.Repeated) throw new ArgumentException($"The element of the list {name} is repeated; the list is so already.", nameof(element));
        return new(name, isOptional ? ParquetRepetition.Optional : ParquetRepetition.Required, [new ParquetGroup("list", ParquetRepetition.Repeated, [element])], ParquetGroupKind.List);
    }

    /// <summary>A group of named fields.</summary>
    public static ParquetGroup Struct(string name, IReadOnlyList<ParquetField> fields, bool isOptional = true) =>
        new(name, isOptional ? ParquetRepetition.Optional : ParquetRepetition.Required, fields);

    internal virtual void Place(ParquetField? above, List<ParquetColumn> columns)
    {
        if (Path.Length > 0) throw new ArgumentException($"The field {Path} is part of another schema already.");
        Names = above is null ? [Name] : [.. above.Names, Name];
        Path = string.Join('.', Names);
        DefinitionLevel = (above?.DefinitionLevel ?? 0) + (Repetition == ParquetRepetition.Required ? 0 : 1);
        RepetitionLevel = (above?.RepetitionLevel ?? 0) + (Repetition == ParquetRepetition.Repeated ? 1 : 0);
    }
}

/// <summary>A column: a field that has values and no fields below it.</summary>
public sealed class ParquetColumn : ParquetField
{
    /// <summary>Makes a column.</summary>
    /// <exception cref="ArgumentException">The type contradicts itself, such as a UUID of 15 bytes.</exception>
    public ParquetColumn(string name, ParquetRepetition repetition, ParquetType type)
        : base(name, repetition)
    {
        if (type.Fault() is { } fault) throw new ArgumentException($"The column {name}: {fault}.", nameof(type));
        Type = type;
    }

    /// <summary>Type of its values.</summary>
    public ParquetType Type { get; }

    /// <summary>Place among the schema's columns, from 0.</summary>
    public int Index { get; private set; }

    internal override void Place(ParquetField? above, List<ParquetColumn> columns)
    {
        base.Place(above, columns);
        Index = columns.Count;
        columns.Add(this);
    }
}

/// <summary>What a group of fields means.</summary>
public enum ParquetGroupKind
{
    /// <summary>Named fields.</summary>
    Struct,

    /// <summary>A list.</summary>
    List,

    /// <summary>A list of keys with their values.</summary>
    Map,
}

/// <summary>A field that holds other fields.</summary>
public sealed class ParquetGroup : ParquetField
{
    /// <summary>Makes a group.</summary>
    /// <exception cref="ArgumentException">It has no field, or two of one name, or the single repeated field that a list or map needs is missing.</exception>
    public ParquetGroup(string name, ParquetRepetition repetition, IReadOnlyList<ParquetField> fields, ParquetGroupKind kind = ParquetGroupKind.Struct)
        : base(name, repetition)
    {
        if (fields.Count == 0) throw new ArgumentException($"The group {name} has no field.", nameof(fields));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in fields)
            if (!names.Add(field.Name)) throw new ArgumentException($"The group {name} has two fields {field.Name}.", nameof(fields));
        if (kind != ParquetGroupKind.Struct && (fields.Count != 1 || fields[0].Repetition != ParquetRepetition.Repeated || repetition == ParquetRepetition.Repeated))
            throw new ArgumentException($"The {(kind == ParquetGroupKind.List ? "list" : "map")} {name} is not a group around one repeated field.", nameof(fields));
        Fields = fields;
        Kind = kind;
    }

    /// <summary>The fields within.</summary>
    public IReadOnlyList<ParquetField> Fields { get; }

    /// <summary>What it means.</summary>
    public ParquetGroupKind Kind { get; }

    internal override void Place(ParquetField? above, List<ParquetColumn> columns)
    {
        base.Place(above, columns);
        foreach (var field in Fields) field.Place(this, columns);
    }
}
