using Touchstone.Formats.Clouds;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Terminal;

namespace Touchstone.Conversions;

/// <summary>A format of one of the three families: labels of inputs, records to train language models with, or points.</summary>
/// <param name="Labels">Of labels; null where it is of another family.</param>
/// <param name="Records">Of records; null where it is of another family.</param>
/// <param name="Points">Of points; null where it is of another family.</param>
internal sealed record AnyFormat(DatasetFormat? Labels, TrainingFormat? Records, CloudFormat? Points)
{
    public string Id => Labels?.Traits.Id ?? Records?.Traits.Id ?? Points!.Traits.Id;

    public string Name => Labels?.Traits.Name ?? Records?.Traits.Name ?? Points!.Traits.Name;

    public bool Writes => Labels?.Traits.Writes ?? Records?.Traits.Writes ?? Points!.Traits.Writes;

    public bool Reads => Labels?.Traits.Reads ?? true;

    /// <summary>What its family is about.</summary>
    public string About => Labels is not null ? "labels of inputs" : Records is not null ? "records to train language models with" : "points";

    public static IEnumerable<AnyFormat> All => FormatRegistry.All.Select(f => new AnyFormat(f, null, null)).Concat(TrainingRegistry.All.Select(f => new AnyFormat(null, f, null))).Concat(CloudRegistry.All.Select(f => new AnyFormat(null, null, f)));

    public static AnyFormat? Find(string id) => All.FirstOrDefault(f => f.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Which format a source is in: the one that the caller names, or the one that it can only be.</summary>
internal static class FoundFormat
{
    private const double Sure = 0.7;
    private const double Ahead = 0.1;

    private static readonly string[] Archives = [".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar"];

    public static AnyFormat Named(string id, string option, bool toWrite)
    {
        var format = AnyFormat.Find(id)
            ?? throw new CommandException($"{option}: there is no format \"{id}\". Formats: {string.Join(", ", AnyFormat.All.Select(f => f.Id))}", ExitCode.Misuse);
        if (toWrite && !format.Writes) throw new CommandException($"{option}: {format.Name} is read and not written.", ExitCode.Misuse);
        if (!toWrite && !format.Reads) throw new CommandException($"{option}: {format.Name} is written and not read.", ExitCode.Misuse);
        return format;
    }

    /// <summary>What labels and records a folder or file holds, the surest first, and then what points: these often lie beside their labels.</summary>
    public static IReadOnlyList<Recognition> Recognise(DatasetSource source) => [.. WithoutPoints(source), .. CloudRegistry.Recognise(source)];

    private static IReadOnlyList<Recognition> WithoutPoints(DatasetSource source) => [.. FormatRegistry.Recognise(source).Concat(TrainingRegistry.Recognise(source)).OrderByDescending(r => r.Certainty)];

    /// <summary>The data sets that a folder or file holds, each at its place; of each place the surest format. Files of records may lie beside each other in several formats: of these each is told, and so are points beside labels.</summary>
    public static IReadOnlyList<Recognition> Sets(DatasetSource source) => [.. SetsWithoutPoints(source), .. CloudRegistry.Recognise(source)];

    private static List<Recognition> SetsWithoutPoints(DatasetSource source)
    {
        List<Recognition> apart = [];
        foreach (var each in DatasetSets.Find(source).Concat(TrainingRegistry.Recognise(source)).OrderByDescending(r => r.Certainty))
            if (!apart.Exists(a => a.Place == each.Place && !(TrainingRegistry.Find(a.Format) is not null && TrainingRegistry.Find(each.Format) is not null))) apart.Add(each);
        return apart;
    }

    /// <summary>The one data set of a named format in a source: the whole where it is not found in folders alone.</summary>
    /// <returns>The source to read, and what else is there, which is not read.</returns>
    /// <exception cref="CommandException">There are several of that format, of which only one could be read.</exception>
    public static (DatasetSource Source, IReadOnlyList<Recognition> Left) Only(AnyFormat format, DatasetSource source, string path)
    {
        var sets = format.Points is null ? SetsWithoutPoints(source) : Sets(source);
        var own = sets.Where(r => r.Format == format.Id).ToList();
        if (own.Count > 1 && own.TrueForAll(r => r.Place.Length > 0) && format.Labels?.ReadsTogether(source, own) == false)
            throw new CommandException($"{path} holds {own.Count} data sets of {format.Name}, each with a head of its own; name the folder of one:\n{Lines(own)}");
        // A place that is found is taken where the whole is none of that format: what lies beside it is not its.
        var place = own is [{ Place.Length: > 0 } only] && Directory.Exists(source.PathOf(only.Place)) ? only.Place : "";
        return (source.At(place), [.. sets.Where(r => r.Format != format.Id && r.Place.Length > 0 && r.Certainty >= Sure)]);
    }

    /// <summary>One line for each data set.</summary>
    public static string Lines(IEnumerable<Recognition> sets) => string.Join('\n', sets.Select(r => Printable.Text($"  {r.Format,-14} {(r.Place.Length == 0 ? "the whole" : r.Place)}: {r.Reason}")));

    /// <summary>The format and the part of the source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="wantsPoints">Whether points are looked for, and not their labels.</param>
    public static (AnyFormat Format, DatasetSource Source) In(DatasetSource source, string path, bool wantsPoints)
    {
        var (format, place) = Of(source, path, wantsPoints);
        return (format, source.At(place));
    }

    /// <summary>The format and the place within the source.</summary>
    public static (AnyFormat Format, string Place) Of(DatasetSource source, string path, bool wantsPoints = false)
    {
        var found = wantsPoints ? CloudRegistry.Recognise(source) : WithoutPoints(source);
        if (!wantsPoints && (found.Count == 0 || found[0].Certainty < Sure || source.Files.Count > 1))
        {
            var sets = SetsWithoutPoints(source).Where(r => r.Certainty >= Sure).ToList();
            if (sets.Count > 1 && sets.Exists(r => r.Place.Length > 0 && AnyFormat.Find(r.Format)!.Labels is not null))
                throw new CommandException($"{path} holds {sets.Count} data sets; name the folder or file of one, or its format by --from:\n{Lines(sets)}");
            if (sets.Count == 1) return (AnyFormat.Find(sets[0].Format)!, sets[0].Place);
        }

        if (found.Count == 0) found = CloudRegistry.Recognise(source);
        if (found.Count == 0) throw new CommandException($"{Unknown(source, path)} Name one by --from: {string.Join(", ", AnyFormat.All.Where(f => f.Reads).Select(f => f.Id))}");
        if (found[0].Certainty < Sure || found.Count > 1 && found[1].Certainty > found[0].Certainty - Ahead)
        {
            throw new CommandException(
                $"{path} could be several things; name one by --from:\n{Lines(found)}");
        }

        return (AnyFormat.Find(found[0].Format)!, found[0].Place);
    }

    /// <summary>The target's format: the one that the caller names, or the one that the ending of its name says.</summary>
    public static AnyFormat ForTarget(string? named, string path, AnyFormat from)
    {
        if (named is not null)
        {
            var format = Named(named, "--to", toWrite: true);
            if (format.About == from.About) return format;
            throw new CommandException($"--to: {format.Name} is about {format.About}, {from.Name} about {from.About}; one cannot be made of the other.", ExitCode.Misuse);
        }

        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (from.Labels is not null && ending is (".ndjson" or ".jsonl")) return Named("touchstone", "--to", toWrite: true);
        if (from.Points is not null && ending is (".pcd" or ".ply" or ".npy" or ".npz")) return Named(ending[1..], "--to", toWrite: true);
        throw new CommandException($"--to: name the format to write: {string.Join(", ", AnyFormat.All.Where(f => f.Writes && f.About == from.About).Select(f => f.Id))}", ExitCode.Misuse);
    }

    /// <summary>What is told of a source that no format knows. Other tools deliver archives, which are not opened.</summary>
    public static string Unknown(DatasetSource source, string path)
    {
        var archive = source.Files.FirstOrDefault(f => Array.Exists(Archives, a => f.EndsWith(a, StringComparison.OrdinalIgnoreCase)));
        if (archive is null) return source.Files.Count == 0 ? $"{path} holds no files." : $"{path} is of no format that is known here.";
        return source.IsFile
            ? $"{path} is an archive: unpack it and name the folder that comes out."
            : $"{path} is of no format that is known here; {archive} in it is an archive: unpack it and name the folder that comes out.";
    }
}
