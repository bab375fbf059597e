using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Yolo;

/// <summary>Writes label files as samples come, and lists of pictures.</summary>
/// <remarks>A file a picture: what takes time is to write numbers and to make files. So a batch of samples is written by all processors while the next one is read.</remarks>
internal sealed class YoloWriter(DatasetFacts facts, YoloTask task, (int Count, int Dimensions) points, FormatOptions options)
{
    private const int BatchSamples = 512;
    private const int BatchObjectsMax = 20_000;             // memory for samples with very many objects

    private readonly Dictionary<string, int> _numbers = facts.Classes.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);

    /// <returns>The lists that were written, by part; that of samples without a part is <c>all</c>.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(IAsyncEnumerable<Sample> samples, DatasetTarget target, Func<Sample, string> picture, Func<Sample, string> label, CancellationToken cancellationToken)
    {
        Dictionary<string, StreamWriter> lists = new(StringComparer.Ordinal);
        List<(Sample Sample, string Path)> batch = new(BatchSamples);
        var (objects, written) = (0, Task.CompletedTask);
        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                batch.Add((sample, target.Claim(label(sample))));
                foreach (var opinion in sample.Opinions) objects += opinion.Objects.Count;
                var part = sample.Split ?? YoloFormat.All;
                if (!lists.TryGetValue(part, out var list)) lists.Add(part, list = new StreamWriter(target.Create($"{part}.txt")));
                await list.WriteAsync(picture(sample) + "\n");
                if (batch.Count < BatchSamples && objects < BatchObjectsMax) continue;
                await written;
                written = WriteBatchAsync(batch, cancellationToken);
                (batch, objects) = (new(BatchSamples), 0);
            }

            await written;
            written = WriteBatchAsync(batch, cancellationToken);
        }
        finally
        {
            foreach (var list in lists.Values) await list.DisposeAsync();
            await written;
        }

        return [.. lists.Keys];
    }

    private Task WriteBatchAsync(List<(Sample Sample, string Path)> batch, CancellationToken cancellationToken) => Parallel.ForAsync(0, batch.Count, cancellationToken, (i, _) =>
    {
        WriteFile(batch[i].Sample, batch[i].Path);
        return ValueTask.CompletedTask;
    });

    private void WriteFile(Sample sample, string path)
    {
        using var text = new YoloText();
        foreach (var opinion in sample.Opinions)
            foreach (var each in opinion.Objects) YoloLine.Write(text, _numbers[each.Class], each, points, SizeOf(sample), task);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        RandomAccess.Write(file, text.Written, fileOffset: 0);
    }

    private (int, int) SizeOf(Sample sample) => sample.WidthPx > 0 && sample.HeightPx > 0
        ? (sample.WidthPx, sample.HeightPx)
        : options.AssumedSize ?? throw new FileFormatFaultException($"{sample.Name}: YOLO's coordinates are parts of the picture, whose size is not known; put the pictures beside the labels or assume a size.");
}
