using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Kitti;

/// <summary>KITTI object: <c>label_2</c>, one file a picture.</summary>
/// <remarks>An object's box in the picture is its first mark and its cuboid, in the camera's frame, another mark of the same object; both are of one line. <c>calib</c> is read and written: see <see cref="KittiRig"/>. See <see cref="KittiLine"/> for coordinates.</remarks>
public sealed class KittiFormat : DatasetFormat
{
    // KITTI's own pictures are PNG; programs that train with it take the others too.
    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg"];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "kitti",
        Name = "KITTI object",
        Specification = "Geiger, Lenz, Urtasun, CVPR 2012; object devkit",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box, MarkKind.Cuboid],
        Facts = [SensorRig.FactName, KittiRig.MatricesFact],
        HasOnlyCalibrations = true,
        CuboidsStandUpright = (0, -1, 0),
        HasNumericAttributes = true,
        CrowdClass = KittiLine.DontCare,
        Attributes = AttributeSupport.Only(CommonAttributes.Truncated, CommonAttributes.Occluded, CommonAttributes.Crowd, KittiLine.Alpha),
        Parts = CarriedParts.Scores | CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.SeveralMarks,
    };

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => $"{Folder(sample)}image_2/{sample.Name}";

    private static string Folder(Sample sample) => sample.Split is { } split ? split + "/" : "";

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = KittiFiles.Find(source, "label_2").Take(20).ToList();
        var filled = files.FindAll(f => source.Beginning(f, 1) is { Length: > 0 });
        var good = filled.Count(f => KittiFiles.LooksRight(source, f, firstField: 0));
        return good > 0 && good == filled.Count ? [new Recognition(Traits.Id, "", files.Exists(f => f.Contains("label_2/", StringComparison.Ordinal)) ? 0.97 : 0.9, $"{filled[0]} with lines of 15 fields")] : [];
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in KittiFiles.Find(source, "label_2"))
        {
            List<LabelledObject> objects = [];
            using var text = source.OpenText(file);
            for (var number = 1; await text.ReadLineAsync(cancellationToken) is { } line; number++)
            {
                var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length == 0) continue;
                if (KittiLine.Read(fields, firstField: 0, out var fault) is { } each) objects.Add(each);
                else faults.Add(file, $"line {number}", fault);
            }

            var (split, folder, name) = KittiFiles.Parse(file, "label_2");
            var picture = PictureEndings.Select(e => $"{folder}image_2/{name}{e}").FirstOrDefault(source.Has) ?? source.FindPicture(name);
            var (width, height) = source.SizeOf(picture ?? name) ?? options.AssumedSize ?? (0, 0);
            yield return new Sample { Name = name, Picture = picture, Split = split, WidthPx = width, HeightPx = height, Opinions = [new Opinion { Objects = objects }], Facts = KittiRig.Facts(source, folder, name, width, height, faults) };
        }
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{Folder(sample)}label_2/{DatasetSource.WithoutPictureEnding(sample.Name)}.txt";

    /// <inheritdoc/>
    public override string? Refusal(LabelledObject each, Sample sample) => KittiLine.Refusal(each);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var text = new StringBuilder();
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            text.Clear();
            foreach (var each in sample.Opinions.SelectMany(o => o.Objects)) KittiLine.Write(text, each, sample.Name);
            await using var file = target.Create(LabelPlace(sample, options)!);
            await file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            if (KittiRig.Write(sample) is not { } calibration) continue;
            await using var beside = target.Create($"{Folder(sample)}calib/{DatasetSource.WithoutPictureEnding(sample.Name)}.txt");
            await beside.WriteAsync(Encoding.UTF8.GetBytes(calibration), cancellationToken);
        }
    }
}

/// <summary>KITTI's folders.</summary>
internal static class KittiFiles
{
    /// <summary>The label files in folders of that name, or, where there is none, all text files that are not of another of KITTI's folders.</summary>
    public static IEnumerable<string> Find(DatasetSource source, string folder)
    {
        var files = source.Files.Where(f => f.EndsWith(".txt", StringComparison.Ordinal)).ToList();
        var labels = files.FindAll(f => ("/" + f).Contains($"/{folder}/", StringComparison.Ordinal));
        return labels.Count > 0 ? labels : files.Where(f => !("/" + f).Contains("/calib", StringComparison.Ordinal) && !("/" + f).Contains("/label_", StringComparison.Ordinal));
    }

    public static bool LooksRight(DatasetSource source, string file, int firstField)
    {
        var fields = source.Beginning(file).Split('\n')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 15 + firstField && fields.Length != 16 + firstField || double.TryParse(fields[firstField], out _)) return false;
        for (var i = 0; i < fields.Length; i++)
            if (i != firstField && !double.TryParse(fields[i], System.Globalization.CultureInfo.InvariantCulture, out _)) return false;
        return true;
    }

    /// <summary>The part is the folder around the labels' folder.</summary>
    public static (string? Split, string Folder, string Name) Parse(string file, string folder)
    {
        var at = ("/" + file).LastIndexOf($"/{folder}/", StringComparison.Ordinal);
        if (at < 0) return (null, "", file[..^4]);
        var around = file[..at];
        return (around.Length == 0 ? null : around.TrimEnd('/'), around, file[(at + folder.Length + 1)..^4]);
    }
}
