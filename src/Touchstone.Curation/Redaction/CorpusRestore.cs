using System.Buffers;
using System.Globalization;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Redaction;

/// <summary>What a restoration did.</summary>
/// <param name="Documents">Documents read and written.</param>
/// <param name="Changed">Documents with a placeholder that was opened.</param>
/// <param name="Opened">Placeholders that were opened.</param>
/// <param name="Unopened">Placeholders with a sign that the key does not open, which stay.</param>
/// <param name="Faults">What could not be read, by code; <c>faults.jsonl</c> lists it.</param>
/// <param name="Files">Files written, in order.</param>
public sealed record RestoreResult(long Documents, long Changed, long Opened, long Unopened, SortedDictionary<string, long> Faults, IReadOnlyList<OutputFile> Files);

/// <summary>
/// Puts back what a reversible redaction took out of a corpus (<c>redact: { key_file: ... }</c>): each placeholder with a sign is opened by the key. Records go through byte for byte but for their texts, which
/// hold what was taken out again: only the owner may read the folder.
/// </summary>
public sealed class CorpusRestore
{
    /// <summary>Places of placeholders that cannot be opened, named in the error.</summary>
    private const int PlacesMax = 5;

    /// <summary>Name of the list of what could not be read.</summary>
    private const string FaultsName = "faults.jsonl";

    private const int BlockBytes = 1 << 20;
    private readonly RedactionKey _key;
    private readonly BlockCompression _blocks;
    private readonly RecordWriter _writer;
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private readonly List<string> _places = [];
    private long _inBlock, _documents, _changed, _opened, _unopened;

    private CorpusRestore(RedactionKey key, BlockCompression blocks, ReadOptions names) => (_key, _blocks, _writer) = (key, blocks, new(names));

    /// <summary>The source of a finished run's kept documents.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="FileNotFoundException">It is no finished run's.</exception>
    /// <exception cref="InvalidDataException">The run wrote nothing, or redacted without a key.</exception>
    public static Source SourceOf(string folder)
    {
        var manifest = RunManifest.Load(folder);
        if (manifest.Outputs.Count == 0) throw new InvalidDataException($"{folder}: the run kept no document, so there is nothing to restore.");
        var redactions = manifest.Steps.Where(s => s.Step == "redact").ToList();
        if (redactions.Count == 0) throw new InvalidDataException($"{folder}: the run redacted nothing: it has no step \"redact\".");
        if (redactions.All(s => s.Parameters["key_file"] is null))
            throw new InvalidDataException($"{folder}: the run redacted without a key, so that its placeholders hold nothing to restore. A reversible one has redact: {{ types: [...], key_file: FILE }}.");
        var kind = manifest.Outputs[0].Name.EndsWith(".parquet", StringComparison.Ordinal) ? SourceKind.Parquet : SourceKind.Jsonl;
        var names = ReadOptions.Default with { RecordBytesMax = ReadOptions.RecordBytesLimit };
        if (kind == SourceKind.Jsonl) names = names with { TextName = manifest.TextMember, IdName = manifest.IdMember };
        return new(kind, [.. manifest.Outputs.Select(o => Path.Combine(folder, o.Name))], names);
    }

    /// <summary>Restores.</summary>
    /// <param name="source">The redacted documents.</param>
    /// <param name="key">The key that they were redacted with.</param>
    /// <param name="folder">The folder that appears when all is done; it may be there and empty.</param>
    /// <param name="allowUnopened">Writes placeholders that cannot be opened as they are; else they are an error and nothing is written.</param>
    /// <param name="blocks">How files are compressed.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops; nothing stays.</param>
    /// <exception cref="InvalidDataException">No placeholder has a sign, the key opens none of them, or some were changed; the folder is taken.</exception>
    /// <exception cref="FileNotFoundException">A pattern names no file.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static RestoreResult Run(Source source, RedactionKey key, string folder, bool allowUnopened, BlockCompression blocks, Action<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        blocks.Check();
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        WholeFolder.Check(target);
        var files = source.Files();
        using var place = WholeFolder.Begin(target);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(place.Partial, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var restore = new CorpusRestore(key, blocks, source.Options);
        var written = restore.Write(source, files, place, progress, cancellationToken);
        restore.Expect(allowUnopened);
        FaultFile.Gather(place.Scratch, files.Count, Path.Combine(place.Partial, FaultsName));
        place.Finish();
        return new(restore._documents, restore._changed, restore._opened, restore._unopened, restore._faults, written);
    }

    private List<OutputFile> Write(Source source, IReadOnlyList<SourceInput> files, WholeFolder place, Action<RunProgress>? progress, CancellationToken cancellationToken)
    {
        using var parts = new PartWriter(place.Partial, ".", "00000", ".jsonl" + _blocks.Ending, Sink.DefaultShardBytes, PartState.Empty);
        var (total, before) = (files.Sum(f => f.Bytes), 0L);
        for (var f = 0; f < files.Count; f++)
        {
            using var reader = source.Open([files[f].Whole]);
            using var faults = new FaultFile(place.Scratch, f);
            while (reader.Next() is { } batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using (batch) Take(batch, faults, parts);
                progress?.Invoke(new("Restoring", Math.Min(before + reader.Position, total), total, _documents, _documents));
            }

            before += files[f].Bytes;
        }

        Flush(parts);
        return [.. parts.Finish().Select(f => f with { Name = Path.GetFileName(f.Name) })];
    }

    private void Take(ReadBatch batch, FaultFile faultFile, PartWriter parts)
    {
        var (documents, faults) = (new List<Document>(), new List<ReadFault>());
        batch.Decode(documents, faults);
        foreach (var fault in faults)
        {
            _faults[fault.Code] = _faults.GetValueOrDefault(fault.Code) + 1;
            faultFile.Write(fault);
        }

        foreach (var document in documents)
        {
            Restore(document);
            _writer.Write(_lines, document);
            _inBlock++;
            if (_lines.WrittenCount >= BlockBytes) Flush(parts);
        }
    }

    private void Restore(Document document)
    {
        var (text, opened, unopened) = _key.Restore(document.Text);
        _documents++;
        _opened += opened;
        _unopened += unopened;
        if (unopened > 0 && _places.Count < PlacesMax) _places.Add($"{document.Place} (document {document.Id})");
        if (opened == 0) return;
        document.Text = text;
        _changed++;
    }

    private void Flush(PartWriter parts)
    {
        parts.Append(_blocks.Compress(_lines.WrittenSpan).Span, _inBlock);
        _lines.ResetWrittenCount();
        _inBlock = 0;
    }

    private void Expect(bool allowUnopened)
    {
        if (_opened == 0 && _unopened == 0) throw new InvalidDataException($"None of the {_documents:N0} documents has a placeholder with a sign, such as [EMAIL:...]: they were not redacted with a key, or are restored already. Nothing was written.");
        var all = string.Create(CultureInfo.InvariantCulture, $"{_unopened:N0} of {_opened + _unopened:N0} placeholders");
        if (_opened == 0) throw new InvalidDataException($"The key opens none of the placeholders ({all}): it is not the one that they were redacted with. Nothing was written.");
        if (_unopened > 0 && !allowUnopened)
            throw new InvalidDataException($"The key does not open {all}: they were changed since, or redacted with another key. The first are in {string.Join(", ", _places)}. Nothing was written; --allow-unopened writes them as they are.");
    }
}
