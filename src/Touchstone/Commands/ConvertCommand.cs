using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Conversions;
using Touchstone.Formats.Exchange;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone convert</c>: labels of one format in another, and what was lost on the way.</summary>
internal static class ConvertCommand
{
    private const int FaultsShown = 20;

    public static Command Make()
    {
        var input = new Argument<string>("IN") { Description = "File or folder to read." };
        var output = new Argument<string>("OUT") { Description = "Folder to write, new or empty; a name with an ending (labels.json) where the format is one file." };
        var from = new Option<string?>("--from") { Description = "Format of IN; without it IN is looked at.", HelpName = "FORMAT" };
        var to = new Option<string?>("--to") { Description = "Format of OUT.", HelpName = "FORMAT" };
        var map = new Option<FileInfo?>("--map") { Description = "YAML of classes: \"old: new\", and \"old: null\" to leave one out.", HelpName = "FILE" };
        var split = new Option<string?>("--split") { Description = "Part the data set at random, classes spread alike and scenes kept whole, such as train=0.8,val=0.1,test=0.1.", HelpName = "SHARES" };
        var seed = new Option<long>("--seed") { Description = "Seed of --split.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var images = new Option<string>("--images") { Description = "What becomes of the pictures: they stay where they are, are copied to where the format has them, or linked.", DefaultValueFactory = _ => "reference" }.OneOf("reference", "copy", "link");
        var report = new Option<FileInfo?>("--report") { Description = "Write what was lost, and what could not be read, as JSON.", HelpName = "FILE" };
        var strict = new Option<bool>("--strict") { Description = "End at the first record that cannot be read. Otherwise all are listed and the rest is converted." };
        var vocEdges = new Option<bool>("--voc-from-zero") { Description = "Pascal VOC's numbers are edges counted from 0, as many programs write them, and not pixels counted from 1, as its devkit has them." };
        var names = new Option<string[]?>("--names") { Description = "Names of the classes in order, for files that have only numbers.", HelpName = "A,B,...", CustomParser = result => result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries) };
        var size = new Option<string?>("--size") { Description = "Width and height of pictures that are not there, such as 1920x1080, for formats that count in parts of the picture.", HelpName = "WxH" };
        var fps = new Option<double>("--fps") { Description = "Frames a second of clips whose files do not state it.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var yolo = new Option<string>("--yolo-task") { Description = "Which labels of YOLO to write; without it those that fit what is marked." }.OneOf("detect", "segment", "pose", "obb", "classify");
        var json = Options.Json();
        return new Command("convert", "Convert labels from one format to another, and say what the other one cannot carry.")
            { input, output, from, to, map, split, seed, images, report, strict, vocEdges, names, size, fps, yolo, json }
            .Examples(
                "touchstone convert --to yolo ./voc ./yolo --split train=0.8,val=0.2 --images copy",
                "touchstone convert --from coco --to cvat instances.json annotations.xml",
                "touchstone convert --from label-studio --to coco export.json coco.json --map classes.yaml --report loss.json")
            .Runs(async (parsed, cancellationToken) =>
            {
                var (inputPath, outputPath) = (parsed.GetValue(input)!, parsed.GetValue(output)!);
                var options = FormatOptions.Default with
                {
                    VocCountsFromOne = !parsed.GetValue(vocEdges),
                    ClassNames = parsed.GetValue(names) ?? [],
                    AssumedSize = SizeOf(parsed.GetValue(size)),
                    YoloTask = parsed.GetValue(yolo),
                    FramesPerSecond = parsed.GetValue(fps) is > 0 and var rate && double.IsFinite(rate) ? rate : throw new CommandException("--fps: expected a number above 0", ExitCode.Misuse),
                };
                var source = DatasetSource.Open(inputPath);
                var reader = parsed.GetValue(from) is { } named ? FoundFormat.Named(named, "--from", toWrite: false) : null;
                if (reader is null) (reader, source) = FoundFormat.In(source, inputPath);
                var writer = parsed.GetValue(to) is { } target ? FoundFormat.Named(target, "--to", toWrite: true) : FoundFormat.ForTarget(outputPath);
                var plan = new ConversionPlan
                {
                    From = reader,
                    To = writer,
                    Options = options,
                    Classes = parsed.GetValue(map) is { } file ? ClassMapFile.Read(file) : ClassMap.None,
                    Split = parsed.GetValue(split) is { } shares ? SplitOption.Parse(shares, parsed.GetValue(seed)) : null,
                    Pictures = parsed.GetValue(images) switch { "copy" => PictureMode.Copy, "link" => PictureMode.Link, _ => PictureMode.Reference },
                };
                var faults = new FaultLog(parsed.GetValue(strict));
                ConversionResult result;
                using (var progress = parsed.Progress("Converted"))
                    result = await Conversion.RunAsync(plan, source, Target(outputPath), faults, (done, total) =>
                    {
                        progress.Report(done, total);
                        return default;
                    }, cancellationToken);
                var outcome = ToJson(plan, result, faults);
                if (parsed.GetValue(report) is { } path) await File.WriteAllTextAsync(path.FullName, outcome.ToJsonString(new() { WriteIndented = true }) + "\n", cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(outcome.ToJsonString());
                else Tell(parsed, plan, result, faults);
                foreach (var unused in plan.Classes.Unused) parsed.Warn($"--map names the class \"{unused}\", which is not in the data set.");
                return ExitCode.Done;
            });
    }

    private static DatasetTarget Target(string path)
    {
        if (Path.HasExtension(path) && !Directory.Exists(path))
        {
            if (File.Exists(path)) throw new CommandException($"{path} is there already; name a new file.");
            return DatasetTarget.File(path);
        }

        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()) throw new CommandException($"{path} is not empty; name a new folder.");
        return DatasetTarget.Folder(path);
    }

    private static (int, int)? SizeOf(string? text)
    {
        if (text is null) return null;
        if (text.Split('x') is [var a, var b] && int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && int.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var height) && width > 0 && height > 0) return (width, height);
        throw new CommandException($"--size: expected width and height such as 1920x1080; found \"{text}\"", ExitCode.Misuse);
    }

    private static void Tell(ParseResult parsed, ConversionPlan plan, ConversionResult result, FaultLog faults)
    {
        foreach (var fault in faults.Kept.Take(FaultsShown)) parsed.Tell(Printable.Text($"{fault}"));
        if (faults.Count > FaultsShown) parsed.Tell(string.Create(CultureInfo.InvariantCulture, $"... and {faults.Count - FaultsShown:N0} more; --report lists {FaultLog.KeptMax:N0}."));
        parsed.Print(string.Create(CultureInfo.InvariantCulture, $"{plan.From.Traits.Name} to {plan.To.Traits.Name}: {result.Written:N0} of {result.Read.Samples:N0} inputs, {result.Objects:N0} objects, {result.Files.Count:N0} files."));
        if (result.PicturesPlaced + result.PicturesMissing > 0) parsed.Print(string.Create(CultureInfo.InvariantCulture, $"{result.PicturesPlaced:N0} pictures beside them; {result.PicturesMissing:N0} were not found."));
        if (faults.Count > 0) parsed.Print(string.Create(CultureInfo.InvariantCulture, $"{faults.Count:N0} records could not be read and are left out."));
        if (result.Losses.IsEmpty)
        {
            parsed.Print("Nothing that was read was lost.");
            return;
        }

        parsed.Print("What was lost:");
        foreach (var line in TextTable.Lines([">count", "what", "what became of it"], result.Losses.Losses.Select(l => (string[])[l.Count.ToString("N0", CultureInfo.InvariantCulture), l.Kind, l.Explanation]))) parsed.Print("  " + line);
    }

    private static JsonObject ToJson(ConversionPlan plan, ConversionResult result, FaultLog faults) => new()
    {
        ["from"] = plan.From.Traits.Id,
        ["to"] = plan.To.Traits.Id,
        ["inputs_read"] = result.Read.Samples,
        ["inputs_written"] = result.Written,
        ["objects_written"] = result.Objects,
        ["files"] = new JsonArray([.. result.Files.Take(1000).Select(f => (JsonNode)f)]),
        ["pictures_placed"] = result.PicturesPlaced,
        ["pictures_missing"] = result.PicturesMissing,
        ["losses"] = new JsonArray([.. result.Losses.Losses.Select(l => (JsonNode)new JsonObject { ["kind"] = l.Kind, ["count"] = l.Count, ["explanation"] = l.Explanation })]),
        ["faults"] = faults.Count,
        ["first_faults"] = new JsonArray([.. faults.Kept.Select(f => (JsonNode)new JsonObject { ["file"] = f.File, ["place"] = f.Place, ["message"] = f.Message })]),
    };
}
