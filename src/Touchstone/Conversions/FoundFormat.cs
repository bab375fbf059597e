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
        if (found.Count == 0) throw new CommandException($"{path} is of no format that is known here. Name one by --from: {string.Join(", ", AnyFormat.All.Where(f => f.Reads).Select(f => f.Id))}");
        if (found[0].Certainty < Sure || found.Count > 1 && found[1].Certainty > found[0].Certainty - Ahead)
        {
            throw new CommandException(
                $"{path} could be several things; name one by --from:\n" + string.Join('\n', found.Select(r => $"  {r.Format,-14} {(r.Place.Length == 0 ? "the whole" : r.Place)}: {r.Reason}")));
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

    private static string About(AnyFormat format) => format.Labels is null ? "records to train language models with" : "labels of inputs";
}
