using System.Text.Json;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Work;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>A task to be decided: what was said, by nobody in particular, and what the engine makes of it.</summary>
/// <param name="Token">Names the review lease.</param>
/// <param name="Project">The project.</param>
/// <param name="Task">The task.</param>
/// <param name="ExternalId">Its owner's id.</param>
/// <param name="OntologyVersion">What answers are checked against.</param>
/// <param name="OntologyUrl">Where that version is read.</param>
/// <param name="Inputs">What to look at.</param>
/// <param name="IssuedAt">When the lease was given.</param>
/// <param name="ExpiresAt">Until when it is kept.</param>
/// <param name="Reason">Why a person has to decide.</param>
/// <param name="ConfidenceWanted">What confidence the project asks of a consensus that stands by itself.</param>
/// <param name="Consensus">The estimate; null where too few answered.</param>
/// <param name="Responses">The responses in force.</param>
/// <param name="Earlier">The review before, of a task that was sent back.</param>
internal sealed record ReviewLeaseBody(
    LeaseToken Token,
    ProjectId Project,
    LabelTaskId Task,
    string? ExternalId,
    int OntologyVersion,
    string OntologyUrl,
    IReadOnlyList<InputBody> Inputs,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    ReviewReason Reason,
    double ConfidenceWanted,
    ConsensusBody? Consensus,
    IReadOnlyList<ReviewedResponse> Responses,
    EarlierReview? Earlier);

/// <summary>The lease, or why there is none.</summary>
internal sealed record NextReviewBody(ReviewLeaseBody? Lease, string? Reason);

/// <summary>A consensus on the wire.</summary>
/// <param name="Digest">SHA-256 of the answers: who accepts names what they saw.</param>
/// <param name="Answers">The fused answers.</param>
/// <param name="Confidence">Of the least sure decision.</param>
/// <param name="Agreement">Mean pairwise agreement.</param>
/// <param name="Detail">How sure each part is and what it was made from.</param>
/// <param name="Differences">What the responses do not agree upon, least sure first.</param>
internal sealed record ConsensusBody(
    string Digest, JsonElement Answers, double Confidence, double? Agreement, ConsensusDetail Detail, IReadOnlyList<Difference> Differences);

/// <summary>One point on which responses differ.</summary>
/// <param name="Question">The question.</param>
/// <param name="Kind"><c>existence</c> (some marked it, some did not), <c>class</c>, <c>attribute</c>, <c>geometry</c> (it lies elsewhere or has another
/// form) or <c>answer</c>.</param>
/// <param name="Shape">For an object: its id in the answers, or in the rejected ones.</param>
/// <param name="Attribute">For an attribute: its id.</param>
/// <param name="Similarity">For geometry: of the two shapes that are least alike, in [0, 1]; intersection over union where they have area.</param>
/// <param name="Confidence">Of what the consensus says there; for geometry the mean similarity to its shape.</param>
/// <param name="For">Responses that say what the consensus says, or marked the object.</param>
/// <param name="Against">Responses that say otherwise, or did not mark it.</param>
internal sealed record Difference(
    string Question, string Kind, string? Shape, string? Attribute, double? Similarity, double Confidence, IReadOnlyList<string> For, IReadOnlyList<string> Against);

/// <summary>A response as a reviewer sees it.</summary>
/// <param name="Response">Its id, to send it back by.</param>
/// <param name="Letter">A, B, C ... for people.</param>
/// <param name="Answers">What was said.</param>
/// <param name="IsCorrection">Whether it was given after another was sent back.</param>
/// <param name="Contributor">Who gave it; told to managers alone.</param>
internal sealed record ReviewedResponse(ResponseId Response, string Letter, JsonElement Answers, bool IsCorrection, ReviewedContributor? Contributor);

/// <summary>Somebody whose answer is reviewed.</summary>
internal sealed record ReviewedContributor(ContributorId Id, string DisplayName, bool Simulated);

/// <summary>What was decided before.</summary>
internal sealed record EarlierReview(string Decision, JsonElement? Comments, DateTimeOffset DecidedAt);
