using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>An answer to a training task.</summary>
public readonly record struct TrainingAnswerId(Guid Value) : IUuid<TrainingAnswerId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static TrainingAnswerId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static TrainingAnswerId From(Guid value) => new(value);

    public static TrainingAnswerId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TrainingAnswerId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(TrainingAnswerId left, TrainingAnswerId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(TrainingAnswerId left, TrainingAnswerId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(TrainingAnswerId left, TrainingAnswerId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(TrainingAnswerId left, TrainingAnswerId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
