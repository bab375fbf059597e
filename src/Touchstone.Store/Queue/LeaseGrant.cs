using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>A lease as it is handed out. Only <see cref="Token"/>, the inputs, the ontology and the times may reach a contributor.</summary>
/// <param name="Token">All that a contributor ever sees of the lease.</param>
/// <param name="LeaseId">For owners and the server.</param>
/// <param name="ProjectId">The project.</param>
/// <param name="TaskId">Server side only: it would tell gold and audits apart.</param>
/// <param name="AssetId">The picture of a task with one input.</param>
/// <param name="Inputs">JSON of other inputs.</param>
/// <param name="OntologyVersion">What the answers are checked against.</param>
/// <param name="Purpose">Work, correction or review.</param>
/// <param name="IssuedAt">When it was first given.</param>
/// <param name="ExpiresAt">Until when the slot is kept, unless renewed.</param>
/// <param name="Supersedes">For a correction: the response to be done again.</param>
/// <param name="HasPrelabel">Its task has a proposal to begin with (<see cref="LabelTask.Prelabel"/>), which is read where it is shown.</param>
public sealed record LeaseGrant(
    LeaseToken Token, LeaseId LeaseId, ProjectId ProjectId, LabelTaskId TaskId, AssetId? AssetId, string? Inputs, int OntologyVersion,
    LeasePurpose Purpose, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, ResponseId? Supersedes, bool HasPrelabel);

/// <summary>A lease as it stands.</summary>
/// <param name="Grant">What was handed out, with the present <see cref="LeaseGrant.ExpiresAt"/>.</param>
/// <param name="CompartmentId">The compartment of its task.</param>
/// <param name="State">Live, submitted, skipped, returned or expired.</param>
/// <param name="DraftVersion">Version of the saved draft; 0 without one.</param>
public sealed record LeaseView(LeaseGrant Grant, CompartmentId CompartmentId, LeaseState State, int DraftVersion);
