using System.Globalization;

namespace Touchstone.Terminal;

/// <summary>Progress of long work on standard error: one line rewritten in place on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class ProgressLine(string what, TimeProvider clock, TextWriter output, bool terminal) : IDisposable
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private readonly long _started = clock.GetTimestamp();
    private readonly Lock _gate = new();
    private long _shown;
    private int _width;

    /// <summary>Says how far the work is.</summary>
    /// <param name="done">Units done.</param>
    /// <param name="total">Units in all; null when unknown.</param>
    /// <param name="note">What else is worth saying, such as a count of faults.</param>
    public void Report(long done, long? total, string note = "")
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            var finished = total is { } end && done >= end;
            if (!finished && _shown != 0 && clock.GetElapsedTime(_shown, now) < (terminal ? TerminalInterval : PlainInterval)) return;
            _shown = now;
            Show(Describe(done, total, note, clock.GetElapsedTime(_started, now)));
        }
    }

    /// <summary>Ends the line; what is told afterwards stands on the next.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (terminal && _width > 0) output.WriteLine();
            _width = 0;
        }
    }

    private string Describe(long done, long? total, string note, TimeSpan elapsed)
    {
        var rate = elapsed.TotalSeconds > 0.2 ? done / elapsed.TotalSeconds : 0;
        var text = total is { } all and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{what}  {(terminal ? Bar(done, all) + " " : "")}{done:N0} of {all:N0}")
            : string.Create(CultureInfo.InvariantCulture, $"{what}  {done:N0}");
        if (rate > 0) text += string.Create(CultureInfo.InvariantCulture, $"  {rate:N0}/s");
        if (rate > 0 && total is { } end && end > done) text += $"  {Left((end - done) / rate)} left";
        return note.Length > 0 ? $"{text}  {note}" : text;
    }

    private static string Bar(long done, long all)
    {
        const int Cells = 24;
        var filled = (int)Math.Clamp(done * Cells / all, 0, Cells);
        return new string('█', filled) + new string('░', Cells - filled);
    }

    private static string Left(double seconds) => seconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:N0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:N0} min");

    private void Show(string text)
    {
        if (!terminal)
        {
            output.WriteLine(text);
            return;
        }

        output.Write('\r');
        output.Write(text.PadRight(_width));
        _width = text.Length;
    }
}
