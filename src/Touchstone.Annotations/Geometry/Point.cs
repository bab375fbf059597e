namespace Touchstone.Annotations.Geometry;

/// <summary>
/// A point in image coordinates: pixels after EXIF orientation is applied, origin at the top left corner of the top left
/// pixel, x to the right, y down, real numbers.
/// </summary>
public readonly record struct Point(double X, double Y);
