using System.Text;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Pipelines;

/// <summary>Parameters of the step <c>url_lists</c>: files of one entry a line; empty lines and those that begin with # say nothing.</summary>
public sealed record AddressListSettings
{
    /// <summary>Domains and hosts whose pages fall.</summary>
    [FileParameter]
    public string? Domains { get; init; }

    /// <summary>Addresses that fall.</summary>
    [FileParameter]
    public string? Addresses { get; init; }

    /// <summary>Words that an address may not have.</summary>
    [FileParameter]
    public string? Words { get; init; }

    /// <summary>Words of which an address may have few.</summary>
    [FileParameter]
    public string? SoftWords { get; init; }

    /// <summary>Number of those from which an address falls.</summary>
    [ParameterRange(1)]
    public int SoftWordsMinimum { get; init; } = 2;

    /// <summary>Parts of words that an address may not have.</summary>
    [FileParameter]
    public string? Subwords { get; init; }

    /// <summary>The public suffix list.</summary>
    [FileParameter]
    public string? PublicSuffixes { get; init; }

    /// <summary>Member of the record that has the address.</summary>
    public string Member { get; init; } = "url";

    internal AddressLists Make()
    {
        if (Domains is null && Addresses is null && Words is null && SoftWords is null && Subwords is null) throw new ArgumentException("expected at least one list, such as domains: domains.txt, found none");
        return new(new AddressListsParameters
        {
            Domains = ListFile.Read(Domains),
            Addresses = ListFile.Read(Addresses),
            Words = ListFile.Read(Words),
            SoftWords = ListFile.Read(SoftWords),
            SoftWordsMinimum = SoftWordsMinimum,
            Subwords = ListFile.Read(Subwords),
            PublicSuffixes = PublicSuffixes is null ? null : File.ReadAllLines(PublicSuffixes, Encoding.UTF8),
            Member = Member,
        });
    }
}

/// <summary>Parameters of the step <c>c4_bad_words</c>.</summary>
public sealed record BadWordSettings
{
    /// <summary>File of the words, one a line.</summary>
    [FileParameter]
    public string? Words { get; init; }

    /// <summary>Whether a word must stand by itself; for languages without spaces it need not.</summary>
    public bool WholeWords { get; init; } = true;

    internal C4BadWords Make() => new(new C4BadWordsParameters { Words = ListFile.Read(Words ?? throw new ArgumentException("expected a file of words, found none")), WholeWords = WholeWords });
}

/// <summary>Files of one entry a line.</summary>
internal static class ListFile
{
    /// <summary>The entries; none where no file is named.</summary>
    public static string[] Read(string? file) => file is null ? [] : [.. File.ReadAllLines(file, Encoding.UTF8).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')];
}
