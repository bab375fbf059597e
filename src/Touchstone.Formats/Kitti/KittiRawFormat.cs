using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Kitti;

/// <summary>KITTI raw's <c>tracklet_labels.xml</c>: cuboids by track in the LiDAR's frame. Read only.</summary>
/// <remarks>
/// Readme of the raw devkit: x ahead, y left, z up, metres; tx, ty, tz is the middle of the bottom, and the object turns by rx, ry, rz about x, then y, then z. Of <c>state</c>, 1 is filled in between. Sizes are taken as they stand.
/// </remarks>
public sealed class KittiRawFormat : DatasetFormat
{
    private const string FileName = "tracklet_labels.xml";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "kitti-raw",
        Name = "KITTI raw tracklets",
        Specification = "Geiger et al., IJRR 2013; raw devkit",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Inputs = [InputKind.Scene],
        Marks = [MarkKind.Cuboid],
        Attributes = AttributeSupport.Only(CommonAttributes.Occluded, CommonAttributes.Truncated),
        Parts = CarriedParts.Tracks | CarriedParts.Keyframes,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        [.. Files(source).Take(1).Select(f => new Recognition(Traits.Id, "", 0.98, $"{f} with tracklets"))];

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => f.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && source.Beginning(f).Contains("<tracklets", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : Files(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var stream = source.OpenRead(file);
            if (SafeXml.Load(stream, file, faults, skipsDocumentType: true) is not { } root) continue;
            if (root.Element("tracklets") is not { } tracklets)
            {
                faults.Add(file, SafeXml.Line(root), $"<boost_serialization> with <tracklets> was expected, <{root.Name.LocalName}> found.");
                continue;
            }

            List<LabelledObject> objects = [];
            var track = 0;
            foreach (var item in tracklets.Elements("item")) Read(item, track++, file, objects, faults);
            var name = file.Contains('/', StringComparison.Ordinal) ? file[..file.LastIndexOf('/')] : source.IsFile ? Path.GetFileNameWithoutExtension(FileName) : source.Title;
            yield return new Sample { Name = name, Kind = InputKind.Scene, Scene = name, FramesPerSecond = 10, Opinions = [new Opinion { Objects = objects }] };
        }
    }

    private static void Read(XElement item, int track, string file, List<LabelledObject> objects, FaultLog faults)
    {
        if (item.Element("objectType")?.Value.Trim() is not { Length: > 0 } name)
        {
            faults.Add(file, SafeXml.Line(item), "<item> has no <objectType>.");
            return;
        }

        if (SafeXml.Number(item, "h", file, faults) is not { } height || SafeXml.Number(item, "w", file, faults) is not { } width || SafeXml.Number(item, "l", file, faults) is not { } length
            || SafeXml.Number(item, "first_frame", file, faults) is not { } first) return;
        if (first < 0 || first > 1e9 || first != Math.Floor(first))
        {
            faults.Add(file, SafeXml.Line(item), FormattableString.Invariant($"<first_frame> is {first}; the number of a frame, from 0, was expected."));
            return;
        }

        var frame = (int)first;
        foreach (var pose in item.Element("poses")?.Elements("item") ?? [])
        {
            var at = frame++;
            var values = new double[6];
            var isWhole = true;
            for (var i = 0; i < 6; i++)
            {
                if (SafeXml.Number(pose, ((ReadOnlySpan<string>)["tx", "ty", "tz", "rx", "ry", "rz"])[i], file, faults) is { } value) values[i] = value;
                else isWhole = false;
            }

            if (!isWhole) continue;
            var turn = Quaternion.AboutZ(values[5]) * Quaternion.AboutY(values[4]) * new Quaternion(Math.Sin(values[3] / 2), 0, 0, Math.Cos(values[3] / 2));
            // The middle is half a height above the bottom, along the object's own axis.
            var (upX, upY, upZ) = (2 * (turn.X * turn.Z + turn.W * turn.Y), 2 * (turn.Y * turn.Z - turn.W * turn.X), 1 - 2 * (turn.X * turn.X + turn.Y * turn.Y));
            objects.Add(new LabelledObject(name, new Cuboid(values[0] + upX * height / 2, values[1] + upY * height / 2, values[2] + upZ * height / 2, length, width, height, turn, "lidar"))
            {
                Frame = at,
                Track = track.ToString(CultureInfo.InvariantCulture),
                IsKeyframe = pose.Element("state")?.Value.Trim() != "1",
                Attributes = Attributes(pose),
            });
        }
    }

    private static Dictionary<string, JsonElement> Attributes(XElement pose)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        foreach (var (name, element) in (ReadOnlySpan<(string, string)>)[(CommonAttributes.Occluded, "occlusion"), (CommonAttributes.Truncated, "truncation")])
            if (SafeXml.TryNumber(pose.Element(element)?.Value, out var value) && value is >= 0 and < 99) attributes.Add(name, JsonValues.Of(value));
        return attributes;
    }
}
