using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Samples drawn from a seed: every kind of mark that is asked for, attributes of all JSON types that files may hold, names with what must be escaped.</summary>
internal sealed class RandomSamples(int seed, IReadOnlyList<MarkKind> kinds)
{
    private readonly Random _random = new(seed);

    public bool WithAttributes { get; init; } = true;

    public bool WithScores { get; init; }

    public IReadOnlyList<string> BooleanAttributes { get; init; } = [CommonAttributes.Occluded, CommonAttributes.Truncated, "wet & \"cold\""];

    public Sample Image(int index, string? split = null)
    {
        var (width, height) = (_random.Next(2, 60), _random.Next(2, 60));
        return new Sample
        {
            Name = $"folder <{index % 3}>/ä&{index}.jpg",
            WidthPx = width,
            HeightPx = height,
            Split = split,
            Opinions = [new Opinion { Objects = [.. Enumerable.Range(0, _random.Next(0, 7)).Select(_ => Object(width, height))] }],
        };
    }

    public LabelledObject Object(int width, int height)
    {
        var kind = kinds[_random.Next(kinds.Count)];
        // Points have the same names along a class, attributes the same types: what the head of a file defines holds for all of a class.
        return new LabelledObject(kind == MarkKind.Keypoints ? "person" : $"class {(char)('a' + _random.Next(4))} <&>", MarkOf(kind, width, height))
        {
            Attributes = WithAttributes ? Attributes() : Sample.Empty,
            Score = WithScores && _random.Next(2) == 0 ? Math.Round(_random.NextDouble(), 6) : null,
        };
    }

    public Mark MarkOf(MarkKind kind, int width, int height) => kind switch
    {
        MarkKind.Box => new Outline(new Box(Number(width), Number(height), Number(width), Number(height))),
        MarkKind.RotatedBox => new Outline(new RotatedBox(Number(width), Number(height), 1 + Number(width), 1 + Number(height), 0.01 + _random.NextDouble() * 3 * (_random.Next(2) == 0 ? 1 : -1))),
        MarkKind.Polygon => new Outline(new Polygon(Points(3, width, height))),
        MarkKind.Polyline => new Outline(new Polyline(Points(2, width, height))),
        MarkKind.Keypoints => new Outline(new Keypoints([.. Enumerable.Range(0, 3).Select(_ => _random.Next(4) == 0 ? new Keypoint(0, 0, Visibility.NotLabelled) : new Keypoint(0.5 + Number(width), Number(height), _random.Next(2) == 0 ? Visibility.Hidden : Visibility.Visible))])),
        MarkKind.Ellipse => new Ellipse(Number(width), Number(height), 0.5 + Number(width), 0.5 + Number(height), _random.NextDouble() * 6 - 3),
        MarkKind.Mask => new PixelMask(Mask(width, height)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public RunLengthMask Mask(int width, int height)
    {
        var pixels = new byte[width * height];
        var (left, top) = (_random.Next(width), _random.Next(height));
        for (var x = left; x < Math.Min(width, left + _random.Next(1, width + 1)); x++)
            for (var y = top; y < height; y++) pixels[x * height + y] = (byte)(_random.Next(4) == 0 ? 0 : 1);
        return RunLengthMask.FromPixels(height, width, pixels);
    }

    private Dictionary<string, JsonElement> Attributes()
    {
        Dictionary<string, JsonElement> attributes = [];
        foreach (var name in BooleanAttributes)
            if (_random.Next(3) == 0) attributes[name] = JsonElement.Parse("true");
        if (_random.Next(3) == 0) attributes["colour"] = JsonSerializer.SerializeToElement(_random.Next(2) == 0 ? "red <>&\"' 'ü" : "12");
        if (_random.Next(3) == 0) attributes["speed"] = JsonSerializer.SerializeToElement(Math.Round(_random.NextDouble() * 100, 3));
        if (_random.Next(3) == 0) attributes["list"] = JsonElement.Parse("[1,\"a\",{\"b\":null}]");
        if (_random.Next(3) == 0) attributes[CommonAttributes.Group] = JsonSerializer.SerializeToElement(_random.Next(1, 9));
        return attributes;
    }

    private Point[] Points(int least, int width, int height) => [.. Enumerable.Range(0, least + _random.Next(5)).Select(_ => new Point(Number(width), Number(height)))];

    private double Number(int most) => _random.Next(3) == 0 ? _random.Next(most) : _random.NextDouble() * most;
}
