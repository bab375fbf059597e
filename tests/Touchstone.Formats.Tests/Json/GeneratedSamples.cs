using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Tests.Json;

/// <summary>Samples made from a seed, for round trips.</summary>
internal sealed class GeneratedSamples(int seed)
{
    private readonly Random _random = new(seed);

    public int Width { get; } = new Random(seed).Next(1, 60) * 7;

    public int Height { get; } = new Random(seed + 1).Next(1, 60) * 5;

    public Sample Image(params MarkKind[] kinds) => new()
    {
        Name = $"a/{seed}.jpg",
        WidthPx = Width,
        HeightPx = Height,
        Opinions = [new Opinion { Objects = [.. kinds.Select((kind, i) => Object($"o{i}", kind))] }],
    };

    public LabelledObject Object(string id, MarkKind kind) => new($"class {_random.Next(3)}", Mark(kind)) { Id = id, Attributes = Attributes() };

    public Mark Mark(MarkKind kind) => kind switch
    {
        MarkKind.Box => new Outline(new Box(X(), Y(), X(), Y())),
        MarkKind.RotatedBox => new Outline(new RotatedBox(X(), Y(), X() + 1, Y() + 1, Angle())),
        MarkKind.Polygon => new Outline(new Polygon(Points(3))),
        MarkKind.Polygons => new Rings([Points(3), Points(3)]),
        MarkKind.Polyline => new Outline(new Polyline(Points(2))),
        MarkKind.Keypoints => new Outline(new Keypoints([.. Points(1).Select(Keypoint)])),
        MarkKind.Ellipse => new Ellipse(X(), Y(), X() + 1, Y() + 1, Angle()),
        MarkKind.Mask => new PixelMask(RunLengthMask.FromPixels(Height, Width, Pixels())),
        MarkKind.TextSpan => new TextSpan(_random.Next(5), 5 + _random.Next(5)),
        _ => new Cuboid(X(), Y(), X(), X() + 1, Y() + 1, X() + 1, Quaternion.AboutZ(Angle()) * Quaternion.AboutY(Angle()), "world"),
    };

    public IReadOnlyDictionary<string, JsonElement> Attributes() => _random.Next(3) switch
    {
        0 => Sample.Empty,
        1 => new Dictionary<string, JsonElement> { ["occluded"] = JsonElement.Parse("true"), ["colour"] = JsonElement.Parse("\"réd\""), ["one"] = JsonElement.Parse("[\"a\"]") },
        _ => new Dictionary<string, JsonElement> { ["speed"] = JsonElement.Parse("1.25"), ["several"] = JsonElement.Parse("[\"a\",\"b\"]") },
    };

    private double Angle() => (0.01 + 0.98 * _random.NextDouble()) * Math.PI * (_random.Next(2) == 0 ? 1 : -1);

    private double X() => _random.NextDouble() * Width;

    private double Y() => _random.NextDouble() * Height;

    private Point[] Points(int least) => [.. Enumerable.Range(0, least + _random.Next(5)).Select(_ => new Point(X(), Y()))];

    private Keypoint Keypoint(Point point) => _random.Next(3) switch { 0 => default, 1 => new Keypoint(point.X, point.Y, Visibility.Hidden), _ => new Keypoint(point.X, point.Y, Visibility.Visible) };

    private byte[] Pixels()
    {
        var pixels = new byte[Width * Height];
        for (var i = 0; i < pixels.Length; i += 1 + _random.Next(40))
            for (var n = _random.Next(30); n > 0 && i < pixels.Length; n--) pixels[i++] = 1;
        return pixels;
    }
}
