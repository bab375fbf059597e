using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A body of work under one ontology.</summary>
public sealed class Project
{
    public required ProjectId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    /// <summary>Markdown shown to contributors.</summary>
    public string Instructions { get; set; } = "";

    /// <summary>Kind of input, in snake_case as the annotations room names it.</summary>
    public string InputKind { get; set; } = "image";

    /// <summary>Number of the ontology version that new tasks are answered under.</summary>
    public int OntologyVersion { get; set; } = 1;

    /// <summary>Responses that every task gets.</summary>
    public int OverlapMin { get; set; } = 2;

    /// <summary>Responses that a task gets at most before people review it.</summary>
    public int OverlapMax { get; set; } = 4;

    /// <summary>Confidence in (0, 1] from which a consensus stands without another response.</summary>
    public double OverlapConfidence { get; set; } = 0.8;

    /// <summary>Share of leases that are gold, in [0, 1).</summary>
    public double GoldRate { get; set; } = 0.05;

    /// <summary>Answers after which a gold task is retired, so that its answer does not get about; 0 is never.</summary>
    public int GoldRotateAfter { get; set; }

    /// <summary>Training tasks that a newcomer does before ordinary work.</summary>
    public int TrainingTasks { get; set; }

    /// <summary>Gold tasks that a newcomer is evaluated by, unmarked among ordinary work.</summary>
    public int EvaluationTasks { get; set; }

    public int LeaseMinutes { get; set; } = 30;

    public ReviewPolicy Review { get; set; } = ReviewPolicy.BelowConfidence;

    /// <summary>Share of done tasks that an audit draws by default, in [0, 1].</summary>
    public double AuditShare { get; set; } = 0.1;

    /// <summary>Share of audited tasks that two people judge independently, in [0, 1]: what they differ in tells how far auditors err.</summary>
    public double AuditTwice { get; set; } = 0.2;

    public ProjectState State { get; set; } = ProjectState.Active;

    /// <summary>The data is drawn, not photographed.</summary>
    public bool Synthetic { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; }
}

public enum ReviewPolicy
{
    Never = 0,
    BelowConfidence = 1,
    Always = 2,
}

public enum ProjectState
{
    Active = 0,
    Paused = 1,
    Archived = 2,
}
