using Touchstone.Files.Images;
using Touchstone.Files.Parquet;
using Touchstone.Files.Png;

// A mask written as PNG, read back, and probed without being decoded.
var bytes = PngWriter.ToBytes(PngImage.Grey16(3, 2, [0, 1, 2, 300, 40_000, 65_535]));
var image = PngReader.Read(new MemoryStream(bytes));
var probed = ImageProbe.TryProbe(new MemoryStream(bytes), out var probe, out _);
Console.WriteLine($"{probe} largest sample {image.Sample(2, 1)}");

// Rows written as Parquet and read back.
using var table = new MemoryStream();
var writer = new ParquetWriter(table, new([ParquetField.Required("id", ParquetType.Int64), ParquetField.List("scores", ParquetType.Double)]));
writer.WriteRow(7, new[] { 0.5, 0.25 });
writer.Finish();
var row = ParquetReader.Open(table, "rows.parquet").ReadRows().Single();
Console.WriteLine(row);
return probed && image.Sample(2, 1) == 65_535 && row.ToString() == """{"id":7,"scores":[0.5,0.25]}""" ? 0 : 1;
