using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Examples;

/// <summary>Shows a decided case in the project's instructions.</summary>
internal static class MakeExample
{
    private const int CaptionMax = 1_000;

    /// <param name="Caption">What it teaches, in a sentence or two.</param>
    public sealed record Request(string Caption);

    /// <param name="Id">The example.</param>
    /// <param name="Caption">What it teaches.</param>
    /// <param name="Answers">The answers shown.</param>
    /// <param name="CreatedAt">When it was made.</param>
    public sealed record Body(ExampleId Id, string Caption, JsonElement Answers, DateTimeOffset CreatedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/reviews/{reviewId}/example", Handle).RequireReviewer().WithName("MakeExample")
        .WithSummary("Shows a decided case in the project's instructions; asked again it changes the caption.");

    public static async Task<Results<Ok<Body>, ProblemHttpResult>> Handle(
        ReviewId reviewId, Request request, CurrentContributor contributor, StoreContext store, StoreDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        var review = await store.ReviewsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(r => r.Id == reviewId, cancellationToken);
        if (review is null) return Problems.NotFound("There is no such review among those that you may see.");
        var caption = request.Caption.Trim();
        if (caption.Length is 0 or > CaptionMax || caption.Contains('\0')) return Problems.Invalid("/caption", $"what it teaches, in 1 to {CaptionMax} characters", $"{caption.Length} characters");
        var now = clock.Now();
        var made = await database.WriteAsync((write, cancel) => WriteAsync(write, review, caption, contributor, now, cancel), cancellationToken);
        return made is null
            ? Problems.Conflict("This case cannot be shown: it was not decided with an answer, was decided anew, or its answer must not be told.", "not_showable")
            : TypedResults.Ok(new Body(made.Id, made.Caption, JsonElement.Parse(made.Answers), made.CreatedAt));
    }

    private static async Task<InstructionExample?> WriteAsync(
        StoreContext store, Review review, string caption, CurrentContributor contributor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isLast = !await store.Reviews.AnyAsync(r => r.TaskId == review.TaskId && r.Id > review.Id, cancellationToken);
        if (!isLast || review is not { Decision: ReviewDecision.Accept or ReviewDecision.Edit, Answers: { } answers }) return null;
        if (!await ExampleRows.Showable(store).AnyAsync(t => t.Id == review.TaskId, cancellationToken)) return null;
        var example = await store.Examples.SingleOrDefaultAsync(e => e.ProjectId == review.ProjectId && e.ReviewId == review.Id && e.RemovedAt == null, cancellationToken);
        if (example is not null)
        {
            example.Caption = caption;
            return example;
        }

        example = new InstructionExample
        {
            Id = ExampleId.New(now),
            OrganizationId = review.OrganizationId,
            CompartmentId = review.CompartmentId,
            ProjectId = review.ProjectId,
            TaskId = review.TaskId,
            ReviewId = review.Id,
            Answers = answers,
            Caption = caption,
            CreatedBy = contributor.Id,
            CreatedAt = now,
        };
        store.Add(example);
        return example;
    }
}
