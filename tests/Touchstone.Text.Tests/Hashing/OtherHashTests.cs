using FsCheck;
using FsCheck.Fluent;
using Touchstone.Text.Hashing;

namespace Touchstone.Text.Tests.Hashing;

public sealed class OtherHashTests
{
    // Examples in the doc comment of text-dedup's sha1_hash.
    [Fact]
    public void The_first_bytes_of_sha1_are_read_little_endian()
    {
        Assert.Equal(13028719972609469994UL, Sha1Hash.Hash64("hello world"u8));
        Assert.Equal(896314922u, Sha1Hash.Hash32("hello world"u8));
    }

    [Fact]
    public void Messages_side_by_side_hash_as_they_do_one_by_one() => Prop.ForAll<int[], byte>((lengths, seed) =>
    {
        var bytes = new byte[2000];
        new Random(seed).NextBytes(bytes);
        var (starts, ends) = (new int[lengths.Length], new int[lengths.Length]);
        // Around the ends of blocks, where padding takes another one, and beyond what goes into lanes.
        for (var i = 0; i < lengths.Length; i++) (starts[i], ends[i]) = (i % 7, i % 7 + (lengths[i] & int.MaxValue) % (i % 9 == 8 ? 400 : 140));
        var hashes = new ulong[lengths.Length];
        new Sha1Lanes().Hash64(bytes, starts, ends, hashes);
        return Enumerable.Range(0, lengths.Length).All(i => hashes[i] == Sha1Hash.Hash64(bytes.AsSpan(starts[i], ends[i] - starts[i])));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Messages_of_every_length_hash_as_they_do_one_by_one()
    {
        var bytes = new byte[300];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i * 31);
        int[] ends = [.. Enumerable.Range(0, 296)];
        var hashes = new ulong[ends.Length];
        new Sha1Lanes().Hash64(bytes, new int[ends.Length], ends, hashes);
        for (var i = 0; i < ends.Length; i++) Assert.Equal(Sha1Hash.Hash64(bytes.AsSpan(0, i)), hashes[i]);
    }

    // The verification of smhasher's MurmurHash3_x86_32: hashes of {0}, {0, 1}, ... with seeds 256 - length, hashed again.
    [Fact]
    public void MurmurHash3_gives_the_verification_value_of_smhasher()
    {
        Span<byte> keys = stackalloc byte[256], hashes = stackalloc byte[256 * 4];
        for (var i = 0; i < 256; i++)
        {
            keys[i] = (byte)i;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(hashes[(i * 4)..], MurmurHash3.Hash32(keys[..i], (uint)(256 - i)));
        }

        Assert.Equal(0xB0F57EE3u, MurmurHash3.Hash32(hashes));
    }

    // numpy.random.seed(42); numpy.random.randint(0, 100, 10), as in countless tutorials.
    [Fact]
    public void Draws_are_those_of_numpy()
    {
        var random = new NumpyRandomState(42);
        Assert.Equal([51, 92, 14, 71, 60, 20, 82, 86, 74, 74], Enumerable.Range(0, 10).Select(_ => (int)random.NextUInt32(0, 100)));
    }

    [Fact]
    public void A_range_without_values_is_refused()
    {
        var random = new NumpyRandomState(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextUInt64(5, 5));
        Assert.Equal(7u, random.NextUInt32(7, 8));
    }
}
