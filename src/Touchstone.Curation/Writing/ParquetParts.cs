using System.Security.Cryptography;
using Touchstone.Files.Parquet;

namespace Touchstone.Curation.Writing;

/// <summary>A document as a row of Parquet.</summary>
/// <param name="Id">Its name, UTF-8.</param>
/// <param name="Text">Its text, UTF-8.</param>
/// <param name="Metadata">All else that is known of it, as a JSON object in UTF-8.</param>
public readonly record struct ParquetDocument(byte[] Id, byte[] Text, byte[] Metadata);

/// <summary>Writes documents to a sequence of Parquet files of limited size with the columns id, text and metadata. A file is good only as a whole, so that work is safe only between two.</summary>
internal sealed class ParquetParts : IDisposable
{
    private readonly string _root;
    private readonly string _folder;
    private readonly string _stem;
    private readonly long _bytesMax;
    private readonly ParquetWriterOptions _options;
    private readonly List<OutputFile> _closed;
    private FileStream? _file;
    private ParquetWriter? _writer;
    private string _name = "";
    private long _pending;

    public ParquetParts(string root, string folder, string stem, long bytesMax, ParquetCompression compression, PartState from)
    {
        (_root, _folder, _stem, _bytesMax) = (root, folder, stem, bytesMax);
        _options = ParquetWriterOptions.Default with { Compression = compression, RowGroupBytesMax = Math.Min(32 << 20, Math.Max(1 << 20, bytesMax)) };
        _closed = [.. from.Closed];
    }

    /// <summary>True between two files.</summary>
    public bool IsSafe => _file is null;

    public void Append(ReadOnlySpan<ParquetDocument> documents)
    {
        if (documents.IsEmpty) return;
        if (_file is null) Begin();
        foreach (var (id, text, metadata) in documents)
        {
            _writer!.Columns[0].Append(id);
            _writer.Columns[1].Append(text);
            _writer.Columns[2].Append(metadata);
            _writer.EndRow();
            _pending += id.Length + text.Length + metadata.Length;
        }

        // What waits in memory counts as it will lie compressed at least: a third.
        if (_file!.Position + _pending / 3 >= _bytesMax) Close();
        else if (_pending >= _options.RowGroupBytesMax) _pending = 0;
    }

    public PartState Save() => new([.. _closed], null, 0, 0);

    public IReadOnlyList<OutputFile> Finish()
    {
        if (_file is not null) Close();
        return _closed;
    }

    public void Dispose()
    {
        _file?.Dispose();
        (_file, _writer) = (null, null);
    }

    private void Begin()
    {
        _name = $"{_folder}/{_stem}-{_closed.Count:000}.parquet";
        _file = new FileStream(Path.Combine(_root, _name), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 256 * 1024);
        _writer = new ParquetWriter(_file, new([ParquetField.Required("id", ParquetType.String), ParquetField.Required("text", ParquetType.String), ParquetField.Required("metadata", ParquetType.Json)]), _options);
        _pending = 0;
    }

    private void Close()
    {
        _writer!.Finish();
        _file!.Flush(flushToDisk: true);
        _file.Position = 0;
        var digest = Convert.ToHexStringLower(SHA256.HashData(_file));
        _closed.Add(new(_name, _file.Length, digest, _writer.RowCount));
        Dispose();
    }
}
