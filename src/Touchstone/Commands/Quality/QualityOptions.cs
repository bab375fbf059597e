using System.CommandLine;
using System.Globalization;
using Touchstone.Formats.Votes;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>Options that several verbs of quality share.</summary>
internal static class QualityOptions
{
    public static Argument<string> Labels(string columns = "task, worker and label") => new("LABELS")
    {
        Description = $"Votes: CSV with a header line (RFC 4180, UTF-8) or NDJSON, one object a line, with {columns} in any order; other columns are passed over. \"-\" is standard input.",
    };

    public static Option<string> Duplicates() => new Option<string>("--duplicates")
    {
        Description = "Several votes of one worker on one task. keep: each counts, as in most other programs. first, last: only that one. error: refuse the file. Whatever is chosen, they are counted.",
        DefaultValueFactory = _ => "keep",
    }.OneOf("keep", "first", "last", "error");

    public static DuplicatePolicy PolicyOf(string word) => Enum.Parse<DuplicatePolicy>(word, ignoreCase: true);

    public static Option<string?> TableOf(string name, string what) => new(name)
    {
        Description = what,
        HelpName = "FILE",
    };

    public static Option<long> Seed(string what) => new("--seed")
    {
        Description = what,
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>A real number within bounds.</summary>
    public static Option<double> Number(string name, string what, double standard, double above, double below)
    {
        var option = new Option<double>(name) { Description = what, HelpName = "P", DefaultValueFactory = _ => standard };
        option.CustomParser = result =>
        {
            var word = result.Tokens[0].Value;
            if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > above && number < below) return number;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: expected a number above {above} and below {below}, found {word}"));
            return standard;
        };
        return option;
    }
}
