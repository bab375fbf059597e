using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Conversions;
using Touchstone.Formats.Clouds;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.PointClouds;
using Touchstone.Formats.Training;
using Touchstone.Formats.Trl;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone convert</c>: labels of one format in another, and what was lost on the way.</summary>
internal static class ConvertCommand
{
    public static Command Make()
    {
        var input = new Argument<string>("IN") { Description = "File or folder to read." };
        var output = new Argument<string>("OUT") { Description = "Folder to write, new or empty; a name with an ending (labels.json) where the format is one file." };
        var from = new Option<string?>("--from") { Description = "Format of IN; without it IN is looked at.", HelpName = "FORMAT" };
        var to = new Option<string?>("--to") { Description = "Format of OUT.", HelpName = "FORMAT" };
        var map = new Option<FileInfo?>("--map") { Description = "YAML of classes: \"old: new\", and \"old: null\" to leave one out.", HelpName = "FILE" };
        var split = new Option<string?>("--split") { Description = "Part the data set at random, classes spread alike and scenes kept whole, such as train=0.8,val=0.1,test=0.1.", HelpName = "SHARES" };
        var seed = new Option<long>("--seed") { Description = "Seed of --split.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var predictions = new Option<string>("--predictions") { Description = "What becomes of models' predictions where OUT's format has no place for them: they are left out, or become labels of inputs that no person labelled or skipped.", DefaultValueFactory = _ => "leave-out" }.OneOf("leave-out", "as-labels");
        var images = new Option<string>("--images") { Description = "What becomes of the pictures: they stay where they are, are copied to where the format has them, or linked.", DefaultValueFactory = _ => "reference" }.OneOf("reference", "copy", "link");
        var report = new Option<FileInfo?>("--report") { Description = "Write what was lost, and what could not be read, as JSON.", HelpName = "FILE" };
        var strict = new Option<bool>("--strict") { Description = "End at the first record that cannot be read. Otherwise all are listed and the rest is converted." };
        var vocEdges = new Option<bool>("--voc-from-zero") { Description = "Pascal VOC's numbers are edges counted from 0, as many programs write them, and not pixels counted from 1, as its devkit has them." };
        var (names, size) = (Options.ClassNames(), Options.PictureSize());
        var fps = new Option<double>("--fps") { Description = "Frames a second of clips whose files do not state it.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var yolo = new Option<string>("--yolo-task") { Description = "Which labels of YOLO to write; without it those that fit what is marked." }.OneOf("detect", "segment", "pose", "obb", "classify");
        var units = new Option<bool>("--doccano-code-points") { Description = "doccano's offsets count code points, as files that Python programs wrote for it do, and not UTF-16 units, as its own page counts them." };
        var trl = new Option<string>("--trl-type") { Description = "Which type of TRL's data sets to write; without it the one that fits most records." }.OneOf([.. Enum.GetValues<TrlType>().Select(TrlFormat.Word)]);
        var verl = new Option<string>("--verl-data-source") { Description = "data_source of verl's rows that do not state it; verl chooses the reward function by it.", HelpName = "NAME", DefaultValueFactory = _ => TrainingOptions.Default.VerlDataSource };
        var rows = new Option<string>("--rows") { Description = "What records to train with are written into, where OUT is a folder: lines of JSON, or Parquet. A file whose name ends in .parquet is one.", DefaultValueFactory = _ => "jsonl" }.OneOf("jsonl", "parquet");
        var points = new Option<string>("--points") { Description = "How points stand in PCD and PLY files.", DefaultValueFactory = _ => "binary" }.OneOf("ascii", "binary", "compressed");
        var json = Options.Json();
        return new Command("convert", "Convert labels, records to train language models with, or points from one format to another, and say what the other one cannot carry.")
            { input, output, from, to, map, split, seed, predictions, images, report, strict, vocEdges, names, size, fps, yolo, units, trl, verl, rows, points, json }
            .Examples(
                "touchstone convert --to yolo ./voc ./yolo --split train=0.8,val=0.2 --images copy",
                "touchstone convert --from coco --to cvat instances.json annotations.xml",
                "touchstone convert --from label-studio --to coco export.json coco.json --map classes.yaml --report loss.json",
                "touchstone convert --from doccano --to conll ner.jsonl ner.conll",
                "touchstone convert --from hh-rlhf --to trl --trl-type preference pairs.jsonl ./trl --split train=0.9,test=0.1",
                "touchstone convert --to openai-preference pairs.jsonl openai.jsonl",
                "touchstone convert --from hh-rlhf --to openai-preference pairs.jsonl pairs.parquet",
                "touchstone convert --to ply sweep.pcd sweep.ply")
            .Runs(async (parsed, cancellationToken) =>
            {
                var (inputPath, outputPath) = (parsed.GetValue(input)!, parsed.GetValue(output)!);
                var source = DatasetSource.Open(inputPath);
                var reader = parsed.GetValue(from) is { } named ? FoundFormat.Named(named, "--from", toWrite: false) : null;
                if (reader is null) (reader, source) = FoundFormat.In(source, inputPath, parsed.GetValue(to) is { } wanted && CloudRegistry.Find(wanted) is not null);
                else if (!source.IsFile)
                {
                    (source, var left) = FoundFormat.Only(reader, source, inputPath);
                    foreach (var each in left) parsed.Warn($"{each.Place} is a data set of another format ({each.Format}) and is left out.");
                }

                var writer = FoundFormat.ForTarget(parsed.GetValue(to), outputPath, reader);
                var plannedSplit = parsed.GetValue(split) is { } shares ? SplitOption.Parse(shares, parsed.GetValue(seed)) : null;
                var faults = new FaultLog(parsed.GetValue(strict));
                if (reader.Points is null && parsed.GetResult(points) is { Implicit: false }) throw new CommandException($"{points.Name} is about points; {reader.Name} has none.", ExitCode.Misuse);
                if (reader.Records is { } fromRecords && writer.Records is { } toRecords)
                {
                    foreach (var option in (Option[])[map, predictions, images, names, size, yolo])
                        if (parsed.GetResult(option) is { Implicit: false }) throw new CommandException($"{option.Name} is about labels of pictures; {reader.Name} has none.", ExitCode.Misuse);
                    if (parsed.GetResult(rows) is { Implicit: false } && Path.HasExtension(outputPath) && Path.GetExtension(outputPath).Equals(".parquet", StringComparison.OrdinalIgnoreCase) != (parsed.GetValue(rows) == "parquet"))
                        throw new CommandException($"--rows {parsed.GetValue(rows)}: {outputPath} ends as a file of another kind; name a folder, or leave --rows out.", ExitCode.Misuse);
                    var chosen = TrainingOptions.Default with { Container = parsed.GetValue(rows) == "parquet" ? RowContainer.Parquet : RowContainer.Lines, TrlType = TypeOf(parsed.GetValue(trl)), VerlDataSource = parsed.GetValue(verl)! };
                    return await ConvertRecordsAsync(
                        parsed, new TrainingPlan { From = fromRecords, To = toRecords, Options = chosen, Split = plannedSplit }, source, outputPath, faults, parsed.GetValue(report), parsed.GetValue(json), cancellationToken);
                }

                if (reader.Points is { } fromPoints && writer.Points is { } toPoints)
                {
                    foreach (var option in (Option[])[map, split, images, names, size, yolo, trl, rows])
                        if (parsed.GetResult(option) is { Implicit: false }) throw new CommandException($"{option.Name} is about labels or records; {reader.Name} has none.", ExitCode.Misuse);
                    return await ConvertPointsAsync(parsed, fromPoints, toPoints, source, outputPath, OptionsOf(parsed.GetValue(points)!, toPoints), faults, parsed.GetValue(report), parsed.GetValue(json), cancellationToken);
                }

                if (parsed.GetResult(rows) is { Implicit: false }) throw new CommandException($"{rows.Name} is about records to train with; {reader.Name} has none.", ExitCode.Misuse);
                var options = FormatOptions.Default with
                {
                    VocCountsFromOne = !parsed.GetValue(vocEdges),
                    ClassNames = parsed.GetValue(names) ?? [],
                    AssumedSize = Options.SizeOf(parsed.GetValue(size)),
                    YoloTask = parsed.GetValue(yolo),
                    DoccanoCountsCodePoints = parsed.GetValue(units),
                    FramesPerSecond = parsed.GetValue(fps) is > 0 and var rate && double.IsFinite(rate) ? rate : throw new CommandException("--fps: expected a number above 0", ExitCode.Misuse),
                };
                var plan = new ConversionPlan
                {
                    From = reader.Labels!,
                    To = writer.Labels!,
                    Options = options,
                    Classes = parsed.GetValue(map) is { } file ? ClassMapFile.Read(file) : ClassMap.None,
                    Split = plannedSplit,
                    PredictionsAsLabels = parsed.GetValue(predictions) == "as-labels",
                    Pictures = parsed.GetValue(images) switch { "copy" => PictureMode.Copy, "link" => PictureMode.Link, _ => PictureMode.Reference },
                };
                ConversionResult result;
                using (var progress = parsed.Progress("Converted"))
                    result = await Conversion.RunAsync(plan, source, Target(outputPath), faults, (done, total) =>
                    {
                        progress.Report(done, total);
                        return default;
                    }, cancellationToken);
                var outcome = ConvertOutcome.Of(plan.From.Traits.Id, plan.To.Traits.Id, result, faults);
                await ReportAsync(parsed.GetValue(report), outcome, cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(outcome.ToJsonString());
                else ConvertOutcome.Tell(parsed, Done(plan, result), result.Losses, faults);
                foreach (var unused in plan.Classes.Unused) parsed.Warn($"--map names the class \"{unused}\", of which the data set has no object.");
                if (result.Written > 0) return ExitCode.Done;
                parsed.Warn(result.Read.Samples == 0 ? $"nothing was found in {inputPath} as {plan.From.Traits.Name} has it." : $"{plan.To.Traits.Name} could carry none of the {result.Read.Samples} inputs.");
                return ExitCode.Failed;
            });
    }

    private static TrlType? TypeOf(string? word) => word is null ? null : Enum.GetValues<TrlType>().Single(t => TrlFormat.Word(t) == word);

    private static string Done(ConversionPlan plan, ConversionResult result)
    {
        var done = string.Create(CultureInfo.InvariantCulture, $"{plan.From.Traits.Name} to {plan.To.Traits.Name}: {result.Written:N0} of {result.Read.Samples:N0} inputs, {result.Objects:N0} objects, {result.Files.Count:N0} files.");
        return result.PicturesPlaced + result.PicturesMissing == 0 ? done : string.Create(CultureInfo.InvariantCulture, $"{done}\n{result.PicturesPlaced:N0} pictures beside them; {result.PicturesMissing:N0} were not found.");
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

    /// <summary>Records have neither classes nor pictures.</summary>
    private static async Task<int> ConvertRecordsAsync(ParseResult parsed, TrainingPlan plan, DatasetSource source, string outputPath, FaultLog faults, FileInfo? report, bool json, CancellationToken cancellationToken)
    {
        TrainingResult result;
        using (var progress = parsed.Progress("Converted"))
            result = await TrainingConversion.RunAsync(plan, source, Target(outputPath), faults, (done, total) => progress.Report(done, total), cancellationToken);
        var outcome = ConvertOutcome.Of(plan.From.Traits.Id, plan.To.Traits.Id, result, faults);
        await ReportAsync(report, outcome, cancellationToken);
        if (json) parsed.Print(outcome.ToJsonString());
        else ConvertOutcome.Tell(parsed, string.Create(CultureInfo.InvariantCulture, $"{plan.From.Traits.Name} to {plan.To.Traits.Name}: {result.Written:N0} records of {result.Read.Records:N0}, {result.Files.Count:N0} files."), result.Losses, faults);
        return ExitCode.Done;
    }

    private static CloudOptions OptionsOf(string word, CloudFormat to) => word switch
    {
        "ascii" => new CloudOptions { Pcd = PcdData.Ascii, Ply = PlyData.Ascii },
        "compressed" when to is not PcdFormat => throw new CommandException($"--points compressed: only PCD has it; {to.Traits.Name} was named.", ExitCode.Misuse),
        "compressed" => new CloudOptions { Pcd = PcdData.BinaryCompressed },
        _ => CloudOptions.Default,
    };

    /// <summary>A file becomes a file.</summary>
    private static async Task<int> ConvertPointsAsync(
        ParseResult parsed, CloudFormat from, CloudFormat to, DatasetSource source, string outputPath, CloudOptions options, FaultLog faults, FileInfo? report, bool json, CancellationToken cancellationToken)
    {
        CloudResult result;
        using (var progress = parsed.Progress("Converted"))
            result = CloudConversion.Run(from, to, source, Target(outputPath), options, faults, done => progress.Report(done, null), cancellationToken);
        var outcome = ConvertOutcome.Of(from.Traits.Id, to.Traits.Id, result, faults);
        await ReportAsync(report, outcome, cancellationToken);
        if (json) parsed.Print(outcome.ToJsonString());
        else ConvertOutcome.Tell(parsed, string.Create(CultureInfo.InvariantCulture, $"{from.Traits.Name} to {to.Traits.Name}: {result.Written:N0} clouds of {result.Read:N0}, {result.Points:N0} points, {result.Files.Count:N0} files."), result.Losses, faults);
        return ExitCode.Done;
    }

    private static async Task ReportAsync(FileInfo? file, JsonObject outcome, CancellationToken cancellationToken)
    {
        if (file is not null) await File.WriteAllTextAsync(file.FullName, outcome.ToJsonString(new() { WriteIndented = true }) + "\n", cancellationToken);
    }
}
