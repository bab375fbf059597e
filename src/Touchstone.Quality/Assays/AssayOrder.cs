namespace Touchstone.Quality.Assays;

/// <summary>An order to a bound: labels of at least this accuracy, shown with this confidence, for at most this money.</summary>
public sealed record AssayOrder
{
    /// <summary>Accuracy to be promised, in (0, 1), such as 0.98.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Confidence of the promise, one-sided, in (0.5, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Money there is, in minor units such as cents.</summary>
    public required long BudgetMinor { get; init; }

    /// <summary>Items to label, at least 1.</summary>
    public required int Items { get; init; }

    /// <summary>Labels of the question, at least 2.</summary>
    public required int LabelCount { get; init; }

    /// <summary>Contributors expected to take part, at least 1.</summary>
    public required int Contributors { get; init; }

    /// <summary>Share of answers of a contributor that are wrong, from a pilot or from like work, in (0, 1 - 1 / K).</summary>
    public required double ContributorErrors { get; init; }

    /// <summary>Cost of one answer in minor units, not negative.</summary>
    public required double AnswerCostMinor { get; init; }

    /// <summary>Cost of one judgement of an auditor in minor units, not negative.</summary>
    public required double AuditCostMinor { get; init; }

    /// <summary>Share of audited items that a second auditor judges too, in [0, 1].</summary>
    public double TwiceShare { get; init; } = 0.1;

    /// <summary>Times the audit is looked at, at most; at least 1.</summary>
    public int Looks { get; init; } = 4;

    /// <summary>Probability wanted that the bound is met, in (0, 1).</summary>
    public double Power { get; init; } = 0.9;

    /// <summary>Seed of the simulation that tells what overlap buys.</summary>
    public int Seed { get; init; } = 1;

    internal void Check()
    {
        Require(Accuracy is > 0 and < 1, nameof(Accuracy), Accuracy, "An accuracy to promise lies between 0 and 1, such as 0.98.");
        Require(Confidence is > 0.5 and < 1, nameof(Confidence), Confidence, "A confidence lies between 0.5 and 1, such as 0.95.");
        Require(Items >= 1, nameof(Items), Items, "There is at least one item to label.");
        Require(LabelCount >= 2, nameof(LabelCount), LabelCount, "A question has at least two labels.");
        Require(Contributors >= 1, nameof(Contributors), Contributors, "At least one contributor takes part.");
        Require(ContributorErrors > 0 && ContributorErrors < 1 - 1.0 / LabelCount, nameof(ContributorErrors), ContributorErrors, "Contributors err less often than someone who guesses, and more often than never.");
        Require(AnswerCostMinor >= 0 && AuditCostMinor >= 0 && BudgetMinor >= 0, nameof(AnswerCostMinor), AnswerCostMinor, "Costs and budget are not negative.");
        Require(TwiceShare is >= 0 and <= 1, nameof(TwiceShare), TwiceShare, "A share lies between 0 and 1.");
        Require(Looks is >= 1 and <= 100, nameof(Looks), Looks, "An audit is looked at once to a hundred times.");
        Require(Power is > 0 and < 1, nameof(Power), Power, "A probability lies between 0 and 1, such as 0.9.");
    }

    private static void Require(bool holds, string name, object value, string message)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, message);
    }
}

/// <summary>How many opinions an item gets.</summary>
/// <param name="Min">At least so many.</param>
/// <param name="Max">At most so many.</param>
/// <param name="Confidence">In between, until one label has this probability.</param>
public readonly record struct OverlapPlan(int Min, int Max, double Confidence);

/// <summary>One look at the audit.</summary>
/// <param name="Audited">Items audited by then.</param>
/// <param name="Confidence">One-sided confidence of the bound at this look: what the looks may err together sums to 1 - the order's confidence.</param>
/// <param name="AllowedErrors">In a simple random audit with auditors who do not err, errors up to which the bound is met; -1 where it cannot be.</param>
public readonly record struct AuditLook(int Audited, double Confidence, int AllowedErrors);

/// <summary>What an order will take.</summary>
public sealed record AssayOrderPlan
{
    /// <summary>The order.</summary>
    public required AssayOrder Order { get; init; }

    /// <summary>Whether the bound is met with the power wanted within the budget, if contributors err as often as expected.</summary>
    public required bool IsFeasible { get; init; }

    /// <summary>In one sentence, why or why not.</summary>
    public required string Reason { get; init; }

    /// <summary>Opinions an item.</summary>
    public required OverlapPlan Overlap { get; init; }

    /// <summary>Answers an item on average.</summary>
    public required double AnswersPerItem { get; init; }

    /// <summary>Accuracy of the labels that comes of it, as simulated.</summary>
    public required double ExpectedAccuracy { get; init; }

    /// <summary>Answers to gold that contributors give until they are known to be sound, all contributors together.</summary>
    public required int GoldAnswers { get; init; }

    /// <summary>The looks at the audit, in order; empty where no audit could meet the bound.</summary>
    public required AuditLook[] Looks { get; init; }

    /// <summary>Probability that some look meets the bound.</summary>
    public required double Power { get; init; }

    /// <summary>Items audited on average, since an early look may be enough.</summary>
    public required double ExpectedAudited { get; init; }

    /// <summary>Cost on average in minor units: answers, gold, audits and second audits.</summary>
    public required long ExpectedCostMinor { get; init; }

    /// <summary>Cost in minor units if the audit goes to its last look.</summary>
    public required long LargestCostMinor { get; init; }
}
