using System.Globalization;
using System.Text;
using Touchstone.Text.Hashing;
using Touchstone.Text.Normalisation;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>The hashes of a text's shingles. Buffers of one thread.</summary>
internal sealed class Shingler
{
    /// <summary>text-dedup leaves out documents with fewer pieces than this (min_length of its configuration).</summary>
    private const int PiecesMin = 5;

    /// <summary>Buffers that grew beyond this for one huge text give the memory back with the next.</summary>
    private const int KeptHashesMax = 1 << 20;

    private readonly MinHashParameters _parameters;
    private readonly uint _seed;
    private readonly ShingleText _pieces;
    private readonly TextSimplifier _simplifier = new();
    private readonly EnglishTokenizer _tokenizer = new();
    private readonly WordList _words = new();
    private readonly Sha1Lanes _sha1 = new();
    private ulong[] _hashes = new ulong[1024];
    private int[] _ends = [];
    private int _count;

    /// <param name="parameters">What shingles are and how they are hashed.</param>
    /// <param name="seed">For the hashes that have one.</param>
    public Shingler(MinHashParameters parameters, uint seed)
    {
        (_parameters, _seed) = (parameters, seed);
        _pieces = new ShingleText(joint: parameters.Shingles != ShingleKind.Characters);
    }

    /// <summary>The hashes of a text's shingles in its order, repeated where shingles are; empty where it has none.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<ulong> Hash(ReadOnlySpan<char> text)
    {
        _pieces.Clear();
        _count = 0;
        if (_hashes.Length > KeptHashesMax) (_hashes, _ends) = (new ulong[1024], []);
        switch (_parameters.Shingles)
        {
            case ShingleKind.SimplifiedWords:
                AppendWords(_simplifier.Simplify(text));
                break;
            case ShingleKind.PiecesOfWordCharacters:
                SplitAtOthers(LowerCase.Of(text.ToString()));
                if (_pieces.Count < PiecesMin) return [];
                break;
            default:
                foreach (var rune in text.EnumerateRunes()) AppendCharacter(rune);
                break;
        }

        var length = _parameters.ShingleLength;
        if (_pieces.Count < length && (_parameters.Shingles == ShingleKind.SimplifiedWords || _pieces.Count == 0)) return [];
        length = Math.Min(length, _pieces.Count);
        HashAll(length);
        return _hashes.AsSpan(0, _count);
    }

    private void HashAll(int length)
    {
        _count = _pieces.Count - length + 1;
        if (_hashes.Length < _count) _hashes = new ulong[Math.Max(_count, _hashes.Length * 2)];
        var hashes = _hashes.AsSpan(0, _count);
        switch (_parameters.Hash)
        {
            case ShingleHash.XxHash64:
                for (var i = 0; i < hashes.Length; i++) hashes[i] = XxHash64.Hash(_pieces.Shingle(i, length));
                break;
            case ShingleHash.XxHash32:
                for (var i = 0; i < hashes.Length; i++) hashes[i] = XxHash32.Hash(_pieces.Shingle(i, length));
                break;
            case ShingleHash.Sha1:
                HashSha1(length, hashes);
                break;
            case ShingleHash.Sha1Of32Bits:
                HashSha1(length, hashes);
                for (var i = 0; i < hashes.Length; i++) hashes[i] = (uint)hashes[i];
                break;
            default:
                for (var i = 0; i < hashes.Length; i++) hashes[i] = Math.Max(1, MurmurHash3.Hash32(_pieces.Shingle(i, length), _seed));
                break;
        }
    }

    private void HashSha1(int length, Span<ulong> hashes)
    {
        if (_ends.Length < hashes.Length) _ends = new int[Math.Max(hashes.Length, _ends.Length * 2)];
        for (var i = 0; i < hashes.Length; i++) _ends[i] = _pieces.EndOf(i + length - 1);
        _sha1.Hash64(_pieces.Bytes, _pieces.Starts[..hashes.Length], _ends.AsSpan(0, hashes.Length), hashes);
    }

    private void AppendWords(ReadOnlySpan<char> text)
    {
        _tokenizer.Split(text, _words);
        for (var i = 0; i < _words.Count; i++) _pieces.Append(_words.Of(text, i));
    }

    private void AppendCharacter(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        _pieces.Append(units[..rune.EncodeToUtf16(units)]);
    }

    /// <summary>Splits at each single character that is none of words.</summary>
    private void SplitAtOthers(ReadOnlySpan<char> text)
    {
        var (start, at) = (0, 0);
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            if (!IsOfWords(rune))
            {
                _pieces.Append(text[start..at]);
                start = at + length;
            }

            at += length;
        }

        _pieces.Append(text[start..]);
    }

    private static bool IsOfWords(Rune rune) => Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
