using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Touchstone.Formats.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>What reading a damaged data set may cost: no exception but <see cref="FileFormatFaultException"/>, under two seconds of a processor, and in each step no more memory than ten times the files and a fixed base.</summary>
/// <remarks>
/// <c>TOUCHSTONE_FUZZ_CASES</c> is how many cases a format has, in place of two thousand; <c>TOUCHSTONE_FUZZ_SEED</c> where the seeds begin. A failure names its seed, so that with that seed and 1 case it runs alone.
/// </remarks>
internal sealed class MutationBudget(DatasetFormat format, string path, FormatOptions options)
{
    private const int CasesOfFormat = 2_000;                // what the calls of one format add up to, more or less
    private const long BaseBytes = 2L << 20;                // buffers of streams, tables of names and the like, whatever the files' size
    private const int TimesInput = 10;
    private const int WrittenEvery = 4;                     // of so many damaged data sets one is also converted, to each format in turn

    private static readonly DatasetFormat[] Writers = [.. FormatRegistry.All.Where(f => f.Traits.Writes)];

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _slowest;
    private long _most;
    private string _mostOf = "";

    /// <summary>The seeds of a call that would run <paramref name="cases"/> cases.</summary>
    public static IEnumerable<int> Seeds(int seed, int cases)
    {
        var asked = Number("TOUCHSTONE_FUZZ_CASES") is { } total ? (int)Math.Max(1, (long)cases * total / CasesOfFormat) : cases;
        return Enumerable.Range(Number("TOUCHSTONE_FUZZ_SEED") ?? seed, asked);
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads the files as they are, so that what a program does once is not counted.</summary>
    public async Task WarmUpAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var source = DatasetSource.Open(path);
            FormatRegistry.Recognise(source);
            await format.FactsAsync(source, options, CancellationToken.None);
            await foreach (var sample in format.ReadAsync(source, options, new FaultLog(), CancellationToken.None)) Assert.NotNull(sample.Name);
        }
    }

    /// <summary>Reads the damaged files.</summary>
    /// <param name="seed">The case.</param>
    /// <param name="name">The file that is damaged.</param>
    /// <param name="inputBytes">Bytes of all files, of pictures those of their pixels.</param>
    public void Check(int seed, string name, long inputBytes)
    {
        var (time, bytes, step) = Measure(seed, name);
        if (time > Longest || bytes > TimesInput * inputBytes + BaseBytes) (time, bytes, step) = Measure(seed, name);      // the machine may have had other work, and tables grow once
        Assert.True(time <= Longest, $"{Case(seed, name)}: reading took {time.TotalSeconds:F1} s.");
        Assert.True(bytes <= TimesInput * inputBytes + BaseBytes, $"{Case(seed, name)}: {step} took {bytes} bytes of memory for {inputBytes} bytes of files.");
        if (seed % WrittenEvery == 0) Write(seed, name);
        if (time > _slowest) _slowest = time;
        if (bytes > _most) (_most, _mostOf) = (bytes, $"{bytes} bytes of memory for {inputBytes} (seed {seed}, {step})");
    }

    /// <summary>Converts what can be read of a damaged data set: writers too must take whatever readers give, and leave nothing behind where they cannot.</summary>
    private void Write(int seed, string name)
    {
        var to = Writers[seed / WrittenEvery % Writers.Length];
        using var folder = new TemporaryFolder();
        OneThread.Run(async () =>
        {
            try
            {
                await Conversion.RunAsync(new ConversionPlan { From = format, To = to, Options = options }, DatasetSource.Open(path), DatasetTarget.Folder(folder["out"]), new FaultLog());
            }
            catch (FileFormatFaultException)
            {
                Assert.Empty(Directory.GetFileSystemEntries(folder["out"]));
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"{Case(seed, name)}, written as {to.Traits.Id}: {other.GetType().Name}: {other.Message}", other);
            }
        });
    }

    /// <summary>Says what a long run came to.</summary>
    public void Report(int cases)
    {
        if (Number("TOUCHSTONE_FUZZ_CASES") is not null)
            Console.WriteLine($"{format.Traits.Id}: {Seeds(0, cases).Count()} cases in {_watch.Elapsed.TotalSeconds:F0} s, the slowest {_slowest.TotalMilliseconds:F0} ms, the most {_mostOf}");
    }

    private static string Case(int seed, string name) => $"Seed {seed} (TOUCHSTONE_FUZZ_SEED={seed} TOUCHSTONE_FUZZ_CASES=1), file {name}";

    private (TimeSpan Time, long Bytes, string Step) Measure(int seed, string name)
    {
        var began = ThreadTime();
        (long Bytes, string Step) most = (0, "");
        OneThread.Run(async () =>
        {
            try
            {
                var source = DatasetSource.Open(path);
                var before = GC.GetAllocatedBytesForCurrentThread();
                void Done(string step)
                {
                    var now = GC.GetAllocatedBytesForCurrentThread();
                    if (now - before > most.Bytes) most = (now - before, step);
                    before = now;
                }

                format.Recognise(source);
                Done("recognising");
                await format.FactsAsync(source, options, CancellationToken.None);
                Done("reading facts");
                await foreach (var sample in format.ReadAsync(source, options, new FaultLog(), CancellationToken.None)) Assert.NotNull(sample.Name);
                Done("reading samples");
            }
            catch (FileFormatFaultException)
            {
                // The one exception that a reader may throw.
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"{Case(seed, name)}: {other.GetType().Name}: {other.Message}", other);
            }
        });
        return (ThreadTime() - began, most.Bytes, most.Step);
    }

    /// <summary>What this thread used of a processor, which does not depend on what else the machine does; where the system does not tell, the time that passed.</summary>
    private TimeSpan ThreadTime() => OperatingSystem.IsLinux()
        ? TimeSpan.FromTicks(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick)
        : _watch.Elapsed;

    /// <summary>Runs asynchronous work on the caller's thread alone, which is whose memory is counted.</summary>
    private sealed class OneThread : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];

        public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

        public static void Run(Func<Task> work)
        {
            var (before, context) = (Current, new OneThread());
            SetSynchronizationContext(context);
            try
            {
                var task = work();
                task.ContinueWith(_ => context._work.CompleteAdding(), TaskScheduler.Default);
                foreach (var (callback, state) in context._work.GetConsumingEnumerable()) callback(state);
                task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
