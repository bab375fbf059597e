using System.Buffers.Binary;
using Touchstone.Files.Compression;

namespace Touchstone.Files.Arrow;

/// <summary>Reads Arrow IPC files, which Feather files of version 2 are, and streams: flat columns of numbers and texts, of dictionaries too, plain or compressed by LZ4 or Zstandard.</summary>
/// <remarks>
/// Apache Arrow, Columnar format 1.5, "Serialization and Interprocess Communication (IPC)", format/Schema.fbs and format/Message.fbs. Columns of lists, structs and other types that hold columns are refused by name. Nothing is allocated on the word of a head beyond what the file holds, and compressed buffers only within <see cref="ArrowLimits"/>.
/// </remarks>
public sealed class ArrowReader
{
    private const uint Continuation = 0xFFFFFFFF;

    private readonly string _file;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ArrowLimits _limits;
    private readonly List<ArrowField> _fields = [];
    private readonly Dictionary<long, ArrowDictionary> _dictionaries = [];
    private readonly List<ArrowBatch> _batches = [];
    private long _unpackedLeft;

    private ArrowReader(string file, ReadOnlyMemory<byte> bytes, ArrowLimits limits)
    {
        (_file, _bytes, _limits) = (file, bytes, limits);
        _unpackedLeft = limits.ExpansionFreeBytes + (long)bytes.Length * limits.ExpansionMax;
    }

    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Whether a file begins as one does.</summary>
    public static bool IsArrowFile(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Magic);

    /// <summary>Reads one file.</summary>
    /// <param name="stream">The file; it need not be one that can seek.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="limits">How much memory it may take.</param>
    /// <returns>The batches in the file's order; values that the file has wrong are told when they are read.</returns>
    /// <exception cref="ArrowFormatException">The file is no Arrow file, contradicts itself, ends too early, holds columns that are not flat, or is larger than the limits.</exception>
    /// <exception cref="DllNotFoundException">It is compressed by Zstandard and the system has no libzstd.</exception>
    public static IReadOnlyList<ArrowBatch> Read(Stream stream, string fileName = "table.feather", ArrowLimits? limits = null)
    {
        limits ??= ArrowLimits.Default;
        var reader = new ArrowReader(fileName, ReadAll(stream, fileName, limits), limits);
        reader.ReadMessages();
        return reader._batches;
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream stream, string fileName, ArrowLimits limits)
    {
        if (stream.CanSeek && stream.Length > limits.FileBytesMax) throw new ArrowFormatException(fileName, null, $"{stream.Length} bytes; at most {limits.FileBytesMax} are read.");
        using var all = new MemoryStream(stream.CanSeek ? (int)stream.Length : 0);
        var chunk = new byte[1 << 16];
        for (int got; (got = stream.Read(chunk)) > 0;)
        {
            if (all.Length + got > limits.FileBytesMax) throw new ArrowFormatException(fileName, null, $"more than {limits.FileBytesMax} bytes, which are the most that are read.");
            all.Write(chunk, 0, got);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    private void ReadMessages()
    {
        var bytes = _bytes.Span;
        if (bytes.StartsWith("FEA1"u8)) throw new ArrowFormatException(_file, 0, "this is a Feather file of version 1; version 2, which is an Arrow file, was expected.");
        if (bytes.StartsWith(Magic)) ReadFile();
        else if (bytes.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Continuation) ReadStream();
        else throw new ArrowFormatException(_file, 0, "this is no Arrow file: it begins neither with ARROW1 nor with a message.");
        foreach (var field in _fields)
            if (field.Dictionary is { IsFilled: false } && _batches.Exists(b => b.Count > 0)) throw new ArrowFormatException(_file, null, $"the dictionary of the column \"{field.Name}\" is missing.");
    }

    /// <summary>A file: its end has the schema and tells where the messages are. Some programs write the schema nowhere else.</summary>
    private void ReadFile()
    {
        var bytes = _bytes.Span;
        var end = bytes.Length - Magic.Length - 4;
        if (end < 8 || !bytes.EndsWith(Magic)) throw new ArrowFormatException(_file, bytes.Length, "the file does not end with ARROW1: its end is missing.");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[end..]);
        if (length > end - 8) throw new ArrowFormatException(_file, end, $"an index of {length} bytes; {end - 8} stand before it.");
        var start = end - (int)length;
        var footer = FlatTable.Root(bytes.Slice(start, (int)length), new FlatPlace(_file, start));
        ReadSchema(footer.Table(1, "a schema"));
        ReadBlocks(footer, 2, start);
        ReadBlocks(footer, 3, start);
    }

    private void ReadBlocks(FlatTable footer, int field, int end)
    {
        var blocks = footer.Vector(field, 24, out var count);
        var at = 8;
        for (var i = 0; i < count; i++)
        {
            // One message told twice would be read twice: a small file could keep a reader busy for ever.
            var offset = BinaryPrimitives.ReadInt64LittleEndian(blocks[(24 * i)..]);
            if (offset < at || offset > end - 8) throw footer.Fault($"a message at byte {offset}; bytes {at} to {end - 8} were expected.");
            at = (int)offset;
            if (!TryReadMessage(ref at, hasSchema: true, out _)) throw new ArrowFormatException(_file, offset, "a message was expected; an end mark found.");
        }
    }

    private void ReadStream()
    {
        var (at, hasSchema) = (0, false);
        while (at <= _bytes.Length - 4 && TryReadMessage(ref at, hasSchema, out var isSchema)) hasSchema |= isSchema;
        if (!hasSchema) throw new ArrowFormatException(_file, at, "the file ends before its schema.");
    }

    /// <summary>Reads the message at a place and goes behind it.</summary>
    /// <returns>False at an end mark.</returns>
    private bool TryReadMessage(ref int at, bool hasSchema, out bool isSchema)
    {
        var bytes = _bytes.Span;
        var start = at;
        isSchema = false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        at += 4;
        if (length == Continuation)
        {
            if (at > bytes.Length - 4) throw new ArrowFormatException(_file, at, "the file ends before the length of a message.");
            length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            at += 4;
        }

        if (length == 0) return false;
        if (length > bytes.Length - at) throw new ArrowFormatException(_file, start, $"a message of {length} bytes; {bytes.Length - at} are left of the file.");
        var message = FlatTable.Root(bytes.Slice(at, (int)length), new FlatPlace(_file, at));
        at += (int)length;
        var bodyLength = message.Long(3);
        if (bodyLength < 0 || bodyLength > bytes.Length - at) throw new ArrowFormatException(_file, start, $"a message with a body of {bodyLength} bytes; {bytes.Length - at} are left of the file.");
        isSchema = ReadMessage(message, new Body(at, _bytes.Slice(at, (int)bodyLength)), hasSchema);
        at += (int)bodyLength;
        return true;
    }

    /// <summary>What follows a message's head.</summary>
    private readonly record struct Body(long Offset, ReadOnlyMemory<byte> Bytes);

    private bool ReadMessage(FlatTable message, Body body, bool hasSchema)
    {
        const byte schema = 1, dictionaryBatch = 2, recordBatch = 3;
        var kind = message.Byte(1);
        if (kind == schema == hasSchema) throw message.Fault(hasSchema ? "a second schema." : $"a message of the kind {kind} before the schema.");
        switch (kind)
        {
            case schema:
                ReadSchema(message.Table(2, "a schema"));
                return true;
            case dictionaryBatch:
                ReadDictionary(message.Table(2, "a dictionary"), body);
                return true;
            case recordBatch:
                var (count, columns) = ReadBatch(message.Table(2, "a batch of rows"), _fields, body);
                _batches.Add(new ArrowBatch(count, columns));
                return true;
            default:
                throw message.Fault($"a message of the kind {kind}; a dictionary (2) or a batch of rows (3) was expected.");
        }
    }

    private void ReadSchema(FlatTable schema)
    {
        if (schema.Short(0) != 0) throw schema.Fault("its numbers are big-endian; little-endian ones were expected.");
        schema.Vector(1, 4, out var count);
        if (count > _limits.FieldsMax) throw schema.Fault($"{count} columns; at most {_limits.FieldsMax} are read.");
        for (var i = 0; i < count; i++)
        {
            var field = ArrowField.Read(schema.TableOf(1, i), out var dictionary);
            if (dictionary is { } id)
            {
                if (!_dictionaries.TryGetValue(id, out var known)) _dictionaries.Add(id, known = new ArrowDictionary(field.Type));
                field = field with { Type = field.IndexType, Dictionary = known };
            }

            _fields.Add(field);
        }
    }

    private void ReadDictionary(FlatTable table, Body body)
    {
        var id = table.Long(0);
        if (!_dictionaries.TryGetValue(id, out var dictionary)) throw table.Fault($"a dictionary {id} that no column names.");
        if (dictionary.IsFilled && table.Byte(2) == 0) throw table.Fault($"the dictionary {id} is replaced by another; that is not read.");
        var (_, columns) = ReadBatch(table.Table(1, "the values of a dictionary"), [new ArrowField($"dictionary {id}", dictionary.Type, default, null)], body);
        dictionary.Add(columns[0]);
    }

    private (int Count, ArrowColumn[] Columns) ReadBatch(FlatTable batch, List<ArrowField> fields, Body body)
    {
        var count = batch.Long(0);
        var nodes = batch.Vector(1, 16, out var nodeCount);
        if (nodeCount != fields.Count) throw batch.Fault($"{nodeCount} columns in a batch of a schema with {fields.Count}.");
        var buffers = new ArrowBuffers(_file, batch, body.Offset, body.Bytes);
        var columns = new ArrowColumn[fields.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt64LittleEndian(nodes[(16 * i)..]);
            if (length != count) throw batch.Fault($"{length} values of \"{fields[i].Name}\" in a batch of {count} rows.");
            columns[i] = ReadColumn(fields[i], count, BinaryPrimitives.ReadInt64LittleEndian(nodes[(16 * i + 8)..]), ref buffers, batch);
        }

        // Columns without values say nothing of how many rows the file can hold.
        if (count is < 0 or > int.MaxValue || count > 0 && fields.TrueForAll(f => f.Type == ArrowType.Null)) throw batch.Fault($"a batch of {count} rows without a column that has values.");
        return ((int)count, columns);
    }

    private ArrowColumn ReadColumn(ArrowField field, long count, long nulls, ref ArrowBuffers buffers, FlatTable batch)
    {
        if (field.Type == ArrowType.Null) return new ArrowColumn(_file, field.Name, field.Type, (int)Math.Clamp(count, 0, int.MaxValue), default, default, default, null);
        var validity = buffers.Next(field.Name, ref _unpackedLeft);
        var offsets = field.Type.IsText() ? buffers.Next(field.Name, ref _unpackedLeft) : default;
        var values = buffers.Next(field.Name, ref _unpackedLeft);
        if (nulls == 0 || nulls < 0 && validity.IsEmpty) validity = default;      // -1 where nobody counted them
        else if (validity.Length * 8L < count) throw batch.Fault($"{validity.Length} bytes tell which of {count} values of \"{field.Name}\" are there; {(count + 7) / 8} were expected.");
        var (stored, needed) = field.Type.IsText()
            ? (offsets.Length, count == 0 ? 0 : Int128.One * (count + 1) * (field.Type == ArrowType.Text ? 4 : 8))
            : (values.Length, field.Type == ArrowType.Bool ? (count + Int128.One * 7) / 8 : Int128.One * count * field.Type.ValueBytes());
        if (count < 0 || stored < needed) throw batch.Fault($"{stored} bytes for {count} values of \"{field.Name}\"; {needed} were expected.");
        return new ArrowColumn(_file, field.Name, field.Type, (int)Math.Min(count, int.MaxValue), validity, offsets, values, field.Dictionary);
    }
}

/// <summary>The buffers of a batch, one after another.</summary>
internal ref struct ArrowBuffers
{
    private readonly string _file;
    private readonly long _offset;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly FlatTable _batch;
    private readonly ReadOnlySpan<byte> _buffers;
    private readonly int _count;
    private readonly int? _codec;
    private int _next;
    private long _end;

    public ArrowBuffers(string file, FlatTable batch, long offset, ReadOnlyMemory<byte> body)
    {
        (_file, _offset, _body) = (file, offset, body);
        _batch = batch;
        _buffers = batch.Vector(2, 16, out _count);
        if (!batch.Has(3)) return;
        var compression = batch.Table(3, "a compression");
        _codec = compression.Byte(0);
        if (_codec > 1 || compression.Byte(1) != 0) throw compression.Fault($"buffers compressed by the codec {_codec}, method {compression.Byte(1)}; LZ4 frames (0) or Zstandard (1) were expected.");
    }

    /// <summary>The next buffer, decompressed where it is compressed.</summary>
    public ReadOnlyMemory<byte> Next(string column, ref long unpackedLeft)
    {
        if (_next == _count) throw _batch.Fault($"the buffers of \"{column}\" are missing: the batch has {_count}.");
        var entry = _buffers.Slice(16 * _next++, 16);
        var (offset, length) = (BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry[8..]));
        if (offset < 0 || length < 0 || offset > _body.Length || length > _body.Length - offset) throw _batch.Fault($"a buffer of \"{column}\" is {length} bytes from byte {offset} of a body of {_body.Length}.");
        if (length > 0 && offset < _end) throw _batch.Fault($"a buffer of \"{column}\" begins at byte {offset} of the body, within the one before, which ends at byte {_end}.");
        _end = Math.Max(_end, offset + length);
        var bytes = _body.Slice((int)offset, (int)length);
        if (_codec is null || length == 0) return bytes;

        // A compressed buffer begins with its length, or with -1 where compression did not pay.
        if (length < 8) throw new ArrowFormatException(_file, _offset + offset, $"a compressed buffer of \"{column}\" of {length} bytes; 8 or more were expected.");
        var unpacked = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        if (unpacked == -1) return bytes[8..];
        if (unpacked == 0) return default;          // some programs write no frame for it
        if (unpacked < 0 || unpacked > Math.Min(unpackedLeft, Array.MaxLength)) throw new ArrowFormatException(_file, _offset + offset, $"a buffer of \"{column}\" is said to unpack to {unpacked} bytes; at most {unpackedLeft} more are read.");
        unpackedLeft -= unpacked;
        try
        {
            if (_codec == 0) return Lz4Frame.Decode(bytes.Span[8..], (int)unpacked);
            byte[] content = [];
            Zstd.Decompress(bytes.Span[8..], (int)unpacked, ref content);
            return content.AsMemory(0, (int)unpacked);
        }
        catch (InvalidDataException fault)
        {
            throw new ArrowFormatException(_file, _offset + offset, $"a buffer of \"{column}\" is damaged: {fault.Message}.", fault);
        }
    }
}
