using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Curation;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Steps;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate explain</c>: every rule's value beside its threshold, for one document.</summary>
internal static class ExplainCommand
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make()
    {
        var file = new Argument<string?>("FILE") { Description = "File, or object by its s3:// address, of documents, one JSON object a line, plain or compressed.", Arity = ArgumentArity.ZeroOrOne };
        var text = new Option<string?>("--text") { Description = "Explain this file of plain text instead; \"-\" is standard input.", HelpName = "FILE" };
        var id = new Option<string?>("--id") { Description = "Name of the document in FILE; without it and --line the first one.", HelpName = "ID" };
        var line = new Option<int?>("--line") { Description = "Line of the document in FILE, from 1.", HelpName = "N" }.Within(1, int.MaxValue);
        var pipeline = new Option<string>("--pipeline") { Description = "Pipeline file, or name of a preset, whose steps are asked.", HelpName = "PIPELINE", DefaultValueFactory = _ => "fineweb" };
        var json = Options.Json();
        return new Command("explain", "Tell why a pipeline keeps or drops a document: what every rule measures beside its threshold, also behind the rule that drops it, and where in the text.")
            { file, text, id, line, pipeline, json }
            .Examples(
                "touchstone curate explain corpus/0.jsonl.gz --id en-000042",
                "touchstone curate explain corpus/0.jsonl.gz --line 17 --pipeline pipeline.yaml --json",
                "echo \"A short text.\" | touchstone curate explain --text - --pipeline gopher")
            .Runs((parsed, _) =>
            {
                var recipe = CurateOptions.Read(parsed.GetValue(pipeline)!, isPresetAllowed: true);
                var document = parsed.GetValue(text) is { } plain ? OfText(plain) : OfFile(parsed.GetValue(file), parsed.GetValue(id), parsed.GetValue(line), recipe.Source.Options);
                var explanation = DocumentExplanation.Of(recipe, document);
                if (parsed.GetValue(json)) parsed.Print(ToJson(explanation).ToJsonString(Readable));
                else Tell(parsed, explanation);
                return Task.FromResult(ExitCode.Done);
            });
    }

    private static Document OfText(string path)
    {
        if (path != "-" && !File.Exists(path)) throw new CommandException($"There is no file {path}.");
        var text = path == "-" ? Console.In.ReadToEnd() : File.ReadAllText(path);
        return text.Length > 0 ? new Document { Id = path, Text = text, Place = new(path, 1, 0) } : throw new CommandException("--text: expected a text, found an empty one.");
    }

    private static Document OfFile(string? path, string? id, int? line, ReadOptions options)
    {
        if (path is null) throw new CommandException("Name a FILE of documents, or a text with --text.", ExitCode.Misuse);
        using var reader = new JsonLinesReader([Source.Input(path, options).Whole], options);
        while (reader.Next() is { } batch)
        {
            using (batch)
            {
                var (documents, faults) = (new List<Document>(), new List<ReadFault>());
                batch.Decode(documents, faults);
                if (documents.Find(d => id is not null ? d.Id == id : line is null || d.Place.Line == line) is { } found) return new Document { Id = found.Id, Text = found.Text, Place = found.Place, Record = found.Record.ToArray() };
                if (faults.Find(f => f.Place.Line == line) is { } fault) throw new CommandException($"{fault.Place}: {fault.Message}");
            }
        }

        throw new CommandException(id is not null ? $"{path} has no document \"{id}\"." : line is not null ? $"{path} has no document at line {line}." : $"{path} has no document.");
    }

    private static void Tell(ParseResult parsed, DocumentExplanation explanation)
    {
        var document = explanation.Document;
        parsed.Print($"{Printable.Text(document.Id)} ({document.Place}): {(explanation.DroppedBy is { } by ? $"dropped by {by.Id}: {explanation.Reason}" : "kept")}");
        foreach (var step in explanation.Steps)
        {
            parsed.Print("");
            parsed.Print($"{step.Id}: {step.Outcome}");
            if (step.Values.Count == 0) continue;
            foreach (var line in TextTable.Lines(["  rule", ">value", "", ">threshold", "", "where"], step.Values.Select(v => new[]
            {
                "  " + v.Rule, Number(v.Value), v.Comparison == RuleComparison.Above ? "falls above" : "falls below", Number(v.Threshold), v.Falls ? "FALLS" : "", v.Falls ? Where(step.Text, v) : "",
            }))) parsed.Print(line);
        }

        if (explanation.Marked() is not { } marked) return;
        parsed.Print("");
        parsed.Print("The text, with what the rules found between marks:");
        foreach (var line in marked.Split('\n')) parsed.Print("  " + Printable.Text(line));
    }

    private static string Number(double value) => double.IsNaN(value) ? "-" : double.IsInfinity(value) ? "none" : value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Where(string text, RuleValue value)
    {
        const int Shown = 40;
        if (value.Spans.Count == 0) return "";
        var span = value.Spans[0];
        var found = text.Substring(span.Start, Math.Min(span.Length, Shown)).Replace('\n', ' ');
        return $"\"{found}{(span.Length > Shown ? "..." : "")}\"{(value.Spans.Count > 1 ? $" and {Figures.Count(value.Spans.Count - 1)} more" : "")}";
    }

    private static JsonObject ToJson(DocumentExplanation explanation) => new()
    {
        ["id"] = explanation.Document.Id,
        ["file"] = explanation.Document.Place.File,
        ["line"] = explanation.Document.Place.Line,
        ["fate"] = explanation.DroppedBy is null ? "kept" : "dropped",
        ["step"] = explanation.DroppedBy?.Id,
        ["reason"] = explanation.Reason,
        ["steps"] = new JsonArray([.. explanation.Steps.Select(s => (JsonNode)new JsonObject
        {
            ["step"] = s.Name,
            ["id"] = s.Id,
            ["outcome"] = s.Outcome,
            ["rules"] = new JsonArray([.. s.Values.Select(v => (JsonNode)new JsonObject
            {
                ["rule"] = v.Rule,
                ["value"] = Figures.Json(v.Value),
                ["falls"] = v.Falls,
                ["comparison"] = v.Comparison == RuleComparison.Above ? "above" : "below",
                ["threshold"] = Figures.Json(v.Threshold),
                ["spans"] = new JsonArray([.. CodePoints.Of(s.Text, v.Spans).Select(p => (JsonNode)new JsonArray(p.Start, p.End))]),
            })]),
        })]),
    };
}
