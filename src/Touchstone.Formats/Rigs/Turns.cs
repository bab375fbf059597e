using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Rigs;

/// <summary>What the readers of rigs need of rotations.</summary>
internal static class Turns
{
    extension(Quaternion q)
    {
        /// <summary>The rotation back, of a unit quaternion.</summary>
        public Quaternion Inverse => new(-q.X, -q.Y, -q.Z, q.W);

        /// <summary>Of unit length.</summary>
        public Quaternion Normalised
        {
            get
            {
                var length = Math.Sqrt(q.X * q.X + q.Y * q.Y + q.Z * q.Z + q.W * q.W);
                return new Quaternion(q.X / length, q.Y / length, q.Z / length, q.W / length);
            }
        }

        /// <summary>A vector, turned.</summary>
        public (double X, double Y, double Z) Turn(double x, double y, double z)
        {
            var (tx, ty, tz) = (2 * (q.Y * z - q.Z * y), 2 * (q.Z * x - q.X * z), 2 * (q.X * y - q.Y * x));
            return (x + q.W * tx + q.Y * tz - q.Z * ty, y + q.W * ty + q.Z * tx - q.X * tz, z + q.W * tz + q.X * ty - q.Y * tx);
        }
    }

    /// <summary>A turn about the x axis, radians, from y towards z.</summary>
    public static Quaternion AboutX(double angle) => new(Math.Sin(angle / 2), 0, 0, Math.Cos(angle / 2));

    /// <summary>A quaternion as a file has it, made of unit length where it is so to three digits and not to twelve; null where it is farther from it.</summary>
    public static Quaternion? OfFile(double x, double y, double z, double w) => Math.Abs(x * x + y * y + z * z + w * w - 1) switch
    {
        < 1e-12 => new Quaternion(x, y, z, w),
        < 2e-3 => new Quaternion(x, y, z, w).Normalised,
        _ => null,
    };

    /// <summary>Of a matrix's three rows.</summary>
    /// <remarks>S. W. Shepperd, Quaternion from Rotation Matrix, Journal of Guidance and Control 1(3), 1978: the largest of the four is divided by.</remarks>
    public static Quaternion OfMatrix(double xx, double xy, double xz, double yx, double yy, double yz, double zx, double zy, double zz)
    {
        var trace = xx + yy + zz;
        var q = trace >= Math.Max(xx, Math.Max(yy, zz)) ? new Quaternion(zy - yz, xz - zx, yx - xy, 1 + trace)
            : xx >= yy && xx >= zz ? new Quaternion(1 + xx - yy - zz, xy + yx, xz + zx, zy - yz)
            : yy >= zz ? new Quaternion(xy + yx, 1 + yy - xx - zz, yz + zy, xz - zx)
            : new Quaternion(xz + zx, yz + zy, 1 + zz - xx - yy, yx - xy);
        return q.Normalised;
    }
}
