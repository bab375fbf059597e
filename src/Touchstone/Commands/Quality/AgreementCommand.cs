using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Files.Tables;
using Touchstone.Formats.Votes;
using Touchstone.Quality.Agreements;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality agreement</c>: how far workers agree beyond chance.</summary>
internal static class AgreementCommand
{
    private const int PairsShown = 10;
    private const string Icc = "icc";

    private static readonly Dictionary<string, AgreementMetric> Metrics =
        Enum.GetValues<AgreementMetric>().ToDictionary(AgreementCoefficients.NameOf, StringComparer.Ordinal);

    public static Command Make()
    {
        var labels = QualityOptions.Labels();
        var metric = new Option<string>("--metric")
        {
            Description = "Coefficient of agreement. cohen and scott are of exactly two workers; cohen lists all pairs where there are more. icc is ICC(2,k) of numbers, over the tasks that every worker rated.",
            DefaultValueFactory = _ => "krippendorff",
        }.OneOf([.. Metrics.Keys, Icc]);
        var level = new Option<string>("--level")
        {
            Description = "What labels mean. Where all are numbers they are compared by value: 0, 00 and -0 are one label. nominal: same or not. ordinal: in order (numbers by value, else by code point, or as --order says). interval: distances of numbers. ratio: relative to their size. "
                + "For coefficients other than krippendorff, ordinal and interval are Gwet's ordinal and quadratic weights.",
            DefaultValueFactory = _ => "nominal",
        }.OneOf("nominal", "ordinal", "interval", "ratio");
        var order = new Option<string?>("--order") { Description = "Labels from lowest to highest, parted by commas, for --level ordinal; each as it is written, numbers too.", HelpName = "A,B,C" };
        var bootstrap = new Option<int?>("--bootstrap") { Description = "Draw tasks so many times for standard error and interval. Without it both are computed, which is quick and less sure for few tasks.", HelpName = "N" }.Within(2, 1_000_000);
        var confidence = QualityOptions.Number("--confidence", "Level of the interval.", 0.95, 0, 1);
        var seed = QualityOptions.Seed("Seed of --bootstrap; the same seed gives the same interval.");
        var (duplicates, json) = (QualityOptions.Duplicates(), Options.Json());
        return new Command("agreement", "Tell how far workers agree beyond chance, with standard error and interval.")
            { labels, metric, level, order, bootstrap, confidence, seed, duplicates, json }
            .Examples(
                "touchstone quality agreement votes.csv",
                "touchstone quality agreement votes.csv --metric gwet --json",
                "touchstone quality agreement ratings.csv --metric krippendorff --level interval --bootstrap 1000 --seed 7",
                "touchstone quality agreement votes.ndjson --level ordinal --order low,mid,high")
            .Runs((parsed, _) =>
            {
                var name = parsed.GetValue(metric)!;
                var measured = parsed.GetValue(level)!;
                var read = VoteTable.Read(parsed.GetValue(labels)!, QualityOptions.PolicyOf(parsed.GetValue(duplicates)!));
                var table = parsed.GetValue(order) is { } wanted ? Ordered(read, wanted) : read.ByValue();
                var options = new AgreementOptions { Bootstrap = parsed.GetValue(bootstrap), Seed = (ulong)parsed.GetValue(seed), Confidence = parsed.GetValue(confidence) };
                var result = Measure(table, name, measured, options);
                var pairs = name == "cohen" && result.Raters > 2 ? CohenKappa.Pairs(table.Votes, minCommon: 2) : [];
                var trap = measured == "nominal" && name != Icc ? PrevalenceCheck.Of(table.Votes) : null;
                (string, string)[] warnings = [.. Warnings(table, result, trap, read)];
                if (parsed.GetValue(json)) parsed.Print(ToJson(table, result, measured, pairs, trap, parsed.GetValue(duplicates)!, warnings).ToJsonString());
                else Tell(parsed, table, result, measured, pairs, warnings);
                return Task.FromResult(ExitCode.Done);
            });
    }

    private static Agreement Measure(VoteTable table, string name, string level, AgreementOptions options)
    {
        var labelCount = table.Votes.LabelCount;
        double[]? values = level is "interval" or "ratio" || name is Icc ? NumbersOf(table, isRatio: name is "krippendorff" && level is "ratio") : null;
        if (name is Icc) return IccOf(table, values!, options);
        if (name == "krippendorff")
            return AgreementCoefficients.Of(table.Votes, AgreementMetric.Krippendorff, options with { Level = Enum.Parse<MeasurementLevel>(level, ignoreCase: true), LabelValues = values });
        if (level == "ratio") throw new CommandException("--level ratio: only --metric krippendorff measures it.", ExitCode.Misuse);
        var weights = level switch
        {
            "ordinal" => LabelWeights.Ordinal(labelCount),
            "interval" => LabelWeights.Quadratic(labelCount, values),
            _ => null,
        };
        return AgreementCoefficients.Of(table.Votes, Metrics[name], options with { Weights = weights });
    }

    /// <summary>ICC(2,k), of the mean of all workers; of several numbers of one worker for one task the first counts.</summary>
    private static Agreement IccOf(VoteTable table, double[] values, AgreementOptions options)
    {
        var (tasks, workers) = (table.Log.Tasks.Length, table.Log.Workers.Length);
        if ((long)tasks * workers > Array.MaxLength) throw new CommandException($"{table.Log.Name}: {Figures.Count(tasks)} tasks by {Figures.Count(workers)} workers do not fit into memory for icc, which needs every worker's number for every task.");
        var ratings = new double[tasks * workers];
        ratings.AsSpan().Fill(double.NaN);
        for (var v = 0; v < table.Log.Count; v++)
        {
            ref var rating = ref ratings[table.Log.TaskOf[v] * workers + table.Log.WorkerOf[v]];
            if (double.IsNaN(rating)) rating = values[table.Log.LabelOf[v]];
        }

        return IntraclassCorrelation.Of(ratings, tasks, workers, options).Average;
    }

    /// <summary>Value of each label; ratios are measured from a true zero, so that none may lie below it.</summary>
    private static double[] NumbersOf(VoteTable table, bool isRatio)
    {
        var values = new double[table.Labels.Length];
        for (var l = 0; l < values.Length; l++)
        {
            var isNumber = LabelOrder.TryNumber(table.Labels[l], out values[l]);
            if (isNumber && !(isRatio && values[l] < 0)) continue;
            var expected = isNumber ? "a number of 0 or more as label, since --level ratio measures from a true zero" : "a number as label";
            throw new TableFormatException(table.Log.Name, table.Log.LabelLines[l], 0, $"expected {expected}, found {TableReader.Shown(table.Labels[l])}");
        }

        return values;
    }

    /// <summary>The same votes with the labels in the order that a person gave.</summary>
    private static VoteTable Ordered(VoteTable table, string order)
    {
        var wanted = order.Split(',', StringSplitOptions.TrimEntries);
        var missing = table.Labels.Except(wanted, StringComparer.Ordinal).ToArray();
        if (missing.Length > 0) throw new CommandException($"--order: the file also has {string.Join(", ", missing.Take(5).Select(TableReader.Shown))}{(missing.Length > 5 ? " and others" : "")}.", ExitCode.Misuse);
        if (wanted.Distinct(StringComparer.Ordinal).Count() < wanted.Length) throw new CommandException("--order: a label stands there twice.", ExitCode.Misuse);
        return table.InOrder(wanted);
    }

    private static void Tell(ParseResult parsed, VoteTable table, Agreement result, string level, IReadOnlyList<PairKappa> pairs, IEnumerable<(string Code, string Message)> warnings)
    {
        parsed.Print($"{result.Coefficient} ({level}): {Figures.Of(result.Value)}" + (result.StandardError is { } error ? $", standard error {Figures.Of(error)}" : "")
            + (result.Interval is { } interval ? $", {result.Confidence * 100:0.##} % interval {Figures.Range(interval.Lower, interval.Upper)} ({result.IntervalMethod})" : ""));
        if (result.ObservedAgreement is { } observed) parsed.Print($"observed agreement {Figures.Of(observed)}, expected by chance {Figures.Of(result.ExpectedAgreement)}");
        parsed.Print($"{Figures.Count(result.Votes, "vote")}, {Figures.Count(result.Items, "task")} of which {Figures.Count(result.PairedItems)} have two votes or more, {Figures.Count(result.Raters, "worker")}");
        if (pairs.Count > 0)
        {
            parsed.Print("");
            var most = pairs.OrderByDescending(p => p.Items).Take(PairsShown).Select(p => new[] { table.Log.Workers[p.First], table.Log.Workers[p.Second], Figures.Count(p.Items), Figures.Of(p.Kappa) });
            foreach (var line in TextTable.Lines(["worker", "worker", ">tasks", ">kappa"], most)) parsed.Print(line);
            if (pairs.Count > PairsShown) parsed.Print($"The {PairsShown} pairs with the most tasks in common; --json lists all {Figures.Count(pairs.Count)}.");
        }

        foreach (var (_, message) in warnings) parsed.Warn(message);
    }

    private static JsonObject ToJson(VoteTable table, Agreement result, string level, IReadOnlyList<PairKappa> pairs, PrevalenceResult? trap, string duplicates, IEnumerable<(string Code, string Message)> warnings)
    {
        var json = new JsonObject
        {
            ["metric"] = result.Coefficient,
            ["level"] = level,
            ["value"] = Figures.Json(result.Value),
            ["standard_error"] = Figures.Json(result.StandardError),
            ["interval"] = result.Interval is { } interval
                ? new JsonObject { ["low"] = Figures.Json(interval.Lower), ["high"] = Figures.Json(interval.Upper), ["confidence"] = result.Confidence, ["method"] = result.IntervalMethod }
                : null,
            ["observed_agreement"] = Figures.Json(result.ObservedAgreement),
            ["expected_agreement"] = Figures.Json(result.ExpectedAgreement),
            ["votes"] = result.Votes,
            ["tasks"] = result.Items,
            ["tasks_with_two_votes"] = result.PairedItems,
            ["workers"] = result.Raters,
            ["labels"] = new JsonArray([.. table.Labels.Select(l => (JsonNode)l)]),
            ["duplicates"] = new JsonObject { ["policy"] = duplicates, ["count"] = table.Log.Duplicates },
        };
        if (level == "nominal")
        {
            var certainty = CrowdCertainty.Of(table.Votes);
            json["consistency"] = Figures.Json(certainty.Consistency);
            json["uncertainty"] = Figures.Json(certainty.Uncertainty);
        }

        if (result.Replicates > 0)
            json["bootstrap"] = new JsonObject { ["replicates"] = result.Replicates, ["undefined"] = result.UndefinedReplicates, ["seed"] = (long)(result.Seed ?? 0) };
        if (trap is not null)
            json["prevalence"] = new JsonObject
            {
                ["kappa"] = Figures.Json(trap.Kappa.Value),
                ["ac1"] = Figures.Json(trap.Ac1.Value),
                ["commonest_label"] = trap.CommonestLabel is { } label ? table.Labels[label] : null,
                ["commonest_share"] = Figures.Json(trap.CommonestShare),
                ["trapped"] = trap.IsTrapped,
            };
        if (pairs.Count > 0)
            json["pairs"] = new JsonArray([.. pairs.Select(p => (JsonNode)new JsonObject
            {
                ["workers"] = new JsonArray(table.Log.Workers[p.First], table.Log.Workers[p.Second]),
                ["tasks"] = p.Items,
                ["kappa"] = Figures.Json(p.Kappa),
            })]);
        json["warnings"] = new JsonArray([.. warnings.Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]);
        return json;
    }

    private static IEnumerable<(string Code, string Message)> Warnings(VoteTable table, Agreement result, PrevalenceResult? trap, VoteTable read)
    {
        if (result.Undefined is { } undefined) yield return (undefined.Code, undefined.Message);
        if (result is { Value: not null, StandardError: null, PairedItems: 1 })
            yield return ("one_paired_item", "One task only tells of agreement, so how sure the value is cannot be told: there is neither standard error nor interval.");
        if (read.Labels.Except(table.Labels, StringComparer.Ordinal).ToArray() is { Length: > 0 } merged)
            yield return ("labels_merged", $"{Figures.Count(merged.Length, "label")} {(merged.Length == 1 ? "is" : "are")} another spelling of a number and counted as the one that came first: {string.Join(", ", merged.Take(5).Select(TableReader.Shown))}{(merged.Length > 5 ? " and others" : "")}. Name all labels in --order to tell them apart.");
        if (table.Log.Duplicates > 0) yield return ("duplicate_votes", $"{Figures.Count(table.Log.Duplicates, "vote")} repeat the task and worker of an earlier one.");
        if (trap is { IsTrapped: true, CommonestShare: { } share })
            yield return ("prevalence", $"{share * 100:0.#} % of all votes are one label: kappa ({Figures.Of(trap.Kappa.Value)}) is low although {trap.Kappa.ObservedAgreement * 100:0.#} % agree; judge by AC1 ({Figures.Of(trap.Ac1.Value)}) and by agreement per label.");
    }
}
