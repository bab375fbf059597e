using System.Text;
using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Tests.PointClouds;

/// <summary>Clouds made from a seed, and how two are compared.</summary>
internal static class Clouds
{
    public static MemoryStream Text(string text) => new(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\n")));

    /// <summary>Up to a few thousand points with columns of many types; real numbers may be NaN or without end.</summary>
    public static PointCloud Random(int seed, bool isSingle = false, bool hasLongs = true)
    {
        var random = new Random(seed);
        var points = random.Next(4) == 0 ? random.Next(3) : random.Next(3_000);
        List<PointColumn> columns = [];
        foreach (var name in (ReadOnlySpan<string>)["x", "y", "z"]) columns.Add(Column(name, PointType.Float32, points, 1, random));
        for (var i = random.Next(5); i > 0; i--)
        {
            var type = (PointType)random.Next(10);
            if (!hasLongs && type is PointType.Int64 or PointType.UInt64) continue;
            columns.Add(Column($"field{i}", type, points, isSingle ? 1 : random.Next(1, 4), random));
        }

        var rows = points > 0 && points % 2 == 0 ? 2 : 1;
        return new PointCloud(columns) { Rows = rows, Viewpoint = [1.5, -2, 0, 1, 0, 0, 0] };
    }

    private static PointColumn Column(string name, PointType type, int points, int components, Random random)
    {
        var column = PointColumn.Create(name, type, points, components);
        // Real bytes of real numbers; long stretches of one value, so that packing finds something.
        random.NextBytes(column.Bytes);
        if (random.Next(2) == 0) column.Bytes[..(column.Bytes.Length / 2)].Clear();
        return column;
    }

    public static void AssertSame(PointCloud expected, PointCloud actual)
    {
        Assert.Equal(expected.Columns.Select(c => (c.Name, c.Type, c.Components, c.Count)), actual.Columns.Select(c => (c.Name, c.Type, c.Components, c.Count)));
        foreach (var (first, second) in expected.Columns.Zip(actual.Columns))
            for (var i = 0; i < first.Length; i++) Assert.Equal(first[i], second[i]);
    }

    public static MemoryStream Write(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        stream.Position = 0;
        return stream;
    }

    /// <summary>A stream that neither knows its length nor gives all that it is asked for.</summary>
    public sealed class Trickle(byte[] bytes) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var got = Math.Min(Math.Min(count, 1 + (_at * 7 % 1013)), bytes.Length - _at);
            bytes.AsSpan(_at, got).CopyTo(buffer.AsSpan(offset));
            _at += got;
            return got;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
