namespace Touchstone.Files.Parquet.Rows;

/// <summary>A part of a row as people see it: a value, a struct or a list, without the groups that the format puts around lists.</summary>
/// <param name="DefinitionLevel">The definition level at which the value or struct is there, or the list is not null.</param>
/// <param name="IsOptional">It may be null.</param>
/// <param name="FirstLeaf">The first column below it, counted among those that are read.</param>
/// <param name="LeafEnd">Behind its last column.</param>
internal abstract record RowNode(int DefinitionLevel, bool IsOptional, int FirstLeaf, int LeafEnd)
{
    /// <summary>The node of a field.</summary>
    /// <param name="field">A field of a schema.</param>
    /// <param name="isWanted">Which columns are read; a field without any gives null.</param>
    /// <param name="columns">Columns are added here in order.</param>
    public static RowNode? Of(ParquetField field, Func<ParquetColumn, bool> isWanted, List<ParquetColumn> columns)
    {
        if (field.Repetition == ParquetRepetition.Repeated) return OfRepeated(field, field, isOptional: false, isWanted, columns);
        if (field is ParquetGroup { Kind: not ParquetGroupKind.Struct } list) return OfRepeated(list.Fields[0], list, list.Repetition == ParquetRepetition.Optional, isWanted, columns);
        return OfOne(field, field.Repetition == ParquetRepetition.Optional, isWanted, columns);
    }

    private static ListNode? OfRepeated(ParquetField repeated, ParquetField list, bool isOptional, Func<ParquetColumn, bool> isWanted, List<ParquetColumn> columns)
    {
        var first = columns.Count;
        var element = list is ParquetGroup { Kind: ParquetGroupKind.List } && repeated is ParquetGroup group && IsWrapper(group, list.Name)
            ? Of(group.Fields[0], isWanted, columns)
            : OfOne(repeated, isOptional: false, isWanted, columns);
        if (element is null) return null;
        var notNull = ReferenceEquals(list, repeated) ? repeated.DefinitionLevel - 1 : list.DefinitionLevel;
        return new(notNull, isOptional, first, columns.Count, element, repeated.DefinitionLevel, repeated.RepetitionLevel);
    }

    private static RowNode? OfOne(ParquetField field, bool isOptional, Func<ParquetColumn, bool> isWanted, List<ParquetColumn> columns)
    {
        var first = columns.Count;
        if (field is ParquetColumn column)
        {
            if (!isWanted(column)) return null;
            columns.Add(column);
            return new LeafNode(column, isOptional, first);
        }

        var names = new List<string>();
        var children = new List<RowNode>();
        foreach (var child in ((ParquetGroup)field).Fields)
        {
            if (Of(child, isWanted, columns) is not { } node) continue;
            names.Add(child.Name);
            children.Add(node);
        }

        return children.Count == 0 ? null : new StructNode(field.DefinitionLevel, isOptional, first, columns.Count, [.. children], new(names));
    }

    /// <summary>Whether a repeated group is only a wrapper around the element, and not the element itself.</summary>
    /// <remarks>Apache Parquet, LogicalTypes.md, "Lists", rules for backward compatibility.</remarks>
    private static bool IsWrapper(ParquetGroup repeated, string listName) =>
        repeated.Fields.Count == 1 && repeated.Fields[0].Repetition != ParquetRepetition.Repeated && repeated.Name != "array" && repeated.Name != listName + "_tuple";
}

/// <summary>A value.</summary>
internal sealed record LeafNode(ParquetColumn Column, bool IsOptional, int Leaf) : RowNode(Column.DefinitionLevel, IsOptional, Leaf, Leaf + 1);

/// <summary>Named parts.</summary>
internal sealed record StructNode(int DefinitionLevel, bool IsOptional, int FirstLeaf, int LeafEnd, RowNode[] Children, ParquetRowShape Shape) : RowNode(DefinitionLevel, IsOptional, FirstLeaf, LeafEnd);

/// <summary>Parts one after another.</summary>
/// <param name="DefinitionLevel">As of all parts.</param>
/// <param name="IsOptional">As of all parts.</param>
/// <param name="FirstLeaf">As of all parts.</param>
/// <param name="LeafEnd">As of all parts.</param>
/// <param name="Element">What it holds.</param>
/// <param name="ElementLevel">The definition level at which there is an element.</param>
/// <param name="RepetitionLevel">The repetition level of every element but the first.</param>
internal sealed record ListNode(int DefinitionLevel, bool IsOptional, int FirstLeaf, int LeafEnd, RowNode Element, int ElementLevel, int RepetitionLevel)
    : RowNode(DefinitionLevel, IsOptional, FirstLeaf, LeafEnd);
