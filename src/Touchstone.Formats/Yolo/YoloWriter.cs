using System.Text;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Yolo;

/// <summary>Writes label files as samples come, and lists of pictures.</summary>
internal sealed class YoloWriter(DatasetFacts facts, YoloTask task, (int Count, int Dimensions) points, FormatOptions options)
{
    private readonly Dictionary<string, int> _numbers = facts.Classes.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);

    /// <returns>The lists that were written, by part; that of samples without a part is <c>all</c>.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(IAsyncEnumerable<Sample> samples, DatasetTarget target, Func<Sample, string> picture, Func<Sample, string> label, CancellationToken cancellationToken)
    {
        Dictionary<string, StreamWriter> lists = new(StringComparer.Ordinal);
        var text = new StringBuilder();
        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                text.Clear();
                foreach (var each in sample.Opinions.SelectMany(o => o.Objects)) YoloLine.Write(text, _numbers[each.Class], each, points, SizeOf(sample), task);
                await using (var file = target.Create(label(sample))) await file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
                var part = sample.Split ?? "all";
                if (!lists.TryGetValue(part, out var list)) lists.Add(part, list = new StreamWriter(target.Create($"{part}.txt")));
                await list.WriteAsync(picture(sample) + "\n");
            }
        }
        finally
        {
            foreach (var list in lists.Values) await list.DisposeAsync();
        }

        return [.. lists.Keys];
    }

    private (int, int) SizeOf(Sample sample) => sample.WidthPx > 0 && sample.HeightPx > 0
        ? (sample.WidthPx, sample.HeightPx)
        : options.AssumedSize ?? throw new FileFormatFaultException($"{sample.Name}: YOLO's coordinates are parts of the picture, whose size is not known; put the pictures beside the labels or assume a size.");
}
