using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>Who asks the queue: a contributor as the request's sign-in found them.</summary>
/// <param name="ContributorId">The contributor; whether they are suspended is read again inside each transaction.</param>
/// <param name="OrganizationId">Projects of any other organization do not exist for them.</param>
/// <param name="Role">Audits and reviews need <see cref="Role.Reviewer"/> or above.</param>
/// <param name="Simulated">A program that plays a person: its responses are marked.</param>
/// <param name="Clearances">The compartments that they may see.</param>
public sealed record Worker(
    ContributorId ContributorId, OrganizationId OrganizationId, Role Role, bool Simulated, IReadOnlySet<CompartmentId> Clearances);
