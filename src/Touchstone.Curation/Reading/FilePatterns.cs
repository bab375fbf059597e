using System.Text.RegularExpressions;
using Touchstone.Curation.Reading.Objects;

namespace Touchstone.Curation.Reading;

/// <summary>Files that patterns name: a path, a folder with everything below it, or a path with <c>*</c>, <c>?</c>, <c>[abc]</c> and <c>**</c> for any depth.</summary>
public static class FilePatterns
{
    internal static readonly char[] Wildcards = ['*', '?', '['];
    private static readonly EnumerationOptions Enumeration = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Every file once, however its path is spelled, in ordinal order of its path as the first pattern that names it spells it: the same on every machine.</summary>
    /// <param name="patterns">With <c>/</c> between folders; relative ones are below the current folder.</param>
    /// <param name="endings">Endings of files that are taken from a folder that is named as a whole, such as <c>.jsonl.gz</c>; all when empty.</param>
    /// <exception cref="FileNotFoundException">A pattern names no file.</exception>
    /// <exception cref="IOException">A pattern is an address.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> patterns, IReadOnlyCollection<string> endings)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);      // by full path
        foreach (var pattern in patterns)
        {
            if (pattern.Contains("://", StringComparison.Ordinal))
                throw new IOException($"{pattern}: sources are files, folders and objects by s3://BUCKET/KEY; other addresses are not read. Copy what is there to a folder or a bucket.");
            var found = Matches(pattern, endings).ToList();
            if (found.Count == 0) throw new FileNotFoundException($"{pattern}: there is no such file{(pattern.IndexOfAny(Wildcards) >= 0 ? ", nor one that the pattern fits" : "")}.");
            foreach (var file in found) files.TryAdd(Path.GetFullPath(file), file);
        }

        return [.. files.Values.Order(StringComparer.Ordinal)];
    }

    /// <summary>The folder, or the beginning of addresses, that all patterns share, which files of a source can be named from: of a file the one it lies in, of a pattern the one before its first wildcard.</summary>
    /// <returns>Full path with a separator at its end; empty where nothing is shared, as by two drives.</returns>
    public static string Folder(IEnumerable<string> patterns)
    {
        string? shared = null;
        foreach (var pattern in patterns)
        {
            var folder = FixedPart(pattern);
            shared ??= folder;
            while (shared is { Length: > 0 } && !folder.StartsWith(shared, StringComparison.Ordinal))
                shared = shared[..(shared.TrimEnd(Path.DirectorySeparatorChar).LastIndexOf(Path.DirectorySeparatorChar) + 1)];
        }

        return shared ?? "";
    }

    private static string FixedPart(string pattern)
    {
        if (ObjectAddress.IsAddress(pattern)) return ObjectPatterns.Folder(pattern);
        var full = Path.GetFullPath(pattern);
        if (!Directory.Exists(pattern))
        {
            var wildcard = File.Exists(pattern) ? -1 : full.IndexOfAny(Wildcards);
            full = wildcard < 0 ? Path.GetDirectoryName(full) ?? full : full[..(full.LastIndexOf(Path.DirectorySeparatorChar, wildcard) + 1)];
        }

        return Path.EndsInDirectorySeparator(full) ? full : full + Path.DirectorySeparatorChar;
    }

    /// <summary>Whether a pattern names a file that need not be there.</summary>
    /// <param name="pattern">As for <see cref="Find"/>.</param>
    /// <param name="endings">As for <see cref="Find"/>.</param>
    /// <param name="file">The file.</param>
    public static bool Fits(string pattern, IReadOnlyCollection<string> endings, string file)
    {
        var (names, of) = (Names(pattern), Names(file));
        if (pattern.IndexOfAny(Wildcards) >= 0 && !Directory.Exists(pattern)) return Fits(names, of);
        return of.AsSpan().StartsWith(names) && (of.Length == names.Length || endings.Count == 0 || endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)));

        static string[] Names(string path) => Path.GetFullPath(path).Split([Path.DirectorySeparatorChar, '/'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> file)
    {
        if (pattern.IsEmpty) return file.IsEmpty;
        if (file.IsEmpty) return false;
        if (pattern[0] == "**") return pattern.Length == 1 || Fits(pattern[1..], file) || Fits(pattern, file[1..]);
        return Regex.IsMatch(file[0], Expression(pattern[0]), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking) && Fits(pattern[1..], file[1..]);
    }

    private static IEnumerable<string> Matches(string pattern, IReadOnlyCollection<string> endings)
    {
        if (File.Exists(pattern)) return [pattern];
        if (Directory.Exists(pattern)) return Below(pattern).Where(f => endings.Count == 0 || endings.Any(e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase)));
        if (pattern.IndexOfAny(Wildcards) < 0) return [];
        var names = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isFixed = names.TakeWhile(n => n.IndexOfAny(Wildcards) < 0).Count();
        var root = (pattern.StartsWith('/') ? "/" : "") + string.Join('/', names[..isFixed]);
        return Descend(root, names.AsMemory(isFixed));
    }

    private static IEnumerable<string> Descend(string folder, ReadOnlyMemory<string> names)
    {
        var at = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(at)) yield break;
        var name = names.Span[0];
        var isLast = names.Length == 1;
        if (name == "**")
        {
            if (!isLast)
                foreach (var file in Descend(folder, names[1..])) yield return file;
            if (isLast)
                foreach (var file in Below(at)) yield return Tidy(file);
            else
                foreach (var inner in Directory.EnumerateDirectories(at, "*", Enumeration))
                    foreach (var file in Descend(Tidy(inner), names)) yield return file;
            yield break;
        }

        var fits = new Regex(Expression(name), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        foreach (var entry in isLast ? Directory.EnumerateFiles(at, "*", Enumeration) : Directory.EnumerateDirectories(at, "*", Enumeration))
        {
            if (!fits.IsMatch(Path.GetFileName(entry))) continue;
            if (isLast) yield return Tidy(entry);
            else
                foreach (var file in Descend(Tidy(entry), names[1..])) yield return file;
        }
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, RecurseSubdirectories = true });

    private static string Tidy(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    /// <summary>The regular expression of one name of a pattern, with anchors.</summary>
    internal static string Expression(string name)
    {
        var expression = Regex.Escape(name).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("\\?", "[^/]", StringComparison.Ordinal);
        return $"^{Regex.Replace(expression, @"\\\[(!?)([^\]]+)\]", m => $"[{(m.Groups[1].Length > 0 ? "^" : "")}{m.Groups[2].Value}]")}$";
    }
}
