namespace Touchstone.Store.Entities;

/// <summary>What a contributor may do in an organization; each role may do what those before it may.</summary>
public enum Role
{
    /// <summary>Takes and submits work.</summary>
    Contributor = 0,

    /// <summary>Also reviews and audits.</summary>
    Reviewer = 1,

    /// <summary>Also leads projects: imports, gold, releases, invitations below manager.</summary>
    Manager = 2,

    /// <summary>Also owns the organization: managers, keys, compartments.</summary>
    Owner = 3,
}
