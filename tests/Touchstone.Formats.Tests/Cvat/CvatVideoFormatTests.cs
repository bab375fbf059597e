using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Cvat;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Cvat;

public sealed class CvatVideoFormatTests
{
    private static readonly CvatVideoFormat Cvat = new();

    private static string Video => TestData.Find(Assert.Skip, "interop", "datumaro", "cvat_dataset", "for_video");

    [Fact]
    public async Task A_clip_has_its_tracks_frame_by_frame()
    {
        var clip = (await Exchanges.ReadAsync(Cvat, Video)).Single();
        Assert.Equal(("t.mp4", InputKind.Clip, 25, 20, 20), (clip.Name, clip.Kind, clip.WidthPx, clip.HeightPx, clip.FrameCount));
        Assert.Equal("step=3", clip.Facts["frame_filter"].GetString());
        Assert.Equal(2, clip.Facts["segments"].GetArrayLength());
        var objects = clip.Opinions.Single().Objects;
        Assert.Equal(
            ["II 0 10 drawn", "II 0 13 away", "II 0 16 away", "klhg 1 10 drawn", "klhg 1 13 away", "II 2 13 drawn", "II 2 16 away"],
            objects.Select(o => $"{o.Class} {o.Track} {o.Frame} {(o.IsOutside ? "away" : "drawn")}"));
        Assert.Equal(new Outline(new Box(3, 4, 7, 1)), objects[0].Mark);
        Assert.True(objects[0].Attributes[CommonAttributes.Occluded].GetBoolean());
        Assert.Equal("hgkf", objects[3].Attributes["hgl"].GetString());
        Assert.Equal(new Keypoint(21.95, 8, Visibility.Visible), ((Keypoints)((Outline)objects[3].Mark).Geometry).Points[0]);
        Assert.Equal(4, ((Polyline)((Outline)objects[5].Mark).Geometry).Points.Count);
    }

    [Fact]
    public Task What_is_written_is_read_again_as_it_was() => Exchanges.AssertRoundTripAsync(Cvat, Video);

    [Fact]
    public async Task The_head_is_written_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var before = (await Exchanges.ReadAsync(Cvat, Video)).Single();
        var facts = await Cvat.FactsAsync(DatasetSource.Open(Video), FormatOptions.Default, TestContext.Current.CancellationToken);
        var (after, _) = await Exchanges.ThroughAsync(Cvat, [before], folder, facts);
        Assert.Equal(JsonSerializer.Serialize(before.Facts), JsonSerializer.Serialize(after.Single().Facts));
        Assert.Equal((before.FrameCount, before.Split), (after[0].FrameCount, after[0].Split));
    }

    [Fact]
    public async Task Attributes_that_do_not_change_hold_for_the_whole_track()
    {
        var clip = await ReadTextAsync("""
            <meta><task><labels><label><name>car</name><attributes><attribute><name>make</name><mutable>False</mutable><input_type>select</input_type></attribute><attribute><name>lights</name><mutable>True</mutable><input_type>checkbox</input_type></attribute></attributes></label></labels></task></meta>
            <track id="7" label="car" source="semi-auto" group_id="3"><box frame="0" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="2" ybr="2"><attribute name="make">Saab</attribute><attribute name="lights">true</attribute></box><box frame="5" keyframe="0" outside="0" occluded="0" xtl="1" ytl="1" xbr="2" ybr="2"/></track>
            """);
        var objects = clip.Opinions[0].Objects;
        Assert.Equal("""{"make":"Saab","lights":true,"source":"semi-auto","group_id":3}""", JsonSerializer.Serialize(objects[0].Attributes));
        Assert.Equal("""{"source":"semi-auto","group_id":3,"make":"Saab"}""", JsonSerializer.Serialize(objects[1].Attributes));
        Assert.Equal([true, false], objects.Select(o => o.IsKeyframe));
    }

    [Fact]
    public async Task Tracks_that_only_name_their_frames_are_ended_where_they_end()
    {
        using var folder = new TemporaryFolder();
        LabelledObject At(string? track, int frame) => new("car", new Outline(new Box(frame, 1, 2, 3))) { Track = track, Frame = frame };
        var clip = new Sample { Name = "c.mp4", Kind = InputKind.Clip, FrameCount = 8, Opinions = [new Opinion { Objects = [At("a", 0), At("a", 1), At("a", 5), At("a", 6), At("a", 7), At(null, 2), At(null, 3)] }] };
        var (after, _) = await Exchanges.ThroughAsync(Cvat, [clip], folder);
        Assert.Equal(["a 0", "a 1", "a 2 away", "a 5", "a 6", "a 7", "0 2", "0 3 away", "1 3", "1 4 away"], after.Single().Opinions[0].Objects.Select(o => $"{o.Track} {o.Frame}{(o.IsOutside ? " away" : "")}"));
    }

    [Fact]
    public async Task A_project_has_one_clip_a_task()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.xml"], """
            <annotations><meta><project><name>p</name><tasks><task><id>4</id><name>one</name><subset>Train</subset><stop_frame>9</stop_frame></task><task><id>5</id><source>two.mp4</source></task></tasks><labels/></project></meta>
            <track id="0" label="car" task_id="5" subset="default"><box frame="0" outside="0" xtl="1" ytl="1" xbr="2" ybr="2"/></track></annotations>
            """, TestContext.Current.CancellationToken);
        var clips = await Exchanges.ReadAsync(Cvat, folder.Path);
        Assert.Equal([("one", "Train", 10, 0), ("two.mp4", null, 0, 1)], clips.Select(c => (c.Name, c.Split, c.FrameCount, c.Opinions[0].Objects.Count)));
        await Exchanges.AssertRoundTripAsync(Cvat, Video);
    }

    [Fact]
    public async Task Clips_of_every_kind_survive()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomSamples(seed, Cvat.Traits.Marks);
            List<LabelledObject> objects = [];
            for (var track = 0; track < 4; track++)
            {
                var first = random.Object(30, 20);
                for (var frame = 0; frame < 4; frame++)
                    objects.Add(first with { Mark = random.MarkOf(first.Mark.Kind, 30, 20), Track = $"{track}", Frame = frame * 2 + track, IsKeyframe = frame % 2 == 0, IsOutside = frame == 3 && first.Mark.Kind != MarkKind.Keypoints });
            }

            var clip = new Sample { Name = $"a & <b>{seed}.mp4", Kind = InputKind.Clip, WidthPx = 30, HeightPx = 20, FrameCount = 40, Split = seed % 2 == 0 ? "train" : null, Opinions = [new Opinion { Objects = objects }] };
            var facts = new DatasetFacts { Classes = [new ObjectClass("person") { Keypoints = ["nose", "left", "right"] }] };
            var (after, losses) = await Exchanges.ThroughAsync(Cvat, [clip], folder, facts);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame([clip], after, 1e-6);
            Assert.Equal(clip.Opinions[0].Objects.Select(o => o.IsKeyframe), after[0].Opinions[0].Objects.Select(o => o.IsKeyframe));
        }
    }

    [Fact]
    public async Task A_bad_shape_is_told_with_its_line_and_the_others_are_read()
    {
        var faults = new FaultLog();
        var clip = await ReadTextAsync("<meta/>\n<track label=\"car\">\n<box frame=\"-1\" xtl=\"1\" ytl=\"1\" xbr=\"2\" ybr=\"2\"/>\n<box frame=\"2\" xtl=\"3\" ytl=\"1\" xbr=\"2\" ybr=\"2\"/>\n<box frame=\"3\" xtl=\"1\" ytl=\"1\" xbr=\"2\" ybr=\"2\"/></track>\n<track/>\n<image/>", faults);
        Assert.Equal(3, clip.Opinions[0].Objects.Single().Frame);
        Assert.Equal(
            ["a.xml: line 3: <box> has frame \"-1\"; a whole number from 0 was expected.", "a.xml: line 4: xbr 2 and ybr 2 must not be below xtl 3 and ytl 1.", "a.xml: line 6: <track> has no label.", "a.xml: line 7: <image> belongs to CVAT for images; <track> was expected."],
            faults.Kept.Select(f => f.ToString()));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone() =>
        await Mutations.OfFileAsync(Cvat, await File.ReadAllBytesAsync(Path.Combine(Video, "annotations.xml"), TestContext.Current.CancellationToken), "a.xml", seed: 1, cases: 2_000);

    [Fact]
    public void It_is_recognised_and_claims_no_other_format()
    {
        Assert.Equal(["datumaro/cvat_dataset/for_video/annotations.xml"], Cvat.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop"))).Select(r => r.Place));
        Assert.Equal("cvat-video", FormatRegistry.Recognise(DatasetSource.Open(Video))[0].Format);
    }

    private static async Task<Sample> ReadTextAsync(string body, FaultLog? faults = null)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.xml"], $"<annotations>{body}</annotations>", TestContext.Current.CancellationToken);
        return (await Exchanges.ReadAsync(Cvat, folder.Path, faults: faults)).Single();
    }
}
