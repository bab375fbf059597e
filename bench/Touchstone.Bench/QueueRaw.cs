using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Bench;

/// <summary>
/// The queue by itself, without HTTP, on a project of a million tasks and two million responses: import, contributors at full speed,
/// contributors at a person's pace, and one who has done the first 50,000 tasks; beside a bare UPDATE ... RETURNING and the disk's fsync.
/// </summary>
internal static class QueueRaw
{
    private const int FlatOutContributors = 50;
    private const int PacedContributors = 1_000;
    private const int Imported = 200_000;
    private const int FarOn = 50_000;
    private static readonly byte[] Digest = SHA256.HashData(Encoding.UTF8.GetBytes(Answers.Small));

    public static async Task RunAsync(string[] arguments)
    {
        var tasks = Arguments.Int(arguments, "--tasks", 1_000_000);
        var seconds = Arguments.Int(arguments, "--seconds", 10);
        var paced = Arguments.Int(arguments, "--paced-seconds", 30);
        var groups = Arguments.Int(arguments, "--groups", new QueueOptions().ParallelGroups);
        foreach (var postgres in Arguments.Databases(arguments))
        {
            await using var place = await RawPlace.CreateAsync(postgres, PacedContributors);
            Console.WriteLine($"== {(postgres is null ? "SQLite" : "PostgreSQL")}: {tasks:N0} tasks, {tasks * 2:N0} responses");
            Console.WriteLine($"fsync of one page: {DiskProbe.Fsync(place.Folder)}");
            Console.WriteLine($"import: {await ImportAsync(place):N0} tasks/s");
            var (project, _) = await place.AddProjectAsync();
            await using (var store = place.Database.CreateContext()) await BigProject.FillAsync(store, project, default, tasks, tasks * 2);
            var bare = await BareUpdate.RunAsync(place.Database, TimeSpan.FromSeconds(Math.Min(seconds, 10)));
            Console.WriteLine($"bare UPDATE ... RETURNING: {bare}");
            await using var queue = place.Database.CreateQueue(TimeProvider.System, new QueueOptions { ParallelGroups = groups });
            await FlatOutAsync(place, queue, project, TimeSpan.FromSeconds(3));   // the runtime compiles what is hot
            var processor = Process.GetCurrentProcess().TotalProcessorTime;
            var (rate, latencies) = await FlatOutAsync(place, queue, project, TimeSpan.FromSeconds(seconds));
            var cores = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds / seconds;
            Say($"{FlatOutContributors} contributors flat out: {rate:N0} pairs/s = {rate / bare.PerSecond:F2} of bare; {latencies}; {cores:F2} cores");
            await FarOnAsync(place, queue, project);
            if (paced > 0) Say($"{PacedContributors:N0} contributors, a pair every 10 s: {await PacedAsync(place, queue, project, TimeSpan.FromSeconds(paced))}");
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static async Task<double> ImportAsync(RawPlace place)
    {
        var (project, batch) = await place.AddProjectAsync();
        var tasks = Enumerable.Range(0, Imported).Select(i => new NewTask { ExternalId = $"frame-{i:d8}", AssetId = AssetId.New(TimeProvider.System.Now()) });
        var started = Stopwatch.GetTimestamp();
        await TaskImporter.ImportAsync(
            place.Database, project, batch, place.Workers[0].ContributorId, tasks.ToAsyncEnumerable(), TimeProvider.System, null, CancellationToken.None);
        return Imported / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<(double PerSecond, Latencies Latencies)> FlatOutAsync(RawPlace place, IWorkQueue queue, ProjectId project, TimeSpan duration)
    {
        var latencies = new Latencies();
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(place.Workers.Take(FlatOutContributors).Select(worker => Task.Run(async () =>
        {
            var lease = await TakeAsync(queue, worker, project);
            var mine = new List<double>();
            while (Stopwatch.GetTimestamp() < end)
            {
                var started = Stopwatch.GetTimestamp();
                lease = await SubmitAsync(queue, worker, lease);
                mine.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            latencies.AddRange(mine);
        })));
        return (latencies.Count / duration.TotalSeconds, latencies);
    }

    private static async Task<Latencies> PacedAsync(RawPlace place, IWorkQueue queue, ProjectId project, TimeSpan duration)
    {
        var latencies = new Latencies();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(place.Workers.Select((worker, i) => Task.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(10) * i / place.Workers.Count);
            var lease = await TakeAsync(queue, worker, project);
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await Task.Delay(TimeSpan.FromSeconds(10));
                var asked = Stopwatch.GetTimestamp();
                lease = await SubmitAsync(queue, worker, lease);
                latencies.Add(Stopwatch.GetElapsedTime(asked));
            }
        })));
        return latencies;
    }

    /// <summary>Somebody who has done the first open tasks looks once over what they did, then goes on like everybody else.</summary>
    private static async Task FarOnAsync(RawPlace place, IWorkQueue queue, ProjectId project)
    {
        var worker = place.Workers[FlatOutContributors];
        await RawHistory.AnswerFirstAsync(place.Database, project, worker.ContributorId, FarOn);
        var started = Stopwatch.GetTimestamp();
        var lease = await TakeAsync(queue, worker, project);
        var first = Stopwatch.GetElapsedTime(started);
        var latencies = new Latencies();
        for (var i = 0; i < 200; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            lease = await SubmitAsync(queue, worker, lease);
            latencies.Add(Stopwatch.GetElapsedTime(asked));
        }

        Say($"one who did the first {FarOn:N0} open tasks: first next without a cursor {first.TotalMilliseconds:F1} ms; then alone {latencies}");
    }

    private static async Task<LeaseToken> TakeAsync(IWorkQueue queue, Worker worker, ProjectId project) =>
        Token(await queue.NextAsync(worker, project, CancellationToken.None));

    private static async Task<LeaseToken> SubmitAsync(IWorkQueue queue, Worker worker, LeaseToken lease)
    {
        var result = await queue.SubmitAsync(new(worker, lease, Answers.Small, Digest, 4000, Next: true), CancellationToken.None);
        return result is SubmitResult.Accepted { Next: { } next } ? Token(next) : throw new InvalidOperationException($"A submit came to {result}.");
    }

    private static LeaseToken Token(NextResult next) =>
        next is NextResult.Granted granted ? granted.Lease.Token : throw new InvalidOperationException($"A next came to {next}.");
}
