using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Touchstone.Files.Compression;
using Touchstone.Files.Lines;
using Touchstone.Files.Parquet;

namespace Touchstone.Bench;

/// <summary>Rows of mixed columns written and read as Parquet, beside the same rows as NDJSON by System.Text.Json.</summary>
internal static class ParquetRows
{
    private sealed record Row(long Id, string Image, string Label, double? Score, int Width, bool IsCrowd, long AtMicroseconds);

    public static void Run(string[] arguments)
    {
        var count = Arguments.Int(arguments, "--rows", 1_000_000);
        var repeats = Arguments.Int(arguments, "--repeats", 3);
        var rows = Make(count);
        Console.WriteLine(Line($"{count} rows of 7 columns in memory; best of {repeats}, processor time; ratios are NDJSON's time or size by the row's"));
        Console.WriteLine("                                 write ms   ratio   read ms   ratio      MB   ratio");
        var baseline = Measure("NDJSON, System.Text.Json", repeats, null, s => WriteNdjson(s, rows), s => ReadNdjson(s, rows));
        foreach (var compression in Compressions())
        {
            var options = new ParquetWriterOptions { Compression = compression };
            Measure(Line($"Parquet {compression}, columns"), repeats, baseline, s => WriteColumns(s, rows, options), s => ReadColumns(s, rows));
            Measure(Line($"Parquet {compression}, rows"), repeats, baseline, s => WriteRows(s, rows, options), s => ReadRows(s, rows));
        }

        Measure("Parquet Snappy, one of 7 columns", repeats, baseline, s => WriteColumns(s, rows, ParquetWriterOptions.Default), s => ReadOne(s, rows));
    }

    private static IEnumerable<ParquetCompression> Compressions()
    {
        yield return ParquetCompression.None;
        yield return ParquetCompression.Snappy;
        yield return ParquetCompression.Gzip;
        if (Zstd.IsAvailable) yield return ParquetCompression.Zstd;
    }

    private static Row[] Make(int count)
    {
        var random = new Random(7);
        string[] labels = ["car", "bus", "truck", "person", "bicycle", "traffic_light", "sign"];
        return [.. Enumerable.Range(0, count).Select(i => new Row(
            i, $"camera_{i % 6}/frame_{i / 6:D7}.jpg", labels[random.Next(labels.Length)], random.Next(10) == 0 ? null : Math.Round(random.NextDouble(), 4), random.Next(4, 1920), random.Next(50) == 0, 1_772_359_200_000_000 + i * 33_333L))];
    }

    private static (double Write, double Read, double Bytes) Measure(string name, int repeats, (double Write, double Read, double Bytes)? baseline, Action<Stream> write, Action<Stream> read)
    {
        var (bestWrite, bestRead, bytes) = (double.PositiveInfinity, double.PositiveInfinity, 0L);
        using var stream = new MemoryStream();
        for (var r = 0; r < repeats; r++)
        {
            stream.SetLength(0);
            var start = ProcessorMilliseconds();
            write(stream);
            bestWrite = Math.Min(bestWrite, ProcessorMilliseconds() - start);
            bytes = stream.Length;
            stream.Position = 0;
            start = ProcessorMilliseconds();
            read(stream);
            bestRead = Math.Min(bestRead, ProcessorMilliseconds() - start);
        }

        var (w, d, b) = baseline ?? (bestWrite, bestRead, bytes);
        Console.WriteLine(Line($"{name,-32} {bestWrite,8:F0} {w / bestWrite,6:F2}x {bestRead,9:F0} {d / bestRead,6:F2}x {bytes / 1e6,7:F1} {b / bytes,6:F2}x"));
        return (bestWrite, bestRead, bytes);
    }

    /// <summary>Processor time, collecting garbage counted in: on a machine that does other work too it varies less than the clock's.</summary>
    private static double ProcessorMilliseconds() => Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;

    private static void WriteNdjson(Stream stream, Row[] rows)
    {
        var line = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(line);
        foreach (var row in rows)
        {
            line.ResetWrittenCount();
            json.Reset();
            JsonSerializer.Serialize(json, row);
            stream.Write(line.WrittenSpan);
            stream.WriteByte((byte)'\n');
        }
    }

    private static void ReadNdjson(Stream stream, Row[] rows)
    {
        var i = 0;
        foreach (var line in NdjsonReader.Read(stream)) Check(JsonSerializer.Deserialize<Row>(line.Bytes.Span) == rows[i++]);
        Check(i == rows.Length);
    }

    private static ParquetSchema Schema() => new(
    [
        ParquetField.Required("id", ParquetType.Int64),
        ParquetField.Required("image", ParquetType.String),
        ParquetField.Required("label", ParquetType.String),
        ParquetField.Optional("score", ParquetType.Double),
        ParquetField.Required("width", ParquetType.Int32),
        ParquetField.Required("is_crowd", ParquetType.Boolean),
        ParquetField.Required("at", ParquetType.Timestamp(ParquetTimeUnit.Microseconds, isUtc: true)),
    ]);

    private static void WriteColumns(Stream stream, Row[] rows, ParquetWriterOptions options)
    {
        var writer = new ParquetWriter(stream, Schema(), options);
        var columns = writer.Columns;
        foreach (var row in rows)
        {
            columns[0].Append(row.Id);
            columns[1].Append(row.Image);
            columns[2].Append(row.Label);
            if (row.Score is { } score) columns[3].Append(score);
            else columns[3].AppendNull();
            columns[4].Append(row.Width);
            columns[5].Append(row.IsCrowd);
            columns[6].Append(row.AtMicroseconds);
            writer.EndRow();
        }

        writer.Finish();
    }

    private static void WriteRows(Stream stream, Row[] rows, ParquetWriterOptions options)
    {
        var writer = new ParquetWriter(stream, Schema(), options);
        foreach (var row in rows)
            writer.WriteRow(row.Id, row.Image, row.Label, row.Score, row.Width, row.IsCrowd, ParquetTimestamp.From(row.AtMicroseconds, ParquetTimeUnit.Microseconds, isUtc: true));
        writer.Finish();
    }

    private static void ReadRows(Stream stream, Row[] rows)
    {
        var i = 0;
        foreach (var read in ParquetReader.Open(stream, "rows").ReadRows())
        {
            var row = rows[i++];
            Check((long)read[0]! == row.Id && (string)read[1]! == row.Image && (string)read[2]! == row.Label && (double?)read[3] == row.Score && (long)read[4]! == row.Width && (bool)read[5]! == row.IsCrowd);
        }

        Check(i == rows.Length);
    }

    private static void ReadColumns(Stream stream, Row[] rows)
    {
        var reader = ParquetReader.Open(stream, "rows");
        var (seen, bytes, sum) = (0L, 0L, 0L);
        for (var g = 0; g < reader.RowGroups.Count; g++)
        {
            foreach (var column in reader.Schema.Columns)
            {
                var values = reader.ReadColumn(g, column);
                while (values.Read())
                {
                    if (column.Index == 0) foreach (var id in values.Int64s) sum += id;
                    if (column.Index == 1) for (var i = 0; i < values.ValueCount; i++) bytes += values.Bytes(i).Length;
                    seen += values.EntryCount;
                }
            }
        }

        Check(seen == rows.Length * 7L && bytes == rows.Sum(r => (long)r.Image.Length) && sum == rows.Sum(r => r.Id));
    }

    private static void ReadOne(Stream stream, Row[] rows)
    {
        double sum = 0;
        foreach (var row in ParquetReader.Open(stream, "rows").ReadRows(["score"])) sum += (double?)row[0] ?? 0;
        Check(Math.Abs(sum - rows.Sum(r => r.Score ?? 0)) < 1e-3);
    }

    private static void Check(bool holds)
    {
        if (!holds) throw new InvalidOperationException("What was read is not what was written.");
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
