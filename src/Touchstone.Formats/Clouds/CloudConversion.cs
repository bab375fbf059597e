using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Clouds;

/// <summary>What a conversion of points did.</summary>
/// <param name="Read">Clouds read.</param>
/// <param name="Written">Clouds written.</param>
/// <param name="Points">Points written.</param>
/// <param name="Losses">What the target could not carry.</param>
/// <param name="Files">Files written, below the target.</param>
public sealed record CloudResult(long Read, long Written, long Points, LossReport Losses, IReadOnlyList<string> Files);

/// <summary>Reads one format of points and writes another, a cloud at a time: each file becomes one of the same name with the target's ending.</summary>
public static class CloudConversion
{
    /// <summary>Converts.</summary>
    /// <param name="from">The format to read.</param>
    /// <param name="to">The format to write.</param>
    /// <param name="source">Where from.</param>
    /// <param name="target">Where to; one file where the source is one.</param>
    /// <param name="options">Choices where the target leaves some.</param>
    /// <param name="faults">Takes what could not be read or written.</param>
    /// <param name="progress">Told of clouds taken.</param>
    /// <param name="cancellationToken">Gives up; files that were written stay.</param>
    /// <exception cref="FileFormatFaultException">The one file cannot be read, or the target is a file and the source several.</exception>
    public static CloudResult Run(
        CloudFormat from, CloudFormat to, DatasetSource source, DatasetTarget target, CloudOptions options, FaultLog faults, Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        if (target.OnlyFile is not null && !source.IsFile && source.Files.Count(from.IsNamedSo) > 1) target.RequireFolder($"{to.Traits.Name} of several clouds");
        var narrowing = new CloudNarrowing(to.Traits);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        var (read, written, points) = (0L, 0L, 0L);
        foreach (var (file, cloud) in from.ReadAll(source, faults, cancellationToken))
        {
            read++;
            progress?.Invoke(read);
            if (narrowing.MissingPosition(cloud) is { } missing)
            {
                faults.Add(file, "", $"{to.Traits.Name} has positions; there is no column \"{missing}\" in it ({string.Join(", ", cloud.Columns.Take(20).Select(c => c.Name))}).");
                continue;
            }

            var name = target.OnlyFile ?? NameOf(from, to, file, names);
            using var stream = target.Create(name);
            to.Write(stream, narrowing.Narrow(cloud), options);
            written++;
            points += cloud.Count;
        }

        return new CloudResult(read, written, points, narrowing.Report, target.Written);
    }

    private static string NameOf(CloudFormat from, CloudFormat to, string file, HashSet<string> names)
    {
        var stem = from.IsNamedSo(file) ? file[..^from.Traits.Ending.Length] : Path.ChangeExtension(file, null);
        var name = stem + to.Traits.Ending;
        for (var number = 1; !names.Add(name); number++) name = $"{stem}-{number}{to.Traits.Ending}";
        return name;
    }
}
