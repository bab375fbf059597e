namespace Touchstone.Formats.Rigs;

/// <summary>A camera of which straight lines stay straight: pictures that are rectified. Its frame has x to the right, y down, z ahead.</summary>
/// <param name="FocalX">Focal length in widths of a pixel.</param>
/// <param name="FocalY">Focal length in heights of a pixel.</param>
/// <param name="CentreX">Where the axis meets the picture, pixels.</param>
/// <param name="CentreY">As above.</param>
/// <param name="Skew">How far x moves with y; 0 of all cameras that are built today.</param>
/// <remarks>R. Hartley and A. Zisserman, Multiple View Geometry in Computer Vision, 2nd edition, 6.1. Pixels are taken as the source counts them.</remarks>
public readonly record struct PinholeCamera(double FocalX, double FocalY, double CentreX, double CentreY, double Skew = 0)
{
    /// <summary>Where a point lies in the picture.</summary>
    /// <param name="x">To the right, metres.</param>
    /// <param name="y">Down, metres.</param>
    /// <param name="z">Ahead, metres, above 0: what is behind the camera is not in its picture.</param>
    public (double X, double Y) Project(double x, double y, double z) => ((FocalX * x + Skew * y) / z + CentreX, FocalY * y / z + CentreY);
}
