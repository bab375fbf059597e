using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Formats.Clouds;
using Touchstone.Formats.Exchange;
using Touchstone.Terminal;

namespace Touchstone.Conversions;

/// <summary>What <c>touchstone inspect</c> tells of points.</summary>
internal static class CloudLook
{
    private const int FirstShown = 5;
    private const int ColumnsShown = 60;

    public static (CloudInspection Inspection, FaultLog Faults) At(ParseResult parsed, CloudFormat format, DatasetSource source, CancellationToken cancellationToken)
    {
        var (inspection, faults) = (new CloudInspection(), new FaultLog());
        using var progress = parsed.Progress($"Looked at {format.Traits.Name}");
        foreach (var (_, cloud) in format.ReadAll(source, faults, cancellationToken))
        {
            inspection.Add(cloud);
            progress.Report(inspection.Clouds, null);
        }

        return (inspection, faults);
    }

    public static void Tell(ParseResult parsed, CloudFormat format, Recognition recognition, CloudInspection inspection, FaultLog faults)
    {
        parsed.Print(Printable.Text($"{format.Traits.Name}{(recognition.Place.Length == 0 ? "" : $" in {recognition.Place}")} ({recognition.Reason})"));
        parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {inspection.Clouds:N0} clouds, {inspection.Points:N0} points"));
        if (inspection.FirstGrid is var (width, height)) parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {inspection.Grids:N0} in a grid, the first of {width} x {height}"));
        if (inspection.Viewpoints > 0) parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {inspection.Viewpoints:N0} with a viewpoint of their own"));
        var rows = inspection.Columns.Take(ColumnsShown).Select(c => (string[])[c.Name, c.Components == 1 ? $"{c.Type}" : $"{c.Components} x {c.Type}", Shown(c.Least), Shown(c.Most), Whole(c.NotANumber), Whole(c.Infinite)]);
        foreach (var line in TextTable.Lines(["column", "type", ">least", ">most", ">NaN", ">infinite"], rows)) parsed.Print(Printable.Text("  " + line));
        if (inspection.Empty > 0) parsed.Print($"  {Whole(inspection.Empty)} clouds without a point");
        if (inspection.WithoutPosition > 0) parsed.Print($"  {Whole(inspection.WithoutPosition)} points without a finite position");
        if (inspection.AtOrigin > 0) parsed.Print($"  {Whole(inspection.AtOrigin)} points at 0, 0, 0");
        foreach (var loss in inspection.NotRead.Losses) parsed.Print(Printable.Text($"  {Whole(loss.Count)} {loss.Kind}: {loss.Explanation}"));
        if (faults.Count > 0) parsed.Print($"  {Whole(faults.Count)} files cannot be read:");
        foreach (var fault in faults.Kept.Take(FirstShown)) parsed.Print(Printable.Text($"    {fault}"));
        parsed.Print("");
    }

    private static string Whole(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Shown(double value) => double.IsNaN(value) ? "" : value.ToString("G9", CultureInfo.InvariantCulture);

    public static JsonObject ToJson(Recognition recognition, CloudInspection inspection, FaultLog faults) => new()
    {
        ["format"] = recognition.Format,
        ["place"] = recognition.Place,
        ["certainty"] = recognition.Certainty,
        ["reason"] = recognition.Reason,
        ["clouds"] = inspection.Clouds,
        ["points"] = inspection.Points,
        ["columns"] = new JsonArray([.. inspection.Columns.Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Name,
            ["type"] = c.Type.ToString().ToLowerInvariant(),
            ["components"] = c.Components,
            ["values"] = c.Values,
            ["not_a_number"] = c.NotANumber,
            ["infinite"] = c.Infinite,
            ["least"] = double.IsNaN(c.Least) ? null : c.Least,
            ["most"] = double.IsNaN(c.Most) ? null : c.Most,
        })]),
        ["grids"] = inspection.Grids,
        ["first_grid"] = inspection.FirstGrid is var (width, height) ? new JsonObject { ["width"] = width, ["height"] = height } : null,
        ["viewpoints"] = inspection.Viewpoints,
        ["empty"] = inspection.Empty,
        ["without_position"] = inspection.WithoutPosition,
        ["at_origin"] = inspection.AtOrigin,
        ["not_read"] = ConvertOutcome.Losses(inspection.NotRead),
        ["faults"] = faults.Count,
        ["first_faults"] = ConvertOutcome.Faults(faults),
    };
}
