using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Clouds;

/// <summary>What is known of a column over all clouds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its values are, in the first cloud that has it.</param>
/// <param name="Components">Values that a point has.</param>
/// <param name="Values">How many values there are.</param>
/// <param name="NotANumber">Of them, those that are NaN.</param>
/// <param name="Infinite">Of them, those without end.</param>
/// <param name="Least">The least finite value; NaN where there is none.</param>
/// <param name="Most">The greatest finite value; NaN where there is none.</param>
public sealed record ColumnSummary(string Name, PointType Type, int Components, long Values, long NotANumber, long Infinite, double Least, double Most);

/// <summary>Looks at every value of clouds: how many points, what is known of each, between which bounds, and what looks wrong.</summary>
public sealed class CloudInspection
{
    private readonly List<ColumnSummary> _columns = [];
    private readonly LossCounter _notRead = new();

    /// <summary>Clouds seen.</summary>
    public long Clouds { get; private set; }

    /// <summary>Points of all.</summary>
    public long Points { get; private set; }

    /// <summary>Clouds without a point.</summary>
    public long Empty { get; private set; }

    /// <summary>Clouds whose points stand in a grid.</summary>
    public long Grids { get; private set; }

    /// <summary>Width and height of the first grid, points.</summary>
    public (int Width, int Height)? FirstGrid { get; private set; }

    /// <summary>Clouds that state where the sensor stood, other than at the origin and not turned.</summary>
    public long Viewpoints { get; private set; }

    /// <summary>Points whose position is not finite: not measured, as a rule.</summary>
    public long WithoutPosition { get; private set; }

    /// <summary>Points at the origin, where the sensor itself is: not measured either, as a rule.</summary>
    public long AtOrigin { get; private set; }

    /// <summary>Columns in the order in which they were met.</summary>
    public IReadOnlyList<ColumnSummary> Columns => _columns;

    /// <summary>What files hold that is no point.</summary>
    public LossReport NotRead => _notRead.ToReport();

    /// <summary>Looks at a cloud.</summary>
    public void Add(PointCloud cloud)
    {
        Clouds++;
        Points += cloud.Count;
        if (cloud.Count == 0) Empty++;
        if (cloud.Rows > 1)
        {
            Grids++;
            FirstGrid ??= (cloud.Count / cloud.Rows, cloud.Rows);
        }

        if (cloud.Viewpoint is { } viewpoint && !viewpoint.SequenceEqual(PointCloud.NoViewpoint)) Viewpoints++;
        foreach (var loss in cloud.NotRead) _notRead.Add(loss.Kind, loss.Explanation, loss.Count);
        foreach (var column in cloud.Columns) Add(column);
        if (cloud.Find("x") is not { Components: 1 } x || cloud.Find("y") is not { Components: 1 } y || cloud.Find("z") is not { Components: 1 } z) return;
        for (var i = 0; i < cloud.Count; i++)
        {
            var (a, b, c) = (x[i], y[i], z[i]);
            if (!double.IsFinite(a) || !double.IsFinite(b) || !double.IsFinite(c)) WithoutPosition++;
            else if (a == 0 && b == 0 && c == 0) AtOrigin++;
        }
    }

    private void Add(PointColumn column)
    {
        var at = _columns.FindIndex(c => c.Name == column.Name);
        var known = at < 0 ? new ColumnSummary(column.Name, column.Type, column.Components, 0, 0, 0, double.NaN, double.NaN) : _columns[at];
        var (nan, infinite, least, most) = (known.NotANumber, known.Infinite, double.IsNaN(known.Least) ? double.PositiveInfinity : known.Least, double.IsNaN(known.Most) ? double.NegativeInfinity : known.Most);
        for (var i = 0; i < column.Length; i++)
        {
            var value = column[i];
            if (double.IsNaN(value)) nan++;
            else if (double.IsInfinity(value)) infinite++;
            else (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        var now = known with { Values = known.Values + column.Length, NotANumber = nan, Infinite = infinite, Least = least <= most ? least : double.NaN, Most = least <= most ? most : double.NaN };
        if (at < 0) _columns.Add(now);
        else _columns[at] = now;
    }
}
