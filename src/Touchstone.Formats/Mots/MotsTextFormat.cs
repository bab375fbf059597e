using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Annotations.Masks;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Mot;

namespace Touchstone.Formats.Mots;

/// <summary>MOTS as text: a line for each object in each frame with frame, object, class, height, width and COCO's packed runs.</summary>
/// <remarks>
/// See <see cref="MotsClasses"/>. KITTI MOTS has <c>instances_txt/0000.txt</c>, frames from 0, which is also what is written; MOTSChallenge has <c>sequence/gt/gt.txt</c>, frames from 1. A track is an object's number.
/// </remarks>
public sealed class MotsTextFormat : DatasetFormat
{
    private const string Folder = "instances_txt", Truth = "gt/gt.txt", Labels = "labels.txt";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "mots",
        Name = "MOTS text",
        Specification = "Voigtlaender et al., CVPR 2019; vision.rwth-aachen.de/page/mots",
        Evidence = Evidence.Specification,
        Inputs = [InputKind.Clip],
        Marks = [MarkKind.Mask],
        PixelsHaveOneOwner = true,
        Attributes = AttributeSupport.Only(CommonAttributes.Crowd),
        Parts = CarriedParts.Tracks | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        Files(source).Where(f => LooksRight(source, f)).Take(1).Select(f => new Recognition(Traits.Id, "", 0.95, $"{f} with lines of frame, object, class, size and runs")).ToList();

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => f.EndsWith(".txt", StringComparison.Ordinal) && Path.GetFileName(f) != Labels);

    private static bool LooksRight(DatasetSource source, string file)
    {
        var fields = source.Beginning(file, 512).Split('\n')[0].Split(' ');
        return fields.Length == 6 && fields[..5].All(f => int.TryParse(f, NumberStyles.None, CultureInfo.InvariantCulture, out _)) && fields[5].Length > 0
            && (int.Parse(fields[1], CultureInfo.InvariantCulture) / MotsClasses.OfClass).ToString(CultureInfo.InvariantCulture) == fields[2];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts
    {
        Title = source.Title,
        Classes = [.. Files(source).Take(1).SelectMany(f => MotsClasses.Read(source, Above(f), options).Classes).DistinctBy(c => c.Name)],
    });

    private static string Above(string file) => file[..(file.LastIndexOf('/') + 1)];

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Files(source).Where(f => source.IsFile || ("/" + f).Contains($"/{Folder}/", StringComparison.Ordinal) || LooksRight(source, f)))
        {
            var isChallenge = ("/" + file).EndsWith("/" + Truth, StringComparison.Ordinal);
            var lines = new Lines(MotsClasses.Read(source, Above(file), options), file, isChallenge ? 1 : 0, faults);
            using var text = source.OpenText(file);
            for (var number = 1; await text.ReadLineAsync(cancellationToken) is { } line; number++)
                if (!string.IsNullOrWhiteSpace(line)) lines.Read(line, number);
            var (split, name) = Parse(isChallenge ? file[..^Truth.Length].TrimEnd('/') : file[..^".txt".Length], source.Title);
            var info = MotSequence.Read(source, isChallenge ? file[..^Truth.Length] : Above(file), faults);
            yield return new Sample
            {
                Name = name,
                Kind = InputKind.Clip,
                Scene = name,
                Split = split,
                WidthPx = lines.WidthPx,
                HeightPx = lines.HeightPx,
                FrameCount = Math.Max(info.FrameCount, lines.FrameCount),
                FramesPerSecond = info.FramesPerSecond,
                Opinions = [new Opinion { Objects = lines.Objects }],
            };
        }
    }

    private static (string? Split, string Name) Parse(string path, string title)
    {
        var at = ("/" + path).IndexOf($"/{Folder}/", StringComparison.Ordinal);
        if (at >= 0) return (at > 0 ? path[..(at - 1)] : null, path[(at + Folder.Length + 1)..]);
        if (path.Length == 0) return (null, title);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && path[..slash] is "train" or "val" or "test" ? (path[..slash], path[(slash + 1)..]) : (null, path);
    }

    /// <summary>The lines of one file.</summary>
    private sealed class Lines(MotsClasses classes, string file, int firstFrame, FaultLog faults)
    {
        private readonly HashSet<(int Frame, int Number)> _met = [];

        public List<LabelledObject> Objects { get; } = [];

        public int WidthPx { get; private set; }

        public int HeightPx { get; private set; }

        public int FrameCount { get; private set; }

        public void Read(string line, int number)
        {
            if (FaultOf(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) is { } fault) faults.Add(file, $"line {number}", fault);
        }

        /// <summary>Takes a line; what is wrong with it where it cannot.</summary>
        private string? FaultOf(string[] fields)
        {
            if (fields.Length != 6) return $"{fields.Length} fields; frame, object, class, height, width and runs were expected.";
            var n = new int[5];
            for (var i = 0; i < n.Length; i++)
                if (!int.TryParse(fields[i], NumberStyles.None, CultureInfo.InvariantCulture, out n[i])) return $"field {i + 1} is \"{fields[i]}\"; a whole number was expected.";
            var (frame, id, of, height, width) = (n[0] - firstFrame, n[1], n[2], n[3], n[4]);
            if (frame is < 0 or int.MaxValue) return $"frame {n[0]}; frames count from {firstFrame}.";
            if (height < 1 || width < 1 || (long)height * width > int.MaxValue) return $"a picture of {width} x {height} pixels.";
            if (classes.NameOf(of) is not { } name) return $"field 3 is \"{fields[2]}\"; there is no class of that number.";
            if (id / MotsClasses.OfClass != of) return $"object {id} is of class {id / MotsClasses.OfClass} by its number, of class {of} by field 3.";
            if (WidthPx > 0 && (WidthPx, HeightPx) != (width, height)) return $"a picture of {width} x {height} pixels; those before it have {WidthPx} x {HeightPx}.";
            if (!_met.Add((frame, id))) return $"frame {n[0]} has object {id} already.";
            try
            {
                Objects.Add(MotsObjects.Of(name, id, RunLengthMask.Parse(height, width, fields[5])) with { Frame = frame });
            }
            catch (FormatException fault)
            {
                return fault.Message;
            }

            (WidthPx, HeightPx, FrameCount) = (width, height, Math.Max(FrameCount, frame + 1));
            return null;
        }
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{(sample.Split is { } split ? split + "/" : "")}{Folder}/{sample.Name}.txt";

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
            await using var file = target.Create($"{root}{sample.Name}.txt");
            await file.WriteAsync(Encoding.UTF8.GetBytes(Text(sample, new MotsObjects(classes, sample))), cancellationToken);
        }
    }

    private static string Text(Sample sample, MotsObjects numbers)
    {
        var text = new StringBuilder();
        foreach (var same in sample.Opinions.SelectMany(o => o.Objects).OrderBy(o => o.Frame ?? 0).GroupBy(o => (o.Frame ?? 0, Number: numbers.NumberOf(o))))
        {
            var masks = same.Select(o => ((PixelMask)o.Mark).Mask).ToList();
            var mask = masks.Count > 1 ? RunLengthMask.Union(masks[0].Height, masks[0].Width, masks) : masks[0];
            text.Append(CultureInfo.InvariantCulture, $"{same.Key.Item1} {same.Key.Number} {same.Key.Number / MotsClasses.OfClass} {mask.Height} {mask.Width} {mask}\n");
        }

        return text.ToString();
    }
}
