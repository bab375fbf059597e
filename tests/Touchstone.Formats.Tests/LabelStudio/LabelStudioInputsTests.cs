using Touchstone.Formats.Exchange;
using Touchstone.Formats.LabelStudio;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.LabelStudio;

/// <summary>Tasks of several pictures, as the editor exports them: two Image tags, and one Image tag with valueList.</summary>
public sealed class LabelStudioInputsTests
{
    private static readonly LabelStudioFormat Studio = new();

    private static string Box(string id, string toName, int x, string more = "") =>
        $$"""{"id":"{{id}}","from_name":"label","to_name":"{{toName}}","type":"rectanglelabels","original_width":100,"original_height":100,"image_rotation":0,{{more}}"value":{"x":{{x}},"y":10,"width":10,"height":20,"rotation":0,"rectanglelabels":["Cat"]} }""";

    private static async Task<List<Sample>> ReadAsync(TemporaryFolder folder, string text, FaultLog? faults = null)
    {
        Directory.CreateDirectory(folder["ls"]);
        await File.WriteAllTextAsync(folder["ls/export.json"], text, TestContext.Current.CancellationToken);
        return await Exchanges.ReadAsync(Studio, folder["ls"], faults: faults);
    }

    private static IEnumerable<string> Of(IEnumerable<Sample> samples) =>
        samples.Select(s => $"{s.Name}: {string.Join(',', s.Opinions.SelectMany(o => o.Objects).Select(o => FormattableString.Invariant($"{o.Mark.Bounds!.X:0}")))}");

    [Fact]
    public async Task Each_picture_of_a_task_is_a_sample_with_its_own_results()
    {
        using var folder = new TemporaryFolder();
        var samples = await ReadAsync(folder, $$"""
            [{"id":4,"data":{"img1":"a.jpg","img2":"b.jpg"},"annotations":[{"id":1,"completed_by":7,"lead_time":9,"result":[{{Box("r1", "img1", 1)}},{{Box("r2", "img2", 2)}},
              {"id":"r2","from_name":"kind","to_name":"img2","type":"choices","value":{"choices":["tabby"]} },{"id":"c","from_name":"same","to_name":"img1,img2","type":"pairwise","value":{"selected":"left"} }]},
              {"id":2,"completed_by":8,"was_cancelled":true,"result":[]}]}]
            """);
        Assert.Equal(["a.jpg: 1", "b.jpg: 2"], Of(samples));
        Assert.Equal("tabby", samples[1].Opinions[0].Objects.Single().Attributes["kind"].GetString());
        Assert.Equal("left", samples[0].Opinions[0].Answers["same"].GetString());
        Assert.Equal([9.0, null], samples.Select(s => s.Opinions[0].Seconds));
        Assert.All(samples, s => Assert.Equal(("task-4", OpinionKind.Skipped), (s.Scene, s.Opinions[1].Kind)));
        var (after, _) = await Exchanges.ThroughAsync(Studio, samples, folder);
        Exchanges.AssertSame(samples, after, 1e-9);
    }

    [Fact]
    public async Task Each_page_of_a_list_is_a_sample_also_one_without_results()
    {
        using var folder = new TemporaryFolder();
        var samples = await ReadAsync(folder, $$"""
            [{"id":4,"data":{"pages":["p/1.png","p/2.png","p/3.png"],"source":"x"},"annotations":[{"id":1,"result":[{{Box("r1", "pages", 1, "\"item_index\":0,")}},{{Box("r2", "pages", 2, "\"item_index\":2,")}},
              {"type":"relation","from_id":"r1","to_id":"r2","direction":"right"}]}]}]
            """, new FaultLog());
        Assert.Equal(["p/1.png: 1", "p/2.png: ", "p/3.png: 2"], Of(samples));
        Assert.Equal([1, 2, 3], samples.Select(s => s.Facts["label_studio_page"].GetDouble()));
        var (after, losses) = await Exchanges.ThroughAsync(Studio, samples, folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(samples, after, 1e-9);
        Assert.Equal(samples.Select(s => s.Facts["label_studio_data"].GetRawText()), after.Select(s => s.Facts["label_studio_data"].GetRawText()));
    }

    [Fact]
    public async Task The_configuration_tells_which_member_a_tag_shows()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["ls"]);
        await File.WriteAllTextAsync(folder["ls/label_config.xml"], """<View><Image name="left" value="$before"/><Image name="right" value="$after"/><RectangleLabels name="label" toName="left"><Label value="Cat"/></RectangleLabels></View>""", TestContext.Current.CancellationToken);
        var samples = await ReadAsync(folder, $$"""[{"id":4,"data":{"before":"a.jpg","after":"b.jpg"},"annotations":[{"id":1,"result":[{{Box("r2", "right", 2)}},{{Box("r1", "left", 1)}}]}]}]""");
        Assert.Equal(["b.jpg: 2", "a.jpg: 1"], Of(samples));
    }

    [Fact]
    public async Task What_is_about_no_input_of_the_task_is_told_and_lands_on_no_picture()
    {
        using var folder = new TemporaryFolder();
        var faults = new FaultLog();
        var samples = await ReadAsync(folder, $$"""
            [{"id":4,"data":{"img1":"a.jpg","n":3},"annotations":[{"id":1,"result":[{{Box("r1", "img1", 1)}},{{Box("r2", "other", 2)}}]}]},
             {"id":5,"data":{"pages":["p1.png","p2.png"]},"annotations":[{"id":1,"result":[{{Box("r1", "pages", 1, "\"item_index\":7,")}},{{Box("r2", "pages", 2, "\"item_index\":1,")}},{{Box("r3", "pages", 3)}},
              {"type":"relation","from_id":"r3","to_id":"r2"}]}]}]
            """, faults);
        Assert.Equal(["a.jpg: 1", "p1.png: 3", "p2.png: 2"], Of(samples));
        Assert.Equal(["/0/annotations/0/result/1/to_name", "/1/annotations/0/result/0/item_index", "/1/annotations/0/result/3"], faults.Kept.Select(f => f.Place));
    }
}
