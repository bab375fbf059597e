using System.Globalization;

namespace Touchstone.Quality.Tracking;

/// <summary>One line of a MOTChallenge text file: a box of a track in a frame.</summary>
/// <param name="Frame">Frame, from 1 in the files; any whole number here.</param>
/// <param name="Track">The track's id, unique within a frame.</param>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Top edge, pixels.</param>
/// <param name="Width">Width, pixels, not negative.</param>
/// <param name="Height">Height, pixels, not negative.</param>
/// <param name="Confidence">Of a prediction its score; of a true box 0 where it is not to be evaluated, otherwise 1.</param>
public readonly record struct MotRow(int Frame, long Track, double X, double Y, double Width, double Height, double Confidence = 1)
{
    /// <summary>Reads <c>frame,id,x,y,width,height[,confidence,...]</c>; commas or white space part the columns, further ones are not looked at.</summary>
    /// <param name="line">One line, not empty.</param>
    /// <param name="row">The box.</param>
    /// <param name="error">What is wrong, with its column counted from 1; null when nothing is.</param>
    public static bool TryParse(ReadOnlySpan<char> line, out MotRow row, out string? error)
    {
        row = default;
        Span<double> numbers = stackalloc double[7];
        numbers[6] = 1;
        var column = 0;
        foreach (var range in line.SplitAny(", \t;"))
        {
            var cell = line[range].Trim();
            if (cell.IsEmpty) continue;
            if (column == numbers.Length) break;
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[column]) || !double.IsFinite(numbers[column]))
            {
                error = $"column {column + 1}: \"{cell}\" is not a number.";
                return false;
            }

            column++;
        }

        error = column < 6 ? $"there are {column} columns; a box needs frame, id, x, y, width and height."
            : numbers[0] != Math.Floor(numbers[0]) || Math.Abs(numbers[0]) > int.MaxValue ? $"column 1: the frame {numbers[0]} is not a whole number."
            : numbers[1] != Math.Floor(numbers[1]) || Math.Abs(numbers[1]) > 1L << 53 ? $"column 2: the track {numbers[1]} is not a whole number."
            : numbers[4] < 0 || numbers[5] < 0 ? $"column {(numbers[4] < 0 ? 5 : 6)}: a size of {Math.Min(numbers[4], numbers[5])} is negative."
            : null;
        if (error is not null) return false;
        row = new MotRow((int)numbers[0], (long)numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
        return true;
    }
}
