namespace Touchstone.Quality.Assays;

/// <summary>A part of a release with what auditors said of a random sample of it.</summary>
/// <param name="Name">What the part is called: a class and a band of confidence.</param>
/// <param name="Population">Items of the part whose truth is not known otherwise.</param>
/// <param name="Audited">Of them, those drawn at random without replacement and judged by a first auditor.</param>
/// <param name="Correct">Of the audited, those whose label the first auditor called right.</param>
/// <param name="Twice">What a second auditor said of a random part of the audited.</param>
public sealed record AuditedStratum(string Name, int Population, int Audited, int Correct, SecondAudits Twice = default)
{
    internal void Check()
    {
        if (Population < 0 || Audited < 0 || Audited > Population) throw new ArgumentException($"Stratum \"{Name}\": {Audited} audited items do not lie between 0 and its {Population} items.");
        if (Correct < 0 || Correct > Audited) throw new ArgumentException($"Stratum \"{Name}\": {Correct} correct items do not lie between 0 and the {Audited} audited.");
        var both = Twice;
        if (both.BothCorrect < 0 || both.OnlyFirstCorrect < 0 || both.OnlySecondCorrect < 0 || both.BothWrong < 0
            || both.BothCorrect + both.OnlyFirstCorrect > Correct || both.OnlySecondCorrect + both.BothWrong > Audited - Correct)
            throw new ArgumentException($"Stratum \"{Name}\": the second audits do not fit the first ones ({Correct} of {Audited} correct).");
    }
}

/// <summary>Items judged by two auditors who did not see each other's answer.</summary>
/// <param name="BothCorrect">Both called the label right.</param>
/// <param name="OnlyFirstCorrect">The first alone did.</param>
/// <param name="OnlySecondCorrect">The second alone did.</param>
/// <param name="BothWrong">Neither did.</param>
public readonly record struct SecondAudits(int BothCorrect, int OnlyFirstCorrect, int OnlySecondCorrect, int BothWrong)
{
    /// <summary>Items judged twice.</summary>
    public int Count => BothCorrect + OnlyFirstCorrect + OnlySecondCorrect + BothWrong;

    /// <summary>Items on which the two disagreed.</summary>
    public int Disagreements => OnlyFirstCorrect + OnlySecondCorrect;
}

/// <summary>Items of a release whose truth is known without an audit, such as gold that is part of it.</summary>
/// <param name="Count">Items.</param>
/// <param name="Correct">Of them, those whose label is right.</param>
public readonly record struct KnownItems(int Count, int Correct);
