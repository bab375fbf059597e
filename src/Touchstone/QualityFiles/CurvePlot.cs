using System.Globalization;
using System.Text;
using Touchstone.Quality.Categorical;

namespace Touchstone.QualityFiles;

/// <summary>A line of a plot.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Votes and accuracy.</param>
internal sealed record PlotLine(string Name, IReadOnlyList<(int Votes, double Accuracy)> Points);

/// <summary>Accuracy against votes spent, as SVG that follows the light or dark theme of its reader.</summary>
internal static class CurvePlot
{
    private const int Width = 720, Height = 420, Left = 64, Right = 24, Top = 44, Bottom = 52;
    private static readonly string[] Strokes = ["#2a6fdb", "#c2571a", "#3d8b4f"];
    private static readonly string[] Dashes = ["", "6 4", "2 3"];

    /// <summary>Draws the lines, and the accuracy of all votes as a level.</summary>
    public static string Draw(ReplayResult all, IReadOnlyList<PlotLine> lines)
    {
        var accuracies = lines.SelectMany(l => l.Points.Select(p => p.Accuracy)).Append(all.Accuracy ?? 1).ToArray();
        var (low, high) = (Math.Max(0, Math.Floor(accuracies.Min() * 20) / 20), Math.Min(1, Math.Ceiling(accuracies.Max() * 20) / 20));
        if (high - low < 0.05) low = Math.Max(0, high - 0.05);
        var most = Math.Max(1, all.Votes);
        var svg = new StringBuilder();
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">");
        Line("<title>Accuracy against votes spent</title>");
        Line("<style>text{fill:#222}.axis{stroke:#666}.grid{stroke:#ddd}.ground{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#ddd}.axis{stroke:#999}.grid{stroke:#333}.ground{fill:#161616}}</style>");
        Line($"<rect class=\"ground\" width=\"{Width}\" height=\"{Height}\"/>");
        for (var i = 0; i <= 5; i++)
        {
            var (accuracy, votes) = (low + (high - low) * i / 5, (int)((long)most * i / 5));
            Line($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(accuracy):0.##}\" y2=\"{Y(accuracy):0.##}\"/>");
            Line($"<text x=\"{Left - 8}\" y=\"{Y(accuracy) + 4:0.##}\" text-anchor=\"end\">{accuracy:0.00}</text>");
            Line($"<text x=\"{X(votes):0.##}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{votes:N0}</text>");
        }

        Line($"<path class=\"axis\" fill=\"none\" d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\"/>");
        Line($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">votes spent</text>");
        Line($"<text x=\"16\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {(Top + Height - Bottom) / 2})\">accuracy</text>");
        if (all.Accuracy is { } level) Line($"<line class=\"axis\" stroke-dasharray=\"1 4\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(level):0.##}\" y2=\"{Y(level):0.##}\"/>");
        for (var l = 0; l < lines.Count; l++) Curve(l);
        Line("</svg>");
        return svg.ToString();

        void Curve(int l)
        {
            var style = $"stroke=\"{Strokes[l % 3]}\" stroke-width=\"2\" stroke-dasharray=\"{Dashes[l % 3]}\"";
            var points = lines[l].Points;
            if (points.Count > 1) Line($"<polyline fill=\"none\" {style} points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Votes):0.##},{Y(p.Accuracy):0.##}")))}\"/>");
            if (points.Count > 0) Line($"<circle fill=\"{Strokes[l % 3]}\" r=\"3.5\" cx=\"{X(points[^1].Votes):0.##}\" cy=\"{Y(points[^1].Accuracy):0.##}\"/>");
            Line($"<line {style} x1=\"{Left + 150 * l}\" x2=\"{Left + 28 + 150 * l}\" y1=\"22\" y2=\"22\"/>");
            Line($"<text x=\"{Left + 34 + 150 * l}\" y=\"26\">{lines[l].Name}</text>");
        }

        double X(int votes) => Left + (double)votes / most * (Width - Right - Left);
        double Y(double accuracy) => Height - Bottom - (accuracy - low) / (high - low) * (Height - Bottom - Top);
        void Line(string text) => svg.Append(text).Append('\n');
    }
}
