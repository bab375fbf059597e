using System.CommandLine;
using Touchstone.Curation;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate work</c>: a part of a run that several machines share.</summary>
internal static class WorkCommand
{
    public static Command Make()
    {
        var run = new Argument<string>("RUN") { Description = "Folder of a run that was begun with --on slurm; all machines see it under this path." };
        var step = new Option<string>("--step") { Description = "Step to work on: judge-1, measure-1, find-1, judge-2 and so on, at last finish. touchstone curate stats RUN lists them.", HelpName = "STEP", Required = true };
        var task = new Option<int?>("--task") { Description = "Which part of the shards to do, from 0: those whose number divided by --tasks leaves it. Without it 0.", HelpName = "N" }.Within(0, 999_999);
        var tasks = new Option<int?>("--tasks") { Description = "How many parts there are. Without it one, which is everything.", HelpName = "N" }.Within(1, 1_000_000);
        var (workers, memory) = (CurateOptions.Workers(), CurateOptions.Memory());
        return new Command("work", "Do a part of a run that several machines share: what the jobs of --on slurm call, and what another scheduler, or a person, can call. What is done already is left out, and what two do at once counts once.")
            { run, step, task, tasks, workers, memory }
            .Examples("touchstone curate work fineweb-run --step judge-1 --task 3 --tasks 16", "touchstone curate work fineweb-run --step find-1 --workers 32 --memory 64G")
            .Runs(async (parsed, cancellationToken) =>
            {
                using var progress = new RunProgressLine(parsed);
                var options = new RunOptions { Workers = parsed.GetValue(workers) ?? Environment.ProcessorCount, MemoryBytes = parsed.GetValue(memory), Progress = progress.Report };
                try
                {
                    var done = await SharedRun.WorkAsync(parsed.GetValue(run)!, parsed.GetValue(step)!, parsed.GetValue(task) ?? 0, parsed.GetValue(tasks) ?? 1, options, SharedRun.Patience, cancellationToken);
                    progress.Break();
                    parsed.Print(done);
                }
                catch (ArgumentException misuse)
                {
                    throw new CommandException(misuse.Message, ExitCode.Misuse, misuse);
                }

                return ExitCode.Done;
            });
    }
}
