using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Clouds;

/// <summary>Makes of clouds what a format can carry, by its traits alone, and counts what that costs.</summary>
public sealed class CloudNarrowing(CloudTraits traits)
{
    private readonly LossCounter _losses = new();

    /// <summary>What was lost so far.</summary>
    public LossReport Report => _losses.ToReport();

    /// <summary>The position that a format of positions needs and a cloud has not; null where it has all.</summary>
    public string? MissingPosition(PointCloud cloud)
    {
        if (traits.Columns is null && traits.Carries(CloudParts.ColumnNames)) return null;
        foreach (var name in (ReadOnlySpan<string>)["x", "y", "z"])
            if (cloud.Find(name) is not { Components: 1 }) return name;
        return null;
    }

    /// <summary>The cloud as the format has it.</summary>
    public PointCloud Narrow(PointCloud cloud)
    {
        foreach (var loss in cloud.NotRead) _losses.Add(loss.Kind, loss.Explanation, loss.Count);
        var rows = cloud.Rows;
        if (rows > 1 && !traits.Carries(CloudParts.Grid))
        {
            _losses.Add("grid", $"{traits.Name} has a list of points: that they stand in a grid of width times height is left out, their order stays.");
            rows = 1;
        }

        var viewpoint = cloud.Viewpoint;
        if (!traits.Carries(CloudParts.Viewpoint))
        {
            if (viewpoint is not null && !viewpoint.SequenceEqual(PointCloud.NoViewpoint)) _losses.Add("viewpoint", $"{traits.Name} has no place for where the sensor stood; points stay in the sensor's frame.");
            viewpoint = null;
        }

        return new PointCloud(traits.Columns is { } columns ? Fixed(cloud, columns) : Any(cloud)) { Rows = rows, Viewpoint = viewpoint };
    }

    /// <summary>Exactly these columns, of real numbers of 32 bits.</summary>
    private List<PointColumn> Fixed(PointCloud cloud, IReadOnlyList<string> names)
    {
        List<PointColumn> columns = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (ColumnNames.Meaning(name, cloud) is { } column)
            {
                taken.Add(column.Name);
                columns.Add(ToSingle(column, name));
            }
            else
            {
                _losses.Add($"filled:{name}", $"{traits.Name} has a value for it at each point and the source has none: 0 is written.", cloud.Count);
                columns.Add(PointColumn.Create(name, PointType.Float32, cloud.Count));
            }
        }

        foreach (var column in cloud.Columns)
            if (!taken.Contains(column.Name)) _losses.Add($"column:{column.Name}", $"{traits.Name} has {string.Join(", ", names)} and no other column: its values are left out.", column.Count);
        return columns;
    }

    private PointColumn<float> ToSingle(PointColumn column, string name)
    {
        if (column is PointColumn<float> single)
        {
            CheckIntensity(single, name);
            return new PointColumn<float>(name, single.Values.ToArray());
        }

        var values = new float[column.Length];
        long changed = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)column[i];
            if (!((double)values[i]).Equals(column[i])) changed++;
        }

        if (changed > 0) _losses.Add($"double_precision:{name}", $"{traits.Name} has real numbers of 32 bits: values are rounded to them.", changed);
        if (column.Type != PointType.Float32) _losses.Add($"column_type:{name}", $"{traits.Name} has real numbers of 32 bits alone; which type the column had is left out.");
        var rounded = new PointColumn<float>(name, values);
        CheckIntensity(rounded, name);
        return rounded;
    }

    private void CheckIntensity(PointColumn<float> column, string name)
    {
        if (traits.IntensityMax is not { } max || ColumnNames.PartOf(name) != CloudParts.Intensity) return;
        long outside = 0;
        foreach (var value in column.Values)
            if (!(value >= 0 && value <= max)) outside++;
        if (outside > 0) _losses.Add("intensity_range", $"{traits.Name}'s intensities are from 0 to {max}; values outside are written as they are, as nothing says what they are parts of.", outside);
    }

    private List<PointColumn> Any(PointCloud cloud)
    {
        List<PointColumn> columns = [.. cloud.Columns];
        if (!traits.Carries(CloudParts.SeveralValues)) columns = [.. columns.SelectMany(Apart)];
        if (!traits.Carries(CloudParts.ColumnTypes)) columns = OfOneType(columns);
        else if (!traits.Carries(CloudParts.LongIntegers)) columns = columns.ConvertAll(c => c.Type is PointType.Int64 or PointType.UInt64 ? To(PointType.Float64, c) : c);
        return traits.Carries(CloudParts.ColumnNames) ? Worded(columns) : InOrder(columns);
    }

    private IEnumerable<PointColumn> Apart(PointColumn column)
    {
        if (column.Components == 1) return [column];
        _losses.Add($"several_values:{column.Name}", $"{traits.Name} has one value a point in a column: the column becomes {column.Components}, its name followed by _0 and so on.");
        return Enumerable.Range(0, column.Components).Select(k =>
        {
            var part = PointColumn.Create($"{column.Name}_{k}", column.Type, column.Count);
            part.Take(column.Bytes, column.Components * column.ValueBytes, k * column.ValueBytes, 0);
            return part;
        });
    }

    /// <summary>The narrowest type that holds all values, as far as one does.</summary>
    private List<PointColumn> OfOneType(List<PointColumn> columns)
    {
        if (columns.TrueForAll(c => c.Type == columns[0].Type)) return columns;
        var fitsSingle = columns.TrueForAll(c => c.Type is PointType.Float32 or PointType.Int8 or PointType.UInt8 or PointType.Int16 or PointType.UInt16);
        return columns.ConvertAll(c => To(fitsSingle ? PointType.Float32 : PointType.Float64, c));
    }

    private PointColumn To(PointType type, PointColumn column)
    {
        if (column.Type == type) return column;
        _losses.Add($"column_type:{column.Name}", $"{traits.Name} has no place for {column.Type} here; the values are written as {type}.");
        if (type == PointType.Float32)
        {
            var singles = new float[column.Length];
            for (var i = 0; i < singles.Length; i++) singles[i] = (float)column[i];
            return new PointColumn<float>(column.Name, singles, column.Components);
        }

        var values = new double[column.Length];
        long changed = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column[i];
            if (!IsWhole(column, i, values[i])) changed++;
        }

        if (changed > 0) _losses.Add($"long_integers:{column.Name}", "Whole numbers above 2^53 are rounded to real numbers of 64 bits.", changed);
        return new PointColumn<double>(column.Name, values, column.Components);
    }

    private static bool IsWhole(PointColumn column, int index, double value) => column switch
    {
        PointColumn<long> whole => (Int128)value == whole.Values[index],
        PointColumn<ulong> whole => (Int128)value == whole.Values[index],
        _ => true,
    };

    /// <summary>Names as single words of ASCII.</summary>
    private List<PointColumn> Worded(List<PointColumn> columns)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return columns.ConvertAll(column =>
        {
            var word = ColumnNames.Word(column.Name, taken);
            if (word == column.Name) return column;
            _losses.Add($"column_name:{column.Name}", $"{traits.Name} has single words of ASCII as names: it is called {word}.");
            return column.Called(word);
        });
    }

    /// <summary>Positions and intensity first, where readers without names look for them.</summary>
    private List<PointColumn> InOrder(List<PointColumn> columns)
    {
        List<PointColumn> ordered = [];
        foreach (var name in NpyFormat.FirstColumns)
            if (ColumnNames.Meaning(name, new PointCloud(columns)) is { } first && !ordered.Contains(first)) ordered.Add(first);
        ordered.AddRange(columns.Where(c => !ordered.Contains(c)));
        for (var i = 0; i < ordered.Count; i++)
            if (i >= NpyFormat.FirstColumns.Length || ordered[i].Name != NpyFormat.FirstColumns[i]) _losses.Add($"column_name:{ordered[i].Name}", $"{traits.Name} has no names of columns: it is the one at index {i}.");
        return ordered;
    }
}
