namespace Touchstone.Quality.Operations;

/// <summary>How strictly lots are inspected.</summary>
public enum InspectionLevel
{
    /// <summary>As usual.</summary>
    Normal,

    /// <summary>More strictly, since lots were rejected.</summary>
    Tightened,

    /// <summary>Inspection by sampling should stop until the work is better.</summary>
    Stopped,
}

/// <summary>When to inspect more strictly: the switching rules between normal and tightened inspection.</summary>
/// <remarks>
/// ISO 2859-1:1999, clause 9.3: from normal to tightened when 2 of 5 or fewer consecutive lots were not accepted; back when 5 consecutive lots were accepted; stop when 5 lots were not accepted while
/// tightened. Reduced inspection is left out: it asks for conditions that no count of lots can tell (steady production, an authority's approval).
/// </remarks>
public sealed record InspectionSwitch
{
    private const int Window = 5;

    /// <summary>The level for the next lot.</summary>
    public InspectionLevel Level { get; private init; } = InspectionLevel.Normal;

    /// <summary>Lots since the last change of level, the newest lowest: bit set where not accepted.</summary>
    private uint Rejected { get; init; }

    /// <summary>Lots accepted in a row while tightened.</summary>
    public int AcceptedInARow { get; private init; }

    /// <summary>Lots not accepted since inspection was tightened.</summary>
    public int RejectedWhileTightened { get; private init; }

    /// <summary>After one lot. A stopped inspection stays stopped until <see cref="Resume"/>.</summary>
    public InspectionSwitch Observe(bool isAccepted)
    {
        switch (Level)
        {
            case InspectionLevel.Normal:
                var lots = ((Rejected << 1) | (isAccepted ? 0u : 1u)) & ((1u << Window) - 1);
                return System.Numerics.BitOperations.PopCount(lots) >= 2 ? new InspectionSwitch { Level = InspectionLevel.Tightened } : this with { Rejected = lots };
            case InspectionLevel.Tightened when isAccepted:
                return AcceptedInARow + 1 >= Window ? new InspectionSwitch() : this with { AcceptedInARow = AcceptedInARow + 1 };
            case InspectionLevel.Tightened:
                var rejected = this with { AcceptedInARow = 0, RejectedWhileTightened = RejectedWhileTightened + 1 };
                return rejected.RejectedWhileTightened >= Window ? rejected with { Level = InspectionLevel.Stopped } : rejected;
            default:
                return this;
        }
    }

    /// <summary>After the work was put right: tightened inspection begins again.</summary>
    public InspectionSwitch Resume() => Level == InspectionLevel.Stopped ? new InspectionSwitch { Level = InspectionLevel.Tightened } : this;
}
