using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Coco;

/// <summary>An annotation that has only COCO's own members, a box and polygons, read where its bytes lie. Nearly all of a large file's are such; every other one is left to <see cref="CocoObjectReader"/>, which also tells what is wrong with it.</summary>
internal sealed class PlainAnnotation
{
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private readonly List<Point[]> _rings = [];
    private readonly double[] _sides = new double[4];
    private double[] _numbers = new double[256];
    private string? _id;
    private double? _area;
    private bool _hasBox, _isCrowd, _isCut;

    /// <summary>The image's id.</summary>
    public long Image { get; private set; }

    /// <summary>The category's id.</summary>
    public long Category { get; private set; }

    /// <summary>Reads one.</summary>
    /// <param name="reader">Stands on the object's beginning, and on its end where it was read.</param>
    /// <returns>Whether it is plain; if not, nothing is known of it. Null where the buffer ends within it.</returns>
    public bool? TryRead(ref Utf8JsonReader reader)
    {
        (_id, _area, _hasBox, _isCrowd, _isCut) = (null, null, false, false, false);
        _rings.Clear();
        return TryMembers(ref reader) ? true : _isCut ? null : false;
    }

    private bool TryMembers(ref Utf8JsonReader reader)
    {
        var seen = Members.None;
        while (Next(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref reader);
            if (member == Members.None || (seen & member) != 0) return false;
            seen |= member;
            if (!Next(ref reader) || !TryTake(member, ref reader)) return false;
        }

        return !_isCut && (seen & (Members.Image | Members.Category)) == (Members.Image | Members.Category) && (_hasBox || _rings.Count > 0);
    }

    /// <summary>The next token, which the buffer may not hold yet.</summary>
    private bool Next(ref Utf8JsonReader reader)
    {
        if (reader.Read()) return true;
        _isCut = true;
        return false;
    }

    /// <summary>The object that was read, as <see cref="CocoObjectReader"/> makes it of the same record.</summary>
    public LabelledObject ToObject(string name)
    {
        var box = _hasBox ? new Box(_sides[0], _sides[1], _sides[2], _sides[3]) : null;
        Mark? outline = _rings.Count switch { 0 => null, 1 => new Outline(new Polygon(_rings[0])), _ => new Rings([.. _rings]) };
        var mark = outline ?? new Outline(box!);
        Dictionary<string, JsonElement>? attributes = null;
        if (_isCrowd) (attributes = new(StringComparer.Ordinal))[CommonAttributes.Crowd] = JsonValues.True;
        if (_area is { } stated && CocoObjectReader.IsOtherArea(stated, mark)) (attributes ??= new(StringComparer.Ordinal))["area"] = JsonValues.Of(stated);
        return new LabelledObject(name, mark)
        {
            Id = _id,
            OtherMarks = outline is not null && box is not null && !CocoObjectReader.IsExtent(box, outline.Bounds!) ? [new Outline(box)] : [],
            Attributes = attributes ?? Sample.Empty,
        };
    }

    [Flags]
    private enum Members
    {
        None = 0,
        Id = 1,
        Image = 2,
        Category = 4,
        Box = 8,
        Outline = 16,
        Area = 32,
        Crowd = 64,
    }

    private static Members MemberOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("segmentation"u8) ? Members.Outline
        : reader.ValueTextEquals("bbox"u8) ? Members.Box
        : reader.ValueTextEquals("id"u8) ? Members.Id
        : reader.ValueTextEquals("image_id"u8) ? Members.Image
        : reader.ValueTextEquals("category_id"u8) ? Members.Category
        : reader.ValueTextEquals("area"u8) ? Members.Area
        : reader.ValueTextEquals("iscrowd"u8) ? Members.Crowd
        : Members.None;

    private bool TryTake(Members member, ref Utf8JsonReader reader)
    {
        switch (member)
        {
            case Members.Id:
                if (reader.TokenType != JsonTokenType.Number) return false;
                _id = reader.TryGetInt64(out var id) && id >= 0 ? id.ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(reader.ValueSpan);
                return true;
            case Members.Image:
                Image = TryWhole(ref reader, out var image) ? image : 0;
                return image > long.MinValue;
            case Members.Category:
                Category = TryWhole(ref reader, out var category) ? category : 0;
                return category > long.MinValue;
            case Members.Area:
                if (!TryNumber(ref reader, out var area)) return false;
                _area = area;
                return true;
            case Members.Crowd:
                if (!TryWhole(ref reader, out var crowd) || crowd is not (0 or 1)) return false;
                _isCrowd = crowd == 1;
                return true;
            case Members.Box:
                return TryBox(ref reader);
            default:
                return TryOutline(ref reader);
        }
    }

    private static bool TryWhole(ref Utf8JsonReader reader, out long number)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number)) return true;
        number = long.MinValue;
        return false;
    }

    private static bool TryNumber(ref Utf8JsonReader reader, out double number)
    {
        number = 0;
        return reader.TokenType == JsonTokenType.Number && (TryShort(reader.ValueSpan, out number) || reader.TryGetDouble(out number) && double.IsFinite(number));
    }

    /// <summary>Decimals of up to 15 digits without an exponent: whole number and power of ten are exact, so their quotient is the nearest double (W. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990).</summary>
    private static bool TryShort(ReadOnlySpan<byte> text, out double number)
    {
        var (digits, decimals, hasPoint, isNegative) = (0L, 0, false, text[0] == '-');
        number = 0;
        if (text.Length > 15) return false;
        foreach (var each in isNegative ? text[1..] : text)
        {
            if (each == '.') hasPoint = true;
            else if ((uint)(each - '0') > 9) return false;
            else
            {
                digits = 10 * digits + (each - '0');
                if (hasPoint) decimals++;
            }
        }

        number = digits / PowersOfTen[decimals];
        if (isNegative) number = -number;
        return true;
    }

    private bool TryBox(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        for (var i = 0; i < 4; i++)
            if (!Next(ref reader) || !TryNumber(ref reader, out _sides[i])) return false;
        _hasBox = Next(ref reader) && reader.TokenType == JsonTokenType.EndArray && _sides[2] >= 0 && _sides[3] >= 0;
        return _hasBox;
    }

    private bool TryOutline(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        while (Next(ref reader) && reader.TokenType == JsonTokenType.StartArray)
        {
            var count = 0;
            while (Next(ref reader) && reader.TokenType != JsonTokenType.EndArray)
            {
                if (count == _numbers.Length) Array.Resize(ref _numbers, 2 * count);
                if (!TryNumber(ref reader, out _numbers[count++])) return false;
            }

            if (_isCut || count < 6 || count % 2 != 0) return false;
            var points = new Point[count / 2];
            for (var i = 0; i < points.Length; i++) points[i] = new Point(_numbers[2 * i], _numbers[2 * i + 1]);
            _rings.Add(points);
        }

        return !_isCut && reader.TokenType == JsonTokenType.EndArray;
    }
}
