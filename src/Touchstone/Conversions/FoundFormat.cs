using Touchstone.Formats.Exchange;
using Touchstone.Terminal;

namespace Touchstone.Conversions;

/// <summary>Which format a source is in: the one that the caller names, or the one that it can only be.</summary>
internal static class FoundFormat
{
    private const double Sure = 0.7;
    private const double Ahead = 0.1;

    public static DatasetFormat Named(string id, string option, bool toWrite)
    {
        var format = FormatRegistry.Find(id)
            ?? throw new CommandException($"{option}: there is no format \"{id}\". Formats: {string.Join(", ", FormatRegistry.All.Select(f => f.Traits.Id))}", ExitCode.Misuse);
        if (toWrite && !format.Traits.Writes) throw new CommandException($"{option}: {format.Traits.Name} is read and not written.", ExitCode.Misuse);
        if (!toWrite && !format.Traits.Reads) throw new CommandException($"{option}: {format.Traits.Name} is written and not read.", ExitCode.Misuse);
        return format;
    }

    /// <summary>The format and the part of the source.</summary>
    public static (DatasetFormat Format, DatasetSource Source) In(DatasetSource source, string path)
    {
        var (format, place) = Of(source, path);
        return (format, source.At(place));
    }

    /// <summary>The format and the place within the source.</summary>
    public static (DatasetFormat Format, string Place) Of(DatasetSource source, string path)
    {
        var found = FormatRegistry.Recognise(source);
        if (found.Count == 0) throw new CommandException($"{path} is of no format that is known here. Name one by --from: {string.Join(", ", FormatRegistry.All.Where(f => f.Traits.Reads).Select(f => f.Traits.Id))}");
        if (found[0].Certainty < Sure || found.Count > 1 && found[1].Certainty > found[0].Certainty - Ahead)
        {
            throw new CommandException(
                $"{path} could be several things; name one by --from:\n" + string.Join('\n', found.Select(r => $"  {r.Format,-14} {(r.Place.Length == 0 ? "the whole" : r.Place)}: {r.Reason}")));
        }

        return (FormatRegistry.Find(found[0].Format)!, found[0].Place);
    }

    /// <summary>The target's format by the ending of its name, where that says it.</summary>
    public static DatasetFormat ForTarget(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".ndjson" or ".jsonl" when FormatRegistry.Find("touchstone") is { } own => own,
        _ => throw new CommandException($"--to: name the format to write: {string.Join(", ", FormatRegistry.All.Where(f => f.Traits.Writes).Select(f => f.Traits.Id))}", ExitCode.Misuse),
    };
}
