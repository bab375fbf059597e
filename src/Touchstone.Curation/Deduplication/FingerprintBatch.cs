using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Curation.Deduplication;

/// <summary>Records of some documents on their way from a <see cref="Fingerprinter"/> to a <see cref="ShardWriter"/>; memory that is used again.</summary>
public sealed class FingerprintBatch
{
    private const int KeptBytesMax = 64 << 20;

    private byte[] _bytes = new byte[16 * 1024];

    /// <summary>Bytes that the batch holds: a reason to hand it on.</summary>
    public int ByteCount { get; private set; }

    /// <summary>Forgets all records, and gives memory back that one huge document took.</summary>
    public void Clear()
    {
        ByteCount = 0;
        if (_bytes.Length > KeptBytesMax) _bytes = new byte[16 * 1024];
    }

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, ByteCount);

    /// <summary>Room at the end of the batch, which counts as filled.</summary>
    /// <exception cref="InvalidOperationException">The batch cannot grow any more.</exception>
    internal Span<byte> Extend(int bytes)
    {
        if (_bytes.Length - ByteCount < bytes)
        {
            var needed = (long)ByteCount + bytes;
            if (needed > Array.MaxLength) throw new InvalidOperationException($"A batch of fingerprints cannot grow to {needed:N0} bytes: hand batches on to the shard's writer after fewer documents.");
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, needed)));
        }

        var room = _bytes.AsSpan(ByteCount, bytes);
        ByteCount += bytes;
        return room;
    }

    internal void Append<T>(T value)
        where T : unmanaged => MemoryMarshal.Write(Extend(Unsafe.SizeOf<T>()), value);
}
