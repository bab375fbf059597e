using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>An example in a project's instructions.</summary>
public readonly record struct ExampleId(Guid Value) : IUuid<ExampleId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static ExampleId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ExampleId From(Guid value) => new(value);

    public static ExampleId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ExampleId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(ExampleId left, ExampleId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ExampleId left, ExampleId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(ExampleId left, ExampleId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(ExampleId left, ExampleId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
