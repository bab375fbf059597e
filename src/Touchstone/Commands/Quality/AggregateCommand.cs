using System.CommandLine;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality aggregate</c>: one answer for each task from many votes.</summary>
internal static class AggregateCommand
{
    private const string Default = "dawid-skene-shrunk";

    public static Command Make()
    {
        var labels = QualityOptions.Labels();
        var method = new Option<string>("--method") 
        {
            Description = "How to infer the answers. " + string.Join(' ', AggregateMethods.All.Select(m => $"{m.Name}: {m.Description}")),
            DefaultValueFactory = _ => Default,
        }.OneOf([.. AggregateMethods.All.Select(m => m.Name)]);
        var gold = QualityOptions.TableOf("--gold", "Tasks whose label is known (columns task and label): the method learns from them, and they keep their label.");
        var truth = QualityOptions.TableOf("--truth", "Tasks whose label is known (columns task and label), to measure the accuracy of the result; the method does not see them. Tasks of --gold do not count.");
        var output = QualityOptions.TableOf("--out", "Write task, label and confidence of every task: NDJSON where the name ends in .ndjson or .jsonl, else CSV. The file appears whole or not at all.");
        var seed = QualityOptions.Seed("Seed of methods that start at random; the same seed gives the same result.");
        var (duplicates, json) = (QualityOptions.Duplicates(), Options.Json());
        return new Command("aggregate", "Infer one label for each task from the votes of several workers, and how good each worker is. Ties go to the label that sorts first.")
            { labels, method, gold, truth, output, seed, duplicates, json }
            .Examples(
                "touchstone quality aggregate votes.csv",
                "touchstone quality aggregate votes.csv --method dawid-skene --truth truth.csv --json",
                "touchstone quality aggregate votes.csv --method gold-majority --gold gold.csv --out answers.csv",
                "touchstone quality aggregate votes.csv --method mace --seed 7",
                "cat votes.ndjson | touchstone quality aggregate - --duplicates last --out answers.ndjson")
            .Runs(async (parsed, cancellationToken) =>
            {
                var (votesPath, goldPath, truthPath) = (parsed.GetValue(labels)!, parsed.GetValue(gold), parsed.GetValue(truth));
                InputFile.RequireOneStandardInput(votesPath, goldPath, truthPath);
                var (known, correct) = (KnownLabels.ReadIfGiven(goldPath), KnownLabels.ReadIfGiven(truthPath));
                var policy = parsed.GetValue(duplicates)!;
                var table = VoteTable.Read(votesPath, QualityOptions.PolicyOf(policy), known);
                cancellationToken.ThrowIfCancellationRequested();
                var result = AggregateMethods.Fit(parsed.GetValue(method)!, table, known, parsed.GetValue(seed));
                var report = new AggregateReport(table, result, policy, known, correct is null ? null : TruthComparison.Of(table, result, correct, known));
                if (parsed.GetValue(output) is { } path) await ResultFile.WriteAsync(path, ["task", "label", "confidence"], report.Answers(), cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(report.ToJson().ToJsonString());
                else report.Tell(parsed);
                return ExitCode.Done;
            });
    }
}
