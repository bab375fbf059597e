using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Touchstone.Curation.Documents;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Composition;

/// <summary>
/// A number for each document that looks random and is the same whenever it is asked: a hash of a seed and of what the document is known by. What is drawn by it depends neither on
/// the order of reading nor on how many machines read.
/// </summary>
internal static class DocumentDraw
{
    /// <summary>What documents are known by where nothing else is named.</summary>
    public const string Id = "id";

    /// <summary>The document's finding or member of a name, as text; its id where the name is <see cref="Id"/>; null where it has none.</summary>
    public static string? Key(Document document, string name)
    {
        if (name == Id) return document.Id;
        if (document.Findings?.GetValueOrDefault(name) is { } finding) return Convert.ToString(finding, CultureInfo.InvariantCulture);
        if (document.Record.IsEmpty) return null;
        return RecordMembers.Text(document, name) ?? RecordMembers.Number(document, name)?.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public static double Uniform(ulong seed, string key) => (Bits(seed, key) >> 11) * (1.0 / (1UL << 53));

    /// <summary>64 random bits.</summary>
    public static ulong Bits(ulong seed, string key)
    {
        Span<byte> start = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(start, seed);
        return XxHash64.Hash(Encoding.UTF8.GetBytes(key), XxHash64.Hash(start));
    }
}
