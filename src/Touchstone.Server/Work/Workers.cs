using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Touchstone.Server.Host;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>The caller as the queue knows them, made once for each <see cref="CurrentContributor"/> and not for each request.</summary>
internal static class Workers
{
    private static readonly ConditionalWeakTable<CurrentContributor, Worker> Known = [];

    public static Worker AsWorker(this CurrentContributor contributor) => Known.GetValue(
        contributor, static c => new Worker(c.Id, c.OrganizationId, c.Role, c.Simulated, c.Compartments.ToFrozenSet()));
}
