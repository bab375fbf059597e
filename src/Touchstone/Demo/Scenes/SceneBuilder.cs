using Touchstone.Annotations.Geometry;
using Touchstone.Statistics;

namespace Touchstone.Demo.Scenes;

/// <summary>Fills a street with things that do not hide each other too much, and states what is true of them.</summary>
internal sealed class SceneBuilder
{
    private const int MinObjects = 3, MaxObjects = 12;
    private const double MinSidePx = 14, MaxHidden = 0.5, MinInside = 0.72;

    private static readonly Rgb[] Paints =
    [
        Rgb.Hex(0xC23B34), Rgb.Hex(0x2D5F9E), Rgb.Hex(0xE9E7E1), Rgb.Hex(0xAEB4B9), Rgb.Hex(0x3A4046), Rgb.Hex(0x2F7F79), Rgb.Hex(0xD9A531), Rgb.Hex(0x5D7A4A), Rgb.Hex(0x7C2F45), Rgb.Hex(0x6E8FB5),
    ];

    private readonly SeededRandom _random;
    private readonly Street _street;
    private readonly Light _light;
    private readonly List<Placed> _placed = []; // things and props, in the order of their placing
    private readonly List<Thing> _things = [];

    private SceneBuilder(SeededRandom random)
    {
        _random = random;
        _street = Street.Draw(random, StreetScene.DefaultWidthPx, StreetScene.DefaultHeightPx);
        _light = Light.At(_street.Time);
    }

    /// <summary>Something with a place in depth.</summary>
    private record Placed(double Z, Sketch Sketch, Box Box);

    /// <summary>Something that is to be labelled, and how much of it can be seen.</summary>
    private sealed record Thing(string Class, double Z, Sketch Sketch, Box Box, Dictionary<string, string> Attributes) : Placed(Z, Sketch, Box)
    {
        private readonly CoverGrid _own = new CoverGrid(Box).With(Sketch);
        private CoverGrid _hidden = new(Box);

        /// <summary>The share of its own outline that nearer things cover.</summary>
        public double HiddenShare => _own.ShareCoveredBy(_hidden);

        /// <summary>That share if something else came before it.</summary>
        public double HiddenShareBehind(Placed nearer) => Overlap(nearer.Box, Box) > 0 ? _own.ShareCoveredBy(_hidden.With(nearer.Sketch)) : HiddenShare;

        public void Hide(Placed nearer)
        {
            if (Overlap(nearer.Box, Box) > 0) _hidden = _hidden.With(nearer.Sketch);
        }
    }

    public static StreetScene Build(int seed, int index)
    {
        var random = new SeededRandom(seed).Fork("scene").Fork(index);
        var builder = new SceneBuilder(random);
        builder.AddProps();
        builder.AddSignals();
        builder.AddTraffic();
        return builder.ToScene($"street-{index:d4}");
    }

    private StreetScene ToScene(string name)
    {
        var painted = _placed.OrderByDescending(p => p.Z).ToArray();
        var objects = _things.OrderBy(t => t.Z).Select(t => new SceneObject(t.Class, t.Box, new Dictionary<string, string>(t.Attributes)
        {
            ["occluded"] = t.HiddenShare switch { < 0.05 => "none", < 0.35 => "partly", _ => "mostly" },
        })).ToArray();
        return new StreetScene(name, StreetScene.DefaultWidthPx, StreetScene.DefaultHeightPx, _street.Time, objects) { Street = _street, Sketches = [.. painted.Select(p => p.Sketch)] };
    }

    private void AddProps()
    {
        foreach (var isLeft in (ReadOnlySpan<bool>)[true, false])
        {
            var kerb = isLeft ? _street.LeftKerbX - 0.8 : _street.RightKerbX + 0.8;
            var hasTrees = _random.NextBool(0.7);
            for (var z = _random.NextDouble(11, 20); z < 110; z += _random.NextDouble(9, 15))
            {
                var random = _random.Fork($"prop {isLeft} {z}");
                var isTree = hasTrees && random.NextBool(0.7);
                AddProp(z, sketch =>
                {
                    var prop = new Prop(sketch, random, kerb, z);
                    if (isTree) prop.DrawTree();
                    else prop.DrawLamp(isLeft ? 1.5 : -1.5);
                });
            }
        }
    }

    private void AddSignals()
    {
        if (_street.CrossingZ is not { } crossing || _random.NextBool(0.15)) return;
        var z = crossing + 3.8;
        var mast = _street.RightKerbX + 0.5;
        var straight = _random.Choose(Enum.GetValues<SignalState>());
        AddProp(z + 0.05, sketch => new Prop(sketch, _random, mast, z).DrawMast(-_street.LanesLeft * Street.LaneWidth - 0.4, 5.6));
        for (var lane = -_street.LanesLeft; lane <= _street.LanesRight; lane++)
            AddSignal(lane * Street.LaneWidth, 5.55, z, lane, straight);
        if (_random.NextBool(0.6)) AddSignal(mast, 2.9, z, 0, straight);
    }

    private void AddSignal(double x, double middle, double z, int lane, SignalState straight)
    {
        var arrow = lane < 0 ? SignalArrow.Left : lane > 0 && _random.NextBool(0.6) ? SignalArrow.Right : lane == 0 && _random.NextBool(0.2) ? SignalArrow.Straight : SignalArrow.None;
        var state = lane == 0 || _random.NextBool(0.3) ? straight : _random.Choose(Enum.GetValues<SignalState>());
        Try("traffic_light", z, sketch => new TrafficLight(sketch, x, middle, z).Draw(state, arrow), new Dictionary<string, string>
        {
            ["state"] = state switch { SignalState.RedAmber => "red_amber", SignalState.Amber => "amber", SignalState.Green => "green", _ => "red" },
            ["arrow"] = arrow switch { SignalArrow.Left => "left", SignalArrow.Right => "right", SignalArrow.Straight => "straight", _ => "none" },
            ["lane"] = lane < 0 ? "left" : lane > 0 ? "right" : "own",
        });
    }

    private void AddTraffic()
    {
        var wanted = Math.Min(MaxObjects, _things.Count + _random.NextInt(4, 10));
        for (var attempt = 0; (attempt < 120 || _things.Count < MinObjects) && _things.Count < wanted && attempt < 2_000; attempt++)
        {
            switch (_random.ChooseIndex([0.40, 0.09, 0.08, 0.12, 0.19, 0.12]))
            {
                case 0:
                    AddVehicle("car");
                    break;
                case 1:
                    AddVehicle("truck");
                    break;
                case 2:
                    AddVehicle("bus");
                    break;
                case 3:
                    AddCyclist();
                    break;
                case 4:
                    AddPedestrian();
                    break;
                default:
                    AddSign();
                    break;
            }
        }
    }

    private void AddVehicle(string vehicle)
    {
        var isParked = vehicle == "car" && _street.ParkingRight > 0 && _random.NextBool(0.4);
        var lane = _random.NextInt(-_street.LanesLeft - _street.OncomingLanes, _street.LanesRight + 1);
        var isOncoming = !isParked && lane < -_street.LanesLeft;
        var x = isParked ? _street.RightKerbX - 1.15 : lane * Street.LaneWidth + _random.NextDouble(-0.25, 0.25);
        // More of the near than a street has: far vehicles are small and all alike.
        var z = 7 + 45 * Math.Pow(_random.NextDouble(), 1.7) + (vehicle == "car" ? 0 : 3);
        if (_street.CrossingZ is { } crossing && z > crossing - 6.5 && z < crossing + 4) return;
        var paint = _random.Choose(Paints);
        Try(vehicle, z, sketch =>
        {
            var body = new Vehicle(sketch, x, z, isOncoming, paint);
            if (vehicle == "car") body.DrawCar();
            else if (vehicle == "truck") body.DrawTruck();
            else body.DrawBus();
        });
    }

    private void AddCyclist()
    {
        var isCrossing = _street.CrossingZ is not null && _random.NextBool();
        var z = isCrossing ? _street.CrossingZ!.Value + _random.NextDouble(0.6, 2.6) : _random.NextDouble(8, 26);
        var x = isCrossing ? _random.NextDouble(_street.LeftKerbX, _street.RightKerbX) : Pavement();
        var random = _random.Fork($"cyclist {x}");
        Try("bicycle", z, sketch => new Walker(sketch, random, x, z).DrawCyclist());
    }

    private void AddPedestrian()
    {
        var isCrossing = _street.CrossingZ is not null && _random.NextBool(0.45);
        var z = isCrossing ? _street.CrossingZ!.Value + _random.NextDouble(0.4, 2.7) : _random.NextDouble(7, 26);
        var x = isCrossing ? _random.NextDouble(_street.LeftKerbX + 0.5, _street.RightKerbX - 0.5) : Pavement();
        var random = _random.Fork($"pedestrian {x}");
        Try("pedestrian", z, sketch => new Walker(sketch, random, x, z).DrawPedestrian());
    }

    private void AddSign()
    {
        var z = _random.NextDouble(9, 36);
        var x = _random.NextBool(0.75) ? _street.RightKerbX + 0.55 : _street.LeftKerbX - 0.55;
        var kind = _random.Choose(Enum.GetValues<SignKind>());
        Try("traffic_sign", z, sketch => new RoadSign(sketch, x, z).Draw(kind));
    }

    private double Pavement() => _random.NextBool()
        ? _street.RightKerbX + _random.NextDouble(0.9, Street.PavementWidth - 0.4)
        : _street.LeftKerbX - _random.NextDouble(0.9, Street.PavementWidth - 0.4);

    private void AddProp(double z, Action<Sketch> draw)
    {
        var sketch = new Sketch(_street.Camera, _light);
        draw(sketch);
        Place(new Placed(z, sketch, sketch.Bounds));
    }

    private void Place(Placed added)
    {
        foreach (var farther in _things.Where(t => t.Z > added.Z)) farther.Hide(added);
        _placed.Add(added);
    }

    /// <summary>Adds a thing unless it is too small, too far outside, or would be hidden or hide another too much.</summary>
    private void Try(string thing, double z, Action<Sketch> draw, Dictionary<string, string>? attributes = null)
    {
        var sketch = new Sketch(_street.Camera, _light);
        draw(sketch);
        var whole = sketch.Bounds;
        double left = Math.Round(Math.Max(0, whole.X), 3), top = Math.Round(Math.Max(0, whole.Y), 3);
        var right = Math.Round(Math.Min(StreetScene.DefaultWidthPx, whole.Right), 3);
        var bottom = Math.Round(Math.Min(StreetScene.DefaultHeightPx, whole.Bottom), 3);
        var box = new Box(left, top, Math.Round(right - left, 3), Math.Round(bottom - top, 3));
        if (box.Width < MinSidePx || box.Height < MinSidePx || box.Area < MinInside * whole.Area || _things.Count >= MaxObjects) return;
        if (_things.Any(t => Math.Abs(t.Z - z) < 1.2 && Overlap(t.Box, box) > 0.02 || Overlap(t.Box, box) > MaxHidden)) return;
        var added = new Thing(thing, z, sketch, box, attributes ?? []);
        foreach (var nearer in _placed.Where(p => p.Z < z)) added.Hide(nearer);
        if (added.HiddenShare > MaxHidden) return;
        if (_things.Any(t => t.Z > z && t.HiddenShareBehind(added) > MaxHidden)) return;
        Place(added);
        _things.Add(added);
    }

    /// <summary>Share of the smaller box that both cover.</summary>
    private static double Overlap(Box a, Box b)
    {
        var width = Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X);
        var height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y);
        return width <= 0 || height <= 0 ? 0 : width * height / Math.Min(a.Area, b.Area);
    }
}
