namespace Touchstone.Annotations.Ontologies;

/// <summary>When a question is asked, depending on other answers. A sealed set.</summary>
/// <remarks>
/// A condition names only questions that stand before its own, so that none can wait for itself. What is not answered equals
/// nothing, is in no list and contains nothing.
/// </remarks>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>How deep conditions may nest.</summary>
    public const int MaxDepth = 8;
}

/// <summary>Where a condition looks: at a question of the ontology, or at another attribute of the same shape.</summary>
/// <param name="IsAttribute">Whether <paramref name="Id"/> is an attribute of the same shape.</param>
/// <param name="Id">The id.</param>
public readonly record struct ConditionSource(bool IsAttribute, string Id);

/// <summary>A value that a condition compares with. Exactly one member is set.</summary>
public readonly record struct ConditionValue
{
    /// <summary>An option's id, a path of a taxonomy as <c>vehicle/car</c>, or text.</summary>
    public ConditionValue(string text) => Text = text;

    /// <summary>A rating or number.</summary>
    public ConditionValue(double number) => Number = number;

    /// <summary>Yes or no.</summary>
    public ConditionValue(bool boolean) => Boolean = boolean;

    /// <summary>An option's id, a path of a taxonomy as <c>vehicle/car</c>, or text.</summary>
    public string? Text { get; }

    /// <summary>A rating or number.</summary>
    public double? Number { get; }

    /// <summary>Yes or no.</summary>
    public bool? Boolean { get; }
}

/// <summary>There is an answer (<c>answered: true</c>), or there is none (<c>answered: false</c>).</summary>
public sealed record AnsweredCondition(ConditionSource Source, bool Answered) : Condition;

/// <summary>The answer is one of these values (<c>equals</c>: one value, <c>in</c>: several).</summary>
public sealed record EqualsCondition(ConditionSource Source, IReadOnlyList<ConditionValue> Values) : Condition;

/// <summary>A multiple choice has this option, a taxonomy's path passes through it, or a shapes answer has a shape of this class.</summary>
public sealed record ContainsCondition(ConditionSource Source, string Value) : Condition;

/// <summary>Every one of these holds.</summary>
public sealed record AllCondition(IReadOnlyList<Condition> Conditions) : Condition;

/// <summary>At least one of these holds.</summary>
public sealed record AnyCondition(IReadOnlyList<Condition> Conditions) : Condition;

/// <summary>This does not hold.</summary>
public sealed record NotCondition(Condition Inner) : Condition;
