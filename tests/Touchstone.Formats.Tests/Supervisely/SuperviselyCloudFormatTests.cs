using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Supervisely;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Supervisely;

public sealed class SuperviselyCloudFormatTests
{
    private static readonly SuperviselyCloudFormat Clouds = new();

    private static string Dataset => TestData.Find(Assert.Skip, "interop", "datumaro", "sly_pointcloud_dataset");

    [Fact]
    public async Task Every_figure_is_a_cuboid_of_its_object_and_objects_without_one_are_told()
    {
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Clouds, Dataset, faults: faults);
        Assert.Equal(["ds0/pointcloud/frame1.pcd", "ds0/pointcloud/frame2.pcd"], samples.Select(s => s.Name));
        Assert.All(samples, s => Assert.Equal((InputKind.Scene, null), (s.Kind, s.Split)));
        var (drawn, objects) = (0, 0);
        foreach (var sample in samples)
        {
            using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Dataset, sample.Name.Replace("pointcloud", "ann", StringComparison.Ordinal) + ".json"), TestContext.Current.CancellationToken));
            var byKey = file.RootElement.GetProperty("objects").EnumerateArray().ToDictionary(o => o.GetProperty("key").GetString()!);
            objects += byKey.Count;
            Assert.Equal(file.RootElement.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("name").GetString()), sample.Opinions[0].Answers.Keys);
            foreach (var (figure, each) in file.RootElement.GetProperty("figures").EnumerateArray().Zip(sample.Opinions[0].Objects, (f, o) => (f, o)))
            {
                drawn++;
                var (geometry, of, cuboid) = (figure.GetProperty("geometry"), byKey[figure.GetProperty("objectKey").GetString()!], (Cuboid)each.Mark);
                Assert.Equal((of.GetProperty("classTitle").GetString(), figure.GetProperty("key").GetString(), of.GetProperty("key").GetString()), (each.Class, each.Id, each.Track));
                Assert.Equal(Numbers(geometry, "position").Concat(Numbers(geometry, "dimensions")), [cuboid.X, cuboid.Y, cuboid.Z, cuboid.Length, cuboid.Width, cuboid.Height]);
                Assert.Equal((Quaternion.Identity, SensorRig.LidarFrame), (cuboid.Rotation, cuboid.Frame));
                foreach (var tag in of.GetProperty("tags").EnumerateArray()) Assert.Equal(tag.GetProperty("value").ToString(), each.Attributes[tag.GetProperty("name").GetString()!].ToString());
            }
        }

        Assert.Equal((3, objects - 3), (drawn, faults.Kept.Count(f => f.Message.Contains("has no figure", StringComparison.Ordinal))));
        Assert.Equal(faults.Count, objects - drawn);
        Assert.Equal(["supervisely-clouds"], FormatRegistry.Recognise(DatasetSource.Open(Dataset)).Select(r => r.Format));
        var facts = await Clouds.FactsAsync(DatasetSource.Open(Dataset), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["car #fa3253", "bus #fafa37"], facts.Classes.Select(c => $"{c.Name} {c.Colour}"));
    }

    private static IEnumerable<double> Numbers(JsonElement geometry, string member) => ((ReadOnlySpan<string>)["x", "y", "z"]).ToArray().Select(axis => geometry.GetProperty(member).GetProperty(axis).GetDouble());

    [Fact]
    public Task Damaged_files_give_faults_alone() => Mutations.OfFolderAsync(Clouds, Dataset, cases: 1_000, seed: 92);
}
