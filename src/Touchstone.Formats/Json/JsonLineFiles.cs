using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Formats.Columns;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>Writes rows, as lines of JSON or as Parquet: a file for each part of the data set, or the one that the caller named.</summary>
/// <param name="target">Where to.</param>
/// <param name="ownName">The file's name, without an ending, where rows belong to no part.</param>
/// <param name="container">What rows are written into.</param>
internal sealed class JsonLineFiles(DatasetTarget target, string ownName, RowContainer container = RowContainer.Lines) : IAsyncDisposable
{
    private readonly Dictionary<string, Output> _outputs = new(StringComparer.Ordinal);
    private readonly bool _isParquet = container == RowContainer.Parquet || target.OnlyFile is { } file && ColumnRows.MayBe(file);

    /// <summary>Writes a row.</summary>
    /// <param name="split">Its part; null for none.</param>
    /// <param name="write">Writes the one value.</param>
    public void Write(string? split, Action<Utf8JsonWriter> write)
    {
        var output = Of(target.OnlyFile is not null || split is null ? ownName : split);
        if (output.Columns is { } columns)
        {
            columns.Write(write);
            return;
        }

        write(output.Json!);
        output.Json!.Flush();
        output.Stream.WriteByte((byte)'\n');
        output.Json.Reset();
    }

    private Output Of(string name)
    {
        if (_outputs.TryGetValue(name, out var known)) return known;
        var file = name + (_isParquet ? ".parquet" : ".jsonl");
        var stream = name == ownName ? target.CreateSingle(file) : target.Create(file);
        var output = _isParquet
            ? new Output(stream, Json: null, new ColumnFile(stream, target.OnlyFile ?? file))
            : new Output(stream, new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false }), Columns: null);
        _outputs.Add(name, output);
        return output;
    }

    /// <summary>Ends the files; there is one even where there is no row.</summary>
    /// <param name="columns">Columns that a Parquet file without rows has.</param>
    public async Task FinishAsync(IReadOnlyList<string> columns)
    {
        if (_outputs.Count == 0) Of(ownName);
        foreach (var output in _outputs.Values)
            if (output.Columns is { } file) await file.FinishAsync(columns);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var output in _outputs.Values)
        {
            if (output.Json is { } json) await json.DisposeAsync();
            output.Columns?.Dispose();
            await output.Stream.DisposeAsync();
        }
    }

    private sealed record Output(FileStream Stream, Utf8JsonWriter? Json, ColumnFile? Columns);
}
