using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Host;

/// <summary>Who asks. A handler takes it as a parameter; it is the same object for every request within the cache's two seconds.</summary>
internal sealed class CurrentContributor
{
    public required ContributorId Id { get; init; }

    public required PersonId PersonId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required Role Role { get; init; }

    public required string DisplayName { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>The compartments that they may see, <see cref="CompartmentId.None"/> among them. Clearance is given by name: not even an owner has it by role.</summary>
    public required CompartmentId[] Compartments { get; init; }

    private Worker? _worker;

    /// <summary>The same as the queue takes it.</summary>
    public Worker ToWorker() => _worker ??= new Worker(Id, OrganizationId, Role, Simulated, Compartments.Where(c => c != CompartmentId.None).ToHashSet());

    public bool MaySee(CompartmentId compartment) => Array.IndexOf(Compartments, compartment) >= 0;

    public bool Is(Role atLeast) => Role >= atLeast;

    /// <summary>How minimal APIs hand it to a handler.</summary>
    public static ValueTask<CurrentContributor?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>Null for a stranger.</summary>
    public static CurrentContributor? Of(HttpContext context) => (context.User.Identity as ContributorIdentity)?.Contributor;
}
