using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Yolo;

/// <summary>YOLO as Ultralytics has it: <c>data.yaml</c>, <c>images/</c>, and in <c>labels/</c> a text file a picture. Detect, segment, pose, OBB and classify.</summary>
/// <remarks>
/// docs.ultralytics.com, "Datasets". Coordinates are parts of the picture's size, so pictures must be there, or <see cref="FormatOptions.AssumedSize"/>. A data set is of one task: of <see cref="FormatOptions.YoloTask"/>, or
/// the one that fits what is marked. Pictures are named in <c>train.txt</c> and its like, so that their names are kept also where the pictures are elsewhere. Of a picture class (classify) the folder is the label and no label file is written:
/// <see cref="PicturePlace"/> says where the picture goes.
/// </remarks>
public sealed class YoloFormat : DatasetFormat
{
    internal const string Train = "train", Validation = "val", Test = "test", All = "all";

    private const string ClassQuestion = "class";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "yolo",
        Name = "YOLO (Ultralytics)",
        Specification = "docs.ultralytics.com, Datasets",
        Evidence = Evidence.Specification,
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Keypoints],
        OfInput = AnswerParts.Label,
        Parts = CarriedParts.Scores | CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.SeveralMarks,
    };

    /// <inheritdoc/>
    public override FormatTraits TraitsFor(FormatOptions options, DatasetFacts facts)
    {
        var task = YoloTasks.For(options, facts);
        return Traits with { Name = $"YOLO {YoloTasks.Name(task)}", Marks = YoloTasks.Marks(task), OfInput = task == YoloTask.Classify ? AnswerParts.Label : AnswerParts.None };
    }

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options)
    {
        if (YoloTasks.Parse(options.YoloTask) != YoloTask.Classify || ClassOf(sample) is not { } name) return $"images/{Folder(sample)}{sample.Name}";
        return sample.Name.StartsWith(name + "/", StringComparison.Ordinal) ? Folder(sample) + sample.Name : $"{Folder(sample)}{name}/{sample.Name}";
    }

    private static string Folder(Sample sample) => sample.Split is { } part ? part + "/" : "";

    /// <inheritdoc/>
    /// <remarks>Ultralytics knows train, val and test, and trains with nothing else.</remarks>
    public override string PartOf(string split) => split.ToLowerInvariant() switch
    {
        Train or "training" => Train,
        Validation or "valid" or "validation" => Validation,
        Test or "testing" => Test,
        _ => split,
    };

    /// <inheritdoc/>
    public override bool IsOnlyPictures(FormatOptions options) => YoloTasks.Parse(options.YoloTask) == YoloTask.Classify;

    private static string? ClassOf(Sample sample) => sample.Opinions.SelectMany(o => o.Answers.Values).Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()).FirstOrDefault();

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        if (YoloLayout.FindYaml(source) is { } yaml) return [new Recognition(Traits.Id, "", 0.95, $"{yaml} with names and parts")];
        if (YoloClassify.Find(source) is { Count: > 0 } found) return [new Recognition(Traits.Id, "", 0.5, $"pictures in folders by class below {found[0].Split}")];
        return YoloLayout.FindDarknet(source) is null && source.Files.Any(f => Path.GetFileName(f) == "classes.txt") && source.Files.Any(f => f.Contains("labels/", StringComparison.Ordinal) && f.EndsWith(".txt", StringComparison.Ordinal))
            ? [new Recognition(Traits.Id, "", 0.7, "classes.txt and a folder labels")]
            : [];
    }

    /// <inheritdoc/>
    public override bool ReadsTogether(DatasetSource source, IReadOnlyList<Recognition> below) => below.Count == 1;

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(YoloReader.Facts(source, options));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.YoloTask == "classify" || YoloLayout.FindYaml(source) is null && YoloClassify.Find(source) is { Count: > 0 })
        {
            var pictures = YoloClassify.Find(source);
            string NameOf((string Picture, string Split, string Class) each) => each.Picture[(each.Split.Length + each.Class.Length + 2)..];
            // Classes may have pictures of one name: these are told apart by their folders.
            var shared = pictures.GroupBy(p => (p.Split, NameOf(p))).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToHashSet();
            foreach (var each in pictures)
            {
                var (picture, split, name) = each;
                var (width, height) = source.SizeOf(picture) ?? options.AssumedSize ?? (0, 0);
                var answers = new Dictionary<string, JsonElement> { [ClassQuestion] = JsonSerializer.SerializeToElement(name) };
                yield return new Sample { Name = shared.Contains((split, NameOf(each))) ? picture[(split.Length + 1)..] : NameOf(each), Picture = picture, Split = split, WidthPx = width, HeightPx = height, Opinions = [new Opinion { Answers = answers }] };
            }

            yield break;
        }

        await foreach (var sample in YoloReader.ReadAsync(source, options, faults, cancellationToken)) yield return sample;
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => YoloTasks.Parse(options.YoloTask) == YoloTask.Classify ? null : $"labels/{Folder(sample)}{DatasetSource.WithoutPictureEnding(sample.Name)}.txt";

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => RefusalWithoutSize(sample, options);

    /// <summary>The lists by part. <c>train</c> and <c>val</c> are always named, since Ultralytics refuses a file without them: where one is not there, the other stands for it, and where neither is, all lists do.</summary>
    private static string Parts(IReadOnlyList<string> lists)
    {
        var text = new StringBuilder();
        var stand = lists.Contains(Train) ? [Train] : lists.Contains(Validation) ? [Validation] : lists.Count == 0 ? [Train] : lists;
        foreach (var part in (ReadOnlySpan<string>)[Train, Validation])
        {
            var files = (lists.Contains(part) ? [part] : stand).Select(l => JsonSerializer.Serialize(l + ".txt")).ToList();
            text.Append(CultureInfo.InvariantCulture, $"{part}: {(files.Count == 1 ? files[0] : $"[{string.Join(", ", files)}]")}\n");
        }

        foreach (var list in lists)
            if (list is not (Train or Validation or All)) text.Append(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(list)}: {JsonSerializer.Serialize(list + ".txt")}\n");
        return text.ToString();
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var task = YoloTasks.For(options, facts);
        if (task == YoloTask.Classify)
        {
            await foreach (var _ in samples.WithCancellation(cancellationToken)) continue;
            return;
        }

        (int Count, int Dimensions) points = (facts.Classes.Count == 0 ? 0 : facts.Classes.Max(c => c.Keypoints.Count), 3);
        var writer = new YoloWriter(facts, task, points, options);
        var lists = await writer.WriteAsync(samples, target, s => $"images/{Folder(s)}{s.Name}", s => LabelPlace(s, options)!, cancellationToken);
        var yaml = new StringBuilder();
        yaml.Append("path: .\n");
        yaml.Append(Parts(lists));
        yaml.Append(CultureInfo.InvariantCulture, $"task: {YoloTasks.Name(task)}\n");
        if (task == YoloTask.Pose) yaml.Append(CultureInfo.InvariantCulture, $"kpt_shape: [{points.Count}, {points.Dimensions}]\n");
        yaml.Append("names:");
        // A text in JSON is one in YAML too, whatever it holds.
        for (var i = 0; i < facts.Classes.Count; i++) yaml.Append(CultureInfo.InvariantCulture, $"\n  {i}: {JsonSerializer.Serialize(facts.Classes[i].Name)}");
        yaml.Append(facts.Classes.Count == 0 ? " []\n" : "\n");
        await using var file = target.Create("data.yaml");
        await file.WriteAsync(Encoding.UTF8.GetBytes(yaml.ToString()), cancellationToken);
    }
}

/// <summary>Pictures in folders by part and class: <c>train/cat/a.jpg</c>.</summary>
internal static class YoloClassify
{
    public static List<(string Picture, string Split, string Class)> Find(DatasetSource source)
    {
        List<(string, string, string)> found = [];
        foreach (var file in source.Files)
        {
            if (!DatasetSource.IsPicture(file)) continue;
            var names = file.Split('/');
            if (names.Length < 3 || names[0] is not ("train" or "val" or "test" or "valid") || names[1] is "images" or "labels" or "annotations" or "instances") return [];
            found.Add((file, names[0], names[1]));
        }

        return found;
    }
}
