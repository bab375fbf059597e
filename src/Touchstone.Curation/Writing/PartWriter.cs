using System.Security.Cryptography;

namespace Touchstone.Curation.Writing;

/// <summary>
/// Appends blocks to a sequence of files of limited size. What was written can be made safe at any time (<see cref="Save"/>), and another writer goes on from there in files of its own:
/// it never touches those of the one before, which may belong to a process that is still alive somewhere.
/// </summary>
internal sealed class PartWriter : IDisposable
{
    private const int BufferBytes = 256 * 1024;
    private readonly string _root;
    private readonly string _folder;
    private readonly string _stem;
    private readonly string _ending;
    private readonly long _bytesMax;
    private readonly List<OutputFile> _closed;
    private FileStream? _file;
    private string? _name;
    private IncrementalHash? _hash;
    private long _bytes, _documents;

    /// <param name="root">Folder that all names are relative to.</param>
    /// <param name="folder">Folder of this writer's own below it, which is there.</param>
    /// <param name="stem">Beginning of the files' names.</param>
    /// <param name="ending">End of the files' names.</param>
    /// <param name="bytesMax">A file that a block would make longer ends before it.</param>
    /// <param name="from">Where an earlier writer had come to.</param>
    /// <exception cref="PartDamagedException">A file of the earlier writer is gone or shorter than it was.</exception>
    public PartWriter(string root, string folder, string stem, string ending, long bytesMax, PartState from)
    {
        (_root, _folder, _stem, _ending, _bytesMax) = (root, folder, stem, ending, bytesMax);
        _closed = [.. from.Closed];
        if (from.Open is not null) CopyOpen(from);
    }

    /// <summary>Appends a block.</summary>
    /// <param name="block">Bytes that are not parted; nothing of an empty one is written.</param>
    /// <param name="documents">Documents in it.</param>
    public void Append(ReadOnlySpan<byte> block, long documents)
    {
        if (block.IsEmpty) return;
        if (_file is not null && _bytes + block.Length > _bytesMax) Close();
        if (_file is null) Begin();
        _file!.Write(block);
        _hash!.AppendData(block);
        _bytes += block.Length;
        _documents += documents;
    }

    /// <summary>Brings everything to the disk and says where the next writer may go on.</summary>
    public PartState Save()
    {
        _file?.Flush(flushToDisk: true);
        return new([.. _closed], _name, _bytes, _documents);
    }

    /// <summary>Ends the last file.</summary>
    public IReadOnlyList<OutputFile> Finish()
    {
        if (_file is not null) Close();
        return _closed;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _hash?.Dispose();
        (_file, _hash) = (null, null);
    }

    private void Begin()
    {
        _name = $"{_folder}/{_stem}-{_closed.Count:000}{_ending}";
        _file = new FileStream(Path.Combine(_root, _name), FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (_bytes, _documents) = (0, 0);
    }

    private void Close()
    {
        _file!.Flush(flushToDisk: true);
        _closed.Add(new(_name!, _bytes, Convert.ToHexStringLower(_hash!.GetHashAndReset()), _documents));
        Dispose();
        (_name, _bytes, _documents) = (null, 0, 0);
    }

    private void CopyOpen(PartState from)
    {
        var earlier = Path.Combine(_root, from.Open!);
        Begin();
        using var source = OpenEarlier(earlier);
        var buffer = new byte[BufferBytes];
        while (_bytes < from.OpenBytes)
        {
            var got = source.Read(buffer, 0, (int)Math.Min(buffer.Length, from.OpenBytes - _bytes));
            if (got == 0) throw new PartDamagedException($"{earlier}: expected {from.OpenBytes} bytes that were safe, found {_bytes}; the disk lost what was written.");
            _file!.Write(buffer, 0, got);
            _hash!.AppendData(buffer.AsSpan(0, got));
            _bytes += got;
        }

        _documents = from.OpenDocuments;
    }

    private static FileStream OpenEarlier(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes);
        }
        catch (FileNotFoundException gone)
        {
            throw new PartDamagedException($"{file}: expected the file that writing goes on with, found none.", gone);
        }
    }
}
