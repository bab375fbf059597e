using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>COCO results: a bare list of detections by image number and category number.</summary>
/// <remarks>
/// cocodataset.org, "Results Format". Names of images and categories come from a COCO file beside the list (the truth, or COCO's <c>image_info</c>); without one an image's name is its number, and a category's is that of <see cref="FormatOptions.ClassNames"/>
/// at its number less 1, or the number. Into a folder an <c>image_info.json</c> is written beside the list, so that the names are kept.
/// </remarks>
public sealed class CocoResultsFormat : DatasetFormat
{
    private const string FileName = "results.json";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "coco-results",
        Name = "COCO results",
        Specification = "cocodataset.org, Results Format",
        Evidence = Evidence.Specification,
        Marks = [MarkKind.Box, MarkKind.Mask, MarkKind.Keypoints],
        Parts = CarriedParts.Scores | CarriedParts.Sizes | CarriedParts.EmptySamples | CarriedParts.Classes | CarriedParts.SeveralMarks | CarriedParts.Predictions,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var lists = Lists(source);
        return lists.Count == 0 ? [] : [new Recognition(Traits.Id, source.IsFile ? "" : lists[0], 0.95, $"{lists[0]} is a list of image_id, category_id and score")];
    }

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        if (Truth(source) is not { } truth) return new DatasetFacts { Classes = [.. options.ClassNames.Select((name, i) => new ObjectClass(name) { Number = i + 1 })] };
        return new DatasetFacts { Classes = await CocoInput.CategoriesAsync(truth.Source, truth.File, faults: null, cancellationToken) };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lists = source.IsFile ? [source.Files[0]] : Lists(source);
        if (lists.Count == 0 && source.Has(FileName)) lists = [FileName];
        if (lists.Count == 0) throw new FileFormatFaultException($"{source.Root} holds no list of COCO results.");
        var facts = await FactsAsync(source, options, cancellationToken);
        Dictionary<long, string> names = [];
        foreach (var each in facts.Classes) names.TryAdd(each.Number!.Value, each.Name);
        Dictionary<long, List<LabelledObject>> byImage = [];
        foreach (var list in lists) await TakeAsync(source, list, names, byImage, faults, cancellationToken);
        if (Truth(source) is { } truth)
        {
            await foreach (var (id, sample) in new CocoInput(truth.Source, truth.File, faults) { OnlyImages = true }.ReadAsync(cancellationToken))
                yield return sample with { Facts = Sample.Empty, Opinions = [new Opinion { Kind = OpinionKind.Prediction, Objects = byImage.Remove(id, out var objects) ? objects : [] }] };
        }

        foreach (var (id, objects) in byImage.OrderBy(i => i.Key))
        {
            var name = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var (width, height) = source.SizeOf(name) ?? (0, 0);
            yield return new Sample { Name = name, WidthPx = width, HeightPx = height, Opinions = [new Opinion { Kind = OpinionKind.Prediction, Objects = objects }] };
        }
    }

    private static async Task TakeAsync(DatasetSource source, string file, Dictionary<long, string> names, Dictionary<long, List<LabelledObject>> byImage, FaultLog faults, CancellationToken cancellationToken)
    {
        var reader = new CocoObjectReader();
        var index = -1;
        await using var stream = source.OpenRead(file);
        var records = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (records)
        {
            while (true)
            {
                try
                {
                    if (!await records.MoveNextAsync()) return;
                }
                catch (JsonException fault)
                {
                    throw new FileFormatFaultException($"{file}: after record {index}: this is no list in JSON ({fault.Message}).", fault);
                }

                var fields = new CocoFields("", ++index, records.Current);
                try
                {
                    var (image, category) = (fields.Integer("image_id"), fields.Integer("category_id"));
                    var name = names.GetValueOrDefault(category) ?? category.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    var read = reader.Read(fields, records.Current, name);
                    if (!byImage.TryGetValue(image, out var objects)) byImage.Add(image, objects = []);
                    objects.Add(read);
                }
                catch (CocoFieldException fault)
                {
                    faults.Add(file, fault.Fault.Pointer.Replace("//", "/", StringComparison.Ordinal), fault.Fault.Message);
                }
                catch (InvalidOperationException fault)
                {
                    faults.Add(file, $"/{index}", $"a record of image_id, category_id, bbox and score was expected ({fault.Message})");
                }
            }
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        await using var file = target.CreateSingle(FileName);
        await using var json = new Utf8JsonWriter(file, new JsonWriterOptions { SkipValidation = true });
        await using var info = target.OnlyFile is null ? new CocoOutput(target.Create("image_info.json"), facts) : null;
        var categories = CocoOutput.CategoryIds(facts.Classes);
        var numbers = new CocoNumbers();
        json.WriteStartArray();
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            var image = info?.WriteImage(sample) ?? new CocoImageId(numbers.Take(long.TryParse(sample.Name, out var stated) ? stated : null));
            foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
            {
                foreach (var marks in CocoMarks.Of(each))
                {
                    json.Flush();
                    file.WriteByte((byte)'\n');
                    CocoMarks.Write(json, id: null, image, categories[each.Class], each, marks);
                }
            }
        }

        json.WriteEndArray();
        await json.FlushAsync(cancellationToken);
        if (info is not null) await info.FinishAsync(cancellationToken);
    }

    private static List<string> Lists(DatasetSource source) => [.. source.Files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && IsList(source.Beginning(f)))];

    private static bool IsList(string beginning) =>
        beginning.AsSpan().TrimStart().StartsWith("[") && beginning.Contains("\"image_id\"", StringComparison.Ordinal) && beginning.Contains("\"category_id\"", StringComparison.Ordinal);

    /// <summary>The COCO file beside the list: of a single file, in its folder.</summary>
    private static (DatasetSource Source, string File)? Truth(DatasetSource source)
    {
        if (!source.IsFile) return source.Files.FirstOrDefault(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && CocoFiles.LooksLikeCoco(source.Beginning(f))) is { } file ? (source, file) : null;
        foreach (var path in Directory.EnumerateFiles(source.Root, "*.json").Order(StringComparer.Ordinal).Take(100))
        {
            var beside = DatasetSource.Open(path);
            if (CocoFiles.LooksLikeCoco(beside.Beginning(beside.Files[0]))) return (beside, beside.Files[0]);
        }

        return null;
    }
}
