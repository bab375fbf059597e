namespace Touchstone.Curation.Filters;

/// <summary>The lists of <see cref="AddressLists"/>; an empty one drops nothing. No list comes with the filter.</summary>
public sealed record AddressListsParameters
{
    /// <summary>Domains and hosts, such as <c>example.com</c>, in lower case.</summary>
    public IReadOnlyCollection<string> Domains { get; init; } = [];

    /// <summary>Whole addresses, compared as they are written.</summary>
    public IReadOnlyCollection<string> Addresses { get; init; } = [];

    /// <summary>Words of ASCII letters and digits of which one in an address is enough; compared as they are written.</summary>
    public IReadOnlyCollection<string> Words { get; init; } = [];

    /// <summary>Words of which several distinct ones in an address are enough.</summary>
    public IReadOnlyCollection<string> SoftWords { get; init; } = [];

    /// <summary>How many distinct soft words are enough.</summary>
    public int SoftWordsMinimum { get; init; } = 2;

    /// <summary>Parts of words, lower-case ASCII letters and digits, that are looked for in the address with all other characters taken out.</summary>
    public IReadOnlyCollection<string> Subwords { get; init; } = [];

    /// <summary>
    /// The lines of the public suffix list, by which the registered domain of a host is told; null where there is none, and then any parent of a host that is listed counts.
    /// </summary>
    public IReadOnlyCollection<string>? PublicSuffixes { get; init; }

    /// <summary>Member of the record, or of its member <c>metadata</c>, that holds the address.</summary>
    public string Member { get; init; } = "url";
}
