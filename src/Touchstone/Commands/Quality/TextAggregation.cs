using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Formats.Votes;
using Touchstone.Quality.Texts;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>One text for each task from the texts of several workers.</summary>
internal sealed class TextAggregation(VoteLog log, TextResult result, string policy, KnownLabels? truth) : Aggregation
{
    /// <summary>The column that holds what was said, instead of label.</summary>
    public const string Column = "text";

    /// <summary>Methods by name, with what they do.</summary>
    public static readonly IReadOnlyDictionary<string, (string Description, Func<TextAnswers, TextResult> Fit)> Methods = new Dictionary<string, (string, Func<TextAnswers, TextResult>)>(StringComparer.Ordinal)
    {
        ["rover"] = ("Of texts (column text), a text composed word by word.", answers => Rover.Fit(answers)),
        ["rasa"] = ("Of texts, the one nearest to the reliable mean.", answers => EmbeddingConsensus.Rasa(answers)),
        ["hrrasa"] = ("Of texts, the same, with their likeness to each other.", answers => EmbeddingConsensus.Hrrasa(answers)),
    };

    public override string[] Header => ["task", Column, "confidence"];

    public static TextAggregation Read(string path, string method, string policy, KnownLabels? truth)
    {
        using var stream = InputFile.Open(path);
        var log = VoteLogReader.Read(stream, InputFile.NameOf(path), QualityOptions.PolicyOf(policy), Column);
        var answers = new TextAnswers(log.TaskOf, log.WorkerOf, Array.ConvertAll(log.LabelOf, l => log.Labels[l]), log.Tasks.Length, log.Workers.Length);
        return new TextAggregation(log, Methods[method].Fit(answers), policy, truth);
    }

    public override IEnumerable<object?[]> Answers() => log.Tasks.Select((task, t) => (object?[])[task, result.Texts[t], Math.Round(result.Confidences[t], 10)]);

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["method"] = result.Method,
            ["rounds"] = result.Rounds,
            ["converged"] = result.Converged,
            ["log_likelihood"] = null,
            ["tasks"] = log.Tasks.Length,
            ["votes"] = log.Count,
            ["duplicates"] = Duplicates(policy, log.Duplicates),
        };
        if (Errors() is { } errors)
        {
            json["word_error_rate"] = Figures.Json(errors.Rate);
            json["mean_word_error_rate"] = Figures.Json(errors.Mean);
            json["exact_match"] = Figures.Json(errors.Exact);
            json["truth"] = new JsonObject { ["tasks"] = errors.Tasks, ["without_votes"] = WithoutVotes(truth, log.Tasks) };
        }

        json["workers"] = new JsonArray([.. result.Weights.Select((weight, w) => (JsonNode)new JsonObject { ["worker"] = log.Workers[w], ["weight"] = Figures.Json(weight) })]);
        json["warnings"] = Warnings(All());
        return json;
    }

    public override void Tell(ParseResult parsed)
    {
        parsed.Print($"{result.Method}: {Figures.Count(log.Count, "text")} for {Figures.Count(log.Tasks.Length, "task")} by {Figures.Count(log.Workers.Length, "worker")}{Settled(result.Rounds, result.Converged)}");
        if (Errors() is { Tasks: > 0 } errors) parsed.Print($"word error rate {Figures.Of(errors.Rate)}, {errors.Exact * 100:0.#} % exact, on {Figures.Count(errors.Tasks, "task")} with a known text");
        parsed.Print("");
        var least = Enumerable.Range(0, log.Tasks.Length).OrderBy(t => result.Confidences[t]).ThenBy(t => t).Take(WorkersShown);
        foreach (var line in TextTable.Lines(["task", ">confidence", "text"], least.Select(t => new[] { log.Tasks[t], Figures.Of(result.Confidences[t]), result.Texts[t] ?? "" }))) parsed.Print(line);
        if (log.Tasks.Length > WorkersShown) parsed.Print($"The {WorkersShown} tasks of least confidence; --out writes all {Figures.Count(log.Tasks.Length)}.");
        foreach (var (_, message) in All()) parsed.Warn(message);
    }

    /// <summary>Wrong words over words of the truth, all tasks together; the same as a mean over tasks; and the share of tasks without a wrong word.</summary>
    private (int Tasks, double? Rate, double? Mean, double? Exact)? Errors()
    {
        if (truth is null) return null;
        List<string?> found = [];
        List<string> known = [];
        for (var t = 0; t < log.Tasks.Length; t++)
        {
            if (!truth.ByTask.TryGetValue(log.Tasks[t], out var text)) continue;
            found.Add(result.Texts[t]);
            known.Add(text);
        }

        return known.Count == 0 ? (0, null, null, null) : (known.Count, Words.ErrorRate(found, known), Words.MeanErrorRate(found, known), Words.ExactShare(found, known));
    }

    private IEnumerable<(string Code, string Message)> All() =>
        result.Warnings.Select(w => (w.Code, w.Message)).Concat(WarningsOfFiles(policy, log.Duplicates, Errors()?.Tasks, WithoutVotes(truth, log.Tasks)));
}
