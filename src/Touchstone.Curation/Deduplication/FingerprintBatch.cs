using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Curation.Deduplication;

/// <summary>Records of some documents on their way from a <see cref="Fingerprinter"/> to a <see cref="ShardWriter"/>; memory that is used again.</summary>
public sealed class FingerprintBatch
{
    private byte[] _bytes = new byte[16 * 1024];

    /// <summary>Bytes that the batch holds: a reason to hand it on.</summary>
    public int ByteCount { get; private set; }

    /// <summary>Forgets all records.</summary>
    public void Clear() => ByteCount = 0;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, ByteCount);

    /// <summary>Room at the end of the batch, which counts as filled.</summary>
    internal Span<byte> Extend(int bytes)
    {
        if (_bytes.Length - ByteCount < bytes) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, ByteCount + bytes));
        var room = _bytes.AsSpan(ByteCount, bytes);
        ByteCount += bytes;
        return room;
    }

    internal void Append<T>(T value)
        where T : unmanaged => MemoryMarshal.Write(Extend(Unsafe.SizeOf<T>()), value);
}
