using System.Buffers.Binary;
using Touchstone.Files.Parquet.Metadata;
using Touchstone.Files.Parquet.Rows;

namespace Touchstone.Files.Parquet;

/// <summary>
/// Reads Parquet files: all types and encodings of the format, pages of both versions, without compression or with Snappy, gzip,
/// Brotli, LZ4_RAW or Zstandard. Rows stream: a page and a dictionary for each column that is read are held, whatever the file's size.
/// </summary>
/// <remarks>Apache Parquet, format 2.11. Not read: encrypted files, LZO, LZ4 with Hadoop's frames, columns in other files. Not for several threads at once.</remarks>
public sealed class ParquetReader
{
    private const int TailBytes = 8;
    private static readonly ParquetLimits Limits = ParquetLimits.Default;
    private readonly Stream _stream;
    private readonly ParquetLimits _limits;
    private readonly FileMetadata _file;

    private ParquetReader(Stream stream, string name, ParquetLimits limits, FileMetadata file)
    {
        (_stream, Name, _limits, _file) = (stream, name, limits, file);
    }

    /// <summary>Name of the file, as messages give it.</summary>
    public string Name { get; }

    /// <summary>The fields of its rows.</summary>
    public ParquetSchema Schema => _file.Schema;

    /// <summary>All rows.</summary>
    public long RowCount => _file.RowCount;

    /// <summary>The row groups in order.</summary>
    public IReadOnlyList<ParquetRowGroup> RowGroups => _file.RowGroups;

    /// <summary>What the writer noted beside the rows; of two values with one key the last.</summary>
    public IReadOnlyDictionary<string, string> KeyValues => _file.KeyValues;

    /// <summary>The program that wrote the file, as it calls itself; empty where it does not.</summary>
    public string CreatedBy => _file.CreatedBy;

    /// <summary>Reads a file's footer.</summary>
    /// <param name="stream">A readable stream that can seek; it stays open and must so while rows are read.</param>
    /// <param name="name">Name of the file for messages.</param>
    /// <param name="limits">The largest parts to accept; the defaults when null.</param>
    /// <exception cref="ParquetFormatException">The file is no Parquet, cut, encrypted, or its footer is broken.</exception>
    public static ParquetReader Open(Stream stream, string name, ParquetLimits? limits = null)
    {
        limits ??= Limits;
        if (!stream.CanSeek) throw new ArgumentException("Parquet is read from its end; the stream cannot seek.", nameof(stream));
        try
        {
            var length = stream.Length;
            Span<byte> edge = stackalloc byte[TailBytes];
            if (length < 4 + TailBytes) throw new InvalidDataException($"expected a Parquet file, found {length} bytes");
            ReadAt(stream, 0, edge[..4]);
            CheckMagic(edge[..4], "begin");
            ReadAt(stream, length - TailBytes, edge);
            CheckMagic(edge[4..], "end");
            var footerBytes = BinaryPrimitives.ReadUInt32LittleEndian(edge);
            if (footerBytes > length - 4 - TailBytes) throw new InvalidDataException($"expected a footer of {footerBytes} bytes, found a file of {length}");
            if (footerBytes > limits.FooterBytesMax) throw new InvalidDataException($"expected a footer of at most {limits.FooterBytesMax} bytes, found {footerBytes}");
            var footer = new byte[footerBytes];
            var start = length - TailBytes - footerBytes;
            ReadAt(stream, start, footer);
            return new(stream, name, limits, FooterReader.Read(footer, start, limits));
        }
        catch (InvalidDataException fault)
        {
            throw new ParquetFormatException(name, default, fault.Message, fault);
        }
    }

    /// <summary>Reads all rows, one after another.</summary>
    /// <param name="fields">Paths of the fields to read, such as <c>box</c> or <c>box.width</c>, each with all below it; all when null. Others take no time.</param>
    /// <exception cref="ArgumentException">A path is of no field, or there is none.</exception>
    /// <exception cref="ParquetFormatException">A page is broken or columns disagree; what was given before is right.</exception>
    public IEnumerable<ParquetRow> ReadRows(IReadOnlyCollection<string>? fields = null)
    {
        var plan = Plan(fields);
        return Enumerable.Range(0, RowGroups.Count).SelectMany(g => ReadGroup(g, plan));
    }

    /// <summary>Reads the rows of one row group; see <see cref="ReadRows"/>.</summary>
    /// <param name="rowGroup">From 0.</param>
    /// <param name="fields">Paths of the fields to read; all when null.</param>
    public IEnumerable<ParquetRow> ReadRowGroup(int rowGroup, IReadOnlyCollection<string>? fields = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rowGroup, (uint)RowGroups.Count, nameof(rowGroup));
        return ReadGroup(rowGroup, Plan(fields));
    }

    /// <summary>Reads one column of one row group as numbers and bytes, without making objects of them.</summary>
    /// <param name="rowGroup">From 0.</param>
    /// <param name="column">A column of <see cref="Schema"/>.</param>
    public ParquetColumnReader ReadColumn(int rowGroup, ParquetColumn column)
    {
        if (column.Index >= Schema.Columns.Count || !ReferenceEquals(Schema.Columns[column.Index], column))
            throw new ArgumentException($"The column {column.Path} is of another schema.", nameof(column));
        return new(_stream, Name, rowGroup, RowGroups[rowGroup].Chunks[column.Index], _limits);
    }

    private IEnumerable<ParquetRow> ReadGroup(int rowGroup, (StructNode Root, List<ParquetColumn> Columns) plan)
    {
        var assembler = new RowAssembler(plan.Root, [.. plan.Columns.Select(c => new ColumnCursor(ReadColumn(rowGroup, c)))], _limits.RowElementsMax);
        for (long row = 0; row < RowGroups[rowGroup].RowCount; row++) yield return assembler.Next();
        assembler.End();
    }

    private (StructNode Root, List<ParquetColumn> Columns) Plan(IReadOnlyCollection<string>? fields)
    {
        foreach (var path in fields ?? [])
            if (!Schema.Columns.Any(c => IsWithin(c, path))) throw new ArgumentException($"{Name} has no field {path}; its columns are {string.Join(", ", Schema.Columns.Take(50).Select(c => c.Path))}.", nameof(fields));
        if (fields is { Count: 0 }) throw new ArgumentException("No field is to be read.", nameof(fields));
        var columns = new List<ParquetColumn>();
        var names = new List<string>();
        var nodes = new List<RowNode>();
        foreach (var field in Schema.Fields)
        {
            if (RowNode.Of(field, c => fields is null || fields.Any(f => IsWithin(c, f)), columns) is not { } node) continue;
            names.Add(field.Name);
            nodes.Add(node);
        }

        return (new StructNode(0, IsOptional: false, 0, columns.Count, [.. nodes], new(names)), columns);
    }

    private static bool IsWithin(ParquetColumn column, string path) =>
        column.Path.StartsWith(path, StringComparison.Ordinal) && (column.Path.Length == path.Length || column.Path[path.Length] == '.');

    private static void CheckMagic(ReadOnlySpan<byte> magic, string where)
    {
        if (magic.SequenceEqual("PARE"u8)) throw new InvalidDataException("the file is encrypted, which is not supported");
        if (!magic.SequenceEqual(ParquetWriter.Magic)) throw new InvalidDataException($"expected a Parquet file to {where} with PAR1, found the bytes {Convert.ToHexStringLower(magic)}");
    }

    private static void ReadAt(Stream stream, long offset, Span<byte> bytes)
    {
        stream.Position = offset;
        var got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length) throw new InvalidDataException($"expected {bytes.Length} bytes at byte {offset}, found {got}");
    }
}
