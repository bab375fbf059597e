using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Interchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Every label file that other programs wrote is read: without it a data set says something else, or it gives samples where it is opened alone, as one of several files that say the same.</summary>
public sealed class FixturesTests
{
    /// <summary>Every data set of the folders, with the formats that it is in.</summary>
    private static readonly (string Place, string[] Formats)[] Datasets =
    [
        ("interop/same_100_images/coco_format_v1", ["coco"]), ("interop/same_100_images/coco_format_v2", ["coco"]), ("interop/same_100_images/detections_coco", ["coco"]), ("interop/same_100_images/cvat_format", ["cvat"]),
        ("interop/same_100_images/openimages_format", ["openimages"]), ("interop/same_100_images/yolo", ["yolo-darknet"]), ("interop/same_100_images/voc", ["voc"]), ("interop/same_100_images/imagenet", ["imagenet"]),
        ("interop/same_100_images/labelme", ["labelme"]), ("interop/openlabel", ["openlabel"]), ("interop/label_studio", ["label-studio"]), ("interop/mmdet3d_coco3d", ["coco"]), ("interop/cocovid", ["coco"]),
        ("interop/datumaro/coco_dataset/coco", ["coco", "coco-panoptic"]), ("interop/datumaro/cvat_dataset/for_images/export_project", ["cvat"]), ("interop/datumaro/cvat_dataset/for_images/export_task", ["cvat"]),
        ("interop/datumaro/cvat_dataset/for_video", ["cvat-video"]), ("interop/datumaro/datumaro_dataset/legacy", ["datumaro"]), ("interop/datumaro/kitti_dataset/kitti_3d", ["kitti"]),
        ("interop/datumaro/kitti_dataset/kitti_detection", ["kitti"]), ("interop/datumaro/kitti_dataset/kitti_raw", ["kitti-raw"]), ("interop/datumaro/labelme_dataset", ["labelme-xml"]), ("interop/datumaro/mot_dataset", ["mot"]),
        ("interop/datumaro/mots_dataset/train", ["mots-png"]), ("interop/datumaro/mots_dataset/val", ["mots-png"]), ("interop/datumaro/open_images_dataset/v6", ["openimages"]), ("interop/datumaro/sly_pointcloud_dataset", ["supervisely-clouds"]),
        ("interop/datumaro/voc_dataset/voc_dataset1", ["voc"]), ("interop/datumaro/vott_csv_dataset", ["vott-csv"]), ("interop/datumaro/vott_json_dataset", ["vott"]), ("interop/datumaro/yolo_dataset/strict", ["yolo-darknet"]),
        ("driving/kitti_object", ["kitti"]), ("driving/nuscenes_sample", ["mmdet3d-nuscenes"]), ("driving/ddad_dgp", ["dgp"]), ("driving/sustech", ["sustech"]), ("driving/mapillary_vistas", ["mapillary-vistas"]), ("driving/voc_street", ["voc"]),
        ("driving/davis_car_shadow/derived_mot_gt.txt", ["mot"]), ("driving/mot15_gt_only/TUD-Campus", ["mot"]), ("driving/mot15_gt_only/TUD-Stadtmitte", ["mot"]),
        ("driving/mot15_gt_only/tracker_results/TUD-Campus.txt", ["mot"]), ("driving/mot15_gt_only/tracker_results/TUD-Stadtmitte.txt", ["mot"]),
    ];

    /// <summary>Files that are no labels, by a part of their paths, and what they are.</summary>
    private static readonly (string Part, string What)[] NoLabels =
    [
        ("README.md", "words"), ("LICENSE.source.txt", "words"), ("openlabel/schema/", "the schema that OpenLABEL's files follow"), ("label_studio/label_config.xml", "what was asked, which the answers name again"),
        ("sly_pointcloud_dataset/key_id_map.json", "numbers of a server's tables"), ("sly_pointcloud_dataset/ds0/related_images/", "matrices of photos, all zero"),
        ("same_100_images/yolo/obj.data", "the names of the other files, which are found without it"), ("/feature_ontology/", "the list of attributes, which boxes give by name"), ("kitti_3d/calib/", "calibration"), ("kitti_object/training/calib/", "calibration"), ("nuscenes_sample/n015-2018-07-24-11-22-45+0800.pkl", "what sample_info.json says"),
    ];

    /// <summary>Pictures are not beside all labels that count in parts of them.</summary>
    private static readonly FormatOptions Options = new() { AssumedSize = (500, 375) };

    private static readonly string[] Others = [".jpg", ".png", ".bin", ".pcd", ".npz", ".mp4"];

    private static bool IsText(string path) => !Others.Contains(Path.GetExtension(path));

    [Fact]
    public async Task Every_label_file_is_read()
    {
        List<string> unread = [];
        HashSet<string> met = new(StringComparer.Ordinal);
        foreach (var (place, formats) in Datasets)
        {
            using var folder = new TemporaryFolder();
            var root = Copy(TestData.Find(Assert.Skip, place.Split('/')), folder.Path);
            var opened = File.Exists(Path.Combine(folder.Path, Path.GetFileName(place))) ? Path.Combine(folder.Path, Path.GetFileName(place)) : folder.Path;
            var whole = await SaidAsync(opened, formats);
            foreach (var file in root)
            {
                var path = opened == folder.Path ? $"{place}/{file}" : place;
                met.Add(path);
                if (NoLabels.Any(n => path.Contains(n.Part, StringComparison.Ordinal))) continue;
                if (place.Contains("coco", StringComparison.Ordinal) && await IsReadAloneAsync(folder[file], formats)) continue;
                var content = await File.ReadAllBytesAsync(folder[file], TestContext.Current.CancellationToken);
                File.Delete(folder[file]);
                if (await SaidAsync(opened, formats) == whole) unread.Add(path);
                await File.WriteAllBytesAsync(folder[file], content, TestContext.Current.CancellationToken);
            }
        }

        foreach (var top in (ReadOnlySpan<string>)["interop", "driving"])
        {
            var data = TestData.Find(Assert.Skip, top);
            foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(IsText))
                if ($"{top}/{Path.GetRelativePath(data, file)}" is var path && !met.Contains(path) && !NoLabels.Any(n => path.Contains(n.Part, StringComparison.Ordinal))) unread.Add($"{path} (of no data set here)");
        }

        Assert.True(unread.Count == 0, string.Join('\n', unread));
    }

    /// <summary>Copies a data set; of sweeps and films only that they are there.</summary>
    /// <returns>Its files of text.</returns>
    private static List<string> Copy(string from, string to)
    {
        var root = File.Exists(from) ? Path.GetDirectoryName(from)! : from;
        List<string> texts = [];
        foreach (var file in File.Exists(from) ? [from] : Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
            if (IsText(file)) texts.Add(name);
            if (IsText(file) || file.EndsWith(".png", StringComparison.Ordinal)) File.Copy(file, Path.Combine(to, name));
            else if (file.EndsWith(".jpg", StringComparison.Ordinal)) File.CreateSymbolicLink(Path.Combine(to, name), file);
            else File.WriteAllBytes(Path.Combine(to, name), []);
        }

        return texts;
    }

    private static async Task<bool> IsReadAloneAsync(string path, string[] formats)
    {
        foreach (var id in formats)
        {
            if (FormatRegistry.Find(id)!.Recognise(DatasetSource.Open(path)).Count == 0) continue;
            if ((await Exchanges.ReadAsync(FormatRegistry.Find(id)!, path, faults: new FaultLog())).Count > 0) return true;
        }

        return false;
    }

    /// <summary>A digest of all that is read, with the classes; faults are not part of it. What cannot be read at all says nothing.</summary>
    private static async Task<string> SaidAsync(string path, string[] formats)
    {
        StringBuilder said = new();
        foreach (var id in formats)
        {
            var format = FormatRegistry.Find(id)!;
            try
            {
                var source = DatasetSource.Open(path);
                using var buffer = new MemoryStream();
                await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
                SampleJsonWriter.Write(json, await format.FactsAsync(source, Options, TestContext.Current.CancellationToken));
                await foreach (var sample in format.ReadAsync(source, Options, new FaultLog(), TestContext.Current.CancellationToken)) SampleJsonWriter.Write(json, sample);
                await json.FlushAsync(TestContext.Current.CancellationToken);
                said.Append(Convert.ToHexString(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length))));
            }
            catch (Exception fault) when (fault is FileFormatFaultException or FileNotFoundException)
            {
                said.Append("nothing");
            }
        }

        return said.ToString();
    }
}
