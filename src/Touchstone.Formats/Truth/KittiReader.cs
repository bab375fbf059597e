using System.Globalization;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Truth;

/// <summary>Reads the 2D boxes of KITTI's object labels (<c>label_2/*.txt</c>), one file an image.</summary>
/// <remarks>
/// Geiger, Lenz, Urtasun, CVPR 2012; devkit's readme: type, truncated, occluded, alpha, left, top, right, bottom, then 3D fields. The four sides are
/// real numbers counted from 0, and devkit computes areas as (right - left) * (bottom - top), so they are taken as edges as they are. The
/// files do not state the image's name or size.
/// </remarks>
public static class KittiReader
{
    /// <summary>The class of regions that nobody is asked to label.</summary>
    public const string DontCare = "DontCare";

    /// <summary>Reads one file.</summary>
    /// <param name="text">The labels.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <exception cref="FileFormatFaultException">A line is not as KITTI writes it; the message names it.</exception>
    public static TruthImage Read(TextReader text, string fileName = "label.txt")
    {
        var boxes = new List<TruthBox>();
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0) continue;
            if (fields.Length < 8) throw new FileFormatFaultException($"{fileName}: line {number} has {fields.Length} fields; KITTI has 15, of which the first 8 are read.");
            var sides = new double[4];
            for (var i = 0; i < 4; i++)
                if (!double.TryParse(fields[4 + i], NumberStyles.Float, CultureInfo.InvariantCulture, out sides[i]) || !double.IsFinite(sides[i]))
                    throw new FileFormatFaultException($"{fileName}: line {number}: field {5 + i} is \"{fields[4 + i]}\"; a number was expected.");
            if (sides[2] < sides[0] || sides[3] < sides[1]) throw new FileFormatFaultException($"{fileName}: line {number}: right and bottom must not be below left and top.");
            boxes.Add(new TruthBox(fields[0], new Box(sides[0], sides[1], sides[2] - sides[0], sides[3] - sides[1]), fields[0] == DontCare));
        }

        return new TruthImage("", 0, 0, boxes);
    }
}
