using System.Globalization;
using System.Text.RegularExpressions;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.ImageNet;

/// <summary>Where a picture lies.</summary>
/// <param name="Split">Its part.</param>
/// <param name="Synset">The folder of its class; null where it lies in none.</param>
/// <param name="Name">Its path below that.</param>
internal readonly record struct ImageNetPlace(string Split, string? Synset, string Name);

/// <summary>The files of a data set besides pictures and boxes: words and numbers of synsets.</summary>
internal sealed partial class ImageNetFiles
{
    private const int ClassesMax = 1_000_000;

    private static readonly string[] Splits = ["train", "val", "test", "valid", "validation"];

    private readonly List<ObjectClass> _classes = [];
    private readonly Dictionary<int, string> _numbers = [];

    public ImageNetFiles(DatasetSource source, FormatOptions options, FaultLog faults)
    {
        for (var i = 0; i < options.ClassNames.Count; i++) _numbers[i + 1] = options.ClassNames[i];
        foreach (var file in source.Files)
        {
            if (Path.GetFileName(file) == ImageNetFormat.Mapping) ReadWords(source, file, faults);
            else if (Path.GetFileName(file) == "map_clsloc.txt") ReadNumbers(source, file, faults);
        }
    }

    /// <summary>The synsets in the order of their list.</summary>
    public IReadOnlyList<ObjectClass> Classes => _classes;

    /// <summary>The synset of a number that the development kit gives it, from 1; null where no file says.</summary>
    public string? Synset(int number) => _numbers.GetValueOrDefault(number);

    /// <summary>Whether a name is one of WordNet's nouns.</summary>
    public static bool IsSynset(string name) => name.Length == 9 && name[0] == 'n' && name.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The part whose boxes a table holds; null where a file is no such table.</summary>
    public static string? SplitOfTable(string file) => TableName().Match(Path.GetFileName(file)) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The part whose pictures a list names; null where a file is no such list.</summary>
    public static string? SplitOfList(string file) => ListName().Match(file) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Whether a file is the numbers of the validation pictures' classes.</summary>
    public static bool IsTruth(string file) => TruthName().IsMatch(Path.GetFileName(file));

    /// <summary>Part, class and name of a picture by its path; null where it lies in no part.</summary>
    public static ImageNetPlace? PlaceOf(string file)
    {
        if (!DatasetSource.IsPicture(file)) return null;
        var names = file.Split('/');
        for (var i = 0; i < names.Length - 1; i++)
        {
            if (!Splits.Contains(names[i])) continue;
            // Pictures of the validation lie in no folders as published; many programs sort them into some.
            return i + 2 < names.Length ? new ImageNetPlace(names[i], names[i + 1], string.Join('/', names[(i + 2)..])) : new ImageNetPlace(names[i], null, names[i + 1]);
        }

        return null;
    }

    private void ReadWords(DatasetSource source, string file, FaultLog faults)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var (line, number) in Lines(source, file))
        {
            var at = line.IndexOf(' ', StringComparison.Ordinal);
            var synset = at < 0 ? line : line[..at];
            if (_classes.Count < ClassesMax && known.Add(synset)) _classes.Add(new ObjectClass(synset) { Words = at < 0 ? "" : line[(at + 1)..].Trim() });
            else faults.Add(file, $"line {number}", $"a synset that no line before it has was expected; \"{Cut(synset)}\" found.");
        }
    }

    private void ReadNumbers(DatasetSource source, string file, FaultLog faults)
    {
        foreach (var (line, number) in Lines(source, file))
        {
            if (line.Split(' ') is [var synset, var text, ..] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) _numbers[id] = synset;
            else faults.Add(file, $"line {number}", $"a synset and its number were expected, such as \"n02119789 1 kit_fox\"; \"{Cut(line)}\" found.");
        }
    }

    /// <summary>Lines that are not blank, with their numbers from 1.</summary>
    public static IEnumerable<(string Line, int Number)> Lines(DatasetSource source, string file)
    {
        using var text = source.OpenText(file);
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line)) yield return (line.Trim(), number);
        }
    }

    public static string Cut(string text) => text.Length > 40 ? text[..40] + "..." : text;

    [GeneratedRegex("^LOC_([A-Za-z0-9]+)_solution\\.csv$", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();

    [GeneratedRegex("(?:^|/)ImageSets/(?:CLS-LOC/)?([A-Za-z0-9]+)_cls\\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex ListName();

    [GeneratedRegex("^ILSVRC20[0-9]{2}_(?:clsloc_)?validation_ground_truth\\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex TruthName();
}
