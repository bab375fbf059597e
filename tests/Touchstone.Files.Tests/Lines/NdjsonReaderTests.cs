using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Lines;

namespace Touchstone.Files.Tests.Lines;

public class NdjsonReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\n", "1:a")]
    [InlineData("a\r\nb\r\n", "1:a 2:b")]
    [InlineData("\n\na\n \t\nb", "3:a 5:b")]
    [InlineData("\ufeffa\nb", "1:a 2:b")]
    [InlineData("\ufeff", "")]
    [InlineData("a\rb\nc", "1:a\rb 2:c")]
    [InlineData("\r\n\r", "")]
    public async Task Lines_are_numbered_and_blank_ones_passed_over(string text, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Read(text)));
        Assert.Equal(expected, string.Join(' ', await ReadAsync(text)));
    }

    [Fact]
    public async Task A_line_over_the_limit_is_told_and_the_next_ones_are_read()
    {
        var text = $"12345\n{new string('x', 20_000)}\n123456\r\n1234567\nlast";
        Assert.Equal(["1:12345", "2:too long", "3:123456", "4:too long", "5:last"], Read(text, 6));
        Assert.Equal(["1:12345", "2:too long", "3:123456", "4:too long", "5:last"], await ReadAsync(text, 6));
        Assert.Equal(["1:too long"], Read(new string('x', 20_000), 6));
    }

    [Fact]
    public void However_the_stream_is_cut_the_lines_are_those_of_a_plain_split() =>
        Prop.ForAll(
            Gen.Elements("a", "bb", "\n", "\r\n", " ", new string('c', 700), new string('d', 9000)).ArrayOf().Select(string.Concat).ToArbitrary(),
            Gen.Choose(1, 5000).ToArbitrary(),
            (text, step) =>
            {
                var expected = text.Split('\n').Select((line, i) => (Line: line.EndsWith('\r') ? line[..^1] : line, Number: i + 1))
                    .Where(l => l.Line.Trim(' ', '\t').Length > 0)
                    .Select(l => l.Line.Length > 8000 ? $"{l.Number}:too long" : $"{l.Number}:{l.Line}");
                var found = NdjsonReader.Read(new Stepping(Encoding.UTF8.GetBytes(text), step), 8000).Select(Show);
                Assert.Equal(expected, found);
            }).QuickCheckThrowOnFailure();

    private static List<string> Read(string text, int max = 1000) => [.. NdjsonReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), max).Select(Show)];

    private static async Task<List<string>> ReadAsync(string text, int max = 1000)
    {
        var lines = new List<string>();
        await foreach (var line in NdjsonReader.ReadAsync(new Stepping(Encoding.UTF8.GetBytes(text), 3), max, TestContext.Current.CancellationToken))
            lines.Add(Show(line));
        return lines;
    }

    private static string Show(NdjsonLine line) => $"{line.Number}:{(line.IsTooLong ? "too long" : Encoding.UTF8.GetString(line.Bytes.Span))}";

    private sealed class Stepping(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, step)], cancellationToken);
    }
}
