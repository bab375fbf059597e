using System.Buffers;

namespace Touchstone.Curation.Redaction;

/// <summary>Finds keys and tokens of services by the signs that their makers begin them with, and private keys by their armour.</summary>
/// <remarks>
/// Prefixes, alphabets and lengths of gitleaks' default rules (gitleaks/gitleaks, <c>config/gitleaks.toml</c>, MIT), of which those are taken that a prefix alone makes
/// certain; armour by RFC 7468 section 10 and 11, and RFC 9580 section 6.2 for OpenPGP. JSON Web Tokens by RFC 7519: three parts, the first of which opens an object.
/// </remarks>
internal static class Secrets
{
    private const int MaxKeyLength = 512;
    private const int MaxArmourLength = 64 * 1024;
    private const string Armour = "-----BEGIN ";

    private static readonly SearchValues<char> s_word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> s_dotted = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.=");
    private static readonly SearchValues<char> s_base32 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    // Prefix, the signs that follow it, and how many of them at least and at most.
    private static readonly Rule[] s_rules =
    [
        new("AKIA", s_base32, 16, 16), new("ASIA", s_base32, 16, 16), new("ABIA", s_base32, 16, 16), new("ACCA", s_base32, 16, 16),    // Amazon Web Services
        new("AIza", s_word, 35, 35), new("ya29.", s_word, 30, 400), new("GOCSPX-", s_word, 28, 28),                                    // Google
        new("ghp_", s_word, 36, 36), new("gho_", s_word, 36, 36), new("ghu_", s_word, 36, 36), new("ghs_", s_word, 36, 36), new("ghr_", s_word, 36, 76),
        new("github_pat_", s_word, 82, 82), new("glpat-", s_word, 20, 64), new("glptt-", s_word, 40, 40), new("gldt-", s_word, 20, 64),
        new("xoxb-", s_word, 20, 200), new("xoxp-", s_word, 20, 200), new("xoxa-", s_word, 20, 200), new("xoxe-", s_word, 20, 200), new("xoxr-", s_word, 20, 200),
        new("xoxs-", s_word, 20, 200), new("xapp-", s_word, 20, 200),                                                                  // Slack
        new("sk_live_", s_word, 10, 99), new("sk_test_", s_word, 10, 99), new("rk_live_", s_word, 10, 99), new("rk_test_", s_word, 10, 99), // Stripe
        new("sk-ant-", s_word, 80, 120), new("sk-", s_word, 48, 48), new("sk-proj-", s_word, 40, 200), new("sk-svcacct-", s_word, 40, 200), new("sk-admin-", s_word, 40, 200),
        new("hf_", s_word, 34, 34), new("npm_", s_word, 36, 36), new("pypi-AgEIcHlwaS5vcmc", s_word, 50, 400), new("nuget_", s_word, 40, 60),
        new("SG.", s_dotted, 66, 66), new("dop_v1_", s_word, 64, 64), new("doo_v1_", s_word, 64, 64), new("shpat_", s_word, 32, 32), new("shpss_", s_word, 32, 32),
        new("sq0atp-", s_word, 22, 22), new("sq0csp-", s_word, 43, 43), new("glsa_", s_word, 41, 41), new("hvs.", s_word, 90, 120), new("hvb.", s_word, 130, 300),
        new("PMAK-", s_word, 59, 59), new("lin_api_", s_word, 40, 40), new("key-", s_word, 32, 32), new("AGE-SECRET-KEY-1", s_base32, 58, 58),
        new("dapi", s_word, 32, 34), new("ATATT3", s_dotted, 186, 186), new("eyJ", s_dotted, 40, MaxKeyLength),
    ];

    private static readonly SearchValues<string> s_prefixes = SearchValues.Create([Armour, .. Array.ConvertAll(s_rules, r => r.Prefix)], StringComparison.Ordinal);

    public static void Find(string text, List<RedactedSpan> found)
    {
        for (var i = 0; i < text.Length;)
        {
            var next = text.AsSpan(i).IndexOfAny(s_prefixes);
            if (next < 0) return;
            i += next;
            var span = text.AsSpan(i).StartsWith(Armour) ? PrivateKey(text, i) : Key(text, i);
            if (span.Length > 0) found.Add(span);
            i = Math.Max(i + 1, span.End);
        }
    }

    private static RedactedSpan Key(string text, int start)
    {
        if (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_')) return default;
        foreach (var rule in s_rules)
        {
            if (!text.AsSpan(start).StartsWith(rule.Prefix)) continue;
            var body = text.AsSpan(start + rule.Prefix.Length);
            var length = body.IndexOfAnyExcept(rule.Signs);
            if (length < 0) length = body.Length;
            while (length > 0 && body[length - 1] == '.') length--;
            if (length < rule.Least || length > rule.Most || !IsRandom(rule, body[..length])) continue;
            return new(start, rule.Prefix.Length + length, RedactionTypes.ApiKey);
        }

        return default;
    }

    // A word of a text or a placeholder has no digits among its letters, or repeats one sign.
    private static bool IsRandom(Rule rule, ReadOnlySpan<char> body)
    {
        if (rule.Prefix == "eyJ" && body.Count('.') != 2) return false;
        return body.ContainsAnyInRange('0', '9') && body.ContainsAnyExcept(body[0]) && (body.ContainsAnyInRange('a', 'z') || body.ContainsAnyInRange('A', 'Z'));
    }

    private static RedactedSpan PrivateKey(string text, int start)
    {
        var line = text.AsSpan(start, Math.Min(100, text.Length - start));
        var label = line[Armour.Length..];
        var closes = label.IndexOf("-----");
        if (closes < 0 || !(label[..closes].EndsWith("PRIVATE KEY") || label[..closes].EndsWith("PRIVATE KEY BLOCK"))) return default;

        var rest = text.AsSpan(start, Math.Min(MaxArmourLength, text.Length - start));
        var end = rest.IndexOf("-----END ");
        if (end < 0) return new(start, ArmourLength(rest, Armour.Length + closes + 5), RedactionTypes.PrivateKey); // cut off: as far as its lines go
        var tail = rest[(end + 9)..].IndexOf("-----");
        return new(start, tail < 0 ? rest.Length : end + 9 + tail + 5, RedactionTypes.PrivateKey);
    }

    private static int ArmourLength(ReadOnlySpan<char> text, int length)
    {
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '+' or '/' or '=' or '\n' or '\r' or '\\')) length++;
        return length;
    }

    private sealed record Rule(string Prefix, SearchValues<char> Signs, int Least, int Most);
}
