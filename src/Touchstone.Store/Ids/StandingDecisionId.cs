using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A person's decision upon how a contributor goes on.</summary>
public readonly record struct StandingDecisionId(Guid Value) : IUuid<StandingDecisionId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static StandingDecisionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static StandingDecisionId From(Guid value) => new(value);

    public static StandingDecisionId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StandingDecisionId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(StandingDecisionId left, StandingDecisionId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(StandingDecisionId left, StandingDecisionId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(StandingDecisionId left, StandingDecisionId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(StandingDecisionId left, StandingDecisionId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
