using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Training;

/// <summary>What to convert, and how.</summary>
public sealed record TrainingPlan
{
    /// <summary>The format to read.</summary>
    public required TrainingFormat From { get; init; }

    /// <summary>The format to write.</summary>
    public required TrainingFormat To { get; init; }

    /// <summary>Choices where the formats leave some.</summary>
    public TrainingOptions Options { get; init; } = TrainingOptions.Default;

    /// <summary>New parts of the data set; null keeps those that it has. Records of one prompt stay together.</summary>
    public SplitPlan? Split { get; init; }
}

/// <summary>What a conversion did.</summary>
/// <param name="Read">What was found in the source.</param>
/// <param name="Written">Records written.</param>
/// <param name="Losses">What the target could not carry.</param>
/// <param name="Files">Files written, below the target.</param>
public sealed record TrainingResult(TrainingSurvey Read, long Written, LossReport Losses, IReadOnlyList<string> Files);

/// <summary>Reads one format of records and writes another. The source is read twice: once to see what is in it, once to be written.</summary>
public static class TrainingConversion
{
    /// <summary>Converts.</summary>
    /// <param name="plan">What and how.</param>
    /// <param name="source">Where from.</param>
    /// <param name="target">Where to.</param>
    /// <param name="faults">Takes what could not be read.</param>
    /// <param name="progress">Told of records taken and how many there are.</param>
    /// <param name="cancellationToken">Gives up; files that were begun stay.</param>
    /// <exception cref="FileFormatFaultException">The source cannot be read at all, or the target cannot be written.</exception>
    public static async Task<TrainingResult> RunAsync(
        TrainingPlan plan, DatasetSource source, DatasetTarget target, FaultLog faults, Action<long, long>? progress = null, CancellationToken cancellationToken = default)
    {
        var survey = new TrainingSurvey();
        await foreach (var record in plan.From.ReadAsync(source, faults, cancellationToken))
        {
            if (RecordDepth.Exceeds(record, plan.To.DepthMax))
            {
                faults.Add(record.Name, "", $"what it holds is nested so deeply that a row of {plan.To.Traits.Name} would be deeper than the {plan.To.DepthMax} levels that are read again; it is left out.");
                continue;
            }

            survey.Add(record);
            plan.Split?.Add(OfPrompt(record));
        }

        var options = plan.To.Resolve(plan.Options, survey);
        var traits = plan.To.TraitsFor(options);
        if (target.OnlyFile is not null && !traits.HasSplitInRows) traits = traits with { Parts = traits.Parts & ~RecordParts.Splits };      // parts are files of their own
        var narrowing = new RecordNarrowing(traits);
        var run = new Run(plan, source, narrowing, survey.Records, progress);
        await plan.To.WriteAsync(run.RecordsAsync(cancellationToken), target, options, cancellationToken);
        return new TrainingResult(survey, run.Written, narrowing.Report, target.Written);
    }

    /// <summary>A record as a part of the data set sees it: records of one prompt are one scene.</summary>
    private static Sample OfPrompt(TrainingRecord record)
    {
        if (record.Prompt.Count == 0) return new Sample { Name = record.Name, Split = record.Split };
        var prompt = string.Join('\0', record.Prompt.Select(t => $"{t.Role}\0{t.Text}"));
        return new Sample { Name = record.Name, Scene = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(prompt)).AsSpan(0, 16)) };
    }

    private sealed class Run(TrainingPlan plan, DatasetSource source, RecordNarrowing narrowing, long total, Action<long, long>? progress)
    {
        private long _taken;

        public long Written { get; private set; }

        public async IAsyncEnumerable<TrainingRecord> RecordsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            // Faults were told by the first reading.
            await foreach (var record in plan.From.ReadAsync(source, new FaultLog(), cancellationToken))
            {
                if (RecordDepth.Exceeds(record, plan.To.DepthMax)) continue;
                progress?.Invoke(++_taken, total);
                var parted = plan.Split is { } split ? record with { Split = split.Apply(OfPrompt(record)).Split } : record;
                foreach (var narrowed in narrowing.Narrow(parted))
                {
                    Written++;
                    yield return narrowed;
                }
            }
        }
    }
}
