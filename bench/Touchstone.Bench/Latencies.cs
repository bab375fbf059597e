using System.Globalization;

namespace Touchstone.Bench;

/// <summary>Durations of many operations, in milliseconds, and what is said of them.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];
    private readonly Lock _gate = new();

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan duration)
    {
        lock (_gate) _milliseconds.Add(duration.TotalMilliseconds);
    }

    public void AddRange(IEnumerable<double> milliseconds)
    {
        lock (_gate) _milliseconds.AddRange(milliseconds);
    }

    /// <summary>The value below which a share of the durations lies (nearest rank).</summary>
    public double Percentile(double share)
    {
        lock (_gate)
        {
            if (_milliseconds.Count == 0) return double.NaN;
            _milliseconds.Sort();
            return _milliseconds[Math.Clamp((int)Math.Ceiling(share * _milliseconds.Count) - 1, 0, _milliseconds.Count - 1)];
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"p50 {Percentile(.5):F2} ms, p95 {Percentile(.95):F2} ms, p99 {Percentile(.99):F2} ms, max {Percentile(1):F1} ms, n {Count}");
}
