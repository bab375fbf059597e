using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Touchstone.Curation.Runs;

namespace Touchstone.Curation.Composition;

/// <summary>One reading of all files of a mixture, several at a time.</summary>
/// <param name="stage">What is done, for people.</param>
/// <param name="inputs">The files.</param>
/// <param name="options">Threads, and who is told of progress.</param>
internal sealed class MixPass(string stage, IReadOnlyList<MixInput> inputs, RunOptions options)
{
    private const int IntervalMilliseconds = 200;
    private readonly IReadOnlyList<MixInput> _inputs = inputs;
    private readonly long _total = inputs.Sum(i => i.Planned.Bytes);
    private readonly Lock _gate = new();
    private long _bytes, _documents, _taken, _told = long.MinValue;

    /// <summary>Reads every file with one call; the first failure ends the others.</summary>
    public void Run(Action<MixInput> read, CancellationToken cancellationToken)
    {
        try
        {
            // Files come one by one, so that a large one does not hold small ones back behind it.
            Parallel.ForEach(Partitioner.Create(_inputs, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellationToken }, read);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    /// <summary>Counts what a file gave; safe for several threads.</summary>
    /// <param name="bytes">Bytes as they are stored.</param>
    /// <param name="documents">Documents.</param>
    /// <param name="taken">Documents that go on, repeats counted.</param>
    public void Report(long bytes, long documents, long taken)
    {
        if (options.Progress is not { } tell) return;
        lock (_gate)
        {
            (_bytes, _documents, _taken) = (_bytes + bytes, _documents + documents, _taken + taken);
            if (_told > long.MinValue && Environment.TickCount64 - _told < IntervalMilliseconds) return;
            _told = Environment.TickCount64;
            tell(new(stage, Math.Min(_bytes, _total), _total, _documents, _taken));
        }
    }
}
