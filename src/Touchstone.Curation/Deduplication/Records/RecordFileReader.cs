using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Reads a file of records from its beginning to its end and verifies each block before a record of it is given.</summary>
internal sealed class RecordFileReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _blockStride;
    private readonly byte[] _buffer;
    private long _offset, _left, _block;
    private ulong _digest;
    private int _bufferEnd, _blockEnd;

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

        _blockStride = RecordFileFormat.RecordsInBlock(recordBytes) * recordBytes + RecordFileFormat.ChecksumBytes;
        _left = Info.Records;
        _offset = RecordFileFormat.HeaderBytes;
        var most = Math.Min(bufferBytes, RandomAccess.GetLength(_file) - RecordFileFormat.HeaderBytes - RecordFileFormat.FooterBytes);
        _buffer = new byte[(int)Math.Clamp(most / _blockStride + (most % _blockStride == 0 ? 0 : 1), 1, 64) * _blockStride];
    }

    public RecordFileInfo Info { get; }

    public int RecordBytes { get; }

    /// <summary>Where the record at hand begins in <see cref="Buffer"/>.</summary>
    public int At { get; private set; }

    /// <summary>Holds the record at hand.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>The record at hand.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(At, RecordBytes);

    /// <summary>Takes the next record in hand.</summary>
    /// <returns>False behind the last one.</returns>
    /// <exception cref="RecordFileException">A block does not fit its checksum.</exception>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            if (_digest != Info.Digest) throw new RecordFileException($"{_path}: its blocks do not fit the digest in its footer. Delete it and run again.");
            return false;
        }

        At = _left == Info.Records ? 0 : At + RecordBytes;
        if (At >= _blockEnd) NextBlock();
        _left--;
        return true;
    }

    private void NextBlock()
    {
        At = _blockEnd == 0 ? 0 : _blockEnd + RecordFileFormat.ChecksumBytes;
        if (At >= _bufferEnd) Fill();
        var bytes = (int)Math.Min(_blockStride - RecordFileFormat.ChecksumBytes, _left * RecordBytes);
        _blockEnd = At + bytes;
        var checksum = BinaryPrimitives.ReadUInt64LittleEndian(_buffer.AsSpan(_blockEnd));
        if (XxHash64.Hash(_buffer.AsSpan(At, bytes), (ulong)_block) != checksum)
            throw new RecordFileException($"{_path}: block {_block} (at byte {RecordFileFormat.HeaderBytes + _block * _blockStride}) does not fit its checksum. Delete the file and run again.");
        _digest = RecordDigest.Add(_digest, checksum);
        _block++;
    }

    private void Fill()
    {
        var rest = RandomAccess.GetLength(_file) - RecordFileFormat.FooterBytes - _offset;
        _bufferEnd = (int)Math.Min(_buffer.Length, rest);
        RecordFileFormat.ReadExactly(_path, _file, _buffer.AsSpan(0, _bufferEnd), _offset);
        _offset += _bufferEnd;
        At = 0;
    }

    public void Dispose() => _file.Dispose();
}
