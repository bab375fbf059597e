using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A project.</summary>
public readonly record struct ProjectId(Guid Value) : IUuid<ProjectId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static ProjectId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ProjectId From(Guid value) => new(value);

    public static ProjectId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProjectId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(ProjectId left, ProjectId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ProjectId left, ProjectId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(ProjectId left, ProjectId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(ProjectId left, ProjectId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
