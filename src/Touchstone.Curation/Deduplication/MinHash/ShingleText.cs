using System.Text;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>Pieces of a text as UTF-8, one after the other with a joint between them, so that every shingle of neighbouring pieces lies in memory as it is hashed.</summary>
internal sealed class ShingleText
{
    private const int KeptBytesMax = 4 << 20;

    private readonly bool _joined;
    private byte[] _bytes = new byte[8192];
    private int[] _starts = new int[1024];
    private int _length;

    /// <param name="joint">True for one space between pieces, false for nothing.</param>
    public ShingleText(bool joint) => _joined = joint;

    /// <summary>Number of pieces.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all pieces, and gives memory back that one huge text took.</summary>
    public void Clear()
    {
        (Count, _length) = (0, 0);
        if (_bytes.Length > KeptBytesMax) (_bytes, _starts) = (new byte[8192], new int[1024]);
    }

    /// <summary>Adds a piece; a lone surrogate becomes U+FFFD.</summary>
    public void Append(ReadOnlySpan<char> piece)
    {
        var most = piece.Length * 3 + 1;
        if (_bytes.Length - _length < most) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + most));
        if (Count == _starts.Length) Array.Resize(ref _starts, _starts.Length * 2);
        if (_joined && Count > 0) _bytes[_length++] = (byte)' ';
        _starts[Count++] = _length;
        _length += Encoding.UTF8.GetBytes(piece, _bytes.AsSpan(_length));
    }

    /// <summary>All pieces with their joints.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>First byte of each piece.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>One beyond the last byte of a piece.</summary>
    public int EndOf(int piece) => piece + 1 == Count ? _length : _starts[piece + 1] - (_joined ? 1 : 0);

    /// <summary>A shingle.</summary>
    /// <param name="first">Its first piece.</param>
    /// <param name="count">Number of pieces, all of which are there.</param>
    public ReadOnlySpan<byte> Shingle(int first, int count) => _bytes.AsSpan(_starts[first], EndOf(first + count - 1) - _starts[first]);
}
