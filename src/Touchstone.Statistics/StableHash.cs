using System.Text;

namespace Touchstone.Statistics;

/// <summary>A hash of text that stays the same between runs and machines, for folds and streams of random numbers. Not for secrets.</summary>
public static class StableHash
{
    /// <summary>64-bit FNV-1a of the text's UTF-8 bytes, finished by SplitMix64's mixer so that low bits are as good as high ones.</summary>
    public static ulong Of(string text)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var value in Encoding.UTF8.GetBytes(text)) hash = (hash ^ value) * 0x100000001b3UL;
        hash = (hash ^ hash >> 30) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ hash >> 27) * 0x94D049BB133111EBUL;
        return hash ^ hash >> 31;
    }

    /// <summary>A fold in 0 ... <paramref name="foldCount"/> - 1 that depends on the id alone.</summary>
    public static int Fold(string id, int foldCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(foldCount);
        return (int)(Of(id) % (ulong)foldCount);
    }
}
