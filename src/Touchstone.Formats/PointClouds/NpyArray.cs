namespace Touchstone.Formats.PointClouds;

/// <summary>An array of NumPy: numbers of one type in C order.</summary>
/// <param name="Shape">Its extents; none of a single number.</param>
/// <param name="Values">Its numbers, the last index running fastest, as one column.</param>
public sealed record NpyArray(IReadOnlyList<int> Shape, PointColumn Values)
{
    /// <summary>What the file holds besides.</summary>
    public IReadOnlyList<Loss> NotRead { get; init; } = [];

    /// <summary>An array of two indices as points: its rows are points, its columns columns.</summary>
    /// <param name="names">Names of its first columns; others are called <c>column_3</c> and so on, from 0. x, y, z and intensity where null.</param>
    /// <exception cref="FileFormatFaultException">The array has not two indices, or no column.</exception>
    public PointCloud ToCloud(IReadOnlyList<string>? names = null)
    {
        if (Shape is not [var points, > 0 and var width]) throw new FileFormatFaultException($"The array is of the shape ({string.Join(", ", Shape)}); points in rows were expected, of two indices.");
        names ??= ["x", "y", "z", "intensity"];
        var columns = new PointColumn[width];
        for (var i = 0; i < width; i++)
        {
            columns[i] = PointColumn.Create(i < names.Count ? names[i] : $"column_{i}", Values.Type, points);
            columns[i].Take(Values.Bytes, width * Values.ValueBytes, i * Values.ValueBytes, 0);
        }

        return new PointCloud(columns) { NotRead = NotRead };
    }

    /// <summary>Points as an array of two indices.</summary>
    /// <exception cref="ArgumentException">The columns are not all of single numbers of one type.</exception>
    public static NpyArray Of(PointCloud cloud)
    {
        var type = cloud.Columns[0].Type;
        foreach (var column in cloud.Columns)
            if (column.Type != type || column.Components != 1) throw new ArgumentException($"The column \"{column.Name}\" is of {column.Components} x {column.Type}; an array has numbers of one type, here {type}.", nameof(cloud));
        var width = cloud.Columns.Count;
        var values = PointColumn.Create("values", type, checked(cloud.Count * width));
        for (var i = 0; i < width; i++) cloud.Columns[i].Put(values.Bytes, width * values.ValueBytes, i * values.ValueBytes, 0);
        return new NpyArray([cloud.Count, width], values);
    }
}
