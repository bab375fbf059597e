namespace Touchstone.Formats.PointClouds;

/// <summary>Reads LAS files of the versions 1.0 to 1.4, point formats 0 to 10.</summary>
/// <remarks>
/// ASPRS, LAS Specification 1.4 - R15, 2019, and 1.2, 2008. Positions are scaled and moved as the head says and are in the units of the file's coordinate system, metres as a rule. Bits that share a byte become columns of their own; the scan angle is in degrees. Bytes of a point
/// behind those of its format, and packets of waveforms, are passed over. Files compressed by LASzip (LAZ) are refused by name.
/// </remarks>
public static class LasReader
{
    private const double ScanAngleUnit = 0.006;             // degrees, formats 6 to 10

    /// <summary>Reads one file.</summary>
    /// <param name="stream">At its beginning; it need not be one that can seek.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="limits">How much memory it may take.</param>
    /// <exception cref="FileFormatFaultException">The file is no LAS file, is compressed, contradicts itself, ends too early or is larger than the limits.</exception>
    public static PointCloud Read(Stream stream, string fileName = "cloud.las", PointCloudLimits? limits = null)
    {
        var input = new CloudInput(stream, fileName, limits);
        var header = LasHeader.Read(input);
        var fields = LasFields.Of(header.PointFormat);
        List<(PointColumn Column, int Offset)> raw = new(fields.Count);
        foreach (var field in fields) raw.Add((PointColumn.Create(field.Name, field.Type, 0), field.Offset));
        input.ReadRows(raw, header.RecordBytes, header.Points);

        List<PointColumn> columns = [];
        for (var i = 0; i < raw.Count; i++)
        {
            var column = raw[i].Column;
            if (fields[i].Bits is { } bits) foreach (var (name, shift, mask) in bits) columns.Add(Part(name, ((PointColumn<byte>)column).Values, shift, mask));
            else columns.Add(column switch
            {
                PointColumn<int> position => Scaled(position.Name, position.Values, header.Scale[i], header.Offset[i]),
                PointColumn<sbyte> rank => Degrees(rank),
                PointColumn<short> angle => Degrees(angle),
                _ => column,
            });
        }

        return new PointCloud(columns);
    }

    private static PointColumn<double> Scaled(string name, ReadOnlySpan<int> values, double scale, double offset)
    {
        var scaled = new double[values.Length];
        for (var i = 0; i < scaled.Length; i++) scaled[i] = values[i] * scale + offset;
        return new PointColumn<double>(name, scaled);
    }

    private static PointColumn<byte> Part(string name, ReadOnlySpan<byte> values, int shift, int mask)
    {
        var parts = new byte[values.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = (byte)((values[i] >> shift) & mask);
        return new PointColumn<byte>(name, parts);
    }

    private static PointColumn<float> Degrees(PointColumn<sbyte> rank)
    {
        var degrees = new float[rank.Count];
        for (var i = 0; i < degrees.Length; i++) degrees[i] = rank.Values[i];
        return new PointColumn<float>(rank.Name, degrees);
    }

    private static PointColumn<float> Degrees(PointColumn<short> angle)
    {
        var degrees = new float[angle.Count];
        for (var i = 0; i < degrees.Length; i++) degrees[i] = (float)(angle.Values[i] * ScanAngleUnit);
        return new PointColumn<float>(angle.Name, degrees);
    }
}
