using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Supervisely;

/// <summary>A Supervisely project of point clouds: <c>meta.json</c>, and below each data set <c>pointcloud/</c> with sweeps and <c>ann/</c> with a JSON file for each.</summary>
/// <remarks>
/// developer.supervisely.com, "Point Clouds Annotation". Objects, by key, have class and tags; figures are what is drawn of an object, each a cuboid: its centre, its extents along its own axes (x ahead), and its turns, radians, about x, y and z, in the
/// cloud's frame. An object is a track; of one without a figure it is told that nothing says where it is. Photos beside a sweep (<c>related_images</c>) and their matrices are not read.
/// </remarks>
public sealed class SuperviselyCloudFormat : DatasetFormat
{
    private const string Labels = "/ann/", Clouds = "/pointcloud/", Cuboids = "cuboid_3d", LabelerLogin = "labelerLogin";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "supervisely-clouds",
        Name = "Supervisely point clouds",
        Specification = "developer.supervisely.com, Point Clouds Annotation",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Inputs = [InputKind.Scene],
        Marks = [MarkKind.Cuboid],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.ObjectIds,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var file = source.Files.FirstOrDefault(f => IsLabels(source, f));
        return file is null ? [] : [new Recognition(Traits.Id, "", 0.97, $"{file} with objects and figures in space")];
    }

    /// <summary>Files of labels: of figures in space, or, where they are in such a project and have none, in its folder.</summary>
    private static bool IsLabels(DatasetSource source, string file)
    {
        if (!file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return false;
        if (!source.IsFile) return ("/" + file).Contains(Labels, StringComparison.Ordinal) && source.Has(("/" + file[..^".json".Length]).Replace(Labels, Clouds, StringComparison.Ordinal)[1..]);
        return source.Beginning(file, 1 << 16) is var text && text.Contains("\"figures\"", StringComparison.Ordinal) && text.Contains("\"objects\"", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => SuperviselyMeta.FactsAsync(source, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var file in source.Files)
        {
            if (!source.IsFile && !IsLabels(source, file)) continue;
            any = true;
            if (await JsonFile.ReadAsync(source, file, faults, cancellationToken) is not { } value) continue;
            var cloud = ("/" + file[..^".json".Length]).Replace(Labels, Clouds, StringComparison.Ordinal)[1..];
            var at = ("/" + file).IndexOf(Labels, StringComparison.Ordinal);
            var place = new JsonPlace(file, "", "", faults);
            yield return new Sample
            {
                Name = cloud,
                Kind = InputKind.Scene,
                Split = at > 0 && file[..(at - 1)] is { Length: > 0 } dataset && dataset != "ds0" ? dataset : null,
                Opinions = [new Opinion { Objects = Objects(value, place), Answers = SuperviselyAnnotation.Tags(value, place) }],
                Facts = new Dictionary<string, JsonElement> { [SensorRig.FactName] = new SensorRig([new Sensor("lidar", SensorRig.LidarFrame) { File = cloud, ToVehicle = RigidTransform.Identity }]).ToFact() },
            };
        }

        if (!any) throw new FileFormatFaultException($"{source.Root} holds no point clouds of Supervisely: there is no folder ann with JSON files beside a folder pointcloud.");
    }

    private static List<LabelledObject> Objects(JsonElement value, JsonPlace place)
    {
        Dictionary<string, (JsonElement Object, JsonPlace Place)> byKey = new(StringComparer.Ordinal);
        var index = 0;
        foreach (var each in value.Items("objects"))
        {
            var at = place.Below("objects").Below(index++);
            if (each.Text("classTitle") is null) at.Below("classTitle").Tell($"the title of a class was expected; {each.Member("classTitle").Found()} found.");
            else if (each.Text("key") is not { } key || !byKey.TryAdd(key, (each, at))) at.Below("key").Tell($"a key that no object before it has was expected; {each.Member("key").Found()} found.");
        }

        List<LabelledObject> objects = [];
        HashSet<string> drawn = new(StringComparer.Ordinal);
        index = 0;
        foreach (var figure in value.Items("figures"))
        {
            var at = place.Below("figures").Below(index++);
            if (figure.Text("objectKey") is not { } key || !byKey.TryGetValue(key, out var of)) at.Below("objectKey").Tell($"the key of an object was expected; {figure.Member("objectKey").Found()} found.");
            else
            {
                drawn.Add(key);
                if (Cuboid(figure, at) is { } cuboid) objects.Add(Object(of.Object, of.Place, figure, cuboid));
            }
        }

        foreach (var (key, of) in byKey)
            if (!drawn.Contains(key)) of.Place.Tell($"the object \"{key}\" has no figure, so nothing says where it is; it is left out.");
        return objects;
    }

    private static LabelledObject Object(JsonElement each, JsonPlace place, JsonElement figure, Cuboid cuboid)
    {
        var attributes = SuperviselyAnnotation.Tags(each, place);
        if ((figure.Text(LabelerLogin) ?? each.Text(LabelerLogin)) is { Length: > 0 } login) attributes.TryAdd(LabelerLogin, JsonFields.Of(login));
        return new LabelledObject(each.Text("classTitle")!, cuboid) { Id = figure.Text("key"), Track = each.Text("key"), Attributes = attributes };
    }

    private static Cuboid? Cuboid(JsonElement figure, JsonPlace place)
    {
        if (figure.Text("geometryType") != Cuboids)
        {
            place.Below("geometryType").Tell($"{Cuboids} was expected; {figure.Member("geometryType").Found()} found.");
            return null;
        }

        var (geometry, at) = (figure.Member("geometry") ?? default, place.Below("geometry"));
        if (at.Below("position").PositionByName(geometry.Member("position") ?? default) is not var (x, y, z)
            || at.Below("dimensions").Numbers(geometry.Member("dimensions") ?? default, "x", "y", "z") is not [var length, var width, var height] || !at.Below("dimensions").IsSize(length, width, height)
            || at.Below("rotation").Numbers(geometry.Member("rotation") ?? default, "x", "y", "z") is not [var aboutX, var aboutY, var aboutZ]) return null;
        return new Cuboid(x, y, z, length, width, height, Turns.AboutX(aboutX) * Quaternion.AboutY(aboutY) * Quaternion.AboutZ(aboutZ), SensorRig.LidarFrame);
    }
}
