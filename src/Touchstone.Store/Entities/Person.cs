using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>One human, across organizations. What they may do is said by their <see cref="Contributor"/> in each.</summary>
public sealed class Person
{
    public required PersonId Id { get; init; }

    /// <summary>Lower case; null until an invitation was accepted, and for simulated people.</summary>
    public string? Email { get; set; }

    public required string DisplayName { get; set; }

    /// <summary>As ASP.NET Core Identity's password hasher writes it; null for people who only use links.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password and at "sign out everywhere"; a cookie that carries another value is refused.</summary>
    public required string SecurityStamp { get; set; }

    public int FailedSignIns { get; set; }

    public DateTimeOffset? LockedOutUntil { get; set; }

    /// <summary>A program that plays a person; its work is marked simulated everywhere.</summary>
    public bool Simulated { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; }
}
