using Touchstone.Statistics;

namespace Touchstone.Demo.Scenes;

/// <summary>The lanes and what stands along them. Traffic keeps to the right; the camera drives in the middle of its lane at x = 0.</summary>
/// <param name="Camera">Where from.</param>
/// <param name="Time">When.</param>
/// <param name="LanesLeft">Lanes of our direction to our left.</param>
/// <param name="LanesRight">Lanes of our direction to our right.</param>
/// <param name="OncomingLanes">Lanes of the other direction.</param>
/// <param name="ParkingRight">Width of the parking strip on the right; 0 where there is none.</param>
/// <param name="CrossingZ">Where pedestrians cross, or null.</param>
internal sealed record Street(Camera Camera, TimeOfDay Time, int LanesLeft, int LanesRight, int OncomingLanes, double ParkingRight, double? CrossingZ)
{
    public const double LaneWidth = 3.5;
    public const double PavementWidth = 4;

    /// <summary>The line between the directions.</summary>
    public double CentreX => -(LanesLeft + 0.5) * LaneWidth;

    public double LeftKerbX => CentreX - OncomingLanes * LaneWidth;

    public double RightKerbX => (LanesRight + 0.5) * LaneWidth + ParkingRight;

    public static Street Draw(SeededRandom random, int widthPx, int heightPx)
    {
        var time = (TimeOfDay)random.ChooseIndex([0.55, 0.25, 0.20]);
        var camera = new Camera(widthPx * random.NextDouble(0.44, 0.56), heightPx * random.NextDouble(0.43, 0.48), widthPx * 0.83, 1.5);
        return new Street(
            camera, time,
            LanesLeft: random.ChooseIndex([0.6, 0.4]),
            LanesRight: random.ChooseIndex([0.6, 0.4]),
            OncomingLanes: random.ChooseIndex([0, 0.6, 0.4]),
            ParkingRight: random.NextBool(0.5) ? 2.3 : 0,
            CrossingZ: random.NextBool(0.6) ? random.NextDouble(12, 17) : null);
    }
}
