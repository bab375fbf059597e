using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A fence around data within an organization; None where there is none.</summary>
public readonly record struct CompartmentId(Guid Value) : IUuid<CompartmentId>
{
    /// <summary>No compartment: everybody of the organization may see it, as far as their role goes.</summary>
    public static readonly CompartmentId None;

    /// <summary>A new id that sorts by time.</summary>
    public static CompartmentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static CompartmentId From(Guid value) => new(value);

    public static CompartmentId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CompartmentId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(CompartmentId left, CompartmentId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(CompartmentId left, CompartmentId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(CompartmentId left, CompartmentId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(CompartmentId left, CompartmentId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
