using System.Runtime.InteropServices;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Runs;

/// <summary>A short digest of a text, for telling whether two runs kept the same one: XXH64 over its UTF-16 units, little-endian.</summary>
internal static class TextDigest
{
    public static ulong Of(string text) => XxHash64.Hash(MemoryMarshal.AsBytes(text.AsSpan()));
}
