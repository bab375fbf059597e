using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>Writes rows of JSON one a line: a file for each part of the data set, or the one that the caller named.</summary>
/// <param name="target">Where to.</param>
/// <param name="ownName">The file's name where rows belong to no part.</param>
internal sealed class JsonLineFiles(DatasetTarget target, string ownName) : IAsyncDisposable
{
    private readonly Dictionary<string, Output> _outputs = new(StringComparer.Ordinal);

    /// <summary>Writes a row.</summary>
    /// <param name="split">Its part; null for none.</param>
    /// <param name="write">Writes the one value.</param>
    public void Write(string? split, Action<Utf8JsonWriter> write)
    {
        var name = target.OnlyFile is not null || split is null ? ownName : $"{split}.jsonl";
        if (!_outputs.TryGetValue(name, out var output))
        {
            var stream = name == ownName ? target.CreateSingle(ownName) : target.Create(name);
            _outputs.Add(name, output = new Output(stream, new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false })));
        }

        write(output.Json);
        output.Json.Flush();
        output.Stream.WriteByte((byte)'\n');
        output.Json.Reset();
    }

    /// <summary>Begins the file even where there is no row.</summary>
    public void Begin()
    {
        if (_outputs.Count == 0) _outputs.Add(ownName, new Output(target.CreateSingle(ownName), new Utf8JsonWriter(Stream.Null)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var output in _outputs.Values)
        {
            await output.Json.DisposeAsync();
            await output.Stream.DisposeAsync();
        }
    }

    private sealed record Output(FileStream Stream, Utf8JsonWriter Json);
}
