using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Clouds;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Formats.Trl;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>The reference is what the code says of itself.</summary>
public sealed class FormatsReferenceTests
{
    [Fact]
    public void The_reference_is_the_table_of_what_each_format_carries()
    {
        var text = new StringBuilder(
            """
            # Formats

            `touchstone convert` and `touchstone inspect` read and write these. The tables are made from the code that decides what is lost: what a format's row lacks is what
            `convert` leaves out, turns into the nearest mark that the format has, and counts in its report. [How to convert](../how-to/convert-labels.md).

            *Evidence*: **files** = tests read files that other programs wrote; **specification** = the examples of its specification; **own files only** = nobody else's file was read, only ours in the published layout, and it is not called supported (Touchstone's own format can have no others).

            | format | name for `--from`, `--to` | reads | writes | inputs | one sample at a time | coordinates kept to | evidence | follows |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var traits in FormatRegistry.All.Select(f => f.Traits))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {traits.Name} | `{traits.Id}` | {YesNo(traits.Reads)} | {YesNo(traits.Writes)} | {string.Join(", ", traits.Inputs.Select(i => Word(i)))} | {YesNo(traits.Streams)} | ")
                .Append(CultureInfo.InvariantCulture, $"{(traits.RoundingPx == 0 ? "written in full" : $"{traits.RoundingPx.ToString(CultureInfo.InvariantCulture)} px")} | {Claim(traits.Evidence)} | {traits.Specification} |\n");
        }

        Rows(text, "Marks", FormatRegistry.All, [.. Enum.GetValues<MarkKind>().Select(kind => (Word(kind), (Func<FormatTraits, bool>)(t => t.Marks.Contains(kind))))]);
        Rows(text, "About objects and inputs", FormatRegistry.All,
        [
            ("any attribute", t => t.Attributes.IsAny),
            ("only one object at each pixel", t => t.PixelsHaveOneOwner),
            ("only one region of each class", t => t.JoinsObjectsOfClass),
            ("lines only by the rows that they cross", t => t.LinesCrossRows),
            .. Enum.GetValues<AnswerParts>().Where(p => p is not (AnswerParts.None or AnswerParts.Shapes)).Select(p => ($"answer: {Word(p)}", (Func<FormatTraits, bool>)(t => t.OfInput.HasFlag(p)))),
            .. Enum.GetValues<CarriedParts>().Where(p => p != CarriedParts.None).Select(p => (Word(p), (Func<FormatTraits, bool>)(t => t.Carries(p)))),
        ]);
        text.Append("\nAttributes with a place of their own where not any can be carried:\n\n");
        foreach (var traits in FormatRegistry.All.Select(f => f.Traits).Where(t => t.Attributes.Names.Count > 0)) text.Append(CultureInfo.InvariantCulture, $"- {traits.Name}: {string.Join(", ", traits.Attributes.Names.Select(n => $"`{n}`"))}\n");
        text.Append(CultureInfo.InvariantCulture, $"\nTexts as words with one tag each, so that neither what stands between words nor overlapping spans are kept: {string.Join(", ", FormatRegistry.All.Where(f => f.Traits.TagsWords).Select(f => f.Traits.Name))}.\n");
        Training(text);
        Points(text);
        Approved.Check("docs/reference/formats.md", text.ToString(), Assert.Fail);
    }

    [Fact]
    public void Every_format_has_a_name_of_its_own_and_says_what_it_follows() => Assert.All(FormatRegistry.All, format =>
    {
        Assert.Same(format, FormatRegistry.Find(format.Traits.Id));
        Assert.NotEmpty(format.Traits.Specification);
        Assert.NotEmpty(format.Traits.Inputs);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", format.Traits.Id);
    });

    private static void Training(StringBuilder text)
    {
        text.Append(
            """

            ## Records to train language models with

            Prompts, completions and what is said of them: a family of its own. `convert` goes from any of these to any that is written, and none of them to or from the formats above. What a format's row lacks is told with its count,
            and records that it has no form for are left out and told. Files are JSON lines, a JSON list or several documents in a row, packed by gzip or not, or Parquet; each part of a data set (train, test) is a file.

            | format | name for `--from`, `--to` | reads | writes | completions of a record | evidence | follows |
            | --- | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var traits in TrainingRegistry.All.Select(f => f.Traits))
            text.Append(CultureInfo.InvariantCulture, $"| {traits.Name} | `{traits.Id}` | yes | {YesNo(traits.Writes)} | {Word(traits.Shape)} | {Claim(traits.Evidence)} | {traits.Specification} |\n");
        text.Append(CultureInfo.InvariantCulture, $"\n| | {string.Join(" | ", TrainingRegistry.All.Select(f => f.Traits.Id))} |\n| --- |{string.Concat(TrainingRegistry.All.Select(_ => " :-: |"))}\n");
        foreach (var part in Enum.GetValues<RecordParts>().Where(p => p != RecordParts.None))
            text.Append(CultureInfo.InvariantCulture, $"| {Word(part)} | {string.Join(" | ", TrainingRegistry.All.Select(f => f.Traits.Carries(part) ? "●" : ""))} |\n");
        text.Append("\nTRL's types (`--trl-type`; without it the one that fits most records):\n\n| type | completions of a record |\n| --- | --- |\n");
        foreach (var type in Enum.GetValues<TrlType>()) text.Append(CultureInfo.InvariantCulture, $"| `{TrlFormat.Word(type)}` | {Word(new TrlFormat().TraitsFor(new TrainingOptions { TrlType = type }).Shape)} |\n");
    }

    private static void Points(StringBuilder text)
    {
        text.Append(
            """

            ## Points

            Clouds of points, a family of its own: each file becomes a file of the same name. What a format's row lacks is told with its count; columns that a format needs and the source lacks are filled with 0 and told too.

            | format | name for `--from`, `--to` | files | reads | writes | columns | evidence | follows |
            | --- | --- | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var traits in CloudRegistry.All.Select(f => f.Traits))
            text.Append(CultureInfo.InvariantCulture, $"| {traits.Name} | `{traits.Id}` | `*{traits.Ending}` | yes | {YesNo(traits.Writes)} | {(traits.Columns is { } columns ? string.Join(", ", columns) : "any")} | {Claim(traits.Evidence)} | {traits.Specification} |\n");
        text.Append(CultureInfo.InvariantCulture, $"\n| | {string.Join(" | ", CloudRegistry.All.Select(f => f.Traits.Id))} |\n| --- |{string.Concat(CloudRegistry.All.Select(_ => " :-: |"))}\n");
        foreach (var part in Enum.GetValues<CloudParts>().Where(p => p != CloudParts.None))
            text.Append(CultureInfo.InvariantCulture, $"| {Word(part)} | {string.Join(" | ", CloudRegistry.All.Select(f => f.Traits.Carries(part) ? "●" : ""))} |\n");
    }

    [Fact]
    public void Every_format_of_records_has_a_name_of_its_own() => Assert.All(TrainingRegistry.All, format =>
    {
        Assert.Same(format, TrainingRegistry.Find(format.Traits.Id));
        Assert.Null(FormatRegistry.Find(format.Traits.Id));
        Assert.NotEmpty(format.Traits.Specification);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", format.Traits.Id);
    });

    private static void Rows(StringBuilder text, string title, IReadOnlyList<DatasetFormat> formats, (string Name, Func<FormatTraits, bool> Has)[] rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| | {string.Join(" | ", formats.Select(f => f.Traits.Id))} |\n| --- |{string.Concat(formats.Select(_ => " :-: |"))}\n");
        foreach (var (name, has) in rows) text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", formats.Select(f => has(f.Traits) ? "●" : ""))} |\n");
    }

    private static string Claim(Evidence evidence) => evidence switch { Evidence.OtherPrograms => "files", Evidence.Specification => "specification", _ => "own files only" };

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');
}
