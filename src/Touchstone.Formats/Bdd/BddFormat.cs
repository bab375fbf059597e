using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Bdd;

/// <summary>BDD100K's labels, which are Scalabel's: a list of frames, each with its labels; or one frame a file; or an object with the list <c>frames</c>.</summary>
/// <remarks>
/// doc.scalabel.com, "Scalabel Format", and bdd100k's own files. Attributes of a frame (weather, scene, timeofday) are answers about the picture; its other members are facts. Of frames of a video an id is the track. A file named by a part (<c>det_train.json</c>) is that part.
/// Boxes and outlines of Scalabel's box3d and graph are told and left out.
/// </remarks>
public sealed class BddFormat : DatasetFormat
{
    private const int FlushBytes = 1 << 16;
    private const int CandidatesMax = 100;
    private const int GlanceBytes = 1 << 16;

    private static readonly string[] Parts = ["train", "val", "test"];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "bdd100k",
        Name = "BDD100K (Scalabel)",
        Specification = "doc.scalabel.com, Scalabel Format; github.com/bdd100k/bdd100k",
        Evidence = Evidence.Specification,
        Marks = [MarkKind.Box, MarkKind.Polygon, MarkKind.Polygons, MarkKind.Polyline, MarkKind.Mask],
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Number,
        Parts = CarriedParts.Scores | CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.ObjectIds | CarriedParts.Facts | CarriedParts.SeveralMarks,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = Files(source, CandidatesMax);
        return files.Count == 0 ? [] : [new Recognition(Traits.Id, source.IsFile ? "" : TextPlaces.Of(files.ConvertAll(f => f.File)), files.Max(f => f.Certainty), $"{files[0].File} with frames and labels as Scalabel has them")];
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files = source.IsFile ? source.Files : [.. Files(source, int.MaxValue).Select(f => f.File)];
        if (files.Count == 0) throw new FileFormatFaultException($"{source.Root} holds no labels of BDD100K: no JSON file has frames with \"labels\".");
        foreach (var file in files)
        {
            await foreach (var (frame, place) in FramesAsync(source, file, faults, cancellationToken))
            {
                if (BddFrame.Read(frame, place) is not { } sample) continue;
                var (width, height) = sample.WidthPx > 0 ? (sample.WidthPx, sample.HeightPx) : source.SizeOf(sample.Name) ?? options.AssumedSize ?? (0, 0);
                yield return sample with { WidthPx = width, HeightPx = height, Split = SplitOf(file) };
            }
        }
    }

    private static async IAsyncEnumerable<(JsonElement Frame, JsonPlace Place)> FramesAsync(DatasetSource source, string file, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = source.OpenRead(file);
        if (HasFrames(source.Beginning(file, GlanceBytes)))
        {
            await foreach (var item in JsonItems.ReadAsync(stream, file, m => m == "frames", cancellationToken))
            {
                var place = new JsonPlace(file, "", $"/frames{(item.Index < 0 ? "" : FormattableString.Invariant($"/{item.Index}"))}", faults);
                if (!JsonTexts.AreUnicode(item.Value)) place.Tell("a text in it is no Unicode; it is left out.");
                else if (item.Index >= 0) yield return (item.Value, place);
                else if (item.Value.ValueKind != JsonValueKind.Array) place.Tell($"a list was expected; {((JsonElement?)item.Value).Found()} found.");
            }

            yield break;
        }

        await foreach (var element in JsonElements.ReadAsync(stream, file, faults, cancellationToken)) yield return (element.Value, new JsonPlace(file, "", element.Pointer, faults));
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, (FileStream Stream, Utf8JsonWriter Json)> files = new(StringComparer.Ordinal);
        (FileStream Stream, Utf8JsonWriter Json) Begin(string name)
        {
            var stream = target.Create(name);
            var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            json.WriteStartArray();
            return (stream, json);
        }

        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                var name = target.OnlyFile ?? (sample.Split is { } split ? $"labels_{split}.json" : "labels.json");
                if (!files.TryGetValue(name, out var output)) files.Add(name, output = Begin(name));
                BddFrame.Write(output.Json, sample);
                if (output.Json.BytesPending > FlushBytes) await output.Json.FlushAsync(cancellationToken);
            }

            if (files.Count == 0) files.Add("", Begin(target.OnlyFile ?? "labels.json"));
            foreach (var (_, json) in files.Values)
            {
                json.WriteEndArray();
                await json.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            foreach (var (stream, _) in files.Values) await stream.DisposeAsync();
        }
    }

    private static string? SplitOf(string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        if (stem.StartsWith("labels_", StringComparison.Ordinal)) stem = stem["labels_".Length..];
        var last = stem[(stem.LastIndexOf('_') + 1)..];
        if (Parts.Contains(last, StringComparer.Ordinal)) return last;
        return Path.GetFileName(file).StartsWith("labels_", StringComparison.Ordinal) ? stem : null;
    }

    private static bool HasFrames(string text) => text.AsSpan().TrimStart().StartsWith("{") && text.Contains("\"frames\"", StringComparison.Ordinal);

    private static List<(string File, double Certainty)> Files(DatasetSource source, int most)
    {
        List<(string, double)> found = [];
        foreach (var file in source.Files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(most))
            if (CertaintyOf(source.Beginning(file, GlanceBytes)) is > 0 and var certainty) found.Add((file, certainty));
        return found;
    }

    private static double CertaintyOf(string text)
    {
        bool Has(string member) => text.Contains($"\"{member}\"", StringComparison.Ordinal);
        if (!Has("name") || !Has("labels") || Has("shapes") || Has("imagePath")) return 0;
        if (Has("box2d") || Has("poly2d") || Has("box3d") || Has("manualShape")) return 0.96;
        return Has("videoName") || Has("frameIndex") || Has("category") && Has("rle") ? 0.8 : 0;
    }
}
