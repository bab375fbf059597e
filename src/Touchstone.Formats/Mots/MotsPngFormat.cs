using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Masks;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Mots;

/// <summary>MOTS as pictures: <c>instances/sequence/000000.png</c> of 16 bits, whose pixels are 1000 times the class and the object; 10000 does not count.</summary>
/// <remarks>See <see cref="MotsClasses"/>. A track is an object's number. Pictures right in <c>instances</c>, as CVAT and Datumaro have them, are a clip that is called as the folder around it is.</remarks>
public sealed class MotsPngFormat : DatasetFormat
{
    private const string Folder = "instances";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "mots-png",
        Name = "MOTS PNG",
        Specification = "Voigtlaender et al., CVPR 2019; vision.rwth-aachen.de/page/mots",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Clip],
        Marks = [MarkKind.Mask],
        PixelsHaveOneOwner = true,
        Attributes = AttributeSupport.Only(CommonAttributes.Crowd),
        Parts = CarriedParts.Tracks | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var clip = Clips(source).FirstOrDefault();
        if (clip.Paths is not [var first, ..] || !PixelNumbers.IsOneChannel(source, first, bitDepth: 16)) return [];
        if (source.Has(clip.Root + "labels.txt")) return [new Recognition(Traits.Id, "", 0.95, $"{first} with {clip.Root}labels.txt")];
        return clip.IsSequence && clip.Paths.TrueForAll(p => Path.GetFileNameWithoutExtension(p).All(char.IsAsciiDigit)) ? [new Recognition(Traits.Id, "", 0.8, $"{first} of 16 bits")] : [];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts
    {
        Title = source.Title,
        Classes = [.. Clips(source).Take(1).SelectMany(c => MotsClasses.Read(source, c.Root, options).Classes).DistinctBy(c => c.Name)],
    });

    /// <inheritdoc/>
    public override IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken) => Read(source, options, faults, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<Sample> Read(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var (root, split, name, _, paths) in Clips(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            any = true;
            var classes = MotsClasses.Read(source, root, options);
            var (width, height, count, objects) = FramePictures.Read(source, paths, (_, path, number, mask) => Object(classes, path, number, mask, faults), faults);
            yield return new Sample { Name = name, Kind = InputKind.Clip, Scene = name, Split = split, WidthPx = width, HeightPx = height, FrameCount = count, Opinions = [new Opinion { Objects = objects }] };
        }

        if (!any) throw new FileFormatFaultException($"{source.Root} has no folder {Folder} with PNG files.");
    }

    private static LabelledObject? Object(MotsClasses classes, string path, int number, RunLengthMask mask, FaultLog faults)
    {
        if (number == 0) return null;
        if (classes.NameOf(number / MotsClasses.OfClass) is { } name) return MotsObjects.Of(name, number, mask);
        faults.Add(path, "", $"{mask.Area} pixels have the number {number}; there is no class {number / MotsClasses.OfClass}.");
        return null;
    }

    /// <summary><c>[part/]instances/[sequence/]name.png</c>.</summary>
    private static IEnumerable<(string Root, string? Split, string Name, bool IsSequence, List<string> Paths)> Clips(DatasetSource source)
    {
        foreach (var folder in source.Files.Where(f => f.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && ("/" + f).Contains($"/{Folder}/", StringComparison.Ordinal)).GroupBy(f => f[..f.LastIndexOf('/')], StringComparer.Ordinal))
        {
            var at = ("/" + folder.Key + "/").IndexOf($"/{Folder}/", StringComparison.Ordinal);
            var (split, root) = (folder.Key[..Math.Max(0, at)].TrimEnd('/'), folder.Key[..(at + Folder.Length)] + "/");
            var sequence = folder.Key.Length > root.Length ? folder.Key[root.Length..] : "";
            yield return (root, split.Length > 0 ? split : null, sequence.Length > 0 ? sequence : split.Length > 0 ? split : source.Title, sequence.Length > 0, [.. folder]);
        }
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{(sample.Split is { } split ? split + "/" : "")}{Folder}/{sample.Name}";

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => FramePictures.Refusal(sample, options, Traits.Name);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var classes = MotsClasses.ToWrite(facts);
        HashSet<string> roots = new(StringComparer.Ordinal);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            var root = $"{(sample.Split is { } split ? split + "/" : "")}{Folder}/";
            if (roots.Add(root)) await classes.WriteAsync(target, root, cancellationToken);
            var numbers = new MotsObjects(classes, sample);
            foreach (var (frame, width, height, rows) in FramePictures.Draw(sample, options, Traits.Name, numbers.NumberOf))
                PixelNumbers.Write(target, FormattableString.Invariant($"{root}{sample.Name}/{frame:D6}.png"), width, height, rows);
        }
    }
}

/// <summary>Objects of MOTS by their numbers, both ways.</summary>
internal sealed class MotsObjects
{
    private static readonly Dictionary<string, JsonElement> Crowd = new() { [CommonAttributes.Crowd] = JsonValues.True };

    private readonly RangedTracks _tracks;

    public MotsObjects(MotsClasses classes, Sample sample)
    {
        _tracks = new RangedTracks(classes.RangeOf, "MOTS");
        _tracks.Keep(sample.Opinions.SelectMany(o => o.Objects).Where(o => !IsCrowd(o)));
    }

    /// <summary>An object of a file.</summary>
    public static LabelledObject Of(string name, int number, RunLengthMask mask) => name == MotsClasses.Ignore
        ? new LabelledObject(name, new PixelMask(mask)) { Attributes = Crowd }
        : new LabelledObject(name, new PixelMask(mask)) { Track = number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The number of an object; all regions that do not count have one.</summary>
    public int NumberOf(LabelledObject each) => IsCrowd(each) ? MotsClasses.IgnoreNumber * MotsClasses.OfClass : _tracks.Of(each);

    /// <summary>Whether it is a region that does not count.</summary>
    public static bool IsCrowd(LabelledObject each) => each.Class == MotsClasses.Ignore || each.Attributes.TryGetValue(CommonAttributes.Crowd, out var crowd) && crowd.ValueKind == JsonValueKind.True;
}
