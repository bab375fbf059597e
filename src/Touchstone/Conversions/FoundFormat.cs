using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Terminal;

namespace Touchstone.Conversions;

/// <summary>A format of one of the two families: labels of inputs, or records to train language models with.</summary>
/// <param name="Labels">Of labels; null where it is of records.</param>
/// <param name="Records">Of records; null where it is of labels.</param>
internal sealed record AnyFormat(DatasetFormat? Labels, TrainingFormat? Records)
{
    public string Id => Labels?.Traits.Id ?? Records!.Traits.Id;

    public string Name => Labels?.Traits.Name ?? Records!.Traits.Name;

    public bool Writes => Labels?.Traits.Writes ?? Records!.Traits.Writes;

    public bool Reads => Labels?.Traits.Reads ?? true;

    public static IEnumerable<AnyFormat> All => FormatRegistry.All.Select(f => new AnyFormat(f, null)).Concat(TrainingRegistry.All.Select(f => new AnyFormat(null, f)));

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

    /// <summary>What a folder or file is in either family, the surest first.</summary>
    public static IReadOnlyList<Recognition> Recognise(DatasetSource source) => [.. FormatRegistry.Recognise(source).Concat(TrainingRegistry.Recognise(source)).OrderByDescending(r => r.Certainty)];

    /// <summary>The data sets that a folder or file holds, each at its place; of each place the surest format. Files of records may lie beside each other in several formats: of these each is told.</summary>
    public static IReadOnlyList<Recognition> Sets(DatasetSource source)
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
        var sets = Sets(source);
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
    public static (AnyFormat Format, DatasetSource Source) In(DatasetSource source, string path)
    {
        var (format, place) = Of(source, path);
        return (format, source.At(place));
    }

    /// <summary>The format and the place within the source.</summary>
    public static (AnyFormat Format, string Place) Of(DatasetSource source, string path)
    {
        var found = Recognise(source);
        if (found.Count == 0 || found[0].Certainty < Sure || source.Files.Count > 1)
        {
            var sets = Sets(source).Where(r => r.Certainty >= Sure).ToList();
            if (sets.Count > 1 && sets.Exists(r => r.Place.Length > 0 && AnyFormat.Find(r.Format)!.Labels is not null))
                throw new CommandException($"{path} holds {sets.Count} data sets; name the folder or file of one, or its format by --from:\n{Lines(sets)}");
            if (sets.Count == 1) return (AnyFormat.Find(sets[0].Format)!, sets[0].Place);
        }

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
            if (format.Labels is null == from.Labels is null) return format;
            throw new CommandException($"--to: {format.Name} is about {About(format)}, {from.Name} about {About(from)}; one cannot be made of the other.", ExitCode.Misuse);
        }

        if (from.Labels is not null && Path.GetExtension(path).ToLowerInvariant() is ".ndjson" or ".jsonl") return Named("touchstone", "--to", toWrite: true);
        throw new CommandException($"--to: name the format to write: {string.Join(", ", AnyFormat.All.Where(f => f.Writes && f.Labels is null == from.Labels is null).Select(f => f.Id))}", ExitCode.Misuse);
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

    private static string About(AnyFormat format) => format.Labels is null ? "records to train language models with" : "labels of inputs";
}
