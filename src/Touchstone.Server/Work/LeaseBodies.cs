using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Turns what the queue hands out into what a contributor may see of it.</summary>
internal sealed class LeaseBodies(StoreDatabase database, InputCache inputs)
{
    private static readonly JsonElement NoComments = JsonDocument.Parse("[]").RootElement.Clone();

    public async ValueTask<NextBody> OfAsync(NextResult result, CancellationToken cancellationToken) => result switch
    {
        NextResult.Granted granted => new NextBody(await OfAsync(granted.Lease, LeaseState.Live, cancellationToken), null),
        NextResult.Nothing nothing => new NextBody(null, nothing.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public async ValueTask<LeaseBody> OfAsync(LeaseGrant lease, LeaseState state, CancellationToken cancellationToken)
    {
        var token = lease.Token.ToString();
        var correction = lease.Supersedes is { } response ? await CorrectionAsync(lease.TaskId, response, cancellationToken) : null;
        return new LeaseBody(
            token,
            lease.ProjectId.Value,
            SnakeCaseNames.Of(state),
            lease.OntologyVersion,
            $"{TouchstoneServer.ApiPrefix}/projects/{lease.ProjectId}/ontologies/{lease.OntologyVersion}",
            await InputsAsync(lease, token),
            lease.IssuedAt.UtcDateTime,
            lease.ExpiresAt.UtcDateTime,
            correction,
            lease.HasPrelabel ? await PrelabelAsync(lease.TaskId, cancellationToken) : null);
    }

    private async ValueTask<IReadOnlyList<InputBody>> InputsAsync(LeaseGrant lease, string token)
    {
        if (lease.AssetId is not { } asset) return [];
        var facts = await inputs.GetAsync(asset);
        return [new InputBody("image", $"{TouchstoneServer.ApiPrefix}/leases/{token}/inputs/0", facts.WidthPx, facts.HeightPx, facts.MediaType)];
    }

    private async Task<CorrectionBody> CorrectionAsync(LabelTaskId task, ResponseId response, CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        var answers = await store.Responses.Where(r => r.Id == response).Select(r => r.Answers).SingleAsync(cancellationToken);
        var comments = await store.Reviews.Where(r => r.TaskId == task && r.SentBack == response)
            .OrderByDescending(r => r.Id).Select(r => r.Comments).FirstOrDefaultAsync(cancellationToken);
        return new CorrectionBody(Parse(answers), comments is null ? NoComments : Parse(comments));
    }

    /// <summary>Read here and not with the lease, which is kept in memory long after.</summary>
    private async Task<PrelabelBody?> PrelabelAsync(LabelTaskId task, CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        var json = await store.Tasks.Where(t => t.Id == task).Select(t => t.Prelabel).SingleAsync(cancellationToken);
        if (json is null) return null;
        var prelabel = Prelabel.Parse(json);
        return new PrelabelBody(prelabel.Origin, prelabel.Answers);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
