using System.Globalization;
using System.Text;

namespace Touchstone.Formats.PointClouds;

/// <summary>The head of an NPY file: a literal of Python with the keys <c>descr</c>, <c>fortran_order</c> and <c>shape</c>.</summary>
/// <param name="Type">What the numbers are.</param>
/// <param name="IsBigEndian">Whether the first byte of a number is its highest.</param>
/// <param name="Shape">Extents.</param>
/// <remarks>NumPy Enhancement Proposal 1 and <c>numpy.lib.format</c>.</remarks>
internal sealed record NpyHeader(PointType Type, bool IsBigEndian, IReadOnlyList<int> Shape)
{
    /// <summary>NumPy reads no longer ones either, unless it is told to.</summary>
    public const int LengthMax = 10_000;

    private const int IndicesMax = 64;

    public static NpyHeader Parse(string text, CloudInput input)
    {
        string? type = null;
        bool? isFortran = null;
        List<int>? shape = null;
        var parser = new Parser(text, input);
        parser.Take('{');
        while (!parser.TryTake('}'))
        {
            var key = parser.Text();
            parser.Take(':');
            switch (key)
            {
                case "descr" when parser.Peek() == '[':
                    throw input.Fault("its numbers are of a structured type (descr is a list of fields); an array of one number type was expected: save each field, or a plain array, instead.");
                case "descr":
                    type = parser.Text();
                    break;
                case "fortran_order":
                    isFortran = parser.Truth();
                    break;
                case "shape":
                    shape = parser.Shape();
                    break;
                default:
                    throw input.Fault($"its head has the key \"{key}\"; descr, fortran_order and shape were expected.");
            }

            if (!parser.TryTake(',') && parser.Peek() != '}') throw parser.Unexpected("a comma or }");
        }

        if (type is null || isFortran is null || shape is null) throw input.Fault("its head lacks descr, fortran_order or shape.");
        if (isFortran.Value && shape.Count > 1) throw input.Fault("it is in Fortran's order; C's order was expected: save numpy.ascontiguousarray of it.");
        var (known, isBig) = TypeOf(type) ?? throw input.Fault($"its numbers are of the type \"{type}\"; whole numbers (i, u) of 1 to 8 bytes or real numbers (f) of 4 or 8 were expected, such as \"<f4\".");
        return new NpyHeader(known, isBig, shape);
    }

    private static (PointType, bool)? TypeOf(string type)
    {
        if (type.Length != 3 || type[0] is not ('<' or '>' or '|' or '=')) return null;
        PointType? known = type[1..] switch
        {
            "i1" => PointType.Int8,
            "u1" => PointType.UInt8,
            "i2" => PointType.Int16,
            "u2" => PointType.UInt16,
            "i4" => PointType.Int32,
            "u4" => PointType.UInt32,
            "i8" => PointType.Int64,
            "u8" => PointType.UInt64,
            "f4" => PointType.Float32,
            "f8" => PointType.Float64,
            _ => null,
        };
        return known is { } number ? (number, type[0] == '>') : null;
    }

    public static string Write(NpyArray array)
    {
        var values = array.Values;
        var letter = values.Type switch { PointType.Float32 or PointType.Float64 => 'f', PointType.Int8 or PointType.Int16 or PointType.Int32 or PointType.Int64 => 'i', _ => 'u' };
        var shape = new StringBuilder();
        foreach (var extent in array.Shape) shape.Append(CultureInfo.InvariantCulture, $"{(shape.Length > 0 ? ", " : "")}{extent}");
        if (array.Shape.Count == 1) shape.Append(',');
        return $"{{'descr': '{(values.ValueBytes == 1 ? '|' : '<')}{letter}{values.ValueBytes}', 'fortran_order': False, 'shape': ({shape}), }}";
    }

    private sealed class Parser(string text, CloudInput input)
    {
        private int _at;

        public char Peek()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
            return _at < text.Length ? text[_at] : '\0';
        }

        public bool TryTake(char expected)
        {
            if (Peek() != expected) return false;
            _at++;
            return true;
        }

        public void Take(char expected)
        {
            if (!TryTake(expected)) throw Unexpected($"\"{expected}\"");
        }

        public string Text()
        {
            var quote = Peek();
            var end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
            if (end < 0) throw Unexpected("a text in quotes");
            var value = text[(_at + 1)..end];
            _at = end + 1;
            return value;
        }

        public bool Truth()
        {
            Peek();
            foreach (var (word, value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
            {
                if (!text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal)) continue;
                _at += word.Length;
                return value;
            }

            throw Unexpected("True or False");
        }

        public List<int> Shape()
        {
            List<int> shape = [];
            Take('(');
            while (!TryTake(')'))
            {
                Peek();
                var start = _at;
                while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
                if (!int.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var extent) || shape.Count == IndicesMax) throw Unexpected("a whole number of 32 bits");
                shape.Add(extent);
                if (_at < text.Length && text[_at] == 'L') _at++;      // as Python 2 wrote them
                if (!TryTake(',') && Peek() != ')') throw Unexpected("a comma or )");
            }

            return shape;
        }

        public FileFormatFaultException Unexpected(string wanted) => input.Fault($"its head has \"{(Peek() == '\0' ? "" : text.AsSpan(_at, Math.Min(20, text.Length - _at)).Trim())}\" where {wanted} was expected.");
    }
}
