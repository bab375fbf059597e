using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Tests.Coco;

public sealed class PlainAnnotationTests
{
    [Fact]
    public void What_is_read_where_it_lies_is_what_is_read_from_a_value_made_of_it()
    {
        var random = new Random(5);
        var (plain, packed, general, taken) = (new PlainAnnotation(), new PlainAnnotations(), new CocoObjectReader(), 0);
        for (var n = 0; n < 20_000; n++)
        {
            var text = Record(random);
            var bytes = Encoding.UTF8.GetBytes(text);
            if (plain.TryRead(bytes, out var length) is not true) continue;
            taken++;
            Assert.Equal(bytes.Length, length);
            var record = JsonElement.Parse(text);
            var fields = new CocoFields("annotations", 0, record);
            Assert.Equal((fields.Integer("image_id"), fields.Integer("category_id")), (plain.Image, plain.Category));
            AssertSame(general.Read(fields, record, "car"), packed.ToObject(packed.Add(plain), "car"), text);
        }

        Assert.InRange(taken, 5_000, 19_000);
    }

    [Fact]
    public void A_record_that_is_cut_is_never_taken_and_never_refused()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"id":7,"image_id":1,"category_id":2,"bbox":[1,2,3,4],"segmentation":[[1,2,4,2,4,6]],"area":12,"iscrowd":0}""");
        PlainAnnotation plain = new();
        for (var length = 1; length < bytes.Length; length++) Assert.Null(plain.TryRead(bytes.AsSpan(0, length), out _));
        Assert.True(plain.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData("\"bbox\":[01,2,3,4]")]
    [InlineData("\"bbox\":[1.,2,3,4]")]
    [InlineData("\"bbox\":[.5,2,3,4]")]
    [InlineData("\"bbox\":[+1,2,3,4]")]
    [InlineData("\"bbox\":[1e999,2,3,4]")]
    [InlineData("\"bbox\":[1,2,3,4,]")]
    [InlineData("\"bbox\":[1,2,3,4],")]
    [InlineData("\"bbox\":[NaN,2,3,4]")]
    [InlineData("\"segmentation\":[[1,2,4,2,4]]")]
    [InlineData("\"segmentation\":[[1,2,4,2]]")]
    [InlineData("\"bbox\":[1,2,3,4],\"bbox\":[1,2,3,4]")]
    [InlineData("\"bbox\":[1,2,3,4],\"\\u0061rea\":4")]
    public void What_is_no_plain_JSON_is_left_to_the_reader_that_says_why(string members) =>
        Assert.False(new PlainAnnotation().TryRead(Encoding.UTF8.GetBytes($"{{\"image_id\":1,\"category_id\":2,{members}}}"), out _));

    private static void AssertSame(LabelledObject expected, LabelledObject found, string text)
    {
        Assert.True((expected.Class, expected.Id, expected.Score, expected.Track).Equals((found.Class, found.Id, found.Score, found.Track)), text);
        Assert.True(((IEnumerable<Mark>)[expected.Mark, .. expected.OtherMarks]).SequenceEqual([found.Mark, .. found.OtherMarks]), text);
        Assert.Equal(expected.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value.GetRawText()}"), found.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value.GetRawText()}"));
    }

    private static string Record(Random random)
    {
        List<string> members = [$"\"id\":{Whole(random)}", $"\"image_id\":{Whole(random)}", $"\"category_id\":{random.Next(1, 90)}"];
        if (random.Next(5) > 0) members.Add($"\"bbox\":[{Number(random)},{Number(random)},{Positive(random)},{Positive(random)}]");
        if (random.Next(4) > 0) members.Add($"\"segmentation\":[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Ring(random)))}]");
        if (random.Next(3) > 0) members.Add($"\"area\":{Positive(random)}");
        if (random.Next(3) > 0) members.Add($"\"iscrowd\":{random.Next(2)}");
        if (random.Next(6) == 0) members.Add(Odd(random));
        for (var i = members.Count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (members[i], members[j]) = (members[j], members[i]);
        }

        return $"{{{string.Join(random.Next(2) == 0 ? "," : " , ", members)}}}";
    }

    /// <summary>What is not plain, or is not COCO.</summary>
    private static string Odd(Random random) => random.Next(8) switch
    {
        0 => "\"score\":0.5",
        1 => "\"attributes\":{\"a\":1}",
        2 => "\"keypoints\":[1,2,2]",
        3 => "\"iscrowd\":true",
        4 => "\"bbox\":[1,2,-3,4]",
        5 => "\"segmentation\":{\"size\":[4,4],\"counts\":[16]}",
        6 => "\"area\":null",
        _ => "\"caption\":\"a car\"",
    };

    private static string Ring(Random random) => $"[{string.Join(',', Enumerable.Range(0, 2 * random.Next(3, 6)).Select(_ => Number(random)))}]";

    private static string Whole(Random random) => random.NextInt64(random.Next(3) switch { 0 => 100L, 1 => 1_000_000_000L, _ => long.MaxValue }).ToString(CultureInfo.InvariantCulture);

    private static string Positive(Random random) => Number(random).TrimStart('-');

    private static string Number(Random random)
    {
        var number = (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-8, 9));
        return random.Next(5) switch
        {
            0 => ((long)number).ToString(CultureInfo.InvariantCulture),
            1 => number.ToString("0.##", CultureInfo.InvariantCulture),
            2 => number.ToString("0.000000000000000", CultureInfo.InvariantCulture),
            3 => number.ToString("E4", CultureInfo.InvariantCulture),
            _ => number.ToString("R", CultureInfo.InvariantCulture),
        };
    }
}
