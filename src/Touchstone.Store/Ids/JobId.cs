using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A durable job.</summary>
public readonly record struct JobId(Guid Value) : IUuid<JobId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static JobId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static JobId From(Guid value) => new(value);

    public static JobId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(JobId left, JobId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(JobId left, JobId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(JobId left, JobId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(JobId left, JobId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
