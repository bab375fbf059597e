using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Touchstone.Files.Arrow;

/// <summary>A column to write, without missing values.</summary>
public sealed class ArrowValues
{
    private ArrowValues(string name, ArrowType type, int count, ReadOnlyMemory<byte>[] buffers) => (Name, Type, Count, Buffers) = (name, type, count, buffers);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What its values are.</summary>
    public ArrowType Type { get; }

    /// <summary>Rows.</summary>
    public int Count { get; }

    internal ReadOnlyMemory<byte>[] Buffers { get; }

    /// <summary>Whole numbers of 64 bits with a sign.</summary>
    public static ArrowValues Of(string name, ReadOnlySpan<long> values) => new(name, ArrowType.Int64, values.Length, [default, MemoryMarshal.AsBytes(values).ToArray()]);

    /// <summary>Real numbers of 64 bits.</summary>
    public static ArrowValues Of(string name, ReadOnlySpan<double> values) => new(name, ArrowType.Float64, values.Length, [default, MemoryMarshal.AsBytes(values).ToArray()]);

    /// <summary>Texts.</summary>
    /// <exception cref="ArgumentException">They are longer than 2 GiB together.</exception>
    public static ArrowValues Of(string name, IReadOnlyList<string> values)
    {
        var offsets = new int[values.Count + 1];
        using var bytes = new MemoryStream();
        for (var i = 0; i < values.Count; i++)
        {
            bytes.Write(Encoding.UTF8.GetBytes(values[i]));
            if (bytes.Length > int.MaxValue) throw new ArgumentException($"The texts of \"{name}\" are longer than {int.MaxValue} bytes.", nameof(values));
            offsets[i + 1] = (int)bytes.Length;
        }

        return new ArrowValues(name, ArrowType.Text, values.Count, [default, MemoryMarshal.AsBytes<int>(offsets).ToArray(), bytes.ToArray()]);
    }
}

/// <summary>Writes Arrow IPC files, which Feather files of version 2 are: one batch of rows, not compressed.</summary>
/// <remarks>Apache Arrow, Columnar format 1.5: "ARROW1", the schema, the batch, an end mark, then the index of the file (format/File.fbs). Buffers begin at multiples of 64 bytes within the batch's body.</remarks>
public static class ArrowWriter
{
    private const short Version5 = 4;           // MetadataVersion.V5 of format/Schema.fbs
    private const int BodyAlignment = 64;

    /// <summary>Writes one file.</summary>
    /// <param name="stream">Takes the file; it need not be one that can seek.</param>
    /// <param name="columns">All of one number of rows.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static void Write(Stream stream, IReadOnlyList<ArrowValues> columns)
    {
        foreach (var column in columns)
            if (column.Count != columns[0].Count) throw new ArgumentException($"The column \"{column.Name}\" has {column.Count} rows and \"{columns[0].Name}\" {columns[0].Count}.", nameof(columns));
        stream.Write("ARROW1\0\0"u8);
        var builder = new FlatBuilder();
        var schemaBytes = WriteMessage(stream, builder.Finish(Message(builder, 1, Schema(builder, columns), 0)));

        List<long> buffers = [], nodes = [];
        long bodyBytes = 0;
        foreach (var column in columns)
        {
            nodes.AddRange([column.Count, 0]);
            foreach (var buffer in column.Buffers)
            {
                buffers.AddRange([bodyBytes, buffer.Length]);
                bodyBytes += buffer.Length + Padding(buffer.Length);
            }
        }

        builder = new FlatBuilder();
        var (nodePlace, bufferPlace) = (builder.Structures(CollectionsMarshal.AsSpan(nodes), 2), builder.Structures(CollectionsMarshal.AsSpan(buffers), 2));
        var batch = builder.Begin(5).Long(0, columns.Count == 0 ? 0 : columns[0].Count).Offset(1, nodePlace).Offset(2, bufferPlace).End();
        var batchBytes = WriteMessage(stream, builder.Finish(Message(builder, 3, batch, bodyBytes)));
        Span<byte> noughts = stackalloc byte[BodyAlignment];
        noughts.Clear();
        foreach (var buffer in columns.SelectMany(c => c.Buffers))
        {
            stream.Write(buffer.Span);
            stream.Write(noughts[..Padding(buffer.Length)]);
        }

        stream.Write([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
        WriteFooter(stream, columns, [8 + schemaBytes, batchBytes, bodyBytes]);
    }

    private static int Padding(int bytes) => (BodyAlignment - bytes % BodyAlignment) % BodyAlignment;

    private static int Message(FlatBuilder builder, byte kind, int header, long bodyBytes) => builder.Begin(5).Long(3, bodyBytes).Offset(2, header).Short(0, Version5).Byte(1, kind).End();

    private static int Schema(FlatBuilder builder, IReadOnlyList<ArrowValues> columns)
    {
        var fields = new int[columns.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            const byte whole = 2, real = 3, text = 5;
            var (kind, type) = columns[i].Type switch
            {
                ArrowType.Int64 => (whole, builder.Begin(2).Int(0, 64).Byte(1, 1).End()),
                ArrowType.Float64 => (real, builder.Begin(1).Short(0, 2).End()),
                _ => (text, builder.Begin(0).End()),
            };
            var (name, children) = (builder.Text(columns[i].Name), builder.Tables([]));
            fields[i] = builder.Begin(7).Offset(0, name).Offset(3, type).Offset(5, children).Byte(1, 1).Byte(2, kind).End();
        }

        var list = builder.Tables(fields);
        return builder.Begin(4).Offset(1, list).Short(0, 0).End();
    }

    /// <returns>Bytes with the mark and the length before them.</returns>
    private static long WriteMessage(Stream stream, ReadOnlySpan<byte> message)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(head, uint.MaxValue);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], message.Length);
        stream.Write(head);
        stream.Write(message);
        return head.Length + message.Length;
    }

    private static void WriteFooter(Stream stream, IReadOnlyList<ArrowValues> columns, ReadOnlySpan<long> block)
    {
        var builder = new FlatBuilder();
        var schema = Schema(builder, columns);
        var (dictionaries, batches) = (builder.Structures([], 3), builder.Structures(block, 3));
        var footer = builder.Finish(builder.Begin(5).Offset(1, schema).Offset(2, dictionaries).Offset(3, batches).Short(0, Version5).End());
        stream.Write(footer);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        stream.Write(length);
        stream.Write("ARROW1"u8);
    }
}
