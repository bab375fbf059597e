using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Touchstone.Server.Trust.Audits;

/// <summary>
/// A simple random sample of tasks that anybody can draw again from its seed and the list of tasks. Each task gets the number
/// SHA-256(seed, id); those with the smallest numbers are the sample, so the order of the list does not matter.
/// </summary>
/// <remarks>
/// The seed is drawn when the audit is, after every task of the population was done: nobody who labelled them could know which would be judged.
/// The method is "bottom-k" sampling; with a hash that behaves as random it is sampling without replacement, each subset equally likely.
/// </remarks>
internal static class SimpleRandomSample
{
    /// <summary>The method's name in a release.</summary>
    public const string Method = "smallest-sha256(seed_le64 || task_id_be128)";

    /// <summary>The sample in ascending order of ids.</summary>
    /// <param name="population">Different ids, in any order.</param>
    /// <param name="size">How many to draw; all of them where there are fewer.</param>
    /// <param name="seed">The seed.</param>
    public static Guid[] Draw(IReadOnlyCollection<Guid> population, int size, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var keys = new (UInt128 Key, Guid Id)[population.Count];
        var i = 0;
        foreach (var id in population) keys[i++] = (Key(id, seed), id);
        Array.Sort(keys, static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : Order(a.Id, b.Id));
        var sample = new Guid[Math.Min(size, keys.Length)];
        for (i = 0; i < sample.Length; i++) sample[i] = keys[i].Id;
        Array.Sort(sample, Order);
        return sample;
    }

    /// <summary>Ids as UUIDv7 sort: by their bytes in the order in which they are written.</summary>
    public static int Order(Guid first, Guid second) => Bits(first).CompareTo(Bits(second));

    private static UInt128 Bits(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static UInt128 Key(Guid id, long seed)
    {
        Span<byte> input = stackalloc byte[24];
        Span<byte> hash = stackalloc byte[32];
        BinaryPrimitives.WriteInt64LittleEndian(input, seed);
        id.TryWriteBytes(input[8..], bigEndian: true, out _);
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
