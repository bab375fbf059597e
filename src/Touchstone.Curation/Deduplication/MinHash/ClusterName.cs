using System.Buffers;
using System.Globalization;
using System.Text;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>
/// What a cluster of near-duplicates is called: a hash of the id of its first document in the order of the corpus. It does not depend on how many clusters there are, nor on documents that come behind the first
/// one; a cluster whose first document changes, since one came before it or since a new document joins two clusters to one, has another name.
/// </summary>
internal static class ClusterName
{
    /// <summary>Member of the findings that has it.</summary>
    public const string Finding = "minhash_cluster";

    /// <summary>The hash of an id: xxHash64 of its UTF-8 bytes.</summary>
    public static ulong HashOf(string id)
    {
        var most = Encoding.UTF8.GetMaxByteCount(id.Length);
        var rented = most <= 512 ? null : ArrayPool<byte>.Shared.Rent(most);
        var bytes = rented ?? stackalloc byte[512];
        var hash = XxHash64.Hash(bytes[..Encoding.UTF8.GetBytes(id, bytes)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash as 16 hexadecimal digits.</summary>
    public static string Of(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);
}
