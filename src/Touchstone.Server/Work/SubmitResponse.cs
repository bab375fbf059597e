using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Server.Host;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Answers a task. The receipt goes out when the answers are on the disk, with the next lease if that was asked for.</summary>
/// <remarks>The busiest route: the body is read once into a pooled array and checked where it lies; one string is made, the one that is stored.</remarks>
internal static class SubmitResponse
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/leases/{token}/response", Handle)
        .Accepts<Request>("application/json").WithName("SubmitResponse");

    /// <summary>The body, for the API's description; it is read by <see cref="SubmitBody"/>.</summary>
    public sealed record Request(JsonElement Answers, long ActiveMilliseconds);

    public static async Task<Results<Ok<ReceiptBody>, ProblemHttpResult>> Handle(
        LeaseToken token, bool? next, HttpRequest request, CurrentContributor contributor, IWorkQueue queue, OntologyCache ontologies, InputCache inputs,
        LeaseBodies bodies, ServerOptions options, CancellationToken cancellationToken)
    {
        var worker = contributor.AsWorker();
        if (await queue.FindAsync(worker, token, fresh: false, cancellationToken) is not { Grant: var lease }) return QueueRefusals.UnknownLease();
        if (lease.Purpose == LeasePurpose.Review) return QueueRefusals.Of(QueueReason.WrongPurpose);

        using var body = await PooledBody.ReadAsync(request, (int)Math.Min(options.RequestBytesMax, int.MaxValue / 2), cancellationToken);
        if (body is null) return Problems.TooLarge($"A submit has at most {options.RequestBytesMax} bytes.");
        var ontology = await ontologies.GetAsync(lease.ProjectId, lease.OntologyVersion, cancellationToken);
        var extent = lease.AssetId is { } asset ? (await inputs.GetAsync(asset)).Extent : default;
        if (Check(body.Bytes, ontology, extent, out var submit) is { Count: > 0 } faults) return Problems.Invalid(faults);

        var submission = new Submission(
            worker, token, Encoding.UTF8.GetString(submit.Answers.Span), SHA256.HashData(submit.Answers.Span), submit.ActiveMilliseconds, next ?? false);
        return await queue.SubmitAsync(submission, cancellationToken) switch
        {
            SubmitResult.Accepted accepted => await ReceiptAsync(token, accepted.SubmittedAt, accepted.Next, bodies, cancellationToken),
            SubmitResult.Repeated repeated => await ReceiptAsync(token, repeated.SubmittedAt, repeated.Next, bodies, cancellationToken),
            SubmitResult.Refused refused => QueueRefusals.Of(refused.Reason),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Reads the body and checks the answers; pointers count from the body's root.</summary>
    internal static IReadOnlyList<Fault> Check(ReadOnlyMemory<byte> utf8, Ontology ontology, in InputExtent extent, out SubmitBody submit)
    {
        if (SubmitBody.Read(utf8, out submit) is { } fault) return [fault];
        try
        {
            using var document = JsonDocument.Parse(submit.Answers, Strict);
            var faults = AnswerChecker.Check(ontology, document.RootElement, extent);
            return faults.Count == 0 ? faults : [.. faults.Select(f => f with { Pointer = "/answers" + f.Pointer })];
        }
        catch (JsonException broken)
        {
            return [new Fault("/answers", "JSON nested at most 64 deep", broken.Message)];
        }
    }

    private static async ValueTask<Ok<ReceiptBody>> ReceiptAsync(
        LeaseToken token, DateTimeOffset submittedAt, NextResult? next, LeaseBodies bodies, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ReceiptBody(
            token.ToString(), submittedAt.UtcDateTime, next is null ? null : await bodies.OfAsync(next, cancellationToken)));
}
