using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A data set of another tool that waits to be imported.</summary>
public readonly record struct DatasetId(Guid Value) : IUuid<DatasetId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static DatasetId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static DatasetId From(Guid value) => new(value);

    public static DatasetId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DatasetId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(DatasetId left, DatasetId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(DatasetId left, DatasetId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(DatasetId left, DatasetId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(DatasetId left, DatasetId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
