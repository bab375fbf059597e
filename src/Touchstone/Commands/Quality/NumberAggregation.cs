using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Touchstone.Files.Tables;
using Touchstone.Formats.Votes;
using Touchstone.Quality.Numbers;
using Touchstone.QualityFiles;
using Touchstone.Statistics;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>One number for each task from the numbers of several workers.</summary>
internal sealed class NumberAggregation(VoteLog log, NumericResult result, string policy, KnownLabels? truth) : Aggregation
{
    /// <summary>Methods by name, with what they do.</summary>
    public static readonly IReadOnlyDictionary<string, (string Description, Func<NumericVotes, NumericResult> Fit)> Methods = new Dictionary<string, (string, Func<NumericVotes, NumericResult>)>(StringComparer.Ordinal)
    {
        ["mean"] = ("Of numbers, their mean.", NumericConsensus.Mean),
        ["median"] = ("Of numbers, their median.", NumericConsensus.Median),
        ["trimmed-mean"] = ("Of numbers, the mean without the lowest and highest fifth.", votes => NumericConsensus.TrimmedMean(votes)),
        ["huber"] = ("Of numbers, a mean on which far ones pull no harder than near ones.", NumericConsensus.Huber),
        ["reliable-mean"] = ("Of numbers, a mean weighted by each worker's precision and freed of their bias.", votes => ReliableMean.Fit(votes)),
    };

    private const string Expected = "a number between -1E+300 and 1E+300";

    public override string[] Header => ["task", "label", "standard_error"];

    public static NumberAggregation Read(string path, string method, string policy, KnownLabels? truth)
    {
        using var stream = InputFile.Open(path);
        var log = VoteLogReader.Read(stream, InputFile.NameOf(path), QualityOptions.PolicyOf(policy));
        var values = new double[log.Labels.Length];
        for (var l = 0; l < values.Length; l++)
            values[l] = NumberOf(log.Labels[l]) ?? throw new TableFormatException(log.Name, log.LabelLines[l], 0, $"expected {Expected} as label, found {TableReader.Shown(log.Labels[l])}");
        var votes = new NumericVotes(log.TaskOf, log.WorkerOf, Array.ConvertAll(log.LabelOf, l => values[l]), log.Tasks.Length, log.Workers.Length);
        return new NumberAggregation(log, Methods[method].Fit(votes), policy, truth);
    }

    public override IEnumerable<object?[]> Answers() => log.Tasks.Select((task, t) => (object?[])[task, result.Values[t], result.StandardErrors[t]]);

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["method"] = result.Method,
            ["rounds"] = result.Rounds,
            ["converged"] = result.Converged,
            ["log_likelihood"] = Figures.Json(result.LogLikelihood),
            ["tasks"] = log.Tasks.Length,
            ["votes"] = log.Count,
            ["duplicates"] = Duplicates(policy, log.Duplicates),
        };
        if (Errors() is { } errors)
        {
            json["mean_absolute_error"] = Figures.Json(errors.Absolute);
            json["root_mean_square_error"] = Figures.Json(errors.Square);
            json["truth"] = new JsonObject { ["tasks"] = errors.Tasks, ["without_votes"] = WithoutVotes(truth, log.Tasks) };
        }

        json["workers"] = new JsonArray([.. result.Skills.Select((skill, w) => (JsonNode)new JsonObject
        {
            ["worker"] = log.Workers[w],
            ["bias"] = Figures.Json(skill.Bias),
            ["deviation"] = Figures.Json(skill.Deviation),
            ["votes"] = skill.Votes,
        })]);
        json["warnings"] = Warnings(All());
        return json;
    }

    public override void Tell(ParseResult parsed)
    {
        parsed.Print($"{result.Method}: {Figures.Count(log.Count, "number")} for {Figures.Count(log.Tasks.Length, "task")} by {Figures.Count(log.Workers.Length, "worker")}{Settled(result.Rounds, result.Converged)}");
        if (Errors() is { Tasks: > 0 } errors)
            parsed.Print($"mean absolute error {Figures.Of(errors.Absolute)}, root mean square error {Figures.Of(errors.Square)} on {Figures.Count(errors.Tasks, "task")} with a known number");
        parsed.Print("");
        var most = Enumerable.Range(0, result.Skills.Length).OrderByDescending(w => result.Skills[w].Deviation).ThenBy(w => w).Take(WorkersShown);
        foreach (var line in TextTable.Lines(["worker", ">bias", ">deviation", ">numbers"], most.Select(w => new[] { log.Workers[w], Figures.Of(result.Skills[w].Bias), Figures.Of(result.Skills[w].Deviation), Figures.Count(result.Skills[w].Votes) })))
            parsed.Print(line);
        if (result.Skills.Length > WorkersShown) parsed.Print($"The {WorkersShown} workers furthest from the estimates; --json lists all {Figures.Count(result.Skills.Length)}.");
        foreach (var (_, message) in All()) parsed.Warn(message);
    }

    private (int Tasks, double? Absolute, double? Square)? Errors()
    {
        if (truth is null) return null;
        List<double> distances = [];
        for (var t = 0; t < log.Tasks.Length; t++)
        {
            if (!truth.ByTask.TryGetValue(log.Tasks[t], out var known) || result.Values[t] is not { } value) continue;
            var number = NumberOf(known) ?? throw new TableFormatException(truth.Name, 0, 0, string.Create(CultureInfo.InvariantCulture, $"expected {Expected} as label of {TableReader.Shown(log.Tasks[t])}, found {TableReader.Shown(known)}"));
            distances.Add(value - number);
        }

        if (distances.Count == 0) return (0, null, null);
        var scale = BinaryScale.IfExtreme(CollectionsMarshal.AsSpan(distances));
        double absolute = 0, square = 0;
        foreach (var distance in distances)
        {
            absolute += Math.Abs(scale.Down(distance));
            square += scale.Down(distance) * scale.Down(distance);
        }

        return (distances.Count, scale.Up(absolute / distances.Count), scale.Up(Math.Sqrt(square / distances.Count)));
    }

    /// <summary>A number that can be measured with; null for text, and for what is too large to be told apart from infinity.</summary>
    private static double? NumberOf(string label) => LabelOrder.TryNumber(label, out var number) && Math.Abs(number) <= NumericVotes.LargestValue ? number : null;

    private IEnumerable<(string Code, string Message)> All() =>
        result.Warnings.Select(w => (w.Code, w.Message)).Concat(WarningsOfFiles(policy, log.Duplicates, Errors()?.Tasks, WithoutVotes(truth, log.Tasks)));
}
