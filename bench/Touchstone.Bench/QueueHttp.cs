using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Touchstone.Bench;

/// <summary>
/// How fast the queue gives and takes work through HTTP, on a project of a million tasks and two million responses, beside what the same
/// database does with a bare UPDATE ... RETURNING and what the disk takes for one durable page.
/// </summary>
internal static class QueueHttp
{
    private const int FlatOutContributors = 50;
    private const int PacedContributors = 1_000;
    private static readonly TimeSpan PacedInterval = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(string[] arguments)
    {
        var tasks = Arguments.Int(arguments, "--tasks", 1_000_000);
        var seconds = Arguments.Int(arguments, "--seconds", 20);
        var warm = Arguments.Int(arguments, "--warm-seconds", 15);
        var paced = Arguments.Int(arguments, "--paced-seconds", 60);
        foreach (var postgres in Arguments.Databases(arguments))
        {
            await using var workplace = await Workplace.CreateAsync(postgres, PacedContributors);
            Console.WriteLine($"== {workplace.Name}: {tasks:N0} tasks, {tasks * 2:N0} responses");
            await workplace.FillAsync(tasks, tasks * 2);
            Console.WriteLine($"fsync of one page: {DiskProbe.Fsync(workplace.Folder)}");
            var bare = await BareAsync(workplace, TimeSpan.FromSeconds(Math.Min(seconds, 10)));
            Console.WriteLine($"bare UPDATE ... RETURNING: {bare}");
            using var server = await ServerProcess.StartAsync(workplace.Place);
            await FlatOutAsync(workplace, server, TimeSpan.FromSeconds(warm));   // the runtime compiles what is hot
            var before = server.ProcessorTime;
            var (pairs, latencies) = await FlatOutAsync(workplace, server, TimeSpan.FromSeconds(seconds));
            var rate = pairs / (double)seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{FlatOutContributors} contributors flat out: {rate:N0} pairs/s = {rate / bare.PerSecond:F2} of bare; {latencies}; server {(server.ProcessorTime - before).TotalSeconds / seconds:F2} cores, {server.ResidentMegabytes:N0} MB"));
            if (paced == 0) continue;
            Console.WriteLine($"what follows from these responses was worked off {(await RestAsync(server)).TotalSeconds:N0} s later");
            Console.WriteLine($"{PacedContributors} contributors, a pair every {PacedInterval.TotalSeconds:N0} s: {await PacedAsync(workplace, server, TimeSpan.FromSeconds(paced), bare: false)}");
            Console.WriteLine($"the same asking for /health alone, which reads one row: {await PacedAsync(workplace, server, TimeSpan.FromSeconds(paced), bare: true)}");
        }
    }

    private static async Task<BareUpdate.Result> BareAsync(Workplace workplace, TimeSpan duration)
    {
        await using var database = workplace.Open();
        return await BareUpdate.RunAsync(database, duration);
    }

    private static async Task<(long Pairs, Latencies Latencies)> FlatOutAsync(Workplace workplace, ServerProcess server, TimeSpan duration)
    {
        var latencies = new Latencies();
        long pairs = 0;
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, FlatOutContributors).Select(async i =>
        {
            using var connection = new RawHttpConnection(server.Address);
            var worker = new BenchContributor(connection, workplace.Keys[i], workplace.Project);
            await worker.TakeAsync();
            var mine = new List<double>();
            while (Stopwatch.GetTimestamp() < end)
            {
                var started = Stopwatch.GetTimestamp();
                await worker.SubmitAsync();
                mine.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            Interlocked.Add(ref pairs, mine.Count);
            latencies.AddRange(mine);
        }));
        return (pairs, latencies);
    }

    /// <summary>Until the server has nothing more to do: it takes less than a tenth of a core.</summary>
    private static async Task<TimeSpan> RestAsync(ServerProcess server)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var before = server.ProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(2));
            if (server.ProcessorTime - before < TimeSpan.FromSeconds(0.2)) return Stopwatch.GetElapsedTime(started);
        }
    }

    /// <summary>Everybody submits once in each interval, at a moment of their own; or asks for nothing but an answer, which is what the machine and HTTP take of it.</summary>
    private static async Task<Latencies> PacedAsync(Workplace workplace, ServerProcess server, TimeSpan duration, bool bare)
    {
        var latencies = new Latencies();
        var random = new Random(7);
        var offsets = workplace.Keys.Select(_ => random.NextDouble() * PacedInterval.TotalSeconds).ToArray();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(workplace.Keys.Select((key, i) => Task.Run(async () =>
        {
            using var connection = new RawHttpConnection(server.Address);
            var worker = new BenchContributor(connection, key, workplace.Project);
            for (var round = 0; ; round++)
            {
                var due = offsets[i] + round * PacedInterval.TotalSeconds;
                if (due > duration.TotalSeconds) return;
                var wait = due - Stopwatch.GetElapsedTime(started).TotalSeconds;
                if (wait > 0) await Task.Delay(TimeSpan.FromSeconds(wait));
                if (round == 0)
                {
                    if (!bare) await worker.TakeAsync();   // the first lease; measured are the pairs that follow
                    continue;
                }

                var asked = Stopwatch.GetTimestamp();
                if (bare) await worker.AskAsync();
                else await worker.SubmitAsync();
                latencies.Add(Stopwatch.GetElapsedTime(asked));
            }
        })));
        return latencies;
    }
}

/// <summary>A contributor of the benchmark: takes a lease, then submits it and gets the next with the answer.</summary>
internal sealed class BenchContributor(RawHttpConnection connection, string key, string project)
{
    private const int TokenLength = 22;
    private static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"answers":{{Answers.Small}},"active_milliseconds":4000}""");
    private string? _token;

    public async ValueTask TakeAsync()
    {
        var status = await connection.SendAsync(key, "POST", $"/api/v1/projects/{project}/work/next", ReadOnlyMemory<byte>.Empty);
        Keep(status, connection.Body.Span.IndexOf("\"token\":\""u8));
    }

    public async ValueTask SubmitAsync()
    {
        var status = await connection.SendAsync(key, "PUT", $"/api/v1/leases/{_token}/response?next=true", Body);
        Keep(status, connection.Body.Span.LastIndexOf("\"token\":\""u8));
    }

    public async ValueTask AskAsync()
    {
        var status = await connection.SendAsync(key, "GET", "/health", ReadOnlyMemory<byte>.Empty);
        if (status != 200) throw new InvalidOperationException($"{status}: {Encoding.UTF8.GetString(connection.Body.Span)}");
    }

    private void Keep(int status, int at)
    {
        if (status != 200 || at < 0) throw new InvalidOperationException($"{status}: {Encoding.UTF8.GetString(connection.Body.Span)}");
        var token = Encoding.ASCII.GetString(connection.Body.Span.Slice(at + 9, TokenLength));
        if (token == _token) throw new InvalidOperationException($"No new lease came with the answer: {Encoding.UTF8.GetString(connection.Body.Span)}");
        _token = token;
    }
}
