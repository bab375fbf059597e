using System.Buffers;
using System.Globalization;
using System.Text;

namespace Touchstone.Files.Storage;

/// <summary>File names for what is handed out: they must be good on every system and in every archive.</summary>
public static class FileNames
{
    private const int MaxBytes = 200;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"/\\|?*");
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>
    /// One file name that Linux, macOS and Windows all take, as near to the given one as that allows: folders are dropped, characters
    /// that are forbidden somewhere or show nothing become <c>_</c>, the length is cut before the extension.
    /// </summary>
    /// <param name="name">Any text.</param>
    /// <param name="fallback">What to return when nothing of the name is left; itself a good name.</param>
    /// <remarks>Deterministic, and unchanged when applied again. Two names may become one: who writes a folder must tell them apart.</remarks>
    public static string Sanitise(string name, string fallback = "file")
    {
        var last = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var clean = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
            clean.Append(IsGood(rune) ? rune.ToString() : "_");
        var result = Shorten(clean.ToString().Trim(' ', '.'));
        if (result.Trim('_').Length == 0) return fallback;
        return IsReservedOnWindows(result) ? "_" + result : result;
    }

    internal static bool IsReservedOnWindows(string name)
    {
        if (name.AsSpan().ContainsAny(Forbidden) || name.EndsWith(' ') || (name.EndsWith('.') && name != ".")) return true;
        var stem = name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? name[..dot] : name;
        return Devices.Contains(stem.TrimEnd(' '));
    }

    private static bool IsGood(Rune rune)
    {
        if (rune == Rune.ReplacementChar || (rune.IsAscii && Forbidden.Contains((char)rune.Value))) return false;
        return Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
    }

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes) return name;
        var dot = name.LastIndexOf('.');
        var extension = dot > 0 && name.Length - dot <= 16 ? name[dot..] : "";
        var room = MaxBytes - Encoding.UTF8.GetByteCount(extension);
        var stem = new StringBuilder();
        foreach (var rune in name[..^extension.Length].EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0) break;
            stem.Append(rune.ToString());
        }

        return stem.ToString().TrimEnd(' ', '.') + extension;
    }
}
