namespace Touchstone.Files.Parquet.Metadata;

/// <summary>Between the schema as a tree and as the flat list that a footer has: depth first, each group with the number of its children.</summary>
internal static class SchemaTree
{
    /// <summary>Builds the tree.</summary>
    /// <exception cref="InvalidDataException">The list is no tree, too deep, or a field contradicts itself.</exception>
    public static ParquetSchema Build(IReadOnlyList<SchemaElement> elements, int depthMax)
    {
        if (elements.Count == 0) throw new InvalidDataException("expected a schema, found none");
        var next = 1;
        try
        {
            var schema = new ParquetSchema(Children(elements, elements[0], ref next, Math.Min(depthMax, 200)));
            return next == elements.Count ? schema : throw new InvalidDataException($"expected a schema of {next} elements by its numbers of children, found {elements.Count}");
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"expected a schema of fields that do not contradict themselves; {fault.Message}", fault);
        }
    }

    /// <summary>Writes the tree as a list, the root first.</summary>
    public static void Write(CompactWriter writer, int id, ParquetSchema schema)
    {
        writer.List(id, CompactType.Struct, 1 + schema.Fields.Sum(Count));
        SchemaElement.WriteRoot(writer, schema.Fields.Count);
        foreach (var field in schema.Fields) Write(writer, field);
    }

    private static ParquetField[] Children(IReadOnlyList<SchemaElement> elements, SchemaElement parent, ref int next, int depthLeft)
    {
        if (parent.Children < 0 || parent.Children > elements.Count - next)
            throw new InvalidDataException($"expected as many elements as the group \"{parent.Name}\" has children ({parent.Children}), found {elements.Count - next}");
        if (depthLeft == 0) throw new InvalidDataException($"expected fewer groups within one another than found around \"{parent.Name}\"");
        var children = new ParquetField[parent.Children];
        for (var c = 0; c < children.Length; c++)
        {
            if (next == elements.Count) throw new InvalidDataException($"expected {children.Length} children of the group \"{parent.Name}\", found {c}");
            var element = elements[next++];
            children[c] = element.Physical is null
                ? Group(element, Children(elements, element, ref next, depthLeft - 1))
                : new ParquetColumn(element.Name, element.Repetition, element.Type());
        }

        return children;
    }

    private static ParquetGroup Group(SchemaElement element, ParquetField[] children)
    {
        // Some writers annotate the repeated group of a map as well; such an annotation says nothing more than the structure does.
        var isAnnotated = element.Repetition != ParquetRepetition.Repeated && children is [{ Repetition: ParquetRepetition.Repeated }];
        return new(element.Name, element.Repetition, children, isAnnotated ? element.GroupKind : ParquetGroupKind.Struct);
    }

    private static int Count(ParquetField field) => field is ParquetGroup group ? 1 + group.Fields.Sum(Count) : 1;

    private static void Write(CompactWriter writer, ParquetField field)
    {
        SchemaElement.Write(writer, field);
        if (field is not ParquetGroup group) return;
        foreach (var child in group.Fields) Write(writer, child);
    }
}
