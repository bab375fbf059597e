using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Arrow;

namespace Touchstone.Files.Tests.Arrow;

/// <summary>What is written is read again, and what is damaged is refused. Files of another program are read by the tests of Argoverse 2.</summary>
public sealed class ArrowTests
{
    private static byte[] Write(params ArrowValues[] columns)
    {
        using var stream = new MemoryStream();
        ArrowWriter.Write(stream, columns);
        return stream.ToArray();
    }

    private static byte[] Sample() => Write(ArrowValues.Of("time", [1L, -2, long.MaxValue]), ArrowValues.Of("x", [0.5, double.NaN, -1e300]), ArrowValues.Of("name", ["", "Straße", "猫 🐈"]));

    [Fact]
    public void Columns_are_read_as_they_were_written()
    {
        var batch = Assert.Single(ArrowReader.Read(new MemoryStream(Sample())));
        Assert.Equal((3, 3), (batch.Count, batch.Columns.Count));
        Assert.Equal([1L, -2, long.MaxValue], Enumerable.Range(0, 3).Select(i => batch.Find("time")!.Whole(i)!.Value));
        Assert.Equal([0.5, double.NaN, -1e300], Enumerable.Range(0, 3).Select(i => batch.Find("x")!.Number(i)!.Value));
        Assert.Equal(["", "Straße", "猫 🐈"], Enumerable.Range(0, 3).Select(i => batch.Find("name")!.Text(i)));
        Assert.Equal((null, null), (batch.Find("name")!.Number(1), batch.Find("x")!.Text(1)));
        Assert.Null(batch.Find("y"));
    }

    [Fact]
    public void Whatever_was_written_is_read_again() => Prop.ForAll<long[], string[]>((numbers, texts) =>
    {
        var names = texts.Select(t => new string([.. (t ?? "").Where(c => !char.IsSurrogate(c))])).ToArray();
        var whole = Assert.Single(ArrowReader.Read(new MemoryStream(Write(ArrowValues.Of("a", numbers), ArrowValues.Of("b", numbers.Select(n => n / 3.0).ToArray())))));
        var words = Assert.Single(ArrowReader.Read(new MemoryStream(Write(ArrowValues.Of("c", names)))));
        return numbers.Select((n, i) => whole.Columns[0].Whole(i) == n && whole.Columns[1].Number(i) == n / 3.0).All(v => v) && names.Select((n, i) => words.Columns[0].Text(i) == n).All(v => v);
    }).QuickCheckThrowOnFailure();

    /// <summary>What stands between a file's mark and its index is a stream of messages.</summary>
    [Fact]
    public void A_stream_is_read_like_a_file()
    {
        var batch = Assert.Single(ArrowReader.Read(new MemoryStream(Sample()[8..])));
        Assert.Equal("Straße", batch.Find("name")!.Text(1));
    }

    [Fact]
    public void A_table_without_rows_is_read()
    {
        var batch = Assert.Single(ArrowReader.Read(new MemoryStream(Write(ArrowValues.Of("a", (long[])[]), ArrowValues.Of("b", (string[])[])))));
        Assert.Equal(0, batch.Count);
    }

    [Theory]
    [InlineData("FEA1", "a: byte 0: this is a Feather file of version 1; version 2, which is an Arrow file, was expected.")]
    [InlineData("PAR1", "a: byte 0: this is no Arrow file: it begins neither with ARROW1 nor with a message.")]
    [InlineData("ARROW1\0\0", "a: byte 8: the file does not end with ARROW1: its end is missing.")]
    [InlineData("ARROW1\0\0\u007f\u007f\u007f\u007fARROW1", "a: byte 8: an index of 2139062143 bytes; 0 stand before it.")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u007f\u007f\u007f\u007f", "a: byte 0: a message of 2139062143 bytes; 0 are left of the file.")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\0\0\0\0", "a: byte 8: the file ends before its schema.")]
    [InlineData("", "a: byte 0: this is no Arrow file: it begins neither with ARROW1 nor with a message.")]
    public void What_is_no_Arrow_file_is_told(string beginning, string message) =>
        Assert.Equal(message, Assert.Throws<ArrowFormatException>(() => ArrowReader.Read(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(beginning)), "a")).Message);

    /// <summary>A schema that claims two billion columns, and a body of a petabyte: nothing is taken on their word.</summary>
    [Fact]
    public void Sizes_beyond_the_file_are_refused_before_memory_is_taken()
    {
        var file = Sample();
        for (var at = 8; at < file.Length - 8; at++)
        {
            foreach (var hostile in (long[])[int.MaxValue, 1L << 50, -1])
            {
                var damaged = (byte[])file.Clone();
                BinaryPrimitives.WriteInt64LittleEndian(damaged.AsSpan(at), hostile);
                ReadWithin(damaged, $"{hostile} at byte {at}");
            }
        }
    }

    [Fact]
    public void Damaged_files_give_faults_alone()
    {
        var file = Sample();
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var damaged = (byte[])file.Clone();
            for (var times = random.Next(1, 6); times > 0; times--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            ReadWithin(random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged, $"seed {seed}");
        }
    }

    private static void ReadWithin(byte[] file, string of)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            foreach (var batch in ArrowReader.Read(new MemoryStream(file)))
            {
                Assert.InRange(batch.Count, 0, 8 * file.Length);
                foreach (var column in batch.Columns)
                    for (var i = 0; i < batch.Count; i++) _ = (column.Whole(i), column.Number(i), column.Text(i));
            }
        }
        catch (ArrowFormatException)
        {
            // The one exception that the reader may throw.
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{of}: {other.GetType().Name}: {other.Message}", other);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10L * file.Length + (4 << 20));
    }
}
