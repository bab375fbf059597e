using System.Globalization;
using System.Net;
using System.Text;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;

namespace Touchstone.Conversions;

/// <summary>A page that shows labels drawn on pictures. The pictures stay where they are; the page needs no script and no network.</summary>
internal sealed class ContactSheet(FileInfo file, int most)
{
    private const string Style =
        """
        :root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
        body { margin: 2rem auto; max-width: 96rem; padding: 0 1.5rem; }
        h1 { font-size: 1.4rem; margin: 0 0 1rem; }
        main { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1.25rem; align-items: start; }
        figure { margin: 0; border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: 8px; overflow: hidden; }
        figure > div { position: relative; background: #1118; }
        img, svg { display: block; width: 100%; height: auto; }
        svg { position: absolute; inset: 0; }
        .alone { position: static; background: #8882; }
        figcaption { padding: .5rem .75rem; overflow-wrap: anywhere; }
        figcaption small { display: block; opacity: .7; }
        ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: 0 0 1.25rem; }
        li::before { content: ""; display: inline-block; width: .75em; height: .75em; margin-right: .4em; border-radius: 2px; background: var(--c); }
        """;

    private readonly List<(DatasetSource Source, Sample Sample)> _kept = [];
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);
    private long _seen;
    private long _every = 1;

    /// <summary>Takes a sample for the page: evenly from the whole, however many there are.</summary>
    public void Offer(DatasetSource source, Sample sample)
    {
        if (_seen++ % _every != 0 || sample.WidthPx <= 0 || !sample.Opinions.Any(o => o.Objects.Any(m => m.Mark.Bounds is not null))) return;
        _kept.Add((source, sample));
        if (_kept.Count < 2 * most) return;
        for (var i = _kept.Count - 1; i > 0; i -= 2) _kept.RemoveAt(i);
        _every *= 2;
    }

    /// <summary>Writes the page.</summary>
    /// <returns>Its path.</returns>
    public string Write()
    {
        var figures = new StringBuilder();
        foreach (var (source, sample) in _kept.Take(most)) Figure(figures, source, sample);
        var legend = string.Concat(_classes.Select(c => $"<li style=\"--c:{ColourOf(c.Value)}\">{Html(c.Key)}</li>"));
        var title = _kept.Count == 0 ? "No picture with objects and a known size" : $"{Math.Min(most, _kept.Count)} pictures with their labels";
        File.WriteAllText(file.FullName, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'">
            <style>{Style}</style></head><body><h1>{title}</h1><ul>{legend}</ul><main>{figures}</main></body></html>

            """);
        return file.FullName;
    }

    private void Figure(StringBuilder html, DatasetSource source, Sample sample)
    {
        var objects = sample.Opinions.SelectMany(o => o.Objects).Where(o => o.Frame is null or 0).ToList();
        var picture = source.PictureFile(sample) is { } found ? Address(found) : sample is { Kind: InputKind.Image, RecordedFile: { } recorded } ? $"data:image;base64,{Convert.ToBase64String(recorded())}" : null;
        html.Append(CultureInfo.InvariantCulture, $"<figure><div>{(picture is null ? "" : $"<img loading=\"lazy\" alt=\"\" src=\"{Html(picture)}\">")}<svg{(picture is null ? " class=\"alone\"" : "")} viewBox=\"0 0 {sample.WidthPx} {sample.HeightPx}\" fill-opacity=\".12\" stroke-width=\"{Math.Max(1, sample.WidthPx / 300.0):0.##}\">");
        foreach (var each in objects) Draw(html, each);
        html.Append(CultureInfo.InvariantCulture, $"</svg></div><figcaption>{Html(sample.Name)}<small>{sample.WidthPx} × {sample.HeightPx} px · {objects.Count} objects{(picture is null ? " · picture not found" : "")}</small></figcaption></figure>\n");
    }

    private void Draw(StringBuilder svg, LabelledObject each)
    {
        if (!_classes.TryGetValue(each.Class, out var number)) _classes.Add(each.Class, number = _classes.Count);
        var colour = ColourOf(number);
        svg.Append(CultureInfo.InvariantCulture, $"<g stroke=\"{colour}\" fill=\"{colour}\"><title>{Html(each.Class)}</title>");
        switch (each.Mark)
        {
            case Outline { Geometry: Polyline line }:
                svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" points=\"{Points(line.Points)}\"/>");
                break;
            case Outline { Geometry: Keypoints points }:
                foreach (var point in points.Points.Where(p => p.Visibility != Visibility.NotLabelled)) svg.Append(CultureInfo.InvariantCulture, $"<circle fill-opacity=\"1\" r=\"3\" cx=\"{point.X:0.##}\" cy=\"{point.Y:0.##}\"/>");
                break;
            default:
                foreach (var ring in MarkShapes.RingsOf(each.Mark)) svg.Append(CultureInfo.InvariantCulture, $"<polygon points=\"{Points(ring)}\"/>");
                break;
        }

        svg.Append("</g>");
    }

    private static string Points(IReadOnlyList<Point> points) => string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.##},{p.Y:0.##}")));

    private string Address(string picture) => string.Join('/', Path.GetRelativePath(file.DirectoryName!, picture).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));

    /// <summary>Hues a golden angle apart are told from their neighbours, however many there are.</summary>
    private static string ColourOf(int number) => string.Create(CultureInfo.InvariantCulture, $"hsl({number * 137.508 % 360:0} 85% 55%)");

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
