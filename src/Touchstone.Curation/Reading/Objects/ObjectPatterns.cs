using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Touchstone.Curation.Reading.Objects;

/// <summary>Objects that patterns name, by the rules of <see cref="FilePatterns"/>: an address, a prefix with everything below it, or an address with wildcards, of which no one but <c>**</c> fits a slash.</summary>
internal static class ObjectPatterns
{
    /// <summary>The objects that a pattern names.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="pattern">An address such as <c>s3://bucket/prefix/*.jsonl.gz</c>.</param>
    /// <param name="endings">Endings of keys that are taken below a prefix; all when empty.</param>
    /// <exception cref="FileNotFoundException">It names none.</exception>
    /// <exception cref="IOException">The store cannot be asked, or a key cannot be told in a line or asked for by an address.</exception>
    public static IReadOnlyList<SourceInput> Find(ObjectStore store, string pattern, IReadOnlyCollection<string> endings)
    {
        var address = ObjectAddress.Parse(pattern);
        var wildcard = address.Key.IndexOfAny(FilePatterns.Wildcards);
        var found = wildcard < 0 ? Below(store, address, endings) : Matching(store, address, wildcard);
        if (found.Count == 0) throw new FileNotFoundException($"{pattern}: there is no such object{(wildcard >= 0 ? ", nor one that the pattern fits" : ", nor one below it")}.");
        foreach (var (key, _) in found) Check(address with { Key = key });
        return [.. found.Select(f => f.Object)];
    }

    /// <summary>The folder that names of documents are told from: of an object or a pattern what stands before its last slash that no wildcard is before.</summary>
    public static string Folder(string pattern)
    {
        var wildcard = pattern.IndexOfAny(FilePatterns.Wildcards);
        return pattern[..(pattern.LastIndexOf('/', wildcard < 0 ? pattern.Length - 1 : wildcard) + 1)];
    }

    /// <summary>Whether a pattern fits a key.</summary>
    public static Regex Expression(string pattern)
    {
        var names = pattern.Split('/');
        var expression = new StringBuilder(@"\A");
        for (var i = 0; i < names.Length; i++)
        {
            var isLast = i == names.Length - 1;
            expression.Append(names[i] != "**" ? FilePatterns.Expression(names[i])[1..^1] + (isLast ? "" : "/") : isLast ? ".+" : "(?:[^/]*/)*");
        }

        return new(expression.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    private static List<(string Key, SourceInput Object)> Below(ObjectStore store, ObjectAddress address, IReadOnlyCollection<string> endings)
    {
        var isFolder = address.Key.Length == 0 || address.Key.EndsWith('/');
        if (!isFolder && store.Find(address) is { } only) return [(address.Key, only)];
        var folder = isFolder ? address : address with { Key = address.Key + "/" };
        return [.. store.List(folder).Where(o => endings.Count == 0 || endings.Any(e => o.Key.EndsWith(e, StringComparison.OrdinalIgnoreCase)))];
    }

    private static List<(string Key, SourceInput Object)> Matching(ObjectStore store, ObjectAddress address, int wildcard)
    {
        var expression = Expression(address.Key);
        var found = new List<(string Key, SourceInput Object)>();
        foreach (var item in store.List(address with { Key = address.Key[..wildcard] }))
        {
            if (item.Key == address.Key) return [item];      // a key that has the wildcard's character is named by itself, as a file is
            if (expression.IsMatch(item.Key)) found.Add(item);
        }

        return found;
    }

    /// <exception cref="IOException">A line of a record cannot name the key, or an address of the web cannot.</exception>
    internal static void Check(ObjectAddress address)
    {
        foreach (var letter in address.Key)
            if (char.IsControl(letter))
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{address}: the key has the control character U+{(int)letter:X4}, with which no line of a log or record can name it. Rename the object, or name the others by a narrower pattern."));
        if (address.Key.Split('/').Any(n => n is "." or ".."))
            throw new IOException($"{address}: the key has \".\" or \"..\" between slashes, which the web takes out of addresses: another object may be given for it. Rename the object, or name the others by a narrower pattern.");
    }
}
