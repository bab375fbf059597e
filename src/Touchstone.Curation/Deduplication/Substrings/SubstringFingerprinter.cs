using System.Text;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Deduplication.Substrings;

/// <summary>Hashes the window at every byte of a text by a polynomial that rolls on, modulo 2^61 - 1.</summary>
/// <remarks>R. M. Karp and M. O. Rabin, Efficient randomized pattern-matching algorithms, IBM J. Res. Dev. 31(2), 1987. A zero byte counts as 1, so that none is lost.</remarks>
internal sealed class SubstringFingerprinter : Fingerprinter
{
    /// <summary>A batch takes sixteen times as much, and others may be in it already.</summary>
    private const int TextBytesMax = 50_000_000;

    private const ulong Prime = (1UL << 61) - 1;
    private const ulong Base = 0x0D3A_91C5_27E8_4B6F;

    private readonly int _length;
    private readonly ulong _highest;
    private byte[] _utf8 = [];

    public SubstringFingerprinter(SubstringOptions options)
    {
        (_length, _highest) = (options.BytesMin, 1);
        for (var i = 1; i < _length; i++) _highest = Multiply(_highest, Base);
    }

    public override void Measure(uint index, Document document, WorkingText text, FingerprintBatch batch)
    {
        var bytes = Encoding.UTF8.GetByteCount(text.Text);
        if (bytes > TextBytesMax)
            throw new InvalidDataException($"{document.Place}: document {document.Id} has {bytes:N0} bytes; substrings of documents up to {TextBytesMax:N0} bytes can be compared. Drop or split longer ones before.");
        if (bytes < _length) return;
        if (_utf8.Length < bytes) _utf8 = new byte[Math.Max(bytes, Math.Min(TextBytesMax, _utf8.Length * 2))];
        Encoding.UTF8.GetBytes(text.Text, _utf8);
        Roll(_utf8.AsSpan(0, bytes), index, batch);
    }

    private void Roll(ReadOnlySpan<byte> text, uint index, FingerprintBatch batch)
    {
        var hash = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            if (i >= _length) hash = Subtract(hash, Multiply(_highest, text[i - _length] + 1UL));
            hash = Add(Multiply(hash, Base), text[i] + 1UL);
            if (i >= _length - 1) WindowLayout.Write(batch.Extend(WindowLayout.Bytes), hash, index, (uint)(i - _length + 1));
        }
    }

    private static ulong Multiply(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return Add(low & Prime, (low >> 61) | (high << 3));
    }

    private static ulong Add(ulong left, ulong right)
    {
        var sum = left + right;
        return sum >= Prime ? sum - Prime : sum;
    }

    private static ulong Subtract(ulong left, ulong right) => left >= right ? left - right : left + Prime - right;
}
