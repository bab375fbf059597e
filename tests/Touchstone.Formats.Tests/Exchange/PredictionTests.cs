using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.LabelStudio;
using Touchstone.Formats.Mot;
using Touchstone.Formats.Yolo;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

public sealed class PredictionTests
{
    /// <summary>What Label Studio exports of a task that was skipped, one with a prediction alone, and one that a person labelled as empty; each with a model's box.</summary>
    private const string Export = """
        [{"id":1,"data":{"image":"/data/upload/1/a.jpg"},"annotations":[{"id":11,"completed_by":1,"was_cancelled":true,"result":[]}],"predictions":[{"id":5,"model_version":"m","score":0.3,"result":[BOX]}]},
         {"id":2,"data":{"image":"/data/upload/1/b.jpg"},"annotations":[],"predictions":[{"id":6,"model_version":"m","score":0.3,"result":[BOX]}]},
         {"id":3,"data":{"image":"/data/upload/1/c.jpg"},"annotations":[{"id":12,"completed_by":1,"was_cancelled":false,"result":[]}],"predictions":[{"id":7,"model_version":"m","result":[BOX]}]}]
        """;

    private const string Box = """{"id":"r1","from_name":"label","to_name":"image","type":"rectanglelabels","original_width":100,"original_height":50,"image_rotation":0,"value":{"x":10,"y":10,"width":10,"height":20,"rotation":0,"rectanglelabels":["Cat"]},"score":0.3}""";

    private static async Task<ConversionResult> ConvertAsync(DatasetFormat to, TemporaryFolder folder, bool asLabels)
    {
        await File.WriteAllTextAsync(folder["export.json"], Export.Replace("BOX", Box, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var plan = new ConversionPlan { From = new LabelStudioFormat(), To = to, PredictionsAsLabels = asLabels };
        return await Conversion.RunAsync(plan, DatasetSource.Open(folder["export.json"]), DatasetTarget.Folder(folder["out"]), new FaultLog(isStrict: true), cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_place_for_scores_is_none_for_predictions()
    {
        foreach (var to in (DatasetFormat[])[new CocoFormat(), new YoloFormat()])
        {
            using var folder = new TemporaryFolder();
            var result = await ConvertAsync(to, folder, asLabels: false);
            Assert.Equal((3, 0), (result.Written, result.Objects));
            Assert.Equal(3, result.Losses.Losses.Single(l => l.Kind == "prediction").Count);
            Assert.Equal(2, result.Losses.Losses.Single(l => l.Kind == "unlabelled").Count);
        }
    }

    [Fact]
    public async Task Predictions_become_labels_by_choice_and_only_where_no_person_labelled_or_skipped()
    {
        using var folder = new TemporaryFolder();
        var result = await ConvertAsync(new CocoFormat(), folder, asLabels: true);
        Assert.Equal((3, 1), (result.Written, result.Objects));
        Assert.Equal((2, 1), (result.Losses.Losses.Single(l => l.Kind == "prediction").Count, result.Losses.Losses.Single(l => l.Kind == "prediction_as_label").Count));
        var samples = await Exchanges.ReadAsync(new CocoFormat(), folder["out"]);
        Assert.Equal(["b.jpg"], samples.Where(s => s.Opinions.Any(o => o.Objects.Count > 0)).Select(s => Path.GetFileName(s.Name)));
    }

    [Fact]
    public void What_has_a_place_for_detections_keeps_them_as_such_and_a_person_goes_before_a_model()
    {
        var objects = new LabelledObject("car", new Outline(new Touchstone.Annotations.Geometry.Box(1, 1, 2, 2))) { Frame = 0, Track = "1" };
        Opinion model = new() { Kind = OpinionKind.Prediction, Objects = [objects with { Score = 0.5 }] }, person = new() { Objects = [objects] };
        Sample sample = new() { Name = "v", Kind = Touchstone.Annotations.Selectors.InputKind.Clip, FrameCount = 1, Opinions = [model, person] };
        Assert.Equal(OpinionKind.Annotation, new Narrowing(new MotFormat().Traits).Narrow(sample)!.Opinions.Single().Kind);
        Assert.Equal(OpinionKind.Prediction, new Narrowing(new MotFormat().Traits).Narrow(sample with { Opinions = [model] })!.Opinions.Single().Kind);
    }

    [Fact]
    public async Task Predictions_that_an_export_gives_by_number_alone_are_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["export.json"], """[{"id":1,"data":{"image":"a.jpg"},"annotations":[{"id":1,"result":[]},12],"predictions":[7,8]}]""", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Single((await Exchanges.ReadAsync(new LabelStudioFormat(), folder["export.json"], faults: faults)).Single().Opinions);
        Assert.Equal(["/0/annotations/1", "/0/predictions/0", "/0/predictions/1"], faults.Kept.Select(f => f.Place));
        Assert.All(faults.Kept, f => Assert.Contains("its number alone", f.Message, StringComparison.Ordinal));
    }
}
