using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Reads records of a file at any place; verifies every block that it reads and keeps the last one.</summary>
internal sealed class RecordFileRandomReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _recordBytes, _recordsInBlock;
    private readonly byte[] _block;
    private readonly RecordFileInfo _info;
    private long _blockAtHand = -1;

    public RecordFileRandomReader(string path, int recordBytes, ulong fingerprint)
    {
        _info = RecordFiles.Expect(path, recordBytes, fingerprint);
        (_path, _recordBytes, _recordsInBlock) = (path, recordBytes, RecordFileFormat.RecordsInBlock(recordBytes));
        _block = new byte[_recordsInBlock * recordBytes + RecordFileFormat.ChecksumBytes];
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess);
    }

    /// <summary>Copies records that follow each other.</summary>
    /// <param name="first">Number of the first one.</param>
    /// <param name="records">Takes them; a whole number of records.</param>
    /// <exception cref="RecordFileException">There are not as many, or a block does not fit its checksum.</exception>
    public void Read(long first, Span<byte> records)
    {
        if (first < 0 || first + records.Length / _recordBytes > _info.Records)
            throw new RecordFileException($"{_path} has {_info.Records} records, and {records.Length / _recordBytes} from {first} on are asked for: the files of its folder are of different runs.");
        while (!records.IsEmpty)
        {
            Load(first / _recordsInBlock);
            var start = (int)(first % _recordsInBlock);
            var bytes = Math.Min(records.Length, (_recordsInBlock - start) * _recordBytes);
            _block.AsSpan(start * _recordBytes, bytes).CopyTo(records);
            records = records[bytes..];
            first += bytes / _recordBytes;
        }
    }

    private void Load(long block)
    {
        if (block == _blockAtHand) return;
        _blockAtHand = -1;
        var bytes = (int)Math.Min(_recordsInBlock, _info.Records - block * _recordsInBlock) * _recordBytes;
        var offset = RecordFileFormat.HeaderBytes + block * _block.Length;
        RecordFileFormat.ReadExactly(_path, _file, _block.AsSpan(0, bytes + RecordFileFormat.ChecksumBytes), offset);
        if (XxHash64.Hash(_block.AsSpan(0, bytes), (ulong)block) != BinaryPrimitives.ReadUInt64LittleEndian(_block.AsSpan(bytes)))
            throw new RecordFileException($"{_path}: block {block} (at byte {offset}) does not fit its checksum. Delete the file and run again.");
        _blockAtHand = block;
    }

    public void Dispose() => _file.Dispose();
}
