using System.Diagnostics.CodeAnalysis;
using Touchstone.Annotations.Answers;

namespace Touchstone.Annotations;

/// <summary>What reading a document gave: the value, or the faults that say why there is none.</summary>
/// <param name="Value">The value; null exactly when there are faults.</param>
/// <param name="Faults">Every fault found, in the document's order.</param>
public sealed record Parsed<T>(T? Value, IReadOnlyList<Fault> Faults) where T : class
{
    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;

    /// <summary>The value, where faults would be a mistake of the program's own.</summary>
    /// <exception cref="FormatException">There are faults; the message lists them.</exception>
    public T ValueOrThrow() => Value ?? throw new FormatException(string.Join(Environment.NewLine, Faults));
}
