using System.Diagnostics;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Bench;

/// <summary>COCO of the size of its own training set, read and converted, beside a whole <see cref="JsonDocument"/>; formats that stream, with their memory.</summary>
internal static class FormatReading
{
    public static async Task RunAsync(string[] arguments)
    {
        var (images, annotations) = (Arguments.Int(arguments, "--images", 120_000), Arguments.Int(arguments, "--annotations", 900_000));
        var folder = Directory.CreateTempSubdirectory("touchstone-formats-").FullName;
        try
        {
            var file = Path.Combine(folder, "instances.json");
            await WriteCocoAsync(file, images, annotations);
            Console.WriteLine(Line($"COCO of {images:N0} images and {annotations:N0} annotations with polygons, {new FileInfo(file).Length / 1e6:0} MB; wall time; ratios are the baseline's time by the row's"));
            List<Row> rows = [];
            rows.Add(await MeasureAsync("COCO read", () => ReadAsync("coco", file)));
            rows.Add(await MeasureAsync("COCO to YOLO", () => ConvertAsync("coco", file, "yolo", Path.Combine(folder, "yolo"))));
            if (arguments.Contains("--coco-only"))
            {
                foreach (var row in rows) Console.WriteLine(Line($"{row.Name,-36} {row.Seconds,10:0.0} s {row.PeakMegabytes,9:0} MB   ({row.Objects:N0} objects)"));
                return;
            }

            var streamed = Path.Combine(folder, "ndjson");
            rows.Add(await MeasureAsync("COCO to NDJSON", () => ConvertAsync("coco", file, "touchstone", streamed)));
            rows.Add(await MeasureAsync("NDJSON read", () => ReadAsync("touchstone", streamed)));
            foreach (var format in (string[])["cvat", "kitti"])
            {
                rows.Add(await MeasureAsync($"NDJSON to {format}", () => ConvertAsync("touchstone", streamed, format, Path.Combine(folder, format))));
                rows.Add(await MeasureAsync($"{format} read", () => ReadAsync(format, Path.Combine(folder, format))));
            }

            // Last, since what it leaves on the heap would be counted with the others.
            var baseline = await MeasureAsync("the whole file as a JsonDocument", () => Task.FromResult(Document(file)));
            Console.WriteLine("                                        seconds   ratio   peak MB");
            foreach (var row in rows.Prepend(baseline)) Console.WriteLine(Line($"{row.Name,-36} {row.Seconds,10:0.0} {baseline.Seconds / row.Seconds,7:0.00} {row.PeakMegabytes,9:0}   ({row.Objects:N0} objects)"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed record Row(string Name, double Seconds, double PeakMegabytes, long Objects);

    private static async Task<Row> MeasureAsync(string name, Func<Task<long>> run)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        PeakMemory.Reset();
        var start = Stopwatch.GetTimestamp();
        var objects = await run();
        return new Row(name, Stopwatch.GetElapsedTime(start).TotalSeconds, PeakMemory.Megabytes(), objects);
    }

    private static long Document(string file)
    {
        using var stream = File.OpenRead(file);
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("annotations").GetArrayLength();
    }

    private static async Task<long> ReadAsync(string format, string path)
    {
        var (reader, source, faults, objects) = (FormatRegistry.Find(format)!, DatasetSource.Open(path), new FaultLog(), 0L);
        var options = FormatOptions.Default with { AssumedSize = (640, 480) };
        await foreach (var sample in reader.ReadAsync(source, options, faults, CancellationToken.None)) objects += sample.Opinions.Sum(o => (long)o.Objects.Count);
        return faults.Count == 0 ? objects : throw new InvalidOperationException($"{faults.Count} faults, first {faults.Kept[0]}");
    }

    private static async Task<long> ConvertAsync(string from, string path, string to, string target)
    {
        var plan = new ConversionPlan { From = FormatRegistry.Find(from)!, To = FormatRegistry.Find(to)!, Options = FormatOptions.Default with { AssumedSize = (640, 480) } };
        return (await Conversion.RunAsync(plan, DatasetSource.Open(path), DatasetTarget.Folder(target), new FaultLog())).Objects;
    }

    /// <summary>Stars of 8 to 40 corners; box and area are those of the outline, as in COCO's own files.</summary>
    private static async Task WriteCocoAsync(string file, int images, int annotations)
    {
        var random = new Random(1);
        await using var text = new StreamWriter(file);
        await text.WriteAsync("""{"info":{"description":"generated"},"images":[""");
        for (var i = 1; i <= images; i++) await text.WriteAsync(Line($$"""{{(i == 1 ? "" : ",")}}{"license":3,"file_name":"{{i:D12}}.jpg","coco_url":"/val/{{i:D12}}.jpg","height":480,"width":640,"date_captured":"2013-11-14 17:02:52","id":{{i}}}"""));
        await text.WriteAsync("""],"annotations":[""");
        for (var a = 1; a <= annotations; a++) await text.WriteAsync((a == 1 ? "" : ",") + Annotation(random, a, images));
        await text.WriteAsync("],\"categories\":[" + string.Join(',', Enumerable.Range(1, 80).Select(c => Line($$"""{"supercategory":"things","id":{{c}},"name":"class_{{c}}"}"""))) + "]}");
    }

    private static string Annotation(Random random, int id, int images)
    {
        var (cx, cy, width, height, corners) = (60 + random.NextDouble() * 500, 60 + random.NextDouble() * 350, 10 + random.NextDouble() * 50, 10 + random.NextDouble() * 50, random.Next(8, 41));
        var points = new (double X, double Y)[corners];
        for (var i = 0; i < corners; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / corners);
            var radius = 0.7 + 0.3 * random.NextDouble();
            points[i] = (Math.Round(cx + width * radius * cos, 2), Math.Round(cy + height * radius * sin, 2));
        }

        var area = Math.Abs(points.Select((p, i) => p.X * points[(i + 1) % corners].Y - points[(i + 1) % corners].X * p.Y).Sum()) / 2;
        var (x, y) = (points.Min(p => p.X), points.Min(p => p.Y));
        var outline = string.Join(',', points.Select(p => Line($"{p.X:0.##},{p.Y:0.##}")));
        return Line($$"""{"segmentation":[[{{outline}}]],"area":{{area:0.####}},"iscrowd":0,"image_id":{{random.Next(1, images + 1)}},"bbox":[{{x:0.##}},{{y:0.##}},{{points.Max(p => p.X) - x:0.##}},{{points.Max(p => p.Y) - y:0.##}}],"category_id":{{random.Next(1, 81)}},"id":{{id}}}""");
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
