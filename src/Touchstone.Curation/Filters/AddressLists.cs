using System.Buffers;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>
/// Drops documents by their web address: listed domains, hosts, addresses, words and parts of words. The rules and reasons of datatrove 0.10's <c>URLFilter</c>; a
/// document without an address stays.
/// </summary>
public sealed class AddressLists : DocumentStep
{
    private readonly AddressListsParameters _parameters;
    private readonly HashSet<string> _domains;
    private readonly HashSet<string> _addresses;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _softWords;
    private readonly SearchValues<string> _subwords;
    private readonly PublicSuffixes? _suffixes;

    /// <param name="parameters">The lists.</param>
    /// <exception cref="ArgumentException">All lists are empty.</exception>
    public AddressLists(AddressListsParameters parameters)
    {
        if (parameters.Domains.Count + parameters.Addresses.Count + parameters.Words.Count + parameters.SoftWords.Count + parameters.Subwords.Count == 0)
            throw new ArgumentException("All lists of addresses are empty, so that the filter would drop nothing.", nameof(parameters));
        _parameters = parameters;
        _domains = new(parameters.Domains, StringComparer.Ordinal);
        _addresses = new(parameters.Addresses, StringComparer.Ordinal);
        _words = new HashSet<string>(parameters.Words, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _softWords = new HashSet<string>(parameters.SoftWords, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _subwords = SearchValues.Create([.. parameters.Subwords], StringComparison.Ordinal);
        _suffixes = parameters.PublicSuffixes is { } lines ? new PublicSuffixes(lines) : null;
    }

    /// <inheritdoc/>
    public override string Id => "url_lists@datatrove-0.10";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var log = new RuleLog(null);
        if (RecordMembers.Text(document, _parameters.Member) is { } address) Run(address, ref log);
        return log.Verdict;
    }

    /// <inheritdoc/>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        var log = new RuleLog(values);
        if (RecordMembers.Text(document, _parameters.Member) is { } address) Run(address, ref log);
    }

    private void Run(string address, ref RuleLog log)
    {
        var host = HostOf(address);
        if (log.Stops("domain", _domains.Count > 0 && IsDomainListed(host) ? 1 : 0, RuleComparison.Above, 0)) return;
        if (log.Stops("subdomain", _domains.Contains(host) ? 1 : 0, RuleComparison.Above, 0)) return;
        if (log.Stops("url", _addresses.Contains(address) ? 1 : 0, RuleComparison.Above, 0)) return;
        var (words, softWords) = CountWords(address);
        if (log.Stops("hard_blacklisted", words, RuleComparison.Above, 0)) return;
        if (log.Stops("soft_blacklisted", softWords, RuleComparison.Above, _parameters.SoftWordsMinimum - 1)) return;
        if (_parameters.Subwords.Count > 0) log.Stops("blacklisted_subword", HasSubword(address) ? 1 : 0, RuleComparison.Above, 0);
    }

    /// <summary>True where the registered domain is listed. Where public suffixes are not known, a listed host of two labels is taken for a registered domain, and any listed parent counts.</summary>
    private bool IsDomainListed(string host)
    {
        if (_suffixes is not null) return _domains.Contains(_suffixes.RegisteredDomain(host));
        if (host.AsSpan().Count('.') == 1 && _domains.Contains(host)) return true;
        for (var dot = host.IndexOf('.'); dot >= 0; dot = host.IndexOf('.', dot + 1))
        {
            if (_domains.Contains(host[(dot + 1)..])) return true;
        }

        return false;
    }

    /// <summary>Distinct listed words among the runs of ASCII letters and digits.</summary>
    private (int Words, int SoftWords) CountWords(string address)
    {
        HashSet<string>? seen = null;
        var (words, softWords) = (0, 0);
        for (int start = 0, i = 0; i <= address.Length; i++)
        {
            if (i < address.Length && char.IsAsciiLetterOrDigit(address[i])) continue;
            var word = address.AsSpan(start, i - start);
            start = i + 1;
            var (isWord, isSoft) = (_words.Contains(word), _softWords.Contains(word));
            if ((!isWord && !isSoft) || !(seen ??= new(StringComparer.Ordinal)).Add(word.ToString())) continue;
            words += isWord ? 1 : 0;
            softWords += isSoft ? 1 : 0;
        }

        return (words, softWords);
    }

    private bool HasSubword(string address)
    {
        var characters = string.Create(address.Count(char.IsAsciiLetterOrDigit), address, static (into, from) =>
        {
            var used = 0;
            foreach (var unit in from)
            {
                if (char.IsAsciiLetterOrDigit(unit)) into[used++] = char.ToLowerInvariant(unit);
            }
        });
        return characters.AsSpan().ContainsAny(_subwords);
    }

    private static string HostOf(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = address.AsSpan(scheme < 0 ? 0 : scheme + 3);
        if (rest.IndexOfAny("/?#") is var end and >= 0) rest = rest[..end];
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        if (rest.IndexOf(':') is var port and >= 0) rest = rest[..port];
        return rest.TrimEnd('.').ToString().ToLowerInvariant();
    }
}
