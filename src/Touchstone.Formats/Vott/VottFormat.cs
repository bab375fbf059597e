using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Vott;

/// <summary>VoTT's export as JSON: a project with its tags and, by id, its assets with their regions.</summary>
/// <remarks>
/// microsoft/VoTT, src/models/applicationState.ts (IProject, IAsset, IRegion). Coordinates are real pixels from 0. The first tag of a region is its class, the others are the attribute <see cref="OtherTags"/>;
/// a region without a tag has the class "". A frame of a video is a picture by the name that VoTT gives it (<c>film.mp4#t=5.2</c>) and of the scene of its video. A file that is not named by its project (<c>train-export.json</c>) is a part of a data set.
/// A file is held whole: assets are members of an object.
/// </remarks>
public sealed class VottFormat : DatasetFormat
{
    /// <summary>The attribute that keeps a region's tags after the first: a list of texts.</summary>
    public const string OtherTags = "other_tags";

    private const string Ending = "-export", OwnName = "vott";
    private const int CandidatesMax = 100;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "vott",
        Name = "VoTT JSON",
        Specification = "microsoft/VoTT 2, src/models/applicationState.ts",
        Evidence = Evidence.OwnFiles,
        Marks = [MarkKind.Box, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints],
        Attributes = AttributeSupport.Only(OtherTags),
        OnlySinglePoints = true,
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.ObjectIds,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = Files(source, CandidatesMax);
        return files.Count == 0 ? [] : [new Recognition(Traits.Id, source.IsFile ? "" : TextPlaces.Of(files), 0.97, $"{files[0]} with VoTT's assets and tags")];
    }

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, ObjectClass> classes = new(StringComparer.Ordinal);
        var title = source.Title;
        foreach (var file in ToRead(source))
        {
            if (await JsonFile.ReadAsync(source, file, new FaultLog(), cancellationToken) is not { } project) continue;
            title = project.Text("name") ?? title;
            foreach (var tag in project.Items("tags"))
                if (tag.Text("name") is { } name) classes.TryAdd(name, new ObjectClass(name) { Colour = tag.Text("color") });
        }

        return new DatasetFacts { Title = title, Classes = [.. classes.Values] };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = ToRead(source);
        if (files.Count == 0) throw new FileFormatFaultException($"{source.Root} holds no export of VoTT: no JSON file has \"assets\" with regions.");
        foreach (var file in files)
        {
            if (await JsonFile.ReadAsync(source, file, faults, cancellationToken) is not { } project) continue;
            var place = new JsonPlace(file, "", "/assets", faults);
            if (project.Member("assets") is not { ValueKind: JsonValueKind.Object } assets)
            {
                place.Tell($"an object of assets was expected; {project.Member("assets").Found()} found.");
                continue;
            }

            HashSet<string> names = new(StringComparer.Ordinal);
            foreach (var member in assets.EnumerateObject())
            {
                if (VottAsset.Read(member.Value, place.Below(member.Name)) is not { } sample) continue;
                // Pictures of one name may lie in different folders of the machine that VoTT ran on.
                if (!names.Add(sample.Name)) sample = sample with { Name = $"{member.Name}/{sample.Name}", Picture = sample.Name };
                var (width, height) = sample.WidthPx > 0 ? (sample.WidthPx, sample.HeightPx) : source.SizeOf(sample.Name) ?? (0, 0);
                yield return sample with { WidthPx = width, HeightPx = height, Split = SplitOf(file, project.Text("name")) };
            }
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, Utf8JsonWriter> files = new(StringComparer.Ordinal);
        List<FileStream> streams = [];
        Utf8JsonWriter Begin(string name)
        {
            streams.Add(target.Create(name));
            var json = new Utf8JsonWriter(streams[^1], new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            VottAsset.WriteHead(json, facts);
            return json;
        }

        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                var name = target.OnlyFile ?? $"{sample.Split ?? OwnName}{Ending}.json";
                if (!files.TryGetValue(name, out var json)) files.Add(name, json = Begin(name));
                VottAsset.Write(json, sample);
                await json.FlushAsync(cancellationToken);
            }

            if (files.Count == 0) files.Add("", Begin(target.OnlyFile ?? $"{OwnName}{Ending}.json"));
            foreach (var json in files.Values)
            {
                json.WriteEndObject();
                json.WriteEndObject();
                await json.DisposeAsync();
            }
        }
        finally
        {
            foreach (var stream in streams) await stream.DisposeAsync();
        }
    }

    /// <summary>VoTT names a file by its project; a file of another name is a part of a data set.</summary>
    private static string? SplitOf(string file, string? project)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        if (!stem.EndsWith(Ending, StringComparison.Ordinal) || stem.Length == Ending.Length) return null;
        var name = stem[..^Ending.Length];
        return name == OwnName || name == project?.Replace(' ', '-') ? null : name;
    }

    private static List<string> ToRead(DatasetSource source) => source.IsFile ? [.. source.Files] : Files(source, int.MaxValue);

    private static List<string> Files(DatasetSource source, int most) => [.. source.Files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(most).Where(f => IsExport(source.Beginning(f, 1 << 16)))];

    private static bool IsExport(string text)
    {
        bool Has(string word) => text.Contains(word, StringComparison.Ordinal);
        return text.AsSpan().TrimStart().StartsWith("{") && Has("\"assets\"") && (Has("\"asset\"") && (Has("\"regions\"") || Has("\"size\"")) || Has("\"securityToken\"") || Has("\"videoSettings\""));
    }
}
