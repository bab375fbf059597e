using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>Decides a task: accepts the consensus, answers it otherwise, sends a response back to its contributor, or withdraws the task.</summary>
internal static class DecideReview
{
    private const int CommentsMax = 200;
    private const int CommentLengthMax = 4_000;

    /// <param name="Decision">What is decided.</param>
    /// <param name="Answers">For an edit: the right answers.</param>
    /// <param name="Response">For sending back: which response.</param>
    /// <param name="Comments">What the contributor should know; needed where work is sent back or withdrawn.</param>
    /// <param name="Consensus">For accepting: digest of the consensus that was seen. A consensus that changed meanwhile is then not accepted unseen.</param>
    public sealed record Request(
        ReviewDecision Decision, JsonElement? Answers = null, ResponseId? Response = null, IReadOnlyList<Comment>? Comments = null, string? Consensus = null);

    /// <param name="Text">What is said.</param>
    /// <param name="Question">The question that it is about.</param>
    /// <param name="Shape">The shape that it is about; when sending back, one of the response.</param>
    /// <param name="At">The place in the picture that it is about.</param>
    public sealed record Comment(string Text, string? Question = null, string? Shape = null, Place? At = null);

    /// <param name="X">Pixels from the left edge.</param>
    /// <param name="Y">Pixels from the top edge.</param>
    public sealed record Place(double X, double Y);

    public sealed record Receipt(ReviewId Id, LabelTaskId Task, ReviewDecision Decision, DateTimeOffset DecidedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/reviews/{token}", Handle).WithName("DecideReview").RequireReviewer();

    public static async Task<Results<Ok<Receipt>, ProblemHttpResult>> Handle(
        LeaseToken token, Request request, CurrentContributor contributor, IWorkQueue queue, StoreContext store, StoreDatabase database, OntologyCache ontologies,
        InputCache inputs, TimeProvider clock, CancellationToken cancellationToken)
    {
        var worker = contributor.AsWorker();
        if (await queue.FindAsync(worker, token, fresh: true, cancellationToken) is not { Grant: { Purpose: LeasePurpose.Review } lease })
            return Problems.NotFound("You have no review with this token. POST to a project's reviews/next to get one.");
        if (CheckShape(request) is { } fault) return Problems.Invalid([fault]);

        string? edited = null;
        var ontology = await ontologies.GetAsync(lease.ProjectId, lease.OntologyVersion, cancellationToken);
        var extent = lease.AssetId is { } asset ? (await inputs.GetAsync(asset)).Extent : default(InputExtent);
        if (await CheckPinsAsync(store, lease, request, ontology, extent, cancellationToken) is { } pin) return Problems.Invalid([pin]);
        if (request.Answers is { } answers)
        {
            var faults = AnswerChecker.Check(ontology, answers, extent);
            if (faults.Count > 0) return Problems.Invalid([.. faults.Select(f => f with { Pointer = "/answers" + f.Pointer })]);
            edited = Encoding.UTF8.GetString(AnswerSet.Parse(ontology, answers).ToJson());
        }

        if (await store.Responses.AnyAsync(r => r.TaskId == lease.TaskId && r.ContributorId == contributor.Id, cancellationToken))
            return Problems.Forbidden("You answered this task; somebody else must review it.", "own_work");
        var now = clock.Now();
        try
        {
            return TypedResults.Ok(await database.WriteAsync((context, cancel) => WriteAsync(context, worker, contributor, lease, request, edited, now, cancel), cancellationToken));
        }
        catch (RefusedException refused)
        {
            return refused.Problem;
        }
    }

    /// <summary>Leaves the transaction without a trace.</summary>
    private sealed class RefusedException(ProblemHttpResult problem) : Exception("The review is refused.")
    {
        public ProblemHttpResult Problem { get; } = problem;
    }

    private static Fault? CheckShape(Request request)
    {
        if (request.Decision is ReviewDecision.Keep) return new Fault("/decision", "accept, edit, send_back or withdraw", "keep, which takes back that a done task was put into review");
        if (request.Decision is ReviewDecision.Reopen) return new Fault("/decision", "accept, edit, send_back or withdraw", "reopen, which puts a done task back into review and decides none");
        if (request.Answers is not null != request.Decision is ReviewDecision.Edit)
            return new Fault("/answers", request.Decision is ReviewDecision.Edit ? "the right answers" : "no answers, which only an edit has", request.Answers is null ? "nothing" : "answers");
        if (request.Response is not null != request.Decision is ReviewDecision.SendBack)
            return new Fault("/response", request.Decision is ReviewDecision.SendBack ? "the response to be done again" : "no response, which only sending back has", request.Response is null ? "nothing" : "a response");
        var comments = request.Comments ?? [];
        if (request.Decision is ReviewDecision.SendBack or ReviewDecision.Withdraw && comments.Count == 0)
            return new Fault("/comments", "at least one comment that says why", "none");
        if (comments.Count > CommentsMax) return new Fault("/comments", $"at most {CommentsMax} comments", $"{comments.Count}");
        for (var i = 0; i < comments.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(comments[i].Text) || comments[i].Text.Length > CommentLengthMax || comments[i].Text.Contains('\0'))
                return new Fault($"/comments/{i}/text", $"1 to {CommentLengthMax} characters", $"{comments[i].Text.Length} characters");
        }

        return null;
    }

    /// <summary>A comment that points at nothing would be shown nowhere.</summary>
    private static async Task<Fault?> CheckPinsAsync(
        StoreContext store, LeaseGrant lease, Request request, Ontology ontology, InputExtent extent, CancellationToken cancellationToken)
    {
        var comments = request.Comments ?? [];
        var sentBack = request.Response is { } response && comments.Any(c => c.Shape is not null)
            ? await store.Responses.Where(r => r.Id == response && r.TaskId == lease.TaskId).Select(r => r.Answers).SingleOrDefaultAsync(cancellationToken)
            : null;
        var said = sentBack is null ? null : AnswerSet.Parse(ontology, ConsensusBodies.Parse(sentBack));
        for (var i = 0; i < comments.Count; i++)
        {
            var (comment, at) = (comments[i], $"/comments/{i}");
            if (comment.Question is { } question && !ontology.Questions.Any(q => q.Id == question)) return new Fault($"{at}/question", "a question of the ontology", question);
            if (comment.At is { } place && !Holds(extent, place)) return new Fault($"{at}/at", "a place in the picture", $"{place.X}, {place.Y}");
            if (comment.Shape is { } shape && said is not null && !HasShape(said, comment.Question, shape)) return new Fault($"{at}/shape", "a shape of the response", shape);
        }

        return null;
    }

    private static bool Holds(InputExtent extent, Place place) =>
        place is { X: >= 0, Y: >= 0 } && (!extent.HasSize || (place.X <= extent.WidthPx && place.Y <= extent.HeightPx));

    private static bool HasShape(AnswerSet answers, string? question, string shape) =>
        answers.ByQuestion.Any(a => (question is null || a.Key == question) && a.Value is ShapesAnswer shapes && shapes.Shapes.Any(s => s.Id == shape));

    private static async Task<Receipt> WriteAsync(
        StoreContext store, Worker worker, CurrentContributor contributor, LeaseGrant lease, Request request, string? edited, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await store.Reviews.AsNoTracking().SingleOrDefaultAsync(r => r.TaskId == lease.TaskId && r.LeaseId == lease.LeaseId, cancellationToken);
        if (known is not null) return Repeat(known, request, edited);
        var basis = await store.Consensus.AsNoTracking().SingleOrDefaultAsync(c => c.TaskId == lease.TaskId, cancellationToken);
        var answers = request.Decision == ReviewDecision.Accept ? Accepted(basis, request.Consensus) : edited;
        var becomes = request.Decision switch
        {
            ReviewDecision.Accept or ReviewDecision.Edit => TaskState.Done,
            ReviewDecision.SendBack => TaskState.Open,
            _ => TaskState.Withdrawn,
        };
        var gate = await QueueChanges.DecideReviewAsync(store, worker, lease.Token, becomes, now, cancellationToken);
        if (gate is not QueueChanges.ReviewGate.Open { Was: var was }) throw new RefusedException(QueueRefusals.Of(((QueueChanges.ReviewGate.Refused)gate).Reason));
        if (request.Response is { } response) await SendBackAsync(store, lease, response, now, cancellationToken);
        var review = await AddAsync(store, contributor, lease, request, answers, basis, now, cancellationToken);
        await DerivationWriter.MoveCountedAsync(store, lease.ProjectId, was, becomes, cancellationToken);
        if (becomes != TaskState.Open) await QueueChanges.CloseAsync(store, lease.TaskId, cancellationToken);
        return new Receipt(review.Id, review.TaskId, review.Decision, review.DecidedAt);
    }

    /// <summary>The same decision again gets the same receipt; another one is refused.</summary>
    private static Receipt Repeat(Review known, Request request, string? edited)
    {
        var isSame = known.Decision == request.Decision && known.SentBack == request.Response && (edited is null || edited == known.Answers);
        return isSame
            ? new Receipt(known.Id, known.TaskId, known.Decision, known.DecidedAt)
            : throw new RefusedException(Problems.Conflict("This review was decided before in another way, which stands.", "different_decision"));
    }

    private static string Accepted(Store.Entities.Consensus? consensus, string? seen)
    {
        if (consensus is null)
            throw new RefusedException(Problems.Conflict("There is no consensus to accept: too few people answered. Answer it yourself with an edit, or withdraw it.", "no_consensus"));
        return seen is null || seen == ConsensusBodies.DigestOf(consensus.Answers)
            ? consensus.Answers
            : throw new RefusedException(Problems.Conflict("The consensus changed since you saw it. Read the review again, then decide.", "consensus_changed"));
    }

    private static async Task SendBackAsync(StoreContext store, LeaseGrant lease, ResponseId response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await store.Responses.AnyAsync(r => r.Id == response && r.TaskId == lease.TaskId, cancellationToken))
            throw new RefusedException(Problems.Invalid("/response", "a response to this task", response.ToString()));
        if (await QueueChanges.SendBackAsync(store, response, now, new QueueOptions().CorrectionTerm, cancellationToken) is null)
            throw new RefusedException(Problems.Conflict("This response was corrected meanwhile. Read the review again.", "superseded"));
    }

    private static async Task<Review> AddAsync(
        StoreContext store, CurrentContributor contributor, LeaseGrant lease, Request request, string? answers, Store.Entities.Consensus? basis, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var earlier = await store.Reviews.Where(r => r.TaskId == lease.TaskId).OrderByDescending(r => r.Id).Select(r => (ReviewId?)r.Id).FirstOrDefaultAsync(cancellationToken);
        var task = await store.Tasks.Where(t => t.Id == lease.TaskId).Select(t => new { t.OrganizationId, t.CompartmentId, t.Purpose }).SingleAsync(cancellationToken);
        var review = new Review
        {
            Id = ReviewId.New(now),
            OrganizationId = task.OrganizationId,
            CompartmentId = task.CompartmentId,
            ProjectId = lease.ProjectId,
            TaskId = lease.TaskId,
            ReviewerId = contributor.Id,
            LeaseId = lease.LeaseId,
            Decision = request.Decision,
            Answers = answers,
            Basis = basis is null ? null : ReviewBasis.Of(basis.Answers, basis.Detail),
            SentBack = request.Response,
            Comments = request.Comments is { Count: > 0 } comments ? JsonSerializer.Serialize(comments, StoredJson.Options) : null,
            Supersedes = earlier,
            Simulated = contributor.Simulated,
            DecidedAt = now,
        };
        ReviewLog.Add(store, review, task.Purpose);
        return review;
    }
}
