using Touchstone.Server.Host;
using Touchstone.Store.Entities;

namespace Touchstone.Server.People;

/// <summary>Who may act upon whom: an owner upon everybody, a manager upon reviewers and contributors.</summary>
internal static class Roles
{
    /// <summary>Whether the caller may invite, suspend or change somebody of this role, or give it to them.</summary>
    public static bool MayGovern(this CurrentContributor current, Role role) => current.Role == Role.Owner || (current.Role == Role.Manager && role < Role.Manager);

    public static string Refusal(Role role) => $"A manager governs reviewers and contributors; this one is, or would become, {SnakeCaseNames.Of(role)}. An owner can do it.";
}
