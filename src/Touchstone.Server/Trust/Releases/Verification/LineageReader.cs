using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>lineage.ndjson, read along with what refers to it: first the labels, then the evidence.</summary>
internal sealed class LineageReader : IDisposable
{
    private const string File = ReleaseFiles.Lineage;
    private readonly HashSet<Guid> _seen = [];
    private readonly Dictionary<string, bool> _isSimulated = new(StringComparer.Ordinal);
    private readonly Findings _findings;
    private readonly IEnumerator<(long Number, LineageLine Line)> _lines;
    private bool _hasLine;

    public LineageReader(string root, Findings findings)
    {
        _findings = findings;
        _lines = StrictLines.Read<LineageLine>(root, File, findings, []).GetEnumerator();
        _hasLine = _lines.MoveNext();
    }

    /// <summary>The lines that follow here for a task.</summary>
    public List<LineageLine> Take(Guid task)
    {
        var taken = new List<LineageLine>();
        while (_hasLine && _lines.Current.Line.Task == task)
        {
            var (number, line) = _lines.Current;
            if (!_seen.Add(line.Response)) _findings.Add(File, $"line {number} /response", "duplicate", "each response once", $"{line.Response}");
            if (!Files.Storage.FileDigest.IsDigest(line.Digest)) _findings.Add(File, $"line {number} /digest", "schema", "64 lower-case hexadecimal digits", line.Digest);
            if (line.CanonicalDigest is { } canonical && !Files.Storage.FileDigest.IsDigest(canonical)) _findings.Add(File, $"line {number} /canonical_digest", "schema", "64 lower-case hexadecimal digits", canonical);
            if (!_isSimulated.TryAdd(line.Contributor, line.Simulated) && _isSimulated[line.Contributor] != line.Simulated)
                _findings.Add(File, $"line {number} /simulated", "origin", $"{_isSimulated[line.Contributor]}, as before of {line.Contributor}: one is a person or is not", $"{line.Simulated}");
            if (line.Prelabel is { } begun && (begun.Origin.Length == 0 || begun.ShapesKept < 0 || begun.ShapesKept > begun.Shapes || begun.AnswersKept < 0 || begun.AnswersKept > begun.Answers || begun.ShapesKept > line.Shapes.Sum(s => s.Value.Count)))
                _findings.Add(File, $"line {number} /prelabel", "lineage", "a name, and no more kept than was proposed and the response has", $"{begun}");
            taken.Add(line);
            _hasLine = _lines.MoveNext();
        }

        return taken;
    }

    /// <summary>Nothing may be left that nobody refers to.</summary>
    public void ExpectEnd()
    {
        if (!_hasLine) return;
        var (number, line) = _lines.Current;
        _findings.Add(File, $"line {number} /task", "lineage", "a response to a label or a piece of evidence, in their order", $"response {line.Response} to task {line.Task}");
    }

    public void Dispose() => _lines.Dispose();
}
