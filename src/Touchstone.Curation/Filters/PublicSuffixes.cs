namespace Touchstone.Curation.Filters;

/// <summary>
/// Tells the registered domain of a host by the public suffix list (publicsuffix.org): the longest suffix that a rule names, and one label more. Rules for private
/// domains are passed over, as tldextract does unless asked otherwise.
/// </summary>
internal sealed class PublicSuffixes
{
    private const string PrivateSection = "===BEGIN PRIVATE DOMAINS===";

    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);

    /// <param name="lines">Lines of the list as it is published.</param>
    public PublicSuffixes(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.Contains(PrivateSection, StringComparison.Ordinal)) break;
            var rule = line.Trim();
            if (rule.Length > 0 && !rule.StartsWith("//", StringComparison.Ordinal)) _rules.Add(rule);
        }
    }

    /// <summary>The registered domain; empty where the host is a suffix itself, or has no suffix that is listed.</summary>
    public string RegisteredDomain(string host)
    {
        // From the longest candidate down, so that the first rule met is the longest; an exception names a domain that is registered itself.
        for (int start = 0, previous = -1; start >= 0; start = host.IndexOf('.', start) is var dot and >= 0 ? dot + 1 : -1)
        {
            var candidate = host[start..];
            if (_rules.Contains("!" + candidate)) return candidate;
            var isWild = candidate.IndexOf('.') is var dot and > 0 && _rules.Contains("*." + candidate[(dot + 1)..]);
            if (isWild || _rules.Contains(candidate)) return previous < 0 ? "" : host[previous..];
            previous = start;
        }

        return "";
    }
}
