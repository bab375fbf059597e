using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>The report of a curated corpus that somebody shared.</summary>
public readonly record struct CorpusId(Guid Value) : IUuid<CorpusId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static CorpusId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static CorpusId From(Guid value) => new(value);

    public static CorpusId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CorpusId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(CorpusId left, CorpusId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(CorpusId left, CorpusId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(CorpusId left, CorpusId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(CorpusId left, CorpusId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
