using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Parquet;
using Touchstone.Files.Parquet.Encodings;
using Touchstone.Files.Parquet.Metadata;
using Touchstone.Files.Parquet.Pages;

namespace Touchstone.Files.Tests.Parquet;

/// <summary>Vectors of Apache Parquet's Encodings.md, and of the compact protocol's description.</summary>
public class EncodingTests
{
    [Theory]
    [InlineData("03 88C6FA", 3, "0 1 2 3 4 5 6 7")]                    // a packed group, the example of the specification
    [InlineData("10 04", 3, "4 4 4 4 4 4 4 4")]                        // a run
    [InlineData("06 01 03 88C6FA", 3, "1 1 1 0 1 2 3 4 5 6 7")]
    [InlineData("04 0001", 9, "256 256")]                              // a run's value of two bytes
    [InlineData("03 01", 1, "1 0 0 0 0 0 0 0")]
    public void Runs_and_packed_groups_are_read(string bytes, int width, string values)
    {
        int[] expected = [.. values.Split(' ').Select(int.Parse)];
        var page = Hex(bytes);
        var found = new int[expected.Length];
        new RunLengthReader(0, page.Length, width).Read(page, found.AsSpan());
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("", "found the end")]
    [InlineData("00 01", "found an empty one")]
    [InlineData("10 09", "expected a run's value of 3 bits")]
    [InlineData("FFFFFFFFFFFF", "at most five bytes")]
    [InlineData("10", "expected a run's value of 1 bytes")]
    public void Broken_runs_are_refused(string bytes, string message)
    {
        var page = Hex(bytes);
        var fault = Assert.Throws<InvalidDataException>(() => new RunLengthReader(0, page.Length, 3).Read(page, new int[8].AsSpan()));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_come_back_however_they_are_cut() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var width = random.Next(1, 25);
        var values = new int[random.Next(3_000)];
        for (var i = 0; i < values.Length;)
        {
            var value = random.Next(1 << width);
            for (var run = random.Next(3) == 0 ? random.Next(1, 40) : 1; run > 0 && i < values.Length; run--) values[i++] = value;
        }

        var sink = new ByteSink();
        RunLengthWriter.Write<int>(values, width, sink);
        var page = sink.Written.ToArray();
        var reader = new RunLengthReader(0, page.Length, width);
        var found = new int[values.Length];
        for (var at = 0; at < found.Length;)
        {
            var step = Math.Min(found.Length - at, random.Next(1, 100));
            reader.Read(page, found.AsSpan(at, step));
            at += step;
        }

        Assert.Equal(values, found);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Levels_of_old_writers_are_packed_from_the_highest_bit()
    {
        byte[] page = [0b00000101, 0b00111001, 0b01110111];     // 0 to 7, the example of the specification
        var at = 0;
        var reader = LevelReader.Open(page, ref at, page.Length, ValueEncoding.BitPacked, 7, 8);
        var levels = new byte[8];
        reader.Read(page, levels);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], levels);
        Assert.Equal(3, at);
    }

    [Theory]
    [InlineData("8001 04 05 02 02 00000000", "1 2 3 4 5")]                                      // differences of 1
    [InlineData("8001 04 08 0E 03 02000000 C03F000000000000", "7 5 3 1 2 3 4 5")]               // -2 and 1: two bits above the least
    [InlineData("8001 04 00 00", "")]
    [InlineData("8001 04 01 05", "-3")]
    public void Differences_are_read(string bytes, string values)
    {
        var page = Hex(bytes);
        long[] expected = [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        var reader = new DeltaBinaryReader(page, 0, page.Length);
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(_ => reader.Next()));
        Assert.Equal(page.Length, new DeltaBinaryReader(page, 0, page.Length).SkipAll());
        Assert.Throws<InvalidDataException>(() => reader.Next());
    }

    [Fact]
    public void Byte_arrays_behind_their_lengths_are_read()
    {
        byte[] page = [.. Hex("8001 04 04 0A 00 01000000 02000000"), .. "HelloWorldFoobarABCDEF"u8];     // lengths 5 5 6 6
        Assert.Equal(["Hello", "World", "Foobar", "ABCDEF"], Texts(new DeltaLengthDecoder(page, 0, page.Length), ParquetType.Bytes, 4));
    }

    [Fact]
    public void Byte_arrays_that_share_beginnings_are_read()
    {
        // Prefixes 0 2 0 3 (differences 2 -2 3, least -2: 4 0 5 in three bits), suffixes of 4 2 6 5 bytes (-2 4 -1: 0 6 1).
        byte[] page = [.. Hex("8001 04 04 00 03 03000000 4401000000000000 00000000"), .. Hex("8001 04 04 08 03 03000000 7000000000000000 00000000"), .. "axislebabbleyhood"u8];
        Assert.Equal(["axis", "axle", "babble", "babyhood"], Texts(new DeltaByteArrayDecoder(page, 0, page.Length, 0, 1 << 20), ParquetType.Bytes, 4));
    }

    [Fact]
    public void Split_streams_are_read()
    {
        var page = Hex("AA00A3 BB11B4 CC22C5 DD33D6");
        var values = new ValueVector(ParquetPhysicalType.Int32, 0);
        new ByteStreamSplitDecoder(page, 0, page.Length).Read(values, 3);
        Assert.Equal([unchecked((int)0xDDCCBBAA), 0x33221100, unchecked((int)0xD6C5B4A3)], values.Words.ToArray());
    }

    [Fact]
    public void Structs_of_the_compact_protocol_are_read()
    {
        // Field 1: i32 -1; field 2: true; field 20 (its id in full): binary "ab"; field 21: list of two i32; field 22: an unknown struct; stop.
        var reader = new CompactReader(Hex("15 01 11 08 28 02 6162 19 25 02 04 1C 15 02 00 00"));
        var id = 0;
        Assert.True(reader.Field(ref id, out var type));
        Assert.Equal((1, -1), (id, reader.Int32(type)));
        Assert.True(reader.Field(ref id, out type));
        Assert.Equal((2, true), (id, reader.Boolean(type)));
        Assert.True(reader.Field(ref id, out type));
        Assert.Equal((20, "ab"), (id, reader.Text(type)));
        Assert.True(reader.Field(ref id, out type));
        Assert.Equal(2, reader.List(type, CompactType.Int32));
        Assert.Equal((1, 2), (reader.Int32(CompactType.Int32), reader.Int32(CompactType.Int32)));
        Assert.True(reader.Field(ref id, out type));
        reader.Skip(type);
        Assert.False(reader.Field(ref id, out _));
    }

    [Fact]
    public void What_the_compact_writer_writes_is_read()
    {
        var writer = new CompactWriter();
        writer.Begin();
        writer.Int64(1, long.MinValue);
        writer.Boolean(40, false);
        writer.List(41, CompactType.Int32, 20);
        for (var i = 0; i < 20; i++) writer.Element(-i);
        writer.Text(3, "é");
        writer.End();
        var reader = new CompactReader(writer.Written);
        var id = 0;
        reader.Field(ref id, out var type);
        Assert.Equal(long.MinValue, reader.Integer(type));
        reader.Field(ref id, out type);
        Assert.Equal((40, false), (id, reader.Boolean(type)));
        reader.Field(ref id, out type);
        Assert.Equal(20, reader.List(type, CompactType.Int32));
        for (var i = 0; i < 20; i++) Assert.Equal(-i, reader.Int32(CompactType.Int32));
        reader.Field(ref id, out type);
        Assert.Equal((3, "é"), (id, reader.Text(type)));
        Assert.False(reader.Field(ref id, out _));
    }

    [Theory]
    [InlineData("19 F5 FFFFFF7F", "expected a list of 268435455 elements")]
    [InlineData("18 FFFFFF7F", "expected 268435455 bytes")]
    [InlineData("1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C", "at most 32 structs")]
    [InlineData("16 FFFFFFFFFFFFFFFFFFFF01", "at most 64 bits")]
    [InlineData("1E", "expected a known type")]
    [InlineData("17 00", "found the end")]
    public void Hostile_structs_are_refused(string bytes, string message)
    {
        var fault = Assert.Throws<InvalidDataException>(() =>
        {
            var reader = new CompactReader(Hex(bytes));
            reader.Skip(CompactType.Struct);
        });
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private static string[] Texts(ValueDecoder decoder, ParquetType type, int count)
    {
        var values = new ValueVector(type.Physical, type.Length);
        var texts = new string[count];
        for (var at = 0; at < count; at += 2)        // in two batches, so that what is kept between them shows
        {
            decoder.Read(values, 2);
            for (var i = 0; i < 2; i++) texts[at + i] = Encoding.ASCII.GetString(values.Bytes(i));
        }

        return texts;
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
