using System.CommandLine;
using Touchstone.Quality.Categorical;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality aggregate</c>: one answer for each task from many votes.</summary>
internal static class AggregateCommand
{
    private const string Default = SampledDawidSkene.Name;

    public static Command Make()
    {
        var labels = QualityOptions.Labels();
        var methods = TruthMethods.All.Select(m => (m.Name, m.Description))
            .Concat(NumberAggregation.Methods.Select(m => (Name: m.Key, m.Value.Description))).Concat(TextAggregation.Methods.Select(m => (Name: m.Key, m.Value.Description))).ToArray();
        var method = new Option<string>("--method")
        {
            Description = "How to infer the answers. " + string.Join(' ', methods.Select(m => $"{m.Name}: {m.Description}")),
            DefaultValueFactory = _ => Default,
        }.OneOf([.. methods.Select(m => m.Name)]);
        method.HelpName = "METHOD";
        var gold = QualityOptions.TableOf("--gold", "Tasks whose label is known (columns task and label): the method learns from them, and they keep their label.");
        var truth = QualityOptions.TableOf("--truth", "Tasks whose label is known (columns task and label), to measure the result with; the method does not see them. Tasks of --gold do not count.");
        var weights = QualityOptions.TableOf("--weights", "How much each worker's vote counts (columns worker and weight), for weighted-majority.");
        var output = QualityOptions.TableOf("--out", "Write the answer of every task (task, label, confidence; for numbers task, label, standard_error; for texts task, text, confidence): NDJSON where the name ends in .ndjson or .jsonl, else CSV. The file appears whole or not at all.");
        var seed = QualityOptions.Seed("Seed of methods that start at random; the same seed gives the same result.");
        var (duplicates, json) = (QualityOptions.Duplicates(), Options.Json());
        return new Command("aggregate", "Infer one answer for each task from those of several workers, and how good each worker is. Ties go to the label that sorts first.")
            { labels, method, gold, truth, weights, output, seed, duplicates, json }
            .Examples(
                "touchstone quality aggregate votes.csv",
                "touchstone quality aggregate votes.csv --method dawid-skene --truth truth.csv --json",
                "touchstone quality aggregate votes.csv --method gold-majority --gold gold.csv --out answers.csv",
                "touchstone quality aggregate votes.csv --method weighted-majority --weights weights.csv",
                "touchstone quality aggregate votes.csv --method mace --seed 7",
                "touchstone quality aggregate ratings.csv --method median --out medians.csv",
                "touchstone quality aggregate texts.csv --method rover --out texts.ndjson",
                "cat votes.ndjson | touchstone quality aggregate - --duplicates last --out answers.ndjson")
            .Runs(async (parsed, cancellationToken) =>
            {
                var (votesPath, goldPath, truthPath) = (parsed.GetValue(labels)!, parsed.GetValue(gold), parsed.GetValue(truth));
                var weightsPath = parsed.GetValue(weights);
                InputFile.RequireOneStandardInput(votesPath, goldPath, truthPath, weightsPath);
                var (name, policy) = (parsed.GetValue(method)!, parsed.GetValue(duplicates)!);
                var aggregation = Read(votesPath, name, policy, parsed.GetValue(seed), weightsPath, goldPath, truthPath);
                cancellationToken.ThrowIfCancellationRequested();
                if (parsed.GetValue(output) is { } path) await ResultFile.WriteAsync(path, aggregation.Header, aggregation.Answers(), cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(aggregation.ToJson().ToJsonString());
                else aggregation.Tell(parsed);
                return ExitCode.Done;
            });
    }

    private static Aggregation Read(string path, string method, string policy, long seed, string? weights, string? gold, string? truth)
    {
        var (isNumber, isText) = (NumberAggregation.Methods.ContainsKey(method), TextAggregation.Methods.ContainsKey(method));
        if ((isNumber || isText) && gold is not null) throw new CommandException($"--gold: {method} does not learn from known answers.", ExitCode.Misuse);
        if ((isNumber || isText) && weights is not null) throw new CommandException($"--weights: {method} takes none; weighted-majority does.", ExitCode.Misuse);
        if (isNumber) return NumberAggregation.Read(path, method, policy, KnownLabels.ReadIfGiven(truth));
        if (isText) return TextAggregation.Read(path, method, policy, KnownLabels.ReadIfGiven(truth, TextAggregation.Column));
        return LabelAggregation.Read(path, method, policy, seed, weights, KnownLabels.ReadIfGiven(gold), KnownLabels.ReadIfGiven(truth));
    }
}
