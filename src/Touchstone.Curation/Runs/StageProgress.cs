using System.Globalization;

namespace Touchstone.Curation.Runs;

/// <summary>Tells a few times a second how far a process is with its shards of a stage.</summary>
internal sealed class StageProgress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly RunStage _stage;
    private readonly long _total;
    private readonly Action<RunProgress>? _tell;
    private readonly HashSet<ShardLane> _lanes = [];
    private readonly Timer? _timer;
    private long _bytes, _entered, _left;

    /// <param name="stage">The stage.</param>
    /// <param name="total">Bytes of its input.</param>
    /// <param name="tell">Is told; null where nobody listens.</param>
    public StageProgress(RunStage stage, long total, Action<RunProgress>? tell)
    {
        (_stage, _total, _tell) = (stage, total, tell);
        if (tell is not null) _timer = new Timer(_ => Report(), null, Interval, Interval);
    }

    /// <summary>Counts a shard that is done.</summary>
    public void Add(long bytes, ShardMarker marker)
    {
        lock (_lanes)
        {
            _bytes += bytes;
            _entered += marker.Tally.EnteredAt(_stage.Index, _stage.First);
            _left += marker.Documents;
        }
    }

    /// <summary>Counts what a shard under way has done, until it is disposed of.</summary>
    public IDisposable Watch(ShardLane lane)
    {
        lock (_lanes) _lanes.Add(lane);
        return new Watched(this, lane);
    }

    public void Report()
    {
        if (_tell is null) return;
        long bytes, entered, left;
        lock (_lanes)
        {
            (bytes, entered, left) = (_bytes, _entered, _left);
            foreach (var lane in _lanes)
            {
                bytes += lane.Position;
                entered += lane.Documents.Entered;
                left += lane.Documents.Left;
            }
        }

        _tell(new(NameOf(_stage.Index), Math.Min(bytes, _total), _total, entered, left));
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>What judging a stage is called.</summary>
    public static string NameOf(int stage) => stage == 0 ? "Curating" : string.Create(CultureInfo.InvariantCulture, $"Curating, stage {stage + 1}");

    private sealed class Watched(StageProgress progress, ShardLane lane) : IDisposable
    {
        public void Dispose()
        {
            lock (progress._lanes) progress._lanes.Remove(lane);
        }
    }
}
