using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Formats;
using Touchstone.Formats.Clouds;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Terminal;

namespace Touchstone.Conversions;

/// <summary>What a conversion tells at its end, whichever family it was of.</summary>
internal static class ConvertOutcome
{
    private const int FaultsShown = 20;
    private const int FilesKept = 1_000;

    public static JsonObject Of(string from, string to, ConversionResult result, FaultLog faults) => Of(from, to, result.Files, result.Losses, faults, new JsonObject
    {
        ["inputs_read"] = result.Read.Samples,
        ["inputs_written"] = result.Written,
        ["objects_written"] = result.Objects,
        ["pictures_placed"] = result.PicturesPlaced,
        ["pictures_missing"] = result.PicturesMissing,
    });

    public static JsonObject Of(string from, string to, TrainingResult result, FaultLog faults) => Of(from, to, result.Files, result.Losses, faults, new JsonObject
    {
        ["records_read"] = result.Read.Records,
        ["records_written"] = result.Written,
    });

    public static JsonObject Of(string from, string to, CloudResult result, FaultLog faults) => Of(from, to, result.Files, result.Losses, faults, new JsonObject
    {
        ["clouds_read"] = result.Read,
        ["clouds_written"] = result.Written,
        ["points_written"] = result.Points,
    });

    private static JsonObject Of(string from, string to, IReadOnlyList<string> files, LossReport losses, FaultLog faults, JsonObject counts)
    {
        JsonObject outcome = new() { ["from"] = from, ["to"] = to };
        foreach (var (name, count) in counts) outcome[name] = count!.DeepClone();
        outcome["files"] = new JsonArray([.. files.Take(FilesKept).Select(f => (JsonNode)f)]);
        outcome["losses"] = Losses(losses);
        outcome["faults"] = faults.Count;
        outcome["first_faults"] = Faults(faults);
        return outcome;
    }

    /// <summary>Losses as JSON.</summary>
    public static JsonArray Losses(LossReport losses) => new([.. losses.Losses.Select(l => (JsonNode)new JsonObject { ["kind"] = l.Kind, ["count"] = l.Count, ["explanation"] = l.Explanation })]);

    /// <summary>The first faults as JSON.</summary>
    public static JsonArray Faults(FaultLog faults) => new([.. faults.Kept.Select(f => (JsonNode)new JsonObject { ["file"] = f.File, ["place"] = f.Place, ["message"] = f.Message })]);

    /// <summary>Tells it to people: what was done, what could not be read, what was lost.</summary>
    /// <param name="parsed">The command.</param>
    /// <param name="done">One line.</param>
    /// <param name="losses">What was lost.</param>
    /// <param name="faults">What could not be read.</param>
    public static void Tell(ParseResult parsed, string done, LossReport losses, FaultLog faults)
    {
        foreach (var fault in faults.Kept.Take(FaultsShown)) parsed.Tell(Printable.Text($"{fault}"));
        if (faults.Count > FaultsShown) parsed.Tell(string.Create(CultureInfo.InvariantCulture, $"... and {faults.Count - FaultsShown:N0} more; --report lists {FaultLog.KeptMax:N0}."));
        parsed.Print(done);
        if (faults.Count > 0) parsed.Print(string.Create(CultureInfo.InvariantCulture, $"{faults.Count:N0} records could not be read and are left out."));
        if (losses.IsEmpty)
        {
            parsed.Print("Nothing that was read was lost.");
            return;
        }

        parsed.Print("What was lost:");
        foreach (var line in TextTable.Lines([">count", "what", "what became of it"], losses.Losses.Select(l => (string[])[l.Count.ToString("N0", CultureInfo.InvariantCulture), l.Kind, l.Explanation]))) parsed.Print("  " + line);
    }
}
