using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Files.Storage;
using Touchstone.Quality.Categorical;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality replay</c>: what adaptive overlap would have saved, on votes that were already given.</summary>
internal static class ReplayCommand
{
    private const string Adaptive = "adaptive", Fixed = "fixed", Random = "random";

    public static Command Make()
    {
        var labels = QualityOptions.Labels();
        var truth = new Option<string>("--truth") { Description = "Tasks whose label is known (columns task and label), to measure the accuracy with; the replay does not see them.", HelpName = "FILE", Required = true };
        var policy = new Option<string>("--policy")
        {
            Description = "adaptive: ask for another vote while the posterior is below --confidence. fixed: the same number of votes for every task, nearest to what adaptive spends. random: votes on tasks at random, as many as adaptive spends. "
                + "Beside fixed or random, adaptive is shown too; beside adaptive, random is.",
            DefaultValueFactory = _ => Adaptive,
        }.OneOf(Adaptive, Fixed, Random);
        var confidence = QualityOptions.Number("--confidence", "Stop asking once the most probable label is at least so probable.", 0.99, 0, 1);
        var least = new Option<int?>("--min") { Description = "Votes that every task gets.", HelpName = "N", DefaultValueFactory = _ => 2 }.Within(1, 1_000);
        var most = new Option<int?>("--max") { Description = "Votes that no task exceeds. Without it as many as the file has.", HelpName = "N" }.Within(1, 1_000_000);
        var orders = new Option<int?>("--orders") { Description = "Random orders of the votes; figures are means over them.", HelpName = "N", DefaultValueFactory = _ => 5 }.Within(1, 1_000);
        var seed = QualityOptions.Seed("Seed of the orders; the same seed gives the same result.");
        var plot = new Option<string?>("--plot") { Description = "Draw accuracy against votes spent, of the first order, as SVG. The file appears whole or not at all.", HelpName = "FILE.svg" };
        var (duplicates, json) = (QualityOptions.Duplicates(), Options.Json());
        return new Command("replay", "Replay votes as if a queue had asked for one at a time, and tell accuracy against votes spent.")
            { labels, truth, policy, confidence, least, most, orders, seed, duplicates, plot, json }
            .Examples(
                "touchstone quality replay votes.csv --truth truth.csv",
                "touchstone quality replay votes.csv --truth truth.csv --policy fixed --confidence 0.97 --max 4 --orders 2 --json",
                "touchstone quality replay votes.csv --truth truth.csv --policy random --orders 2 --plot replay.svg")
            .Runs(async (parsed, cancellationToken) =>
            {
                InputFile.RequireOneStandardInput(parsed.GetValue(labels), parsed.GetValue(truth));
                var known = KnownLabels.Read(parsed.GetValue(truth)!);
                var table = VoteTable.Read(parsed.GetValue(labels)!, QualityOptions.PolicyOf(parsed.GetValue(duplicates)!), known);
                AggregateMethods.RequireRoom("replay", table);
                var classes = table.ClassesOf(known);
                if (classes.All(c => c < 0)) throw new CommandException($"No task of {known.Name} has votes in {table.Log.Name}. Do the tasks of both files have the same names?");
                var (min, max) = (parsed.GetValue(least)!.Value, parsed.GetValue(most) ?? Math.Max(parsed.GetValue(least)!.Value, MostVotes(table)));
                if (max < min) throw new CommandException($"--max: expected at least {min} (--min), found {max}", ExitCode.Misuse);
                var replay = new Replay(table.Votes, classes, new AdaptiveOverlap(min, max, parsed.GetValue(confidence)), parsed.GetValue(seed));
                var wanted = parsed.GetValue(policy)!;
                using (var progress = parsed.Progress("Replaying")) replay.Run(wanted == Fixed ? Fixed : Random, parsed.GetValue(orders)!.Value, progress, cancellationToken);
                string[] shown = wanted == Adaptive ? [Adaptive, Random] : [wanted, Adaptive];
                if (parsed.GetValue(plot) is { } path) await DurableFile.WriteAsync(path, Encoding.UTF8.GetBytes(CurvePlot.Draw(replay.All, [.. shown.Select(s => new PlotLine(s, replay.Runs[s][0].Curve))])), cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(ToJson(replay, shown, wanted).ToJsonString());
                else Tell(parsed, replay, shown);
                return ExitCode.Done;
            });
    }

    private static int MostVotes(VoteTable table)
    {
        var counts = new int[table.Log.Tasks.Length];
        foreach (var task in table.Log.TaskOf) counts[task]++;
        return counts.Max();
    }

    private static void Tell(ParseResult parsed, Replay replay, string[] shown)
    {
        var (min, max, confidence) = replay.Policy;
        parsed.Print($"All {Figures.Count(replay.Votes.Count, "vote")} give an accuracy of {Figures.Of(replay.All.Accuracy)}. Adaptive: {min} to {Figures.Count(max)} votes a task, until the posterior is {confidence.ToString("0.####", CultureInfo.InvariantCulture)}; means over {Figures.Count(replay.Runs[Adaptive].Count, "order")}.");
        parsed.Print("");
        foreach (var line in TextTable.Lines(["policy", ">votes", ">share of all", ">accuracy", ">lost"], shown.Select(s => new[] { s, Figures.Count((long)replay.Mean(s).Votes), Figures.Of(replay.Mean(s).Share), Figures.Of(replay.Mean(s).Accuracy), Figures.Of(replay.All.Accuracy - replay.Mean(s).Accuracy) })))
            parsed.Print(line);
    }

    private static JsonObject ToJson(Replay replay, string[] shown, string wanted) => new()
    {
        ["policy"] = wanted,
        ["min"] = replay.Policy.Min,
        ["max"] = replay.Policy.Max,
        ["confidence"] = replay.Policy.Confidence,
        ["seed"] = replay.Seed,
        ["orders"] = replay.Runs[Adaptive].Count,
        ["all_votes"] = new JsonObject { ["votes"] = replay.Votes.Count, ["accuracy"] = Figures.Json(replay.All.Accuracy) },
        ["policies"] = new JsonObject(shown.Select(s => KeyValuePair.Create(s, (JsonNode?)new JsonObject
        {
            ["votes"] = Figures.Json(replay.Mean(s).Votes),
            ["share"] = Figures.Json(replay.Mean(s).Share),
            ["accuracy"] = Figures.Json(replay.Mean(s).Accuracy),
            ["lost"] = Figures.Json(replay.All.Accuracy - replay.Mean(s).Accuracy),
            ["curve"] = new JsonArray([.. replay.Runs[s][0].Curve.Select(p => (JsonNode)new JsonObject { ["votes"] = p.Votes, ["accuracy"] = p.Accuracy })]),
        }))),
    };
}
