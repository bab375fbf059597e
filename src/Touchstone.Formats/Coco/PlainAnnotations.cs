using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Coco;

/// <summary>Plain annotations packed into a few large arrays, until their image comes out: millions of small objects that live as long as the reading would cost the collector more time than the parsing.</summary>
internal sealed class PlainAnnotations
{
    private const int FirstBlockPoints = 1 << 10;
    private const int BlockPointsMax = 1 << 16;             // a mebibyte: never moved by the collector

    private readonly List<Point[]> _blocks = [];
    private int _used;

    /// <summary>Where an annotation lies.</summary>
    /// <param name="Id">Its id, or -1.</param>
    /// <param name="Block">The array that holds its points.</param>
    /// <param name="Start">Its first point there.</param>
    /// <param name="Rings">How many rings it has; each is preceded by a point whose x is its count of points.</param>
    /// <param name="Says">What precedes the rings, in this order: area (x of a point), box (corner, then width and height).</param>
    public readonly record struct Packed(long Id, int Block, int Start, int Rings, Says Says);

    /// <summary>What an annotation says beside its outline.</summary>
    [Flags]
    public enum Says
    {
        /// <summary>Nothing.</summary>
        Nothing = 0,

        /// <summary>An area that is not that of its mark.</summary>
        Area = 1,

        /// <summary>A box that is not the extent of its outline, or stands alone.</summary>
        Box = 2,

        /// <summary>That it stands for a crowd.</summary>
        Crowd = 4,

        /// <summary>A box that is not quite the extent of its outline.</summary>
        NearBox = 8,
    }

    /// <summary>Keeps what was read.</summary>
    public Packed Add(PlainAnnotation read)
    {
        var says = read.IsCrowd ? Says.Crowd : Says.Nothing;
        if (read.Area is { } area && CocoObjectReader.IsOtherArea(area, AreaOf(read))) says |= Says.Area;
        if (read.HasBox) says |= read.RingCount == 0 ? Says.Box : Compare(read) switch { CocoObjectReader.Stated.Other => Says.Box, CocoObjectReader.Stated.Near => Says.NearBox, _ => Says.Nothing };
        var space = Space(3 + read.RingCount + read.Points.Length);
        var at = 0;
        if (says.HasFlag(Says.Area)) space[at++] = new Point(read.Area!.Value, 0);
        if ((says & (Says.Box | Says.NearBox)) != 0) (space[at++], space[at++]) = (read.Corner, read.Extent);
        for (var i = 0; i < read.RingCount; i++)
        {
            var ring = read.Ring(i);
            space[at++] = new Point(ring.Length, 0);
            ring.CopyTo(space[at..]);
            at += ring.Length;
        }

        var packed = new Packed(read.Id ?? -1, _blocks.Count - 1, _used, read.RingCount, says);
        _used += at;
        return packed;
    }

    /// <summary>The object, as <see cref="CocoObjectReader"/> makes it of the same record.</summary>
    public LabelledObject ToObject(Packed packed, string name)
    {
        ReadOnlySpan<Point> points = _blocks[packed.Block].AsSpan(packed.Start);
        Dictionary<string, JsonElement>? attributes = null;
        if (packed.Says.HasFlag(Says.Crowd)) (attributes = new(StringComparer.Ordinal))[CommonAttributes.Crowd] = JsonValues.True;
        if (packed.Says.HasFlag(Says.Area))
        {
            (attributes ??= new(StringComparer.Ordinal))["area"] = JsonValues.Of(points[0].X);
            points = points[1..];
        }

        Outline? box = null;
        if ((packed.Says & (Says.Box | Says.NearBox)) != 0)
        {
            if (packed.Says.HasFlag(Says.Box)) box = new Outline(new Box(points[0].X, points[0].Y, points[1].X, points[1].Y));
            else (attributes ??= new(StringComparer.Ordinal))[CocoObjectReader.StatedBox] = CocoObjectReader.ValueOf(points[0], points[1]);
            points = points[2..];
        }

        var outline = OutlineOf(points, packed.Rings);
        return new LabelledObject(name, outline ?? box!)
        {
            Id = packed.Id < 0 ? null : packed.Id.ToString(CultureInfo.InvariantCulture),
            OtherMarks = outline is not null && box is not null ? [box] : [],
            Attributes = attributes ?? Sample.Empty,
        };
    }

    private static Mark? OutlineOf(ReadOnlySpan<Point> points, int count)
    {
        if (count == 0) return null;
        if (count == 1) return new Outline(new Polygon(points.Slice(1, (int)points[0].X).ToArray()));
        var rings = new IReadOnlyList<Point>[count];
        for (var i = 0; i < count; i++)
        {
            var length = (int)points[0].X;
            rings[i] = points.Slice(1, length).ToArray();
            points = points[(1 + length)..];
        }

        return new Rings(rings);
    }

    private Span<Point> Space(int points)
    {
        if (_blocks.Count == 0 || _blocks[^1].Length - _used < points)
        {
            var usual = _blocks.Count == 0 ? FirstBlockPoints : Math.Min(2 * _blocks[^1].Length, BlockPointsMax);
            _blocks.Add(GC.AllocateUninitializedArray<Point>(Math.Max(usual, points)));
            _used = 0;
        }

        return _blocks[^1].AsSpan(_used);
    }

    private static double AreaOf(PlainAnnotation read)
    {
        if (read.RingCount == 0) return read.Extent.X * read.Extent.Y;
        var area = 0.0;
        for (var i = 0; i < read.RingCount; i++) area += Pixels.Area(read.Ring(i));
        return area;
    }

    private static CocoObjectReader.Stated Compare(PlainAnnotation read)
    {
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        foreach (var (x, y) in read.Points)
        {
            if (x < left) left = x;
            if (x > right) right = x;
            if (y < top) top = y;
            if (y > bottom) bottom = y;
        }

        // As a box has it: an edge that is position and side together.
        return CocoObjectReader.Compare(read.Corner, read.Extent, new Point(left, top), new Point(right - left, bottom - top));
    }
}
