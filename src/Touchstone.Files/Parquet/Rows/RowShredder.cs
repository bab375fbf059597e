using System.Collections;

namespace Touchstone.Files.Parquet.Rows;

/// <summary>Takes rows apart into their columns' entries.</summary>
/// <remarks>S. Melnik et al., Dremel: Interactive Analysis of Web-Scale Datasets, VLDB 2010, section 4.2 (record shredding).</remarks>
internal sealed class RowShredder(ParquetSchema schema, ParquetColumnWriter[] columns)
{
    private readonly (string Name, RowNode Node)[] _fields = Nodes(schema);

    /// <summary>Writes a row of values in the schema's order.</summary>
    /// <exception cref="ArgumentException">A value does not fit; entries of the row may have been added.</exception>
    public void Write(ReadOnlySpan<object?> values)
    {
        if (values.Length != _fields.Length) throw new ArgumentException($"expected {_fields.Length} values, found {values.Length}");
        for (var i = 0; i < values.Length; i++) Write(_fields[i].Node, values[i], 0, 0);
    }

    private static (string, RowNode)[] Nodes(ParquetSchema schema)
    {
        var columns = new List<ParquetColumn>();
        return [.. schema.Fields.Select(f => (f.Name, RowNode.Of(f, _ => true, columns)!))];
    }

    private void Write(RowNode node, object? value, int repetition, int definition)
    {
        switch (node)
        {
            case LeafNode leaf when value is not null:
                try
                {
                    ValueWriter.Write(columns[leaf.Leaf], repetition, value);
                }
                catch (ArgumentException fault)
                {
                    throw new ArgumentException($"column {columns[leaf.Leaf].Column.Path}: {fault.Message}", fault);
                }

                break;
            case StructNode group when value is not null:
                WriteStruct(group, value, repetition);
                break;
            case ListNode list when value is not null:
                WriteList(list, value, repetition);
                break;
            default:
                if (!node.IsOptional) throw new ArgumentException($"column {columns[node.FirstLeaf].Column.Path}: expected a value, for it is required, found null");
                WriteNull(node, repetition, definition);
                break;
        }
    }

    private void WriteStruct(StructNode node, object value, int repetition)
    {
        for (var i = 0; i < node.Children.Length; i++)
        {
            var name = node.Shape.Names[i];
            var child = value switch
            {
                ParquetRow row => row.TryGet(name, out var found) ? found : null,
                IReadOnlyDictionary<string, object?> map => map.TryGetValue(name, out var found) ? found : null,
                _ => throw new ArgumentException($"column {columns[node.FirstLeaf].Column.Path}: expected a struct, found {value.GetType().Name}"),
            };
            Write(node.Children[i], child, repetition, node.DefinitionLevel);
        }
    }

    private void WriteList(ListNode node, object value, int repetition)
    {
        if (value is string or byte[] or not IEnumerable) throw new ArgumentException($"column {columns[node.FirstLeaf].Column.Path}: expected a list, found {value.GetType().Name}");
        var next = repetition;
        foreach (var element in (IEnumerable)value)
        {
            Write(node.Element, element, next, node.ElementLevel);
            next = node.RepetitionLevel;
        }

        if (next == repetition && IsEmpty((IEnumerable)value)) WriteNull(node, repetition, node.ElementLevel - 1);
    }

    private static bool IsEmpty(IEnumerable list)
    {
        foreach (var _ in list) return false;
        return true;
    }

    private void WriteNull(RowNode node, int repetition, int definition)
    {
        for (var leaf = node.FirstLeaf; leaf < node.LeafEnd; leaf++) columns[leaf].Buffer.AddNull(repetition, definition);
    }
}
