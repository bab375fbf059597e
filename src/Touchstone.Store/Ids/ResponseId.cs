using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A submitted answer set.</summary>
public readonly record struct ResponseId(Guid Value) : IUuid<ResponseId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static ResponseId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ResponseId From(Guid value) => new(value);

    public static ResponseId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ResponseId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(ResponseId left, ResponseId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ResponseId left, ResponseId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(ResponseId left, ResponseId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(ResponseId left, ResponseId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
