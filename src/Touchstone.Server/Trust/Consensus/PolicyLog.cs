using Touchstone.Store.Entities;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>By which settings a project's tasks are decided at each place of the outbox.</summary>
internal sealed class PolicyLog
{
    private readonly List<PolicyEntry> _entries;

    /// <summary>A log whose last entry holds on; where the project's settings differ from it, they are entered from <paramref name="from"/> on.</summary>
    /// <param name="entries">What was recorded.</param>
    /// <param name="project">The settings now.</param>
    /// <param name="from">The first place that is decided now.</param>
    /// <param name="decidedUpTo">Up to here everything was decided before: a replay goes by the log and not by the settings of today.</param>
    public PolicyLog(IEnumerable<PolicyEntry> entries, Project project, OutboxPlace from, OutboxPlace decidedUpTo)
    {
        _entries = [.. entries.OrderBy(e => new OutboxPlace(e.Epoch, e.Sequence))];
        var now = DecisionPolicy.Of(project);
        if (_entries.Count > 0 && (from.CompareTo(decidedUpTo) <= 0 || Policy(_entries[^1]) == now)) return;
        Entered = new PolicyEntry
        {
            ProjectId = project.Id,
            OrganizationId = project.OrganizationId,
            Epoch = from.Epoch,
            Sequence = from.Sequence,
            OverlapMin = now.OverlapMin,
            OverlapMax = now.OverlapMax,
            OverlapConfidence = now.Confidence,
            Review = now.Review,
        };
        _entries.Add(Entered);
    }

    /// <summary>The entry that has to be recorded, if any.</summary>
    public PolicyEntry? Entered { get; }

    /// <summary>The settings in force at a place.</summary>
    public DecisionPolicy At(OutboxPlace place)
    {
        var found = _entries[0];
        foreach (var entry in _entries)
            if (new OutboxPlace(entry.Epoch, entry.Sequence) <= place) found = entry;
        return Policy(found);
    }

    private static DecisionPolicy Policy(PolicyEntry entry) => new(entry.OverlapMin, entry.OverlapMax, entry.OverlapConfidence, entry.Review);
}
