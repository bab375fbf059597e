using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Conversions;
using Touchstone.Formats;
using Touchstone.Formats.Clouds;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone inspect</c>: what a folder of labels is, what is in it, and what looks wrong.</summary>
internal static class InspectCommand
{
    private const int FirstShown = 5;

    public static Command Make()
    {
        var path = new Argument<string>("PATH") { Description = "File or folder of labels, of records to train language models with, or of points; a folder may hold several data sets." };
        var from = new Option<string?>("--from") { Description = "Take it as this format instead of looking.", HelpName = "FORMAT" };
        var html = new Option<FileInfo?>("--html") { Description = "Write a page that shows labels drawn on some of the pictures.", HelpName = "FILE" };
        var pictures = new Option<int?>("--pictures") { Description = "How many pictures the page shows, taken evenly from the data set (48 without this).", HelpName = "N" }.Within(1, 2_000);
        var (names, size, json) = (Options.ClassNames(), Options.PictureSize(), Options.Json());
        return new Command("inspect", "Tell what format labels are in, how many of each class there are, and which of them look wrong: outside the picture, without area, twice at one place, of no known class. Of records to train language models with: of what kinds they are, and which look wrong: empty or equal completions, roles that do not alternate, prompts repeated in answers, duplicates. Of points: how many, what is known of each and between which bounds, and what was not measured.")
            { path, from, html, pictures, names, size, json }
            .Examples(
                "touchstone inspect ./labels",
                "touchstone inspect ./dataset --html sheet.html",
                "touchstone inspect annotations.xml --json",
                "touchstone inspect pairs.jsonl",
                "touchstone inspect sweep.pcd")
            .Runs(async (parsed, cancellationToken) =>
            {
                var root = DatasetSource.Open(parsed.GetValue(path)!);
                var found = parsed.GetValue(from) is { } named
                    ? [new Recognition(FoundFormat.Named(named, "--from", toWrite: false).Id, "", 1, "as asked")]
                    : FoundFormat.Sets(root);
                if (found.Count == 0) throw new CommandException(FoundFormat.Unknown(root, parsed.GetValue(path)!));
                var options = FormatOptions.Default with { ClassNames = parsed.GetValue(names) ?? [], AssumedSize = Options.SizeOf(parsed.GetValue(size)) };
                var sheet = parsed.GetValue(html) is { } file ? new ContactSheet(file, parsed.GetValue(pictures) ?? 48) : null;
                JsonArray sets = [];
                var unreadable = 0;
                foreach (var recognition in found)
                {
                    try
                    {
                        await LookAsync(recognition);
                    }
                    catch (FileFormatFaultException fault) when (found.Count > 1)
                    {
                        // One that cannot be read does not hide the others.
                        unreadable++;
                        if (parsed.GetValue(json)) sets.Add(new JsonObject { ["format"] = recognition.Format, ["place"] = recognition.Place, ["certainty"] = recognition.Certainty, ["reason"] = recognition.Reason, ["error"] = fault.Message });
                        else parsed.Print($"{Printable.Text(Head(recognition))}\n  cannot be read: {Printable.Text(fault.Message)}\n");
                    }
                }

                async Task LookAsync(Recognition recognition)
                {
                    if (TrainingRegistry.Find(recognition.Format) is { } records)
                    {
                        var (inspection, faults) = await RecordsLook.AtAsync(parsed, records, root.At(recognition.Place), cancellationToken);
                        if (parsed.GetValue(json)) sets.Add(RecordsLook.ToJson(recognition, inspection, faults));
                        else RecordsLook.Tell(parsed, records, recognition, inspection, faults);
                        return;
                    }

                    if (CloudRegistry.Find(recognition.Format) is { } points)
                    {
                        var (inspection, faults) = CloudLook.At(parsed, points, root.At(recognition.Place), cancellationToken);
                        if (parsed.GetValue(json)) sets.Add(CloudLook.ToJson(recognition, inspection, faults));
                        else CloudLook.Tell(parsed, points, recognition, inspection, faults);
                        return;
                    }

                    var look = await LabelsAsync(parsed, root, recognition, options, sheet, cancellationToken);
                    if (parsed.GetValue(json)) sets.Add(ToJson(recognition, look.Inspection, look.Stated, look.Faults));
                    else Tell(parsed, recognition, look.Inspection, look.Stated, look.Faults);
                }

                if (parsed.GetValue(json)) parsed.Print(new JsonObject { ["data_sets"] = sets }.ToJsonString());
                if (sheet is not null) parsed.Tell($"The pictures are drawn in {sheet.Write()}.");
                return unreadable == found.Count ? ExitCode.Failed : ExitCode.Done;
            });
    }

    private static string Head(Recognition recognition) =>
        $"{FormatRegistry.Find(recognition.Format)?.Traits.Name ?? recognition.Format}{(recognition.Place.Length == 0 ? "" : $" in {recognition.Place}")} ({recognition.Reason})";

    private static async Task<(Inspection Inspection, DatasetFacts Stated, FaultLog Faults)> LabelsAsync(ParseResult parsed, DatasetSource root, Recognition recognition, FormatOptions options, ContactSheet? sheet, CancellationToken cancellationToken)
    {
        var (format, source, faults) = (FormatRegistry.Find(recognition.Format)!, root.At(recognition.Place), new FaultLog());
        var stated = await format.FactsAsync(source, options, cancellationToken);
        var inspection = new Inspection(stated);
        using var progress = parsed.Progress($"Looked at {format.Traits.Name}");
        await foreach (var sample in format.ReadSoundAsync(source, options, faults, cancellationToken))
        {
            var sized = sample.WidthPx == 0 && source.SizeOf(sample) is var (width, height) ? sample with { WidthPx = width, HeightPx = height } : sample;
            inspection.Add(sized);
            sheet?.Offer(source, sized);
            progress.Report(inspection.Survey.Samples, null);
        }

        return (inspection, stated, faults);
    }

    private static void Tell(ParseResult parsed, Recognition recognition, Inspection inspection, DatasetFacts stated, FaultLog faults)
    {
        var survey = inspection.Survey;
        parsed.Print(Printable.Text(Head(recognition)));
        parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {survey.Samples:N0} inputs, of which {survey.Empty:N0} without objects; {survey.Marks.Values.Sum():N0} objects: {string.Join(", ", survey.Marks.Select(m => $"{m.Value} {WordOf(m.Key)}"))}"));
        if (inspection.Sizes is var (a, b, c, d)) parsed.Print($"  pictures from {a} x {b} to {c} x {d} px");
        if (survey.Splits.Count > 0) parsed.Print("  parts: " + Printable.Text(string.Join(", ", survey.Splits.Select(s => $"{s.Key} {s.Value}"))));
        foreach (var line in TextTable.Lines([">objects", "class"], survey.Classes.OrderByDescending(k => k.Objects).Select(k => (string[])[k.Objects.ToString("N0", CultureInfo.InvariantCulture), k.Class.Name]))) parsed.Print("  " + line);
        TellRecording(parsed, stated);
        foreach (var (kind, count, first) in inspection.Suspicions)
        {
            parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {count:N0} {kind.Replace('_', ' ')}"));
            foreach (var each in first.Take(FirstShown)) parsed.Print(Printable.Text($"    {each.Sample}: {each.Class}: {each.Message}"));
        }

        if (faults.Count > 0) parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {faults.Count:N0} records cannot be read:"));
        foreach (var fault in faults.Kept.Take(FirstShown)) parsed.Print(Printable.Text($"    {fault}"));
        parsed.Print("");
    }

    private static void TellRecording(ParseResult parsed, DatasetFacts stated)
    {
        foreach (var each in stated.Enclosed) parsed.Print("  " + Printable.Text(each));
        if (stated.Channels.Count == 0) return;
        if (stated.Channels.Any(c => c.Messages > 0))
        {
            var (first, last) = (stated.Channels.Where(c => c.Messages > 0).Min(c => c.FirstNanoseconds), stated.Channels.Max(c => c.LastNanoseconds));
            parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {stated.Channels.Sum(c => c.Messages):N0} messages in {(last - first) / 1e9:N3} s, from {TimeOf(first)}"));
        }

        foreach (var line in TextTable.Lines([">messages", "topic", "schema", "encoding"], stated.Channels.Select(c => (string[])[c.Messages.ToString("N0", CultureInfo.InvariantCulture), c.Topic, c.Schema, c.Encoding]))) parsed.Print("  " + line);
    }

    /// <summary>Nanoseconds since 1970, as recorders have them as a rule; a clock that began elsewhere is told as its seconds.</summary>
    private static string TimeOf(ulong nanoseconds) => nanoseconds is > 946_684_800_000_000_000 and < 4_102_444_800_000_000_000
        ? DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100)).ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9} s");

    private static string WordOf(MarkKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static JsonObject ToJson(Recognition recognition, Inspection inspection, DatasetFacts stated, FaultLog faults) => new()
    {
        ["format"] = recognition.Format,
        ["place"] = recognition.Place,
        ["certainty"] = recognition.Certainty,
        ["reason"] = recognition.Reason,
        ["inputs"] = inspection.Survey.Samples,
        ["empty"] = inspection.Survey.Empty,
        ["marks"] = new JsonObject(inspection.Survey.Marks.Select(m => KeyValuePair.Create(WordOf(m.Key), (JsonNode?)m.Value))),
        ["splits"] = new JsonObject(inspection.Survey.Splits.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))),
        ["classes"] = new JsonArray([.. inspection.Survey.Classes.Select(c => (JsonNode)new JsonObject { ["name"] = c.Class.Name, ["objects"] = c.Objects })]),
        ["channels"] = new JsonArray([.. stated.Channels.Select(c => (JsonNode)new JsonObject
        {
            ["topic"] = c.Topic,
            ["schema"] = c.Schema,
            ["encoding"] = c.Encoding,
            ["messages"] = c.Messages,
            ["first_nanoseconds"] = c.FirstNanoseconds,
            ["last_nanoseconds"] = c.LastNanoseconds,
        })]),
        ["enclosed"] = new JsonArray([.. stated.Enclosed.Select(e => (JsonNode)e)]),
        ["suspicions"] = new JsonArray([.. inspection.Suspicions.Select(s => (JsonNode)new JsonObject
        {
            ["kind"] = s.Kind,
            ["count"] = s.Count,
            ["first"] = new JsonArray([.. s.First.Select(f => (JsonNode)new JsonObject { ["input"] = f.Sample, ["class"] = f.Class, ["message"] = f.Message })]),
        })]),
        ["faults"] = faults.Count,
        ["first_faults"] = ConvertOutcome.Faults(faults),
    };
}
