using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Projects;

/// <summary>A project as its file defines it.</summary>
public sealed record ProjectDefinition
{
    /// <summary>The name that people see; 1-200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What contributors are told, in Markdown.</summary>
    public string? Instructions { get; init; }

    /// <summary>What is looked at.</summary>
    public InputKind Input { get; init; } = InputKind.Image;

    /// <summary>The ontology packs that it includes, by name.</summary>
    public IReadOnlyList<string> Packs { get; init; } = [];

    /// <summary>The questions that it asks besides those of its packs.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>What may be said: <see cref="Questions"/> and <see cref="Packs"/> together.</summary>
    public required Ontology Ontology { get; init; }

    /// <summary>How many people answer each task.</summary>
    public OverlapPolicy Overlap { get; init; } = new();

    /// <summary>How much of the queue has known answers.</summary>
    public GoldPolicy Gold { get; init; } = new();

    /// <summary>What a newcomer is taught by before ordinary work.</summary>
    public TrainingPolicy Training { get; init; } = new();

    /// <summary>What a newcomer is evaluated by among ordinary work.</summary>
    public EvaluationPolicy Evaluation { get; init; } = new();

    /// <summary>How long a lease lasts without a sign of life, in minutes; 1-1,440.</summary>
    public int LeaseMinutes { get; init; } = 30;

    /// <summary>What people decide upon.</summary>
    public ReviewPolicy Review { get; init; } = new();

    /// <summary>What is judged again for the assay.</summary>
    public AuditPolicy Audit { get; init; } = new();

    /// <summary>The compartment that its data is in; null is none.</summary>
    public string? Compartment { get; init; }
}

/// <summary>How many independent responses a task gets.</summary>
/// <param name="Min">At first; 1-100.</param>
/// <param name="Max">At most, one at a time while confidence is below <paramref name="Confidence"/>; at least <paramref name="Min"/>.</param>
/// <param name="Confidence">The confidence of the consensus that is enough; in [0, 1].</param>
/// <remarks>
/// Two people agreeing is the least that shows an error at all. With contributors of 90 % accuracy two who agree on one of several classes are right in
/// more than 98 %, two who differ leave it near one half: 0.8 parts the two cases well.
/// </remarks>
public sealed record OverlapPolicy(int Min = 2, int Max = 4, double Confidence = 0.8);

/// <summary>How much of what a contributor gets has known answers.</summary>
/// <param name="Rate">Share of leases, in [0, 0.5].</param>
/// <param name="RotateAfter">Answers after which a gold task is retired, so that its answer does not get about; 0-1,000,000, and 0 is never.</param>
public sealed record GoldPolicy(double Rate = 0.05, int RotateAfter = 0);

/// <summary>What a newcomer is taught by: tasks whose answer they are told at once.</summary>
/// <param name="Tasks">Training tasks before ordinary work; 0-1,000, and 0 is none.</param>
public sealed record TrainingPolicy(int Tasks = 0);

/// <summary>What a newcomer is evaluated by: tasks whose answer is known, unmarked among ordinary work and more often than usual.</summary>
/// <param name="Tasks">Gold tasks until the evaluation ends; 0-1,000, and 0 is none.</param>
public sealed record EvaluationPolicy(int Tasks = 0);

/// <summary>Which tasks a reviewer decides upon.</summary>
/// <param name="When">When.</param>
public sealed record ReviewPolicy(ReviewWhen When = ReviewWhen.BelowConfidence);

/// <summary>When a task goes to review.</summary>
public enum ReviewWhen
{
    /// <summary>Never: the consensus is accepted as it is.</summary>
    Never,

    /// <summary>When its responses are all in and the confidence is still below the overlap's.</summary>
    BelowConfidence,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>The random sample that is judged again for the assay.</summary>
/// <param name="Share">Share of finished tasks, in [0, 1].</param>
/// <param name="Twice">Share of the sample that two people judge independently, in [0, 1]: what they differ in tells how far auditors err.</param>
public sealed record AuditPolicy(double Share = 0.05, double Twice = 0.2);
