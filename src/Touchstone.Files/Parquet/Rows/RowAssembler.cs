namespace Touchstone.Files.Parquet.Rows;

/// <summary>Puts rows together from their columns' entries, and checks that the columns agree on where structs and lists are.</summary>
/// <remarks>S. Melnik et al., Dremel: Interactive Analysis of Web-Scale Datasets, VLDB 2010, section 4.3 (record assembly).</remarks>
internal sealed class RowAssembler(StructNode root, ColumnCursor[] cursors, int elementsMax)
{
    private long _row = -1;
    private int _elements;

    /// <summary>The next row.</summary>
    public ParquetRow Next()
    {
        _row++;
        _elements = 0;
        foreach (var cursor in cursors)
        {
            if (cursor.IsAtEnd) throw cursor.Fault("expected an entry for every row, found the column's end", _row);
            if (cursor.Repetition != 0) throw cursor.Fault($"expected a row to begin with repetition level 0, found {cursor.Repetition}", _row);
        }

        return ReadStruct(root);
    }

    /// <summary>Checks that no column has more.</summary>
    public void End()
    {
        foreach (var cursor in cursors)
            if (!cursor.IsAtEnd) throw cursor.Fault("expected the column's end behind the row group's last row, found more entries", _row);
    }

    private object? Read(RowNode node) => node switch
    {
        LeafNode leaf => ReadLeaf(leaf),
        StructNode group => IsNull(group) ? null : ReadStruct(group),
        _ => ReadList((ListNode)node),
    };

    private object? ReadLeaf(LeafNode leaf)
    {
        var cursor = cursors[leaf.Leaf];
        if (cursor.Definition == leaf.DefinitionLevel)
        {
            try
            {
                return cursor.TakeValue();
            }
            catch (InvalidDataException fault)
            {
                throw cursor.Fault(fault.Message, _row, fault);
            }
        }

        if (!leaf.IsOptional || cursor.Definition != leaf.DefinitionLevel - 1) throw Disagreement(cursor, leaf.IsOptional ? leaf.DefinitionLevel - 1 : leaf.DefinitionLevel);
        cursor.PassNull();
        return null;
    }

    private ParquetRow ReadStruct(StructNode node)
    {
        var values = new object?[node.Children.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Read(node.Children[i]);
        return new(node.Shape, values);
    }

    private object?[]? ReadList(ListNode node)
    {
        if (IsNull(node)) return null;
        if (cursors[node.FirstLeaf].Definition < node.ElementLevel)
        {
            Pass(node, node.ElementLevel - 1);
            return [];
        }

        var elements = new List<object?>();
        do
        {
            if (++_elements > elementsMax) throw cursors[node.FirstLeaf].Fault($"expected at most {elementsMax} elements in a row, found more", _row);
            elements.Add(Read(node.Element));
            var repetition = cursors[node.FirstLeaf].Repetition;
            for (var leaf = node.FirstLeaf + 1; leaf < node.LeafEnd; leaf++)
                if (cursors[leaf].Repetition != repetition) throw cursors[leaf].Fault($"expected repetition level {repetition} as in column {cursors[node.FirstLeaf].Column.Path}, found {cursors[leaf].Repetition}", _row);
        }
        while (cursors[node.FirstLeaf].Repetition == node.RepetitionLevel);
        return [.. elements];
    }

    /// <summary>Passes a null over, in all columns below it.</summary>
    private bool IsNull(RowNode node)
    {
        if (!node.IsOptional || cursors[node.FirstLeaf].Definition >= node.DefinitionLevel) return false;
        Pass(node, node.DefinitionLevel - 1);
        return true;
    }

    private void Pass(RowNode node, int level)
    {
        for (var leaf = node.FirstLeaf; leaf < node.LeafEnd; leaf++)
        {
            if (cursors[leaf].Definition != level) throw Disagreement(cursors[leaf], level);
            cursors[leaf].PassNull();
        }
    }

    private ParquetFormatException Disagreement(ColumnCursor cursor, int expected) =>
        cursor.Fault(cursor.IsAtEnd ? "expected another entry, found the column's end" : $"expected definition level {expected} at least, found {cursor.Definition}; columns of one struct or list disagree", _row);
}
