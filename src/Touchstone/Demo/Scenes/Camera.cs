using Touchstone.Annotations.Geometry;

namespace Touchstone.Demo.Scenes;

/// <summary>A pinhole camera that looks straight along the road. Metres: x to the right, y up from the road, z away from it.</summary>
/// <param name="VanishingX">Where the road ends in the picture, pixels.</param>
/// <param name="HorizonY">Where the horizon is, pixels.</param>
/// <param name="FocalPx">Focal length, pixels.</param>
/// <param name="Height">Height of the lens above the road.</param>
internal sealed record Camera(double VanishingX, double HorizonY, double FocalPx, double Height)
{
    /// <summary>Nothing nearer than this is drawn.</summary>
    public const double NearZ = 2;

    public Point Project(double x, double y, double z) => new(VanishingX + FocalPx * x / z, HorizonY + FocalPx * (Height - y) / z);

    public double PixelsPerMetre(double z) => FocalPx / z;
}
