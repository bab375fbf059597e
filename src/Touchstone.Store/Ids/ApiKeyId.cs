using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A program's key.</summary>
public readonly record struct ApiKeyId(Guid Value) : IUuid<ApiKeyId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static ApiKeyId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ApiKeyId From(Guid value) => new(value);

    public static ApiKeyId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ApiKeyId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(ApiKeyId left, ApiKeyId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ApiKeyId left, ApiKeyId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(ApiKeyId left, ApiKeyId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(ApiKeyId left, ApiKeyId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
