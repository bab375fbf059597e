using System.Globalization;
using Touchstone.Quality.Assays;

namespace Touchstone.Demo.Run;

/// <summary>The demo's outcome as a short table for people, 80 columns wide; only paths may be longer.</summary>
internal static class DemoTable
{
    public static void Print(DemoOutcome outcome, TextWriter output)
    {
        void Fact(string name, FormattableString text) => output.WriteLine($"{name,-11}{text.ToString(CultureInfo.InvariantCulture)}");
        Fact("Images", $"{outcome.Images} drawn street scenes, and {outcome.GoldImages} with known answers hidden among them");
        Fact("Labelled", $"{outcome.Responses} responses by {outcome.Contributors} simulated contributors, through the HTTP API");
        if (outcome.Agreement is { } agreement) Fact("Agreement", $"{Share(agreement)} between two who looked at the same image");
        Fact("Reviewed", $"{Images(outcome.Reviewed)} of doubtful consensus, decided by a reviewer");
        Fact("Audited", $"{Images(outcome.Audited)} drawn at random, judged again by an expert: the assay");
        Fact("AP", $"{outcome.AveragePrecision:F3} of the released boxes (COCO; at IoU 0.5 {outcome.AveragePrecision50:F3}), by the truth");
        output.WriteLine();
        PrintFigures(outcome, output);
        output.WriteLine();
        Fact("Release", $"{outcome.Release}");
        Fact("Digest", $"{outcome.Digest}");
        if (outcome.Verified) Fact("Verified", $"offline, as by: touchstone verify {outcome.Release}");
        else Fact("Verified", $"NO: touchstone verify {outcome.Release} tells what is wrong");
        Fact("Time", $"{outcome.Elapsed.TotalSeconds:F1} s");
    }

    private static void PrintFigures(DemoOutcome outcome, TextWriter output)
    {
        output.WriteLine($"{"",-33}{"assay",8}{"95 % interval",20}{"truth",10}");
        foreach (var figure in outcome.Measured)
        {
            var truth = outcome.True.Find(figure.Name);
            output.WriteLine(
                $"{NameOf(figure.Name),-33}{Share(figure.Estimate),8}{$"{Share(figure.Lower)} – {Share(figure.Upper)}",20}{(truth is null ? "–" : Share(truth.Estimate)),10}"
                + (outcome.Holds(figure) ? "" : "  outside"));
        }

        output.WriteLine($"The assay saw the {outcome.Audited} audited images alone; what is true of all {outcome.Images} only the demo");
        output.WriteLine("knows. Of such intervals, about one in twenty does not hold the truth.");
    }

    private static string NameOf(string figure) => figure switch
    {
        FigureName.Accuracy => "things right (accuracy)",
        FigureName.Precision => "released boxes right (precision)",
        FigureName.Recall => "true things found (recall)",
        FigureName.MeanIou => "overlap of right boxes (mean IoU)",
        FigureName.ChoiceAccuracy => "time of day right (choices)",
        FigureName.AttributeAccuracy => "attributes of right boxes right",
        _ => figure,
    };

    private static string Images(int count) => count == 1 ? "1 image" : string.Create(CultureInfo.InvariantCulture, $"{count} images");

    private static string Share(double value) => value.ToString("P1", CultureInfo.InvariantCulture);
}
