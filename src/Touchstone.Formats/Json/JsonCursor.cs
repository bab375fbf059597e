using System.Buffers;
using System.Buffers.Text;

namespace Touchstone.Formats.Json;

/// <summary>Walks over the plainest JSON where its bytes lie: names without escapes and finite numbers. Whatever else there may be is refused, and for a reader of all of JSON to judge.</summary>
/// <param name="text">Bytes of JSON, which may end anywhere.</param>
internal ref struct JsonCursor(ReadOnlySpan<byte> text)
{
    private const int ExactDigits = 15;
    private const int NumberMaxBytes = 400;                 // longer ones are no coordinates, and need not be looked at twice

    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789+-.eE"u8);
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Where the next byte lies.</summary>
    public int At { get; private set; }

    /// <summary>Whether the bytes ended before it could be known what there is.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How many bytes an object has that nobody looks into: only its braces, brackets and texts are followed.</summary>
    /// <param name="text">Begins with the object's brace.</param>
    /// <returns>0 where the bytes end within it.</returns>
    public static int LengthOfObject(ReadOnlySpan<byte> text)
    {
        var (at, depth) = (0, 0);
        while (true)
        {
            var next = text[at..].IndexOfAny(Structure);
            if (next < 0) return 0;
            at += next + 1;
            switch (text[at - 1])
            {
                case (byte)'"':
                    if (EndOfText(text, at) is not (> 0 and var end)) return 0;
                    at = end;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    if (--depth == 0) return at;
                    break;
            }
        }
    }

    /// <summary>The first byte after a text's closing quote; 0 where the bytes end within it.</summary>
    private static int EndOfText(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) return 0;
            at += next + 1;
            if (text[at - 1] == (byte)'"') return at;
            if (++at > text.Length) return 0;
        }
    }

    /// <summary>The next byte that is no white space, which is not taken; 0 where the bytes end.</summary>
    public byte Peek()
    {
        var at = At;
        while (at < _text.Length && _text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        At = at;
        if (at < _text.Length) return _text[at];
        IsCut = true;
        return 0;
    }

    /// <summary>Takes a byte after white space.</summary>
    /// <returns>Whether it is the one that was asked for; nothing but white space is taken otherwise.</returns>
    public bool TryTake(byte expected)
    {
        if (Peek() != expected || IsCut) return false;
        At++;
        return true;
    }

    /// <summary>Takes a name and the colon after it.</summary>
    public bool TryName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!TryTake((byte)'"')) return false;
        var length = _text[At..].IndexOf((byte)'"');
        if (length < 0)
        {
            IsCut = true;
            return false;
        }

        name = _text.Slice(At, length);
        At += length + 1;
        return !name.Contains((byte)'\\') && TryTake((byte)':');
    }

    /// <summary>Takes a whole number without an exponent, of up to 15 digits.</summary>
    public bool TryWhole(out long number)
    {
        number = 0;
        if (Peek() == 0) return false;
        var (start, at) = (At, At);
        var isNegative = _text[at] == (byte)'-';
        if (isNegative) at++;
        var digits = Digits(ref at, ref number);
        if (at == _text.Length) return Cut();
        if (digits is 0 or > ExactDigits || digits > 1 && _text[at - digits] == (byte)'0' || _text[at] is (byte)'.' or (byte)'e' or (byte)'E') return false;
        if (isNegative) number = -number;
        At = at;
        return at > start;
    }

    /// <summary>Takes a finite number.</summary>
    /// <remarks>Of up to 15 digits without an exponent: whole number and power of ten are exact then, so their quotient is the nearest double (W. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990). Others as the framework reads them.</remarks>
    public bool TryNumber(out double number)
    {
        number = 0;
        if (Peek() == 0) return false;
        var (start, at, digits) = (At, At, 0L);
        var isNegative = _text[at] == (byte)'-';
        if (isNegative) at++;
        var whole = Digits(ref at, ref digits);
        if (whole == 0 || whole > 1 && _text[at - whole] == (byte)'0') return at == _text.Length && Cut();
        var decimals = 0;
        if (at < _text.Length && _text[at] == (byte)'.')
        {
            at++;
            decimals = Digits(ref at, ref digits);
            if (decimals == 0) return at == _text.Length && Cut();
        }

        if (at == _text.Length) return Cut();
        if (whole + decimals > ExactDigits || _text[at] is (byte)'e' or (byte)'E') return TryLong(start, out number);
        number = digits / PowersOfTen[decimals];
        if (isNegative) number = -number;
        At = at;
        return true;
    }

    private readonly int Digits(scoped ref int at, scoped ref long value)
    {
        var start = at;
        var number = value;
        while (at < _text.Length && (uint)(_text[at] - '0') <= 9) number = unchecked(10 * number + (_text[at++] - '0'));
        value = number;
        return at - start;
    }

    private bool TryLong(int start, out double number)
    {
        var rest = _text[start..];
        var length = rest[..Math.Min(rest.Length, NumberMaxBytes)].IndexOfAnyExcept(OfNumbers);
        number = 0;
        if (length < 0) return rest.Length < NumberMaxBytes && Cut();
        if (!Utf8Parser.TryParse(rest[..length], out number, out var used) || used != length || !double.IsFinite(number)) return false;
        At = start + length;
        return true;
    }

    private bool Cut()
    {
        IsCut = true;
        return false;
    }
}
