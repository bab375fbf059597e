namespace Touchstone.Server.Trust.Consensus;

/// <summary>Ids in the order of their bytes as written, which is the order of both databases and, for UUIDv7, of time.</summary>
internal sealed class UuidOrder : IComparer<Guid>
{
    public static readonly UuidOrder Instance = new();

    public int Compare(Guid x, Guid y)
    {
        Span<byte> first = stackalloc byte[16], second = stackalloc byte[16];
        x.TryWriteBytes(first, bigEndian: true, out _);
        y.TryWriteBytes(second, bigEndian: true, out _);
        return first.SequenceCompareTo(second);
    }
}
