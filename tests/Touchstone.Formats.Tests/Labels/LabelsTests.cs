using System.Text;
using System.Text.Json;
using Touchstone.Formats.Labels;

namespace Touchstone.Formats.Tests.Labels;

public class LabelsTests
{
    private static readonly LabelRecord Full = new(
        "0197", new LabelledAsset("ab", "images/straße.png", 960, 540, 6, Synthetic: true), LabelOrigin.Simulated,
        JsonElement.Parse("""{"objects": [ {"id":"s1","class":"car","box":{"x":1,"y":2,"width":3,"height":4}} ], "time": "day"}"""),
        [new AnswerConfidence("objects", 0.87654321, [new ShapeConfidence("s1", [new ShapeSupport("r1", "a"), new ShapeSupport("r2", "b")], 0.9)]), new AnswerConfidence("time", 1)],
        new LabelLineage("d1", [new LabelResponse("r1", "c1", LabelOrigin.Simulated), new LabelResponse("r2", "c2", LabelOrigin.Human)]),
        "ext-1", new LabelReview("v1", ReviewDecision.Edited, "c9"));

    private static readonly LabelRecord Spare = new(
        "0198", new LabelledAsset("cd", "b.jpg", 10, 20, 1, Synthetic: false), LabelOrigin.Gold, JsonElement.Parse("{}"), [], new LabelLineage("d1", []));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_has_its_members_in_a_fixed_order()
    {
        Assert.Equal("""
            {"task":"0197","external_id":"ext-1","image":{"sha256":"ab","file_name":"images/straße.png","width":960,"height":540,"orientation":6,"synthetic":true},"origin":"simulated","answers":{"objects":[{"id":"s1","class":"car","box":{"x":1,"y":2,"width":3,"height":4}}],"time":"day"},"confidence":[{"question":"objects","value":0.8765,"shapes":[{"shape":"s1","support":[{"response":"r1","shape":"a"},{"response":"r2","shape":"b"}],"value":0.9}]},{"question":"time","value":1}],"lineage":{"ontology":"d1","responses":[{"response":"r1","contributor":"c1","origin":"simulated"},{"response":"r2","contributor":"c2","origin":"human"}]},"review":{"review":"v1","decision":"edited","reviewer":"c9"}}
            {"task":"0198","image":{"sha256":"cd","file_name":"b.jpg","width":10,"height":20,"orientation":1,"synthetic":false},"origin":"gold","answers":{},"confidence":[],"lineage":{"ontology":"d1","responses":[]}}

            """.ReplaceLineEndings("\n"), await Write(Full, Spare));
    }

    [Fact]
    public async Task What_is_read_is_written_as_the_same_bytes()
    {
        var text = await Write(Full, Spare);
        var lines = await Read(text);
        Assert.All(lines, l => Assert.Null(l.Fault));
        Assert.Equal(text, await Write([.. lines.Select(l => l.Label!)]));
    }

    [Fact]
    public async Task Broken_lines_are_told_and_the_others_read()
    {
        var good = (await Write(Spare)).TrimEnd();
        var lines = await Read(string.Join('\n', good, "{", good.Replace("\"gold\"", "\"guess\"", StringComparison.Ordinal), good.Replace("\"width\":10", "\"width\":\"ten\"", StringComparison.Ordinal),
            good.Replace("\"task\":\"0198\",", "", StringComparison.Ordinal), good.Replace("\"task\"", "\"tasks\"", StringComparison.Ordinal), "null", good.Replace("\"cd\"", "null", StringComparison.Ordinal), good));
        Assert.Equal([1, 9], lines.Where(l => l.Label is not null).Select(l => (int)l.Number));
        Assert.Equal(["line 2", "line 3 /origin", "line 4 /image/width", "line 5", "line 6 /tasks", "line 7", "line 8 /image/sha256"], lines.Where(l => l.Fault is not null).Select(l => l.Fault!.Pointer));
    }

    [Fact]
    public async Task Many_lines_stream_through()
    {
        var sink = new MemoryStream();
        await using (var writer = new LabelsWriter(sink))
        {
            for (var i = 0; i < 3_000; i++) await writer.WriteAsync(Full with { Task = $"{i}" }, Cancel);
            Assert.Equal(3_000, writer.LineCount);
        }

        sink.Position = 0;
        var count = 0;
        await foreach (var line in LabelsReader.ReadAsync(sink, Cancel))
            Assert.Equal($"{count++}", line.Label!.Task);
        Assert.Equal(3_000, count);
    }

    private static async Task<string> Write(params LabelRecord[] labels)
    {
        var sink = new MemoryStream();
        await using (var writer = new LabelsWriter(sink))
            foreach (var label in labels) await writer.WriteAsync(label, Cancel);
        return Encoding.UTF8.GetString(sink.ToArray());
    }

    private static async Task<List<LabelLine>> Read(string text)
    {
        var lines = new List<LabelLine>();
        await foreach (var line in LabelsReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Cancel)) lines.Add(line);
        return lines;
    }
}
