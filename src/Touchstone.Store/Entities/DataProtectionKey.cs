namespace Touchstone.Store.Entities;

/// <summary>One key of the ring that protects sign-in cookies; in the database so that every server reads the same ring.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; init; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}
