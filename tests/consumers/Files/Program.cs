using Touchstone.Files.Images;
using Touchstone.Files.Png;

// A mask written as PNG, read back, and probed without being decoded.
var bytes = PngWriter.ToBytes(PngImage.Grey16(3, 2, [0, 1, 2, 300, 40_000, 65_535]));
var image = PngReader.Read(new MemoryStream(bytes));
var probed = ImageProbe.TryProbe(new MemoryStream(bytes), out var probe, out _);
Console.WriteLine($"{probe} largest sample {image.Sample(2, 1)}");
return probed && image.Sample(2, 1) == 65_535 ? 0 : 1;
