using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Reads a file of records from its beginning to its end and verifies each block before a record of it is given.</summary>
internal sealed class RecordFileReader : IDisposable
{
    /// <summary>Half a megabyte or so: more is no faster on a disk that reads ahead.</summary>
    private const int BlocksAtOnceMax = 8;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _recordsInBlock, _blocksAtOnce;
    private byte[] _buffer;
    private long _offset, _left, _block;
    private ulong _digest;
    private int _at, _bufferEnd, _blockEnd;

    /// <summary>Opens a file and checks its frame.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recordBytes">Bytes that each record must have.</param>
    /// <param name="bufferBytes">How much is read at once; at least one block is.</param>
    public RecordFileReader(string path, int recordBytes, long bufferBytes)
    {
        (_path, RecordBytes) = (path, recordBytes);
        try
        {
            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RecordFileException($"{path} is missing: the step that writes it has not run to its end.", failure);
        }

        try
        {
            Info = RecordFileFormat.Read(path, _file, recordBytes);
        }
        catch
        {
            _file.Dispose();
            throw;
        }

        _recordsInBlock = RecordFileFormat.RecordsInBlock(recordBytes);
        var blockBytes = _recordsInBlock * recordBytes + RecordFileFormat.ChecksumBytes;
        (_left, _offset, _at) = (Info.Records, RecordFileFormat.HeaderBytes, -recordBytes);
        var most = Math.Min(bufferBytes, RandomAccess.GetLength(_file) - RecordFileFormat.HeaderBytes - RecordFileFormat.FooterBytes);
        _blocksAtOnce = (int)Math.Clamp(most / blockBytes, 1, BlocksAtOnceMax);
        _buffer = ArrayPool<byte>.Shared.Rent(_blocksAtOnce * blockBytes);
    }

    public RecordFileInfo Info { get; }

    public int RecordBytes { get; }

    /// <summary>The record at hand.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_at, RecordBytes);

    /// <summary>Takes the next record in hand.</summary>
    /// <returns>False behind the last one.</returns>
    /// <exception cref="RecordFileException">A block does not fit its checksum.</exception>
    public bool MoveNext()
    {
        _at += RecordBytes;
        return _at < _blockEnd || NextBlock();
    }

    private bool NextBlock()
    {
        if (_left == 0)
        {
            _at = _blockEnd - RecordBytes;
            if (_digest != Info.Digest) throw new RecordFileException($"{_path}: its blocks do not fit the digest in its footer. Delete it and run again.");
            return false;
        }

        _at = _blockEnd == 0 ? 0 : _blockEnd + RecordFileFormat.ChecksumBytes;
        if (_at >= _bufferEnd) Fill();
        var records = Math.Min(_recordsInBlock, _left);
        _blockEnd = _at + (int)records * RecordBytes;
        var checksum = BinaryPrimitives.ReadUInt64LittleEndian(_buffer.AsSpan(_blockEnd));
        if (XxHash64.Hash(_buffer.AsSpan(_at, _blockEnd - _at), (ulong)_block) != checksum)
            throw new RecordFileException($"{_path}: block {_block} (at byte {RecordFileFormat.HeaderBytes + _block * ((long)_recordsInBlock * RecordBytes + RecordFileFormat.ChecksumBytes)}) does not fit its checksum. Delete the file and run again.");
        _digest = RecordDigest.Add(_digest, checksum);
        _left -= records;
        _block++;
        return true;
    }

    private void Fill()
    {
        var rest = RandomAccess.GetLength(_file) - RecordFileFormat.FooterBytes - _offset;
        _bufferEnd = (int)Math.Min(_blocksAtOnce * ((long)_recordsInBlock * RecordBytes + RecordFileFormat.ChecksumBytes), rest);
        RecordFileFormat.ReadExactly(_path, _file, _buffer.AsSpan(0, _bufferEnd), _offset);
        _offset += _bufferEnd;
        _at = 0;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
