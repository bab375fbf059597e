using System.Text;
using System.Text.Json;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Tests.Json;

public sealed class JsonItemsTests
{
    [Fact]
    public async Task Elements_that_are_taken_where_they_lie_are_those_that_are_given_out_otherwise()
    {
        var random = new Random(8);
        for (var n = 0; n < 200; n++)
        {
            var text = Document(random);
            var all = await ReadAsync(text, isWanted: null, take: null);
            List<string> taken = [];
            var others = await ReadAsync(text, isWanted: null, (string member, int index, ReadOnlySpan<byte> bytes, out int length) =>
            {
                length = JsonCursor.LengthOfObject(bytes);
                if (length == 0) return null;
                if (index % 3 == 1) return false;
                taken.Add(Encoding.UTF8.GetString(bytes[..length]));
                return true;
            });
            Assert.Equal(all.Order(StringComparer.Ordinal), others.Concat(taken).Order(StringComparer.Ordinal));
            Assert.NotEmpty(taken);
            Assert.Equal(await ReadAsync(text, m => m == "b", take: null), all.Skip(await CountAsync(text, "a")));
        }
    }

    [Fact]
    public async Task A_fault_after_elements_that_were_taken_or_passed_over_is_told_with_its_own_line_and_byte()
    {
        foreach (var between in (string[])[",", ",\n", "\n ,\n"])
        {
            for (var count = 1; count < 40; count++)
            {
                var text = $"{{\"a\":[{string.Join(between, Enumerable.Range(0, count).Select(i => $"{{\"i\":{i}}}"))}], \n\"b\":[}}";
                var plain = await Assert.ThrowsAsync<FileFormatFaultException>(() => ReadAsync(text, isWanted: null, take: null));
                var taken = await Assert.ThrowsAsync<FileFormatFaultException>(() => ReadAsync(text, isWanted: null, (string _, int _, ReadOnlySpan<byte> bytes, out int length) => (length = JsonCursor.LengthOfObject(bytes)) > 0 ? true : null));
                var passed = await Assert.ThrowsAsync<FileFormatFaultException>(() => ReadAsync(text, m => m == "b", take: null));
                Assert.Equal((plain.Message, plain.Message), (taken.Message, passed.Message));
                var onLine = await Assert.ThrowsAsync<FileFormatFaultException>(() => ReadAsync(text.Replace(" \n\"b\"", "\"b\"", StringComparison.Ordinal), m => m == "b", take: null));
                Assert.Contains($"line {1 + between.Count(c => c == '\n') * (count - 1)}, byte ", onLine.Message, StringComparison.Ordinal);
            }
        }
    }

    private static async Task<int> CountAsync(string text, string member) => (await ReadAsync(text, m => m == member, take: null)).Count;

    private static async Task<List<string>> ReadAsync(string text, Func<string, bool>? isWanted, JsonTaker? take)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        List<string> items = [];
        await foreach (var item in JsonItems.ReadAsync(stream, "a.json", isWanted, take, TestContext.Current.CancellationToken)) items.Add(item.Value.GetRawText());
        return items;
    }

    /// <summary>Two lists of objects with all that texts may hold, longer than the reader's first buffer at times.</summary>
    private static string Document(Random random)
    {
        string List(int count) => string.Join(random.Next(2) == 0 ? "," : "\r\n , ", Enumerable.Range(0, count).Select(i => Element(random, i)));
        return $"{{\"a\":[{List(random.Next(4, 9))}],\"b\":[{List(random.Next(1, 5))}]}}";
    }

    private static string Element(Random random, int index) => random.Next(4) switch
    {
        0 => $"{{\"i\": {index}, \"t\": {JsonSerializer.Serialize("{[\"\\]}" + new string('x', random.Next(60_000)))}}}",
        1 => $"{{ \"list\" : [ {{}} , [ [] , \"]\" , \"\\\\\" ] ] , \"i\" : {index} }}",
        _ => $"{{\"i\":{index}}}",
    };
}
