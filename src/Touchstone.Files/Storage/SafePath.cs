using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Touchstone.Files.Storage;

/// <summary>Joins names that come from outside (manifests, archives, uploads) to a folder, or says why not.</summary>
public static class SafePath
{
    /// <summary>Most UTF-8 bytes of one name: the limit of Linux's file systems.</summary>
    public const int MaxNameBytes = 255;

    /// <summary>Most UTF-8 bytes of the whole relative path.</summary>
    public const int MaxPathBytes = 3_000;

    /// <summary>Joins a relative path, with <c>/</c> between names, below a root.</summary>
    /// <param name="root">The folder that must not be left.</param>
    /// <param name="relative">The untrusted path. Names may be any Unicode text; <c>./</c> is passed over.</param>
    /// <param name="path">The full path below the root.</param>
    /// <param name="reason">Why it is refused: <c>empty</c>, <c>too_long</c>, <c>absolute</c>, <c>parent</c>, <c>backslash</c>,
    /// <c>control_character</c>, <c>invalid_unicode</c> or <c>reserved_name</c>.</param>
    public static bool TryJoin(string root, string relative, [NotNullWhen(true)] out string? path, [NotNullWhen(false)] out string? reason)
    {
        path = null;
        reason = Refusal(relative);
        if (reason is not null) return false;
        var names = relative.Split('/').Where(name => name is not ("" or ".")).ToArray();
        if (names.Length == 0)
        {
            reason = "empty";
            return false;
        }

        path = Path.Combine([Path.GetFullPath(root), .. names]);
        return true;
    }

    /// <summary>Whether a path, with every link on the way followed, still lies below the root. For roots that others can put links into.</summary>
    /// <param name="root">The folder that must not be left; links above and in it are the owner's own.</param>
    /// <param name="path">A path that <see cref="TryJoin"/> gave.</param>
    public static bool StaysBelow(string root, string path)
    {
        var top = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var realTop = RealPath(top);
        var current = top;
        foreach (var name in Path.GetRelativePath(top, path).Split(Path.DirectorySeparatorChar))
        {
            current = Path.Combine(current, name);
            FileSystemInfo entry = Directory.Exists(current) ? new DirectoryInfo(current) : new FileInfo(current);
            if (entry.LinkTarget is null) continue;
            var target = entry.ResolveLinkTarget(returnFinalTarget: true);
            if (target is null) return false;
            current = RealPath(target.FullName);
            if (!IsBelow(realTop, current) && !IsBelow(top, current)) return false;
        }

        return true;
    }

    private static bool IsBelow(string top, string path) => path.StartsWith(top + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string RealPath(string path)
    {
        var current = Path.GetPathRoot(path)!;
        foreach (var name in path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Combine(current, name);
            FileSystemInfo entry = Directory.Exists(current) ? new DirectoryInfo(current) : new FileInfo(current);
            if (entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target) current = target.FullName;
        }

        return current;
    }

    private static string? Refusal(string relative)
    {
        if (relative.Length == 0) return "empty";
        if (!IsWellFormed(relative)) return "invalid_unicode";
        if (relative.Any(char.IsControl)) return "control_character";
        if (relative[0] == '/' || relative is [>= 'A' and <= 'Z' or >= 'a' and <= 'z', ':', '/' or '\\', ..]) return "absolute";
        if (relative.StartsWith(@"\\", StringComparison.Ordinal)) return "absolute";
        if (relative.Contains('\\', StringComparison.Ordinal)) return "backslash";
        if (Encoding.UTF8.GetByteCount(relative) > MaxPathBytes) return "too_long";
        foreach (var name in relative.Split('/'))
        {
            if (name == "..") return "parent";
            if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes) return "too_long";
            if (OperatingSystem.IsWindows() && FileNames.IsReservedOnWindows(name)) return "reserved_name";
        }

        return null;
    }

    internal static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        }

        return true;
    }
}
