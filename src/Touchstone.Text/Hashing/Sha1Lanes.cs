using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Touchstone.Text.Hashing;

/// <summary>SHA-1 of many short messages, eight side by side in the lanes of vectors: shingles are far shorter than what the system's SHA-1 costs to be called.</summary>
/// <remarks>FIPS 180-4, section 6.1. A group of eight takes as many blocks as its longest message; shorter ones keep their state meanwhile. Holds buffers: one for each thread.</remarks>
public sealed class Sha1Lanes
{
    private const int Lanes = 8, BlockBytes = 64, WordsInBlock = 16, Rounds = 80;

    /// <summary>Beyond this the plain way is no slower, and groups would wait for one long message.</summary>
    private const int LaneBytesMax = 4 * BlockBytes;

    private readonly byte[] _blocks = new byte[Lanes * (LaneBytesMax + BlockBytes)];
    private readonly int[] _blockCounts = new int[Lanes];
    private readonly Vector256<uint>[] _schedule = new Vector256<uint>[Rounds];

    /// <summary>The first 8 bytes, little-endian, of the digest of each message; what <see cref="Sha1Hash.Hash64"/> gives one by one.</summary>
    /// <param name="bytes">Holds the messages, which may overlap.</param>
    /// <param name="starts">First byte of each message.</param>
    /// <param name="ends">One beyond the last byte of each message.</param>
    /// <param name="hashes">Takes one hash for each message.</param>
    public void Hash64(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, Span<ulong> hashes)
    {
        if (starts.Length != ends.Length || hashes.Length != starts.Length) throw new ArgumentException($"{starts.Length} starts, {ends.Length} ends and {hashes.Length} hashes are not as many.");
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
            for (; i + Lanes <= starts.Length; i += Lanes) HashGroup(bytes, starts.Slice(i, Lanes), ends.Slice(i, Lanes), hashes.Slice(i, Lanes));
        for (; i < starts.Length; i++) hashes[i] = Sha1Hash.Hash64(bytes[starts[i]..ends[i]]);
    }

    private void HashGroup(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, Span<ulong> hashes)
    {
        var most = 0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var message = bytes[starts[lane]..ends[lane]];
            if (message.Length > LaneBytesMax)
            {
                for (var i = 0; i < Lanes; i++) hashes[i] = Sha1Hash.Hash64(bytes[starts[i]..ends[i]]);
                return;
            }

            most = Math.Max(most, _blockCounts[lane] = Pad(message, _blocks.AsSpan(lane * (LaneBytesMax + BlockBytes))));
        }

        var state = new State(Vector256.Create(0x67452301u), Vector256.Create(0xEFCDAB89u), Vector256.Create(0x98BADCFEu), Vector256.Create(0x10325476u), Vector256.Create(0xC3D2E1F0u));
        for (var block = 0; block < most; block++)
        {
            Schedule(block);
            state = Compress(state, Active(block));
        }

        for (var lane = 0; lane < Lanes; lane++)
            hashes[lane] = BinaryPrimitives.ReverseEndianness(state.A[lane]) | ((ulong)BinaryPrimitives.ReverseEndianness(state.B[lane]) << 32);
    }

    /// <summary>Writes a message with its bit 1, zeros and length.</summary>
    /// <returns>Number of blocks.</returns>
    private static int Pad(ReadOnlySpan<byte> message, Span<byte> blocks)
    {
        var count = (message.Length + 8) / BlockBytes + 1;
        blocks = blocks[..(count * BlockBytes)];
        message.CopyTo(blocks);
        blocks[message.Length] = 0x80;
        blocks[(message.Length + 1)..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(blocks[^8..], (ulong)message.Length * 8);
        return count;
    }

    /// <summary>All ones in the lanes whose message has this block.</summary>
    private Vector256<uint> Active(int block)
    {
        var active = Vector256.GreaterThan(Vector256.Create(_blockCounts), Vector256.Create(block));
        return active.AsUInt32();
    }

    private void Schedule(int block)
    {
        var schedule = _schedule.AsSpan(0, Rounds);
        Span<uint> words = stackalloc uint[Lanes];
        for (var t = 0; t < WordsInBlock; t++)
        {
            for (var lane = 0; lane < Lanes; lane++)
                words[lane] = BinaryPrimitives.ReadUInt32BigEndian(_blocks.AsSpan(lane * (LaneBytesMax + BlockBytes) + block * BlockBytes + t * 4));
            schedule[t] = Vector256.Create<uint>(words);
        }

        for (var t = WordsInBlock; t < Rounds; t++) schedule[t] = Rotate(schedule[t - 3] ^ schedule[t - 8] ^ schedule[t - 14] ^ schedule[t - 16], 1);
    }

    private State Compress(State state, Vector256<uint> active)
    {
        var (a, b, c, d, e) = (state.A, state.B, state.C, state.D, state.E);
        var schedule = _schedule.AsSpan(0, Rounds);
        for (var t = 0; t < Rounds; t++)
        {
            var (mixed, constant) = t switch
            {
                < 20 => ((b & c) | Vector256.AndNot(d, b), 0x5A827999u),
                < 40 => (b ^ c ^ d, 0x6ED9EBA1u),
                < 60 => ((b & c) | (d & (b | c)), 0x8F1BBCDCu),
                _ => (b ^ c ^ d, 0xCA62C1D6u),
            };
            var next = Rotate(a, 5) + mixed + e + Vector256.Create(constant) + schedule[t];
            (e, d, c, b, a) = (d, c, Rotate(b, 30), a, next);
        }

        return new State(state.A + (a & active), state.B + (b & active), state.C + (c & active), state.D + (d & active), state.E + (e & active));
    }

    private static Vector256<uint> Rotate(Vector256<uint> words, int bits) => (words << bits) | (words >>> (32 - bits));

    private readonly record struct State(Vector256<uint> A, Vector256<uint> B, Vector256<uint> C, Vector256<uint> D, Vector256<uint> E);
}
