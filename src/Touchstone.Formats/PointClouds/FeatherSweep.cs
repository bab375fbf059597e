using Touchstone.Files.Arrow;

namespace Touchstone.Formats.PointClouds;

/// <summary>Reads the sweeps of Argoverse 2: Feather files with <c>x</c>, <c>y</c>, <c>z</c> (metres in the vehicle's frame), <c>intensity</c>, <c>laser_number</c> and <c>offset_ns</c> (nanoseconds after the file's moment).</summary>
/// <remarks>Argoverse 2 API, guide/src/datasets/sensor.md, "LiDAR Sweeps". Real numbers of 16 bits become ones of 32; a value that is missing becomes NaN, or 0 in columns of whole numbers.</remarks>
public static class FeatherSweep
{
    /// <summary>Reads one file: all its columns of numbers.</summary>
    /// <param name="stream">The file; it need not be one that can seek.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="limits">How much memory it may take.</param>
    /// <exception cref="FileFormatFaultException">The file is no Feather file, contradicts itself, holds no column of numbers, or is larger than the limits.</exception>
    public static PointCloud Read(Stream stream, string fileName = "sweep.feather", PointCloudLimits? limits = null)
    {
        limits ??= PointCloudLimits.Default;
        try
        {
            var batches = ArrowReader.Read(stream, fileName, new ArrowLimits((int)Math.Min(limits.BytesMax, ArrowLimits.Default.FileBytesMax), limits.ExpansionMax, (int)Math.Min(limits.ExpansionFreeBytes, int.MaxValue)));
            var points = batches.Sum(b => (long)b.Count);
            List<PointColumn> columns = [];
            if (batches.Count > 0)
            {
                for (var i = 0; i < batches[0].Columns.Count; i++)
                    if (Create(batches[0].Columns[i], points, fileName, limits) is { } column) columns.Add(Fill(column, batches, i));
            }

            return columns.Count > 0 ? new PointCloud(columns) : throw new FileFormatFaultException($"{fileName}: no column of numbers.");
        }
        catch (ArrowFormatException fault)
        {
            throw new FileFormatFaultException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is DllNotFoundException or ArgumentException)
        {
            throw new FileFormatFaultException($"{fileName}: {fault.Message}", fault);      // no libzstd, or two columns of one name
        }
    }

    private static PointColumn? Create(ArrowColumn column, long points, string fileName, PointCloudLimits limits)
    {
        var type = column.Type switch
        {
            ArrowType.Int8 => PointType.Int8,
            ArrowType.UInt8 => PointType.UInt8,
            ArrowType.Int16 => PointType.Int16,
            ArrowType.UInt16 => PointType.UInt16,
            ArrowType.Int32 => PointType.Int32,
            ArrowType.UInt32 => PointType.UInt32,
            ArrowType.Int64 => PointType.Int64,
            ArrowType.UInt64 => PointType.UInt64,
            ArrowType.Float16 or ArrowType.Float32 => PointType.Float32,
            ArrowType.Float64 => PointType.Float64,
            _ => (PointType?)null,
        };
        if (type is not { } known) return null;
        if (points * PointColumn.SizeOf(known) > Math.Min(limits.BytesMax, Array.MaxLength)) throw new FileFormatFaultException($"{fileName}: {points} points are more than the {Math.Min(limits.BytesMax, Array.MaxLength)} bytes of a column that are read.");
        return PointColumn.Create(column.Name, known, (int)points);
    }

    private static PointColumn Fill(PointColumn column, IReadOnlyList<ArrowBatch> batches, int index)
    {
        var at = 0;
        foreach (var batch in batches)
            for (var row = 0; row < batch.Count; row++) column.Set(at++, batch.Columns[index], row);
        return column;
    }

    /// <summary>One value. Whole numbers go as such: a real number of 64 bits holds only 53 of theirs.</summary>
    private static void Set(this PointColumn column, int at, ArrowColumn from, int row)
    {
        switch (column)
        {
            case PointColumn<float> single: single.MutableValues[at] = (float)(from.Number(row) ?? double.NaN); break;
            case PointColumn<double> real: real.MutableValues[at] = from.Number(row) ?? double.NaN; break;
            case PointColumn<sbyte> whole: whole.MutableValues[at] = (sbyte)(from.Whole(row) ?? 0); break;
            case PointColumn<byte> whole: whole.MutableValues[at] = (byte)(from.Whole(row) ?? 0); break;
            case PointColumn<short> whole: whole.MutableValues[at] = (short)(from.Whole(row) ?? 0); break;
            case PointColumn<ushort> whole: whole.MutableValues[at] = (ushort)(from.Whole(row) ?? 0); break;
            case PointColumn<int> whole: whole.MutableValues[at] = (int)(from.Whole(row) ?? 0); break;
            case PointColumn<uint> whole: whole.MutableValues[at] = (uint)(from.Whole(row) ?? 0); break;
            case PointColumn<long> whole: whole.MutableValues[at] = from.Whole(row) ?? 0; break;
            case PointColumn<ulong> whole: whole.MutableValues[at] = (ulong)(from.Number(row) ?? 0); break;
        }
    }
}
