using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Rigs;

/// <summary>Where one frame stands in another: a point of the first is turned, then moved, and is one of the second. Metres; right-handed frames.</summary>
/// <param name="Rotation">From the first frame's axes to the second's; a unit quaternion.</param>
/// <param name="X">Where the first frame's origin is in the second, metres.</param>
/// <param name="Y">As above.</param>
/// <param name="Z">As above.</param>
public readonly record struct RigidTransform(Quaternion Rotation, double X, double Y, double Z)
{
    /// <summary>How far rows of a matrix may be from unit length, and from right angles, to be a rotation.</summary>
    public const double RotationTolerance = 1e-3;

    /// <summary>Both frames are the same.</summary>
    public static RigidTransform Identity => new(Quaternion.Identity, 0, 0, 0);

    /// <summary>The way back.</summary>
    public RigidTransform Inverse
    {
        get
        {
            var back = Rotation.Inverse;
            var (x, y, z) = back.Turn(X, Y, Z);
            return new RigidTransform(back, -x, -y, -z);
        }
    }

    /// <summary>Through <paramref name="second"/> first and through <paramref name="first"/> after it.</summary>
    public static RigidTransform operator *(RigidTransform first, RigidTransform second)
    {
        var (x, y, z) = first.Apply(second.X, second.Y, second.Z);
        return new RigidTransform(first.Rotation * second.Rotation, x, y, z);
    }

    /// <summary>A point of the first frame in the second, metres.</summary>
    public (double X, double Y, double Z) Apply(double x, double y, double z)
    {
        var (u, v, w) = Rotation.Turn(x, y, z);
        return (u + X, v + Y, w + Z);
    }

    /// <summary>A cuboid of the first frame in the second, which is called <paramref name="frame"/>.</summary>
    public Cuboid Apply(Cuboid cuboid, string frame)
    {
        var (x, y, z) = Apply(cuboid.X, cuboid.Y, cuboid.Z);
        return cuboid with { X = x, Y = y, Z = z, Rotation = (Rotation * cuboid.Rotation).Normalised, Frame = frame };
    }

    /// <summary>Of a matrix, row by row: 4 x 4 or 3 x 4.</summary>
    /// <returns>Null where its first three columns are no rotation within <see cref="RotationTolerance"/>, or its last row is not 0, 0, 0, 1.</returns>
    public static RigidTransform? OfMatrix(ReadOnlySpan<double> m)
    {
        if (m.Length is not (12 or 16) || m.Length == 16 && (m[12] != 0 || m[13] != 0 || m[14] != 0 || m[15] != 1)) return null;
        for (var i = 0; i < 3; i++)
        {
            for (var j = i; j < 3; j++)
            {
                var product = m[4 * i] * m[4 * j] + m[4 * i + 1] * m[4 * j + 1] + m[4 * i + 2] * m[4 * j + 2];
                if (!(Math.Abs(product - (i == j ? 1 : 0)) <= RotationTolerance)) return null;
            }
        }

        var determinant = m[0] * (m[5] * m[10] - m[6] * m[9]) - m[1] * (m[4] * m[10] - m[6] * m[8]) + m[2] * (m[4] * m[9] - m[5] * m[8]);
        return determinant > 0 ? new RigidTransform(Turns.OfMatrix(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]), m[3], m[7], m[11]) : null;
    }

    /// <summary>As a matrix of 4 x 4, row by row.</summary>
    public double[] ToMatrix()
    {
        var (xx, xy, xz) = Rotation.Turn(1, 0, 0);
        var (yx, yy, yz) = Rotation.Turn(0, 1, 0);
        var (zx, zy, zz) = Rotation.Turn(0, 0, 1);
        return [xx, yx, zx, X, xy, yy, zy, Y, xz, yz, zz, Z, 0, 0, 0, 1];
    }
}
