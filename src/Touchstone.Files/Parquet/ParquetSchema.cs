namespace Touchstone.Files.Parquet;

/// <summary>The fields of a file's rows.</summary>
public sealed class ParquetSchema
{
    /// <summary>Makes a schema; its fields are then part of it and of no other.</summary>
    /// <exception cref="ArgumentException">There is no field, two have one name, or one is part of another schema.</exception>
    public ParquetSchema(IReadOnlyList<ParquetField> fields)
    {
        if (fields.Count == 0) throw new ArgumentException("The schema has no field.", nameof(fields));
        var names = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<ParquetColumn>();
        foreach (var field in fields)
        {
            if (!names.Add(field.Name)) throw new ArgumentException($"The schema has two fields {field.Name}.", nameof(fields));
            field.Place(null, columns);
        }

        Fields = fields;
        Columns = columns;
    }

    /// <summary>The fields of a row.</summary>
    public IReadOnlyList<ParquetField> Fields { get; }

    /// <summary>The columns: all fields that have values, depth first.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }
}
