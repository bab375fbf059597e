using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Curation;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Redaction;
using Touchstone.Curation.Writing;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate restore</c>: the way back of a reversible redaction.</summary>
internal static class RestoreCommand
{
    public static Command Make()
    {
        var sources = new Argument<string[]>("RUN|FILES") { Description = "Folder of a finished run, whose kept documents are taken, or files of JSON lines with patterns.", Arity = ArgumentArity.OneOrMore };
        var key = new Option<string>("--key") { Description = "File with the key: the one that redact's key_file named.", HelpName = "FILE", Required = true };
        var folder = new Option<string>("--out") { Description = "Folder of the restored documents, which appears when it is whole and which only you may read.", HelpName = "DIR", Required = true };
        var text = new Option<string?>("--text-member") { Description = "Member of the files that has the text; a run tells its own. Without it: text.", HelpName = "NAME" };
        var allow = new Option<bool>("--allow-unopened") { Description = "Write placeholders that the key does not open as they are, instead of writing nothing." };
        var json = Options.Json();
        return new Command("restore", "Put back what a reversible redaction took out (redact with a key_file). The key is only read; what it opens goes into the restored documents and nowhere else.")
            { sources, key, folder, text, allow, json }
            .Examples("touchstone curate restore redacted-run --key redaction.key --out restored", "touchstone curate restore \"redacted-run/out/*.jsonl.gz\" --key redaction.key --out restored-files --json")
            .Runs((parsed, cancellationToken) =>
            {
                using var opener = RedactionKey.Read(parsed.GetValue(key)!);
                var source = SourceOf(parsed.GetValue(sources)!, parsed.GetValue(text));
                var place = CurateOptions.FolderOf(parsed.GetValue(folder), "");
                RestoreResult result;
                using (var progress = new RunProgressLine(parsed))
                    result = CorpusRestore.Run(source, opener, place, parsed.GetValue(allow), new(CompressionOf(source)), progress.Report, cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(ToJson(result, place).ToJsonString());
                else parsed.Print($"{Figures.Count(result.Opened, "placeholder")} opened in {Figures.Count(result.Changed)} of {Figures.Count(result.Documents, "document")}; {Figures.Count(result.Files.Count, "file")} in {place}.");
                if (result.Unopened > 0) parsed.Warn($"{Figures.Count(result.Unopened, "placeholder")} could not be opened and {(result.Unopened == 1 ? "stands" : "stand")} as before.");
                if (result.Faults.Count > 0)
                    parsed.Warn($"{Figures.Count(result.Faults.Values.Sum(), "fault")} of the files ({string.Join(", ", result.Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:N0}")))}); {Path.Combine(place, "faults.jsonl")} lists each with its place.");
                return Task.FromResult(ExitCode.Done);
            });
    }

    private static Source SourceOf(string[] named, string? textMember)
    {
        if (named is [var folder] && Directory.Exists(folder) && (File.Exists(Path.Combine(folder, "manifest.json")) || File.Exists(Path.Combine(folder, "plan.json"))))
            return textMember is null ? CorpusRestore.SourceOf(folder) : throw new CommandException($"--text-member: {folder} is a run, which tells the member of its texts itself.", ExitCode.Misuse);
        return new(SourceKind.Jsonl, named, ReadOptions.Default with { TextName = textMember ?? ReadOptions.Default.TextName, RecordBytesMax = ReadOptions.RecordBytesLimit });
    }

    /// <summary>As the first file is compressed.</summary>
    private static LinesCompression CompressionOf(Source source) => source.Files()[0].File switch
    {
        var file when file.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) => LinesCompression.Zstd,
        var file when file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) => LinesCompression.None,
        _ => LinesCompression.Gzip,
    };

    private static JsonObject ToJson(RestoreResult result, string place) => new()
    {
        ["folder"] = place,
        ["documents"] = result.Documents,
        ["changed"] = result.Changed,
        ["opened"] = result.Opened,
        ["unopened"] = result.Unopened,
        ["faults"] = new JsonObject(result.Faults.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))),
        ["files"] = new JsonArray([.. result.Files.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["bytes"] = f.Bytes, ["sha256"] = f.Sha256, ["documents"] = f.Documents })]),
    };
}
