using System.Globalization;

namespace Touchstone.Formats.Kitti;

/// <summary>KITTI's calibration of one picture (<c>calib/*.txt</c>): rows of a matrix by name.</summary>
/// <param name="Matrices">Each matrix row by row: P0 to P3 (3 x 4, rectified camera to pixels), R0_rect (3 x 3), Tr_velo_to_cam and Tr_imu_to_velo (3 x 4).</param>
/// <remarks>Readme of the object devkit. Our pixels have 0 at the corner of the first pixel, and KITTI's labels are taken as they stand, so a projection is compared with them as it is.</remarks>
public sealed record KittiCalibration(IReadOnlyDictionary<string, IReadOnlyList<double>> Matrices)
{
    /// <summary>Reads one file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <exception cref="FileFormatFaultException">A line is not as KITTI writes it; the message names it.</exception>
    public static KittiCalibration Read(TextReader text, string fileName = "calib.txt")
    {
        Dictionary<string, IReadOnlyList<double>> matrices = new(StringComparer.Ordinal);
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0) continue;
            var values = new double[fields.Length - 1];
            for (var i = 0; i < values.Length; i++)
                if (!double.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i])) throw new FileFormatFaultException($"{fileName}: line {number}: field {i + 2} is \"{fields[i + 1]}\"; a number was expected.");
            var name = fields[0].TrimEnd(':');
            if (values.Length != (name.StartsWith("R0", StringComparison.Ordinal) || name.StartsWith("R_", StringComparison.Ordinal) ? 9 : 12)) throw new FileFormatFaultException($"{fileName}: line {number}: {values.Length} numbers; 12 were expected, of a rotation 9.");
            matrices[name] = values;
        }

        return new KittiCalibration(matrices);
    }

    /// <summary>Where a point in front of the rectified camera lies in a picture.</summary>
    /// <param name="x">To the right, metres.</param>
    /// <param name="y">Down, metres.</param>
    /// <param name="z">Ahead, metres, above 0.</param>
    /// <param name="camera">The matrix: <c>P2</c> is the left colour camera's, of which the labels are.</param>
    /// <exception cref="KeyNotFoundException">The calibration has no such matrix.</exception>
    public (double X, double Y) Project(double x, double y, double z, string camera = "P2")
    {
        var p = Matrices[camera];
        double Row(int i) => p[4 * i] * x + p[4 * i + 1] * y + p[4 * i + 2] * z + p[4 * i + 3];
        return (Row(0) / Row(2), Row(1) / Row(2));
    }
}
