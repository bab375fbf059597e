using System.Runtime.CompilerServices;
using Touchstone.Formats.Exchange;

namespace Touchstone.Server.Trust.Exports;

/// <summary>A release's labels with a name of its own for each input: pictures that were imported under the same file name are told apart by their digest, and a picture of several tasks by a number.</summary>
internal sealed class UniqueNames(DatasetFormat labels) : DatasetFormat
{
    private const int DigestShown = 8;

    /// <summary>How many were renamed by the last reading.</summary>
    public long Renamed { get; private set; }

    public override FormatTraits Traits => labels.Traits;

    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) => labels.Recognise(source);

    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Formats with a file an input know it by its name without the ending.
        HashSet<string> stems = new(StringComparer.OrdinalIgnoreCase);
        Renamed = 0;
        await foreach (var sample in labels.ReadAsync(source, options, faults, cancellationToken))
        {
            if (stems.Add(Path.ChangeExtension(sample.Name, null)))
            {
                yield return sample;
                continue;
            }

            Renamed++;
            yield return sample with { Name = Other(sample, stems) };
        }
    }

    private static string Other(Sample sample, HashSet<string> stems)
    {
        var stem = Path.ChangeExtension(sample.Name, null);
        if (sample.Facts.TryGetValue("sha256", out var sha256)) stem = $"{stem}_{sha256.GetString()![..DigestShown]}";
        var unique = stem;
        for (var n = 2; !stems.Add(unique); n++) unique = $"{stem}_{n}";
        return unique + Path.GetExtension(sample.Name);
    }
}
