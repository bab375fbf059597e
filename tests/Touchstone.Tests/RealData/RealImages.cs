using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Files.Images;
using Touchstone.Files.Png;
using Touchstone.Formats.Truth;
using Touchstone.Testing;

namespace Touchstone.Tests.RealData;

/// <summary>One real photograph with the boxes that its data set states.</summary>
/// <param name="Path">Where it is on this machine.</param>
/// <param name="WidthPx">Width as a person sees it.</param>
/// <param name="HeightPx">Height as a person sees it.</param>
/// <param name="Boxes">What the data set says is there.</param>
public sealed record RealImage(string Path, int WidthPx, int HeightPx, IReadOnlyList<TruthBox> Boxes);

/// <summary>Photographs of streets from four data sets. Each ends the test as skipped where the data is not at hand.</summary>
public static class RealImages
{
    /// <summary>16 photographs of PASCAL VOC.</summary>
    public static IReadOnlyList<RealImage> VocStreet()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "voc_street");
        return [.. Files(Path.Combine(folder, "annotations_voc"), "*.xml").Select(xml =>
        {
            using var stream = File.OpenRead(xml);
            var truth = VocReader.Read(stream, Path.GetFileName(xml));
            return new RealImage(Path.Combine(folder, "images", Path.GetFileNameWithoutExtension(xml) + ".jpg"), truth.WidthPx, truth.HeightPx, truth.Boxes);
        })];
    }

    /// <summary>2 frames of KITTI's object set, left colour camera.</summary>
    public static IReadOnlyList<RealImage> KittiObject()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "kitti_object", "training");
        return [.. Files(Path.Combine(folder, "label_2"), "*.txt").Select(labels =>
        {
            using var text = File.OpenText(labels);
            return Probed(Path.Combine(folder, "image_2", Path.GetFileNameWithoutExtension(labels) + ".png"), KittiReader.Read(text, Path.GetFileName(labels)).Boxes);
        })];
    }

    /// <summary>18 pictures of DDAD: two scenes, three cameras, three moments. Entries whose picture is not there are passed over, as the data set has them.</summary>
    public static IReadOnlyList<RealImage> Ddad() =>
        [.. Directory.GetDirectories(TestData.Find(Assert.Skip, "driving", "ddad_dgp"), "scene_*").Order(StringComparer.Ordinal).SelectMany(DgpScene.Read)];

    /// <summary>9 photographs of Mapillary Vistas; a thing's box is the extent of its instance mask. Classes are the data set's own, <c>object--vehicle--car</c> and so on.</summary>
    /// <param name="classes">The classes to give boxes for.</param>
    public static IReadOnlyList<RealImage> Mapillary(params string[] classes)
    {
        var folder = TestData.Find(Assert.Skip, "driving", "mapillary_vistas");
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        var names = config.RootElement.GetProperty("labels").EnumerateArray().Select(l => l.GetProperty("name").GetString()!).ToArray();
        return [.. Files(Path.Combine(folder, "instances"), "*.png").Select(mask =>
        {
            using var stream = File.OpenRead(mask);
            var boxes = InstanceMask.Boxes(PngReader.Read(stream)).Where(b => classes.Contains(names[b.Class])).Select(b => new TruthBox(names[b.Class], b.Box)).ToArray();
            return Probed(Path.Combine(folder, "images", Path.GetFileNameWithoutExtension(mask) + ".jpg"), boxes);
        })];
    }

    internal static RealImage Probed(string path, IReadOnlyList<TruthBox> boxes) => ImageProbe.TryProbe(path, out var image, out var fault)
        ? new RealImage(path, image.WidthPx, image.HeightPx, boxes)
        : throw new InvalidDataException($"{path}: {fault}");

    private static IOrderedEnumerable<string> Files(string folder, string pattern) => Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal);
}

/// <summary>The 2D boxes of a scene in the Dataset Governance Policy's layout, as DDAD comes in.</summary>
internal static class DgpScene
{
    private const string Boxes2D = "0";

    public static IEnumerable<RealImage> Read(string folder)
    {
        using var scene = JsonDocument.Parse(File.ReadAllBytes(Directory.GetFiles(folder, "scene_*.json").Single()));
        using var ontology = JsonDocument.Parse(File.ReadAllBytes(Directory.GetFiles(Path.Combine(folder, "ontology"), "*.json").Single()));
        var names = ontology.RootElement.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("id").GetInt32(), i => i.GetProperty("name").GetString()!);
        var images = new List<RealImage>();
        foreach (var data in scene.RootElement.GetProperty("data").EnumerateArray())
        {
            if (!data.GetProperty("datum").TryGetProperty("image", out var image)) continue;
            var path = Path.Combine(folder, image.GetProperty("filename").GetString()!);
            if (!File.Exists(path) || !image.GetProperty("annotations").TryGetProperty(Boxes2D, out var annotations)) continue;
            images.Add(new RealImage(path, image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32(), ReadBoxes(Path.Combine(folder, annotations.GetString()!), names)));
        }

        return images;
    }

    private static TruthBox[] ReadBoxes(string path, Dictionary<int, string> names)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("annotations").EnumerateArray().Select(a =>
        {
            var box = a.GetProperty("box");
            return new TruthBox(
                names[a.GetProperty("class_id").GetInt32()],
                new Box(box.GetProperty("x").GetDouble(), box.GetProperty("y").GetDouble(), box.GetProperty("w").GetDouble(), box.GetProperty("h").GetDouble()),
                a.GetProperty("iscrowd").GetBoolean());
        })];
    }
}

/// <summary>Masks whose samples are class * 256 + instance.</summary>
internal static class InstanceMask
{
    /// <summary>The extent of each instance, in the order of class and instance.</summary>
    public static IEnumerable<(int Class, int Instance, Box Box)> Boxes(PngImage mask)
    {
        var extents = new SortedDictionary<ushort, (int Left, int Top, int Right, int Bottom)>();
        var samples = mask.ToIndices();
        for (var y = 0; y < mask.HeightPx; y++)
        {
            for (var x = 0; x < mask.WidthPx;)
            {
                var value = samples[y * mask.WidthPx + x];
                var from = x;
                while (x < mask.WidthPx && samples[y * mask.WidthPx + x] == value) x++;
                extents[value] = extents.TryGetValue(value, out var e) ? (Math.Min(e.Left, from), e.Top, Math.Max(e.Right, x), y + 1) : (from, y, x, y + 1);
            }
        }

        return extents.Select(e => (e.Key >> 8, e.Key & 255, new Box(e.Value.Left, e.Value.Top, e.Value.Right - e.Value.Left, e.Value.Bottom - e.Value.Top)));
    }
}
