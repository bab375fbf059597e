using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Coco;

/// <summary>An annotation that has only COCO's own members, a box and polygons, read where its bytes lie. Nearly all of a large file's are such; every other one is left to <see cref="CocoObjectReader"/>, which also tells what is wrong with it.</summary>
internal sealed class PlainAnnotation
{
    private readonly double[] _sides = new double[4];
    private readonly List<int> _ends = [];
    private Point[] _points = new Point[128];
    private int _count;

    /// <summary>Its id; null where it has none.</summary>
    public long? Id { get; private set; }

    /// <summary>The image's id.</summary>
    public long Image { get; private set; }

    /// <summary>The category's id.</summary>
    public long Category { get; private set; }

    /// <summary>Whether there is a box.</summary>
    public bool HasBox { get; private set; }

    /// <summary>The box's top left corner.</summary>
    public Point Corner => new(_sides[0], _sides[1]);

    /// <summary>The box's width and height.</summary>
    public Point Extent => new(_sides[2], _sides[3]);

    /// <summary>Its area, where it is stated.</summary>
    public double? Area { get; private set; }

    /// <summary>Whether it stands for a crowd.</summary>
    public bool IsCrowd { get; private set; }

    /// <summary>How many rings its outline has.</summary>
    public int RingCount => _ends.Count;

    /// <summary>The points of all rings, until the next one is read.</summary>
    public ReadOnlySpan<Point> Points => _points.AsSpan(0, _count);

    /// <summary>The points of a ring, until the next one is read.</summary>
    public ReadOnlySpan<Point> Ring(int index) => _points.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);

    /// <summary>Reads one.</summary>
    /// <param name="text">Begins with the object's brace.</param>
    /// <param name="length">How many bytes the object has, where it was read.</param>
    /// <returns>Whether it is plain; if not, nothing is known of it. Null where the bytes end within it.</returns>
    public bool? TryRead(ReadOnlySpan<byte> text, out int length)
    {
        (Id, Area, HasBox, IsCrowd, _count) = (null, null, false, false, 0);
        _ends.Clear();
        var cursor = new JsonCursor(text);
        var isPlain = TryMembers(ref cursor);
        length = cursor.At;
        return isPlain ? true : cursor.IsCut ? null : false;
    }

    private bool TryMembers(ref JsonCursor json)
    {
        if (!json.TryTake((byte)'{')) return false;
        var seen = Members.None;
        do
        {
            if (!json.TryName(out var name)) return false;
            var member = MemberOf(name);
            if (member == Members.None || (seen & member) != 0) return false;
            seen |= member;
            if (!TryValue(member, ref json)) return false;
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)'}') && (seen & (Members.Image | Members.Category)) == (Members.Image | Members.Category) && (HasBox || RingCount > 0);
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

    private static Members MemberOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("segmentation"u8) ? Members.Outline
        : name.SequenceEqual("bbox"u8) ? Members.Box
        : name.SequenceEqual("id"u8) ? Members.Id
        : name.SequenceEqual("image_id"u8) ? Members.Image
        : name.SequenceEqual("category_id"u8) ? Members.Category
        : name.SequenceEqual("area"u8) ? Members.Area
        : name.SequenceEqual("iscrowd"u8) ? Members.Crowd
        : Members.None;

    private bool TryValue(Members member, ref JsonCursor json)
    {
        long whole;
        switch (member)
        {
            case Members.Id:
                if (!json.TryWhole(out whole) || whole < 0) return false;
                Id = whole;
                return true;
            case Members.Image:
                if (!json.TryWhole(out whole)) return false;
                Image = whole;
                return true;
            case Members.Category:
                if (!json.TryWhole(out whole)) return false;
                Category = whole;
                return true;
            case Members.Area:
                if (!json.TryNumber(out var area)) return false;
                Area = area;
                return true;
            case Members.Crowd:
                if (!json.TryWhole(out whole) || whole is not (0 or 1)) return false;
                IsCrowd = whole == 1;
                return true;
            case Members.Box:
                return TryBox(ref json);
            default:
                return TryOutline(ref json);
        }
    }

    private bool TryBox(ref JsonCursor json)
    {
        if (!json.TryTake((byte)'[')) return false;
        for (var i = 0; i < 4; i++)
            if (i > 0 && !json.TryTake((byte)',') || !json.TryNumber(out _sides[i])) return false;
        HasBox = json.TryTake((byte)']') && _sides[2] >= 0 && _sides[3] >= 0;
        return HasBox;
    }

    private bool TryOutline(ref JsonCursor json)
    {
        if (!json.TryTake((byte)'[')) return false;
        if (json.Peek() == (byte)']') return json.TryTake((byte)']');
        do
        {
            if (!TryRing(ref json)) return false;
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)']');
    }

    private bool TryRing(ref JsonCursor json)
    {
        if (!json.TryTake((byte)'[')) return false;
        var start = _count;
        do
        {
            if (!json.TryNumber(out var x) || !json.TryTake((byte)',') || !json.TryNumber(out var y)) return false;
            if (_count == _points.Length) Array.Resize(ref _points, 2 * _count);
            _points[_count++] = new Point(x, y);
        }
        while (json.TryTake((byte)','));
        if (!json.TryTake((byte)']') || _count - start < 3) return false;
        _ends.Add(_count);
        return true;
    }
}
