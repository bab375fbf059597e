using Touchstone.Formats.Exchange;
using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Clouds;

/// <summary>One array of NumPy: rows are points.</summary>
public sealed class NpyFormat : CloudFormat
{
    /// <summary>What the first columns are taken to be: the file has no names.</summary>
    internal static readonly string[] FirstColumns = ["x", "y", "z", "intensity"];

    /// <inheritdoc/>
    public override CloudTraits Traits { get; } = new()
    {
        Id = "npy",
        Name = "NPY",
        Specification = "NumPy Enhancement Proposal 1; an array of points times columns, the first of them x, y, z, intensity",
        Evidence = Evidence.Specification,
        Ending = ".npy",
        Parts = CloudParts.Intensity | CloudParts.Rings | CloudParts.Colours | CloudParts.Times | CloudParts.Labels | CloudParts.OtherColumns | CloudParts.DoublePrecision | CloudParts.LongIntegers,
    };

    /// <inheritdoc/>
    internal override double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes) => beginning.Length > 6 && beginning[0] == 0x93 && beginning[1..].StartsWith("NUMPY"u8) ? 0.8 : 0.3;

    /// <inheritdoc/>
    internal override PointCloud Read(Stream stream, string file) => OfRows(NpyFile.Read(stream, file), file);

    /// <inheritdoc/>
    internal override void Write(Stream stream, PointCloud cloud, CloudOptions options) => NpyFile.Write(stream, NpyArray.Of(cloud));

    /// <summary>Rows as points.</summary>
    internal static PointCloud OfRows(NpyArray array, string file)
    {
        // Wider than any sensor's points: a picture or a matrix, not a list of points.
        const int ColumnsMax = 64;
        return array.Shape is [_, > 0 and <= ColumnsMax]
            ? array.ToCloud(FirstColumns)
            : throw new FileFormatFaultException($"{file}: an array of the shape ({string.Join(", ", array.Shape)}); points in rows of 1 to {ColumnsMax} numbers were expected.");
    }
}

/// <summary>An archive of NumPy: an array for each column, or one array whose rows are points, as DGP has it.</summary>
public sealed class NpzFormat : CloudFormat
{
    /// <inheritdoc/>
    public override CloudTraits Traits { get; } = new()
    {
        Id = "npz",
        Name = "NPZ",
        Specification = "numpy.savez_compressed: an array for each column; read too as DGP and DDAD have it, one array of points in rows",
        Evidence = Evidence.OtherPrograms,
        Ending = ".npz",
        Parts = (CloudParts)((int)CloudParts.Grid - 1),
    };

    /// <inheritdoc/>
    internal override double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes) => beginning.StartsWith("PK"u8) ? 0.8 : 0.3;

    /// <inheritdoc/>
    internal override PointCloud Read(Stream stream, string file)
    {
        var arrays = NpzFile.Read(stream, file);
        if (!arrays.TryGetValue("x", out var x) || x.Shape.Count != 1)
        {
            var rows = arrays.Where(a => a.Value.Shape is [_, >= 3]).ToList();
            if (rows is not [var only]) throw new FileFormatFaultException($"{file}: points in one array of rows, or an array \"x\" of one index, were expected; found {Shown(arrays)}.");
            return With(NpyFormat.OfRows(only.Value, file), arrays.Where(a => a.Key != only.Key));
        }

        List<PointColumn> columns = [];
        List<KeyValuePair<string, NpyArray>> others = [];
        foreach (var (name, array) in arrays)
        {
            if (array.Shape is [var points] && points == x.Shape[0]) columns.Add(Named(name, array, 1));
            else if (array.Shape is [var rows, > 0 and var width] && rows == x.Shape[0]) columns.Add(Named(name, array, width));
            else others.Add(new(name, array));
        }

        return With(new PointCloud(columns), others);
    }

    /// <inheritdoc/>
    internal override void Write(Stream stream, PointCloud cloud, CloudOptions options) =>
        NpzFile.Write(stream, cloud.Columns.Select(c => KeyValuePair.Create(c.Name, new NpyArray(c.Components == 1 ? [c.Count] : [c.Count, c.Components], c))));

    private static PointColumn Named(string name, NpyArray array, int width)
    {
        var column = PointColumn.Create(name, array.Values.Type, array.Shape[0], width);
        array.Values.Bytes.CopyTo(column.Bytes);
        return column;
    }

    private static PointCloud With(PointCloud cloud, IEnumerable<KeyValuePair<string, NpyArray>> others) =>
        new(cloud.Columns) { NotRead = [.. others.Select(o => new Loss($"array:{o.Key}", 1, "Arrays that have not one row for each point are not read."))] };

    private static string Shown(IReadOnlyDictionary<string, NpyArray> arrays) =>
        arrays.Count == 0 ? "no array" : string.Join(", ", arrays.Take(10).Select(a => $"\"{a.Key}\" ({string.Join(", ", a.Value.Shape)})"));
}
