using System.Globalization;
using System.Text;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Redaction;

/// <summary>What is taken out of texts.</summary>
public sealed record RedactionOptions
{
    /// <summary>Which kinds, of <see cref="RedactionTypes"/>; <c>web</c>, <c>general</c> and <c>safe_harbor</c> stand for its lists.</summary>
    public IReadOnlyList<string> Types { get; init; } = RedactionTypes.Web;

    /// <summary>Names that are taken out wherever they stand as words; asked only where <see cref="Types"/> has <see cref="RedactionTypes.Name"/>.</summary>
    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>A file with such names, one a line.</summary>
    [FileParameter]
    public string? NamesFile { get; init; }

    /// <summary>A file with the secret bytes of <see cref="Key"/>, which is kept apart from the corpus.</summary>
    [FileParameter]
    public string? KeyFile { get; init; }

    /// <summary>The key that what stood there is written under in the placeholder; null writes nothing that could be turned back.</summary>
    public RedactionKey? Key { get; init; }
}

/// <summary>Finds what must not stay in a text and puts typed placeholders such as <c>[EMAIL]</c> in its place.</summary>
/// <remarks>
/// Rules by form and check digit, not a model: what has no form of its own (a name, a town) stays. Of finds that overlap nothing stays: where some of them, side by side, make up all the
/// others do, these are taken, the longest first; otherwise all become one, of the type with the strongest evidence. Made once, used on many threads. Time is linear in the text.
/// </remarks>
public sealed class Redactor
{
    private readonly Action<string, List<RedactedSpan>>[] _detectors;
    private readonly RedactionKey? _key;

    /// <summary>Makes the detectors.</summary>
    /// <param name="options">What to look for.</param>
    /// <exception cref="ArgumentException">A type is not one of <see cref="RedactionTypes"/>.</exception>
    /// <exception cref="InvalidDataException">A key has fewer than 32 bytes, or more than keys have.</exception>
    /// <exception cref="IOException">A file of names or of a key cannot be read.</exception>
    public Redactor(RedactionOptions options)
    {
        _key = options.Key ?? (options.KeyFile is { } file ? RedactionKey.Read(file) : null);
        string[] names = options.NamesFile is { } list ? [.. options.Names, .. File.ReadLines(list)] : [.. options.Names];
        _detectors = [.. options.Types.SelectMany(Expand).Distinct().SelectMany(type => Detectors(type, names))];
    }

    private static IReadOnlyList<string> Expand(string type) => type switch
    {
        "web" => RedactionTypes.Web,
        "general" => RedactionTypes.General,
        "safe_harbor" => RedactionTypes.SafeHarbor,
        _ => [type],
    };

    private static IEnumerable<Action<string, List<RedactedSpan>>> Detectors(string type, string[] names) => type switch
    {
        RedactionTypes.Email => [Behind('@', EmailAddresses.Find)],
        RedactionTypes.Ip => [Digits(NetworkAddresses.Find)],
        RedactionTypes.Phone => [Digits(PhoneNumbers.Find)],
        RedactionTypes.Iban => [Digits(BankAccounts.Find)],
        RedactionTypes.CreditCard => [Digits(PaymentCards.Find)],
        RedactionTypes.ApiKey => [OnlyOf(RedactionTypes.ApiKey, Secrets.Find)],
        RedactionTypes.PrivateKey => [OnlyOf(RedactionTypes.PrivateKey, Secrets.Find)],
        RedactionTypes.Name => names.Length > 0 ? [new NameList(names).Find, Clinical(type)] : [Clinical(type)],
        RedactionTypes.Url => [Clinical(type)],
        _ when RedactionTypes.SafeHarbor.Contains(type) => [Digits(Clinical(type))],
        _ => throw new ArgumentException($"Expected a type to redact, one of {string.Join(", ", RedactionTypes.SafeHarbor)}, web, general, safe_harbor; found «{type}».", nameof(type)),
    };

    private static Action<string, List<RedactedSpan>> Clinical(string type) => (text, found) => ClinicalIdentifiers.Find(type, text, found);

    private static Action<string, List<RedactedSpan>> Behind(char sign, Action<string, List<RedactedSpan>> find) => (text, found) =>
    {
        if (text.Contains(sign, StringComparison.Ordinal)) find(text, found);
    };

    private static Action<string, List<RedactedSpan>> Digits(Action<string, List<RedactedSpan>> find) => (text, found) =>
    {
        if (text.AsSpan().ContainsAnyInRange('0', '9')) find(text, found);
    };

    private static Action<string, List<RedactedSpan>> OnlyOf(string type, Action<string, List<RedactedSpan>> find) => (text, found) =>
    {
        var first = found.Count;
        find(text, found);
        var kept = first;
        for (var i = first; i < found.Count; i++)
            if (found[i].Type == type) found[kept++] = found[i];
        found.RemoveRange(kept, found.Count - kept);
    };

    /// <summary>What would be taken out of a text, in its order, none overlapping another.</summary>
    public List<RedactedSpan> Find(string text)
    {
        var found = new List<RedactedSpan>();
        foreach (var detector in _detectors) detector(text, found);
        if (found.Count < 2) return found;

        found.Sort(Compare);
        var kept = 0;
        for (var first = 0; first < found.Count;)
        {
            var (last, end) = (first + 1, found[first].End);
            for (; last < found.Count && found[last].Start < end; last++) end = Math.Max(end, found[last].End);
            kept = Unite(text, found, first, last, end, kept);
            first = last;
        }

        found.RemoveRange(kept, found.Count - kept);
        return found;
    }

    private static int Compare(RedactedSpan first, RedactedSpan second)
    {
        var order = first.Start.CompareTo(second.Start);
        if (order == 0) order = second.Length.CompareTo(first.Length);
        return order != 0 ? order : RedactionTypes.EvidenceRank(first.Type).CompareTo(RedactionTypes.EvidenceRank(second.Type));
    }

    // Writes what stays of some finds that overlap and end at a place; gives the number of all that stay.
    private static int Unite(string text, List<RedactedSpan> found, int first, int last, int end, int kept)
    {
        if (!IsTiled(text, found, first, last, end))
        {
            var strongest = first;
            for (var i = first + 1; i < last; i++)
                if (RedactionTypes.EvidenceRank(found[i].Type) < RedactionTypes.EvidenceRank(found[strongest].Type)) strongest = i;
            found[kept] = new(found[first].Start, end - found[first].Start, found[strongest].Type);
            return kept + 1;
        }

        var to = 0;
        for (var i = first; i < last; i++)
        {
            if (found[i].Start < to) continue;
            to = found[i].End;
            found[kept++] = found[i];
        }

        return kept;
    }

    // True where finds side by side, with separators alone between them, take up all that the others do.
    private static bool IsTiled(string text, List<RedactedSpan> found, int first, int last, int end)
    {
        var to = found[first].End;
        for (var i = first + 1; i < last; i++)
        {
            if (found[i].Start < to) continue;
            for (; to < found[i].Start; to++)
                if (char.IsLetterOrDigit(text[to]) || text[to] == '@') return false;
            to = found[i].End;
        }

        return to == end;
    }

    /// <summary>The text with placeholders in the place of some parts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="spans">What goes, as <see cref="Find"/> gives it for this text.</param>
    public string Replace(string text, IReadOnlyList<RedactedSpan> spans)
    {
        if (spans.Count == 0) return text;
        var edited = new StringBuilder(text.Length);
        var from = 0;
        foreach (var span in spans)
        {
            edited.Append(text, from, span.Start - from).Append('[').Append(Placeholder(span.Type));
            if (_key is not null) edited.Append(':').Append(_key.Seal(span.Type, text.AsSpan(span.Start, span.Length)));
            edited.Append(']');
            from = span.End;
        }

        return edited.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The word that stands in a type's placeholders: the type in capitals.</summary>
    public static string Placeholder(string type) => type.ToUpper(CultureInfo.InvariantCulture);
}
