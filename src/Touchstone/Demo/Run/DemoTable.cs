using System.Globalization;
using Spectre.Console;
using Touchstone.Quality.Assays;

namespace Touchstone.Demo.Run;

/// <summary>The demo's outcome as a short table for people.</summary>
internal static class DemoTable
{
    public static void Print(DemoOutcome outcome, IAnsiConsole console)
    {
        var facts = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        facts.AddRow("Images", string.Create(CultureInfo.InvariantCulture, $"{outcome.Images} drawn, {outcome.GoldImages} more with known answers (synthetic)"));
        facts.AddRow("Responses", string.Create(CultureInfo.InvariantCulture, $"{outcome.Responses} from 5 simulated contributors, through HTTP"));
        facts.AddRow("Agreement", outcome.Agreement is { } agreement ? Share(agreement) : "–");
        facts.AddRow("Reviewed, audited", string.Create(CultureInfo.InvariantCulture, $"{outcome.Reviewed} tasks decided by a reviewer, {outcome.Audited} drawn at random and judged again"));
        facts.AddRow("Consensus AP", string.Create(CultureInfo.InvariantCulture, $"{outcome.AveragePrecision:F3} (at IoU 0.5: {outcome.AveragePrecision50:F3}) against the known truth"));
        console.Write(facts);
        console.WriteLine();
        console.Write(Figures(outcome));
        console.WriteLine();
        console.WriteLine($"Release    {outcome.Release}");
        console.WriteLine($"Digest     {outcome.Digest}");
        console.WriteLine(outcome.Verified ? "Verified   yes, offline: touchstone verify " + outcome.Release : "Verified   NO");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Time       {outcome.Elapsed.TotalSeconds:F1} s"));
    }

    private static Table Figures(DemoOutcome outcome)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Assay", "estimate", "95 % interval", "true", "");
        for (var column = 1; column < 4; column++) table.Columns[column].RightAligned();
        foreach (var figure in outcome.Measured)
        {
            table.AddRow(
                NameOf(figure.Name),
                Share(figure.Estimate),
                $"{Share(figure.Lower)} – {Share(figure.Upper)}",
                outcome.True.Find(figure.Name) is { } truth ? Share(truth.Estimate) : "–",
                outcome.Holds(figure) ? "inside" : "outside");
        }

        return table;
    }

    private static string NameOf(string figure) => figure switch
    {
        FigureName.Accuracy => "shapes right, of all that there are or are said",
        FigureName.Precision => "precision (said shapes that are right)",
        FigureName.Recall => "recall (true shapes that are found)",
        FigureName.MeanIou => "mean IoU of right shapes",
        FigureName.ChoiceAccuracy => "choices right",
        FigureName.AttributeAccuracy => "attributes right",
        _ => figure,
    };

    private static string Share(double value) => value.ToString("P1", CultureInfo.InvariantCulture);
}
