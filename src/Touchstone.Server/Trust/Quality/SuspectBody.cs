using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>An accepted label that may be wrong.</summary>
/// <param name="Task">The task.</param>
/// <param name="ExternalId">Its owner's id.</param>
/// <param name="Asset">What is looked at.</param>
/// <param name="Question">The question.</param>
/// <param name="Shape">Of a shape its id in the answers; null of other answers, and of something that the answers may lack.</param>
/// <param name="Answer">The accepted answer or class; <c>nothing</c> where the answers may lack something.</param>
/// <param name="Score">How far it is trusted, in [0, 1]: by the witness that trusts it least.</param>
/// <param name="Alternative">What may be right instead.</param>
/// <param name="Reason">Why it is doubted, in a sentence.</param>
/// <param name="State">The task's state.</param>
/// <param name="Confidence">The task's, as it was accepted.</param>
internal sealed record SuspectBody(
    LabelTaskId Task, string? ExternalId, AssetId? Asset, string Question, string? Shape, string Answer, double Score, string? Alternative, string Reason, TaskState State, double? Confidence);
