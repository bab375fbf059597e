namespace Touchstone.Formats.PointClouds;

/// <summary>LZF, as PCD's <c>binary_compressed</c> has it.</summary>
/// <remarks>
/// M. Lehmann, liblzf: a byte below 32 says how many bytes follow as they are, less one; of any other its upper three bits are a length, less two (7: one more byte of length follows), and its lower five with the next byte how far
/// back to copy from, less one.
/// </remarks>
internal static class Lzf
{
    private const int LiteralsMax = 32;
    private const int DistanceMax = 1 << 13;
    private const int MatchMax = 264;
    private const int TableBits = 14;

    /// <summary>Unpacks into a span that it must fill.</summary>
    /// <returns>False where the bytes are damaged or are of another length.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> to)
    {
        var (at, done) = (0, 0);
        while (at < packed.Length)
        {
            int control = packed[at++];
            if (control < LiteralsMax)
            {
                var count = control + 1;
                if (at + count > packed.Length || done + count > to.Length) return false;
                packed.Slice(at, count).CopyTo(to[done..]);
                (at, done) = (at + count, done + count);
                continue;
            }

            var length = control >> 5;
            if (length == 7)
            {
                if (at >= packed.Length) return false;
                length += packed[at++];
            }

            if (at >= packed.Length) return false;
            var from = done - ((control & 31) << 8) - packed[at++] - 1;
            length += 2;
            if (from < 0 || done + length > to.Length) return false;
            // A copy may reach into what it writes itself, so it goes byte by byte.
            for (var end = done + length; done < end; done++, from++) to[done] = to[from];
        }

        return done == to.Length;
    }

    /// <summary>Packs.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> from)
    {
        var packed = new byte[from.Length + from.Length / LiteralsMax + 1];
        var last = new int[1 << TableBits];               // where three bytes were seen last, from 1
        var (at, literals, length) = (0, 0, 0);
        while (at + 2 < from.Length)
        {
            ref var seen = ref last[Hash(from[at], from[at + 1], from[at + 2])];
            var (candidate, distance) = (seen - 1, at - seen);
            seen = at + 1;
            if (candidate < 0 || distance >= DistanceMax || from[candidate] != from[at] || from[candidate + 1] != from[at + 1] || from[candidate + 2] != from[at + 2])
            {
                at++;
                continue;
            }

            length = PutLiterals(from[literals..at], packed, length);
            var same = 3;
            while (same < MatchMax && at + same < from.Length && from[candidate + same] == from[at + same]) same++;
            length = PutMatch(same, distance, packed, length);
            at += same;
            literals = at;
        }

        length = PutLiterals(from[literals..], packed, length);
        return packed[..length];
    }

    private static int Hash(byte first, byte second, byte third) => (int)((uint)((first << 16 | second << 8 | third) * 2654435761L) >> (32 - TableBits));

    private static int PutLiterals(ReadOnlySpan<byte> bytes, byte[] packed, int length)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, LiteralsMax);
            packed[length++] = (byte)(count - 1);
            bytes[..count].CopyTo(packed.AsSpan(length));
            length += count;
            bytes = bytes[count..];
        }

        return length;
    }

    private static int PutMatch(int same, int distance, byte[] packed, int length)
    {
        var coded = same - 2;
        packed[length++] = (byte)((Math.Min(coded, 7) << 5) | (distance >> 8));
        if (coded >= 7) packed[length++] = (byte)(coded - 7);
        packed[length++] = (byte)distance;
        return length;
    }
}
