using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Samples made from a seed, for the laws that every format must keep.</summary>
internal sealed class Generated(int seed)
{
    public const int WidthPx = 640, HeightPx = 480, PointCount = 3;

    private static readonly string[] Classes = ["car", "person", "traffic_light"];

    private readonly Random _random = new(seed);

    /// <summary>Runs a law for seeds that FsCheck draws; a failure names the seed.</summary>
    public static void ForSeeds(Func<int, Task> law) =>
        Prop.ForAll<int>(seed =>
        {
            law(seed).GetAwaiter().GetResult();
            return true;
        }).QuickCheckThrowOnFailure();

    public DatasetFacts Facts { get; } = new() { Classes = [.. Classes.Select(c => new ObjectClass(c) { Keypoints = ["left", "middle", "right"], Skeleton = [(0, 1), (1, 2)] })] };

    public List<Sample> Samples(MarkKind[] kinds, CarriedParts parts, InputKind kind = InputKind.Image, Func<Random, Dictionary<string, JsonElement>>? attributes = null, MarkKind[]? also = null) =>
        [.. Enumerable.Range(0, _random.Next(1, 6)).Select(i => Sample(i, kinds, parts, kind, attributes, also))];

    private Sample Sample(int number, MarkKind[] kinds, CarriedParts parts, InputKind kind, Func<Random, Dictionary<string, JsonElement>>? attributes, MarkKind[]? also)
    {
        List<LabelledObject> objects = [];
        for (var i = _random.Next(parts.HasFlag(CarriedParts.EmptySamples) ? 0 : 1, 8); i > 0; i--)
        {
            objects.Add(new LabelledObject(Classes[_random.Next(Classes.Length)], Mark(kinds[_random.Next(kinds.Length)]))
            {
                OtherMarks = also is not null && _random.Next(2) == 0 ? [Mark(also[_random.Next(also.Length)])] : [],
                Score = parts.HasFlag(CarriedParts.Scores) ? _random.NextDouble() : null,
                Track = parts.HasFlag(CarriedParts.Tracks) ? objects.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
                Frame = kind == InputKind.Clip ? objects.Count : null,
                Attributes = attributes?.Invoke(_random) ?? Formats.Exchange.Sample.Empty,
            });
        }

        return new Sample
        {
            Name = kind == InputKind.Clip ? $"seq_{number}" : $"drive/{number:D4}.jpg",
            Kind = kind,
            WidthPx = WidthPx,
            HeightPx = HeightPx,
            Split = parts.HasFlag(CarriedParts.Splits) ? (number % 2 == 0 ? "train" : "val") : null,
            Opinions = [new Opinion { Objects = objects }],
        };
    }

    private double Next(double from, double to) => from + _random.NextDouble() * (to - from);

    private Point NextPoint() => new(Next(0, WidthPx), Next(0, HeightPx));

    private Mark Mark(MarkKind kind) => kind switch
    {
        MarkKind.Box => new Outline(new Box(Next(0, 500), Next(0, 400), Next(0.5, 140), Next(0.5, 80))),
        MarkKind.RotatedBox => new Outline(new RotatedBox(Next(100, 500), Next(100, 400), Next(5, 140), Next(5, 80), Next(-Math.PI, Math.PI))),
        MarkKind.Polygon => new Outline(new Polygon([.. Enumerable.Range(0, _random.Next(3, 9)).Select(_ => NextPoint())])),
        MarkKind.Polygons => new Rings([.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => (IReadOnlyList<Point>)[NextPoint(), NextPoint(), NextPoint()])]),
        MarkKind.Polyline => new Outline(new Polyline([.. Enumerable.Range(0, _random.Next(2, 9)).Select(_ => NextPoint())])),
        MarkKind.Keypoints => new Outline(new Keypoints([.. Enumerable.Range(0, PointCount).Select(i => i == 1 && _random.Next(2) == 0 ? default : new Keypoint(Next(1, WidthPx), Next(1, HeightPx), (Visibility)_random.Next(1, 3)))])),
        MarkKind.Mask => new PixelMask(RunLengthMask.FromPolygon(HeightPx, WidthPx, [10, 10, Next(20, 600), Next(20, 60), Next(200, 600), Next(200, 400)])),
        MarkKind.Cuboid => new Cuboid(Next(-20, 20), Next(-2, 2), Next(3, 80), Next(1, 6), Next(0.5, 3), Next(1, 4), Quaternion.AboutY(Next(-Math.PI, Math.PI)) * new Quaternion(Math.Sqrt(0.5), 0, 0, Math.Sqrt(0.5)), "camera"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
