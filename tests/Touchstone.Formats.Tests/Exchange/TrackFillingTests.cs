using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Cvat;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Interchange;
using Touchstone.Formats.LabelStudio;
using Touchstone.Formats.Mot;
using Touchstone.Formats.Scale;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

public sealed class TrackFillingTests
{
    /// <summary>A video of Label Studio's editor: two keyframes, the second of which is the last frame that shows the box.</summary>
    private const string Video = """
        [{"id":1,"data":{"video":"/data/upload/1/v.mp4"},"annotations":[{"id":1,"completed_by":1,"result":[{"id":"t1","from_name":"box","to_name":"video","type":"videorectangle","original_width":640,"original_height":480,
         "value":{"framesCount":20,"duration":2,"labels":["Car"],"sequence":[
          {"frame":1,"enabled":true,"rotation":0,"x":10,"y":10,"width":10,"height":10,"time":0.1},{"frame":11,"enabled":false,"rotation":0,"x":50,"y":50,"width":10,"height":10,"time":1.1}]}}]}]}]
        """;

    /// <summary>CVAT's XML 1.1 with the keyframes alone, as its documentation shows a track: the car goes at frame 6 and comes again at 8, until the clip ends.</summary>
    private const string Track = """
        <annotations><version>1.1</version><meta><task><id>1</id><size>11</size><mode>interpolation</mode><start_frame>0</start_frame><stop_frame>10</stop_frame>
        <labels><label><name>car</name><attributes><attribute><name>speed</name><mutable>True</mutable><input_type>number</input_type><values>0</values></attribute></attributes></label></labels>
        <original_size><width>100</width><height>100</height></original_size></task></meta>
        <track id="0" label="car">
         <box frame="0" keyframe="1" outside="0" occluded="0" xtl="0" ytl="0" xbr="10" ybr="10"><attribute name="speed">1</attribute></box>
         <box frame="4" keyframe="1" outside="0" occluded="1" xtl="8" ytl="4" xbr="18" ybr="14"><attribute name="speed">2</attribute></box>
         <box frame="6" keyframe="1" outside="1" occluded="1" xtl="12" ytl="4" xbr="22" ybr="14"><attribute name="speed">2</attribute></box>
         <box frame="8" keyframe="1" outside="0" occluded="0" xtl="40" ytl="4" xbr="50" ybr="14"><attribute name="speed">3</attribute></box>
        </track></annotations>
        """;

    private static async Task<Sample> SampleAsync(DatasetFormat format, TemporaryFolder folder, string name, string text)
    {
        await File.WriteAllTextAsync(folder[name], text, TestContext.Current.CancellationToken);
        return (await Exchanges.ReadAsync(format, folder[name])).Single();
    }

    private static IEnumerable<string> Boxes(Sample sample) =>
        sample.Opinions[0].Objects.Where(o => !o.IsOutside).OrderBy(o => o.Frame).Select(o => FormattableString.Invariant($"{o.Frame}: {o.Mark.Bounds!.X:0.###} {o.Mark.Bounds.Y:0.###} {o.Mark.Bounds.Width:0.###}"));

    [Fact]
    public async Task Rows_of_each_frame_have_the_boxes_between_keyframes_and_the_report_tells_it()
    {
        using var folder = new TemporaryFolder();
        var sample = await SampleAsync(new LabelStudioFormat(), folder, "v.json", Video);
        foreach (var to in (DatasetFormat[])[new MotFormat(), new ScaleFormat()])
        {
            var (after, losses) = await Exchanges.ThroughAsync(to, [sample], folder);
            Assert.Equal(Enumerable.Range(0, 11).Select(f => FormattableString.Invariant($"{f}: {64 + 25.6 * f:0.###} {48 + 19.2 * f:0.###} 64")), Boxes(after.Single()));
            Assert.Equal(9, losses.Losses.Single(l => l.Kind == "interpolated").Count);
        }

        var narrowed = new Narrowing(new MotFormat().Traits).Narrow(sample)!;
        Assert.Equal([0, 10], narrowed.Opinions[0].Objects.Where(o => o.IsKeyframe).Select(o => o.Frame!.Value));
    }

    [Fact]
    public async Task A_track_of_CVAT_is_filled_in_towards_where_it_goes_and_from_its_last_keyframe_to_the_end()
    {
        using var folder = new TemporaryFolder();
        var sample = await SampleAsync(new CvatVideoFormat(), folder, "v.xml", Track);
        var (after, losses) = await Exchanges.ThroughAsync(new MotFormat(), [sample], folder);
        Assert.Equal(["0: 0 0 10", "1: 2 1 10", "2: 4 2 10", "3: 6 3 10", "4: 8 4 10", "5: 10 4 10", "8: 40 4 10", "9: 40 4 10", "10: 40 4 10"], Boxes(after.Single()));
        Assert.Equal((6, 1), (losses.Losses.Single(l => l.Kind == "interpolated").Count, losses.Losses.Single(l => l.Kind == "outside").Count));
    }

    [Fact]
    public async Task Formats_with_keyframes_keep_them_and_fill_nothing_in()
    {
        using var folder = new TemporaryFolder();
        var sample = await SampleAsync(new LabelStudioFormat(), folder, "v.json", Video);
        foreach (var to in (DatasetFormat[])[new CvatVideoFormat(), new InterchangeFormat(), new LabelStudioFormat()])
        {
            var (after, losses) = await Exchanges.ThroughAsync(to, [sample], folder);
            Assert.Equal((1, 3), (after.Single().InterpolationStep, after.Single().Opinions[0].Objects.Count));
            Assert.DoesNotContain(losses.Losses, l => l.Kind.Contains("interpolated", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Frames_where_an_object_is_not_seen_stay_empty_in_formats_with_keyframes()
    {
        // MOT states each frame: between 1 and 4 nobody saw the box, and an editor must not draw it there.
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["mot/v/gt"]);
        await File.WriteAllTextAsync(folder["mot/v/seqinfo.ini"], "[Sequence]\nname=v\nimDir=img1\nframeRate=10\nseqLength=8\nimWidth=100\nimHeight=100\nimExt=.jpg\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["mot/v/gt/gt.txt"], "1,7,11,11,10,10,1,1,0.8\n2,7,13,11,10,10,1,1,0.75\n5,7,31,11,10,10,1,1,0.5\n6,7,33,11,10,10,1,1,0.5\n", TestContext.Current.CancellationToken);
        var sample = (await Exchanges.ReadAsync(new MotFormat(), folder["mot"])).Single();
        foreach (var through in (DatasetFormat[])[new LabelStudioFormat(), new CvatVideoFormat()])
        {
            var (there, _) = await Exchanges.ThroughAsync(through, [sample], folder);
            var (back, losses) = await Exchanges.ThroughAsync(new MotFormat(), there, folder);
            Assert.Equal(Boxes(sample), Boxes(back.Single()));
            Assert.DoesNotContain(losses.Losses, l => l.Kind == "interpolated");
        }
    }

    [Fact]
    public async Task What_is_said_of_an_object_frame_by_frame_comes_through_Label_Studio()
    {
        using var folder = new TemporaryFolder();
        var sample = await SampleAsync(new CvatVideoFormat(), folder, "v.xml", Track);
        var (studio, losses) = await Exchanges.ThroughAsync(new LabelStudioFormat(), [sample], folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        static IEnumerable<string> Said(Sample of) => of.Opinions[0].Objects.Where(o => !o.IsOutside).Select(o => $"{o.Frame} {o.Attributes["speed"]} {o.Attributes.GetValueOrDefault(CommonAttributes.Occluded)}");
        Assert.Equal(["0 1", "4 2", "8 3"], Said(sample).Select(s => s[..3]));
        Assert.Equal(Said(sample), Said(studio.Single()).Where(s => s[0] != '5'));
        Assert.Equal("5 2", Said(studio.Single()).Single(s => s[0] == '5')[..3]);          // the last frame that shows the box, which Label Studio states
    }

    [Fact]
    public void Boxes_turn_the_shorter_way_and_masks_are_not_guessed()
    {
        Sample sample = new() { Name = "v", Kind = Touchstone.Annotations.Selectors.InputKind.Clip, FrameCount = 3, InterpolationStep = 1 };
        static LabelledObject At(int frame, ShapeGeometry geometry, string track = "1") => new("car", new Outline(geometry)) { Track = track, Frame = frame };
        var all = TrackFilling.Fill([At(0, new RotatedBox(0, 0, 4, 2, 0.9 * Math.PI)), At(2, new RotatedBox(4, 2, 4, 2, -0.9 * Math.PI))], sample, out var filled, out var left);
        var middle = (RotatedBox)((Outline)all[1].Mark).Geometry;
        Assert.Equal((1, 0, false, 2.0, 1.0), (filled, left, all[1].IsKeyframe, middle.CentreX, middle.CentreY));
        Assert.Equal(Math.PI, middle.Angle, 1e-12);
        Assert.Equal(2, TrackFilling.Fill([At(0, new Polygon([new(0, 0), new(1, 0), new(1, 1)])), At(2, new Polygon([new(0, 0), new(2, 0), new(1, 1)]))], sample, out _, out left).Count);
        Assert.Equal(1, left);
        _ = TrackFilling.Fill([At(0, new Box(0, 0, 1, 1)), At(int.MaxValue, new Box(0, 0, 1, 1))], sample, out filled, out left);
        Assert.Equal((0, int.MaxValue - 1L), (filled, left));
    }
}
