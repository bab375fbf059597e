using System.Diagnostics;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.OpenLabel;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Tests.Json;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.OpenLabel;

/// <summary>What is written fits the published schema by the word of a validator that is not ours: Ajv, in <c>tests/schemas</c>.</summary>
public sealed class OpenLabelSchemaTests
{
    private static readonly MarkKind[] Kinds = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polygons, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Cuboid];

    private static readonly (string Format, string Path, long Least)[] Sources =
    [
        ("openlabel", "interop/openlabel/openlabel100_kitti_tracking_0012.json", 931),
        ("openlabel", "interop/openlabel/openlabel100_test_scene_KITTI_Tracking_3.json", 1782),
        ("openlabel", "interop/openlabel/openlabel100_test_relations_3.json", 0),
        ("openlabel", "interop/openlabel/openlabel100_test_openlabel_tags_complex_2.json", 0),
        ("coco", "interop/same_100_images/coco_format_v1", 10),
        ("coco-panoptic", "interop/datumaro/coco_dataset/coco", 3),
        ("cvat", "interop/same_100_images/cvat_format", 10),
        ("cvat-video", "interop/datumaro/cvat_dataset/for_video", 1),
        ("kitti", "driving/kitti_object", 5),
        ("kitti-raw", "interop/datumaro/kitti_dataset/kitti_raw", 1),
        ("mot", "driving/mot15_gt_only", 1_500),
        ("mots-png", "interop/datumaro/mots_dataset", 1),
        ("davis", "driving/davis_car_shadow", 40),
        ("index-masks", "driving/camvid", 150),
        ("lane-masks", "driving/tusimple_lanes", 8),
        ("label-studio", "interop/label_studio", 1),
        ("voc", "interop/same_100_images/voc", 10),
    ];

    [Fact]
    public async Task What_is_written_of_videos_cuboids_polygons_masks_lines_and_tags_validates()
    {
        var checker = Path.Combine(Repository.Root, "tests", "schemas", "node_modules", "ajv") is var ajv && Directory.Exists(ajv) ? Path.Combine(Repository.Root, "tests", "schemas", "check.mjs") : null;
        if (checker is null && TestData.IsRequired) Assert.Fail("tests/schemas has no node_modules: npm ci in it installs them, as ./test does.");
        if (checker is null) Assert.Skip("Run npm ci in tests/schemas to run this test.");
        using var folder = new TemporaryFolder();
        foreach (var (format, path, least) in Sources)
        {
            ConversionPlan plan = new() { From = FormatRegistry.Find(format)!, To = new OpenLabelFormat() };
            var result = await Conversion.RunAsync(plan, DatasetSource.Open(TestData.Find(Assert.Skip, path.Split('/'))), DatasetTarget.Folder(folder[$"{format} {Path.GetFileName(path)}"]), new FaultLog(), cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(result.Written > 0 && result.Objects >= least, $"{format} {path}: {result.Written} inputs, {result.Objects} objects");
        }

        await Exchanges.WriteAsync(new OpenLabelFormat(), [.. Enumerable.Range(0, 60).Select(seed => new GeneratedSamples(seed).Image(Kinds))], folder["generated"]);
        var (code, output) = await RunAsync("node", checker!, TestData.Find(Assert.Skip, "interop", "openlabel", "schema", "openlabel_json_schema-v1.0.0.json"), folder.Path);
        Assert.True(code == 0, output);
        Assert.EndsWith($"{Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).Length} documents, 0 faults\n", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
