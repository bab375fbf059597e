using System.CommandLine;
using System.Globalization;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Curation;

/// <summary>Progress of a run: a line for each thing that it does.</summary>
internal sealed class RunProgressLine(ParseResult parsed) : IDisposable
{
    private const double Mega = 1e6;
    private readonly Lock _gate = new();
    private string _stage = "";
    private ProgressLine? _line;

    public void Report(RunProgress progress) => Report(progress, "");

    /// <summary>Says how far the run is, and something more.</summary>
    public void Report(RunProgress progress, string more)
    {
        lock (_gate)
        {
            if (progress.Stage != _stage)
            {
                _line?.Dispose();
                _line = parsed.Progress(progress.Documents > 0 || progress.TotalBytes > 1000 ? $"{progress.Stage}, MB" : progress.Stage);
                _stage = progress.Stage;
            }

            var note = progress.Documents == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{progress.Documents:N0} documents, {progress.Kept:N0} go on");
            if (more.Length > 0) note = note.Length > 0 ? $"{note}; {more}" : more;
            var isBytes = progress.TotalBytes > 1000;
            var (done, total) = isBytes ? ((long)(progress.DoneBytes / Mega), (long)(progress.TotalBytes / Mega)) : (progress.DoneBytes, progress.TotalBytes);
            if (progress.DoneBytes < progress.TotalBytes) done = Math.Max(0, Math.Min(done, total - 1));      // rounding must not make it look finished
            _line!.Report(done, total > 0 ? total : null, note);
        }
    }

    /// <summary>Ends the line, so that something else can be told.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _line?.Dispose();
            _stage = "";
        }
    }

    public void Dispose()
    {
        lock (_gate) _line?.Dispose();
    }
}
