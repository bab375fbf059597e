using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A task.</summary>
public readonly record struct LabelTaskId(Guid Value) : IUuid<LabelTaskId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static LabelTaskId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static LabelTaskId From(Guid value) => new(value);

    public static LabelTaskId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LabelTaskId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(LabelTaskId left, LabelTaskId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(LabelTaskId left, LabelTaskId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(LabelTaskId left, LabelTaskId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(LabelTaskId left, LabelTaskId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
