using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Files.Parquet;
using Touchstone.Formats.Columns;
using Touchstone.Formats.Doccano;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Tests.Training;
using Touchstone.Formats.Training;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Columns;

/// <summary>Rows of JSON in Parquet files: what is written says the same to every reader, and what other programs write is read.</summary>
public sealed class ColumnFileTests
{
    private static async Task WriteAsync(string path, IEnumerable<JsonElement> rows)
    {
        using var file = new ColumnFile(new FileStream(path, FileMode.CreateNew), Path.GetFileName(path));
        foreach (var row in rows) file.Write(row.WriteTo);
        await file.FinishAsync(["text"]);
    }

    private static List<JsonElement> Read(string path, FaultLog? faults = null) => [.. ColumnRows.Read(DatasetSource.Open(path), Path.GetFileName(path), faults ?? new FaultLog(isStrict: true)).Select(r => r.Value)];

    private static IEnumerable<JsonElement> RowsOf(string id) => Rows.ById[id].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l));

    [Theory]
    [MemberData(nameof(Rows.Ids), MemberType = typeof(Rows))]
    public async Task A_Parquet_file_of_any_format_of_records_holds_what_lines_hold(string id)
    {
        var format = TrainingRegistry.Find(id)!;
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["train-00000-of-00001.parquet"], RowsOf(id));
        var records = await Records.ReadAsync(format, folder["train-00000-of-00001.parquet"]);
        await Records.AssertSameAsync(await Records.OfTextAsync(format, Rows.ById[id]), records);
        Assert.Equal(id, TrainingRegistry.Recognise(DatasetSource.Open(folder.Path))[0].Format);
        Assert.All(records, r => Assert.Equal("train", r.Split));
        if (!format.Traits.Writes) return;

        foreach (var target in new[] { "one.parquet", "parts" })
        {
            var survey = new TrainingSurvey();
            foreach (var record in records) survey.Add(record);
            var options = format.Resolve(new TrainingOptions { Container = RowContainer.Parquet }, survey);
            await format.WriteAsync(records.ToAsyncEnumerable(), target == "parts" ? DatasetTarget.Folder(folder[target]) : DatasetTarget.File(folder[target]), options, TestContext.Current.CancellationToken);
            var again = await Records.ReadAsync(format, folder[target]);
            await Records.AssertSameAsync(records, again);
        }

        Assert.Equal(["one.parquet", "train-00000-of-00001.parquet"], Directory.GetFiles(folder.Path).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    /// <summary>The value without members that are null, at any depth where its place has objects alone: a column does not tell null from what is not there.</summary>
    private static JsonElement WithoutNulls(JsonElement value) => JsonSerializer.SerializeToElement(Stripped(JsonNode.Parse(value.GetRawText())));

    private static JsonNode? Stripped(JsonNode? node)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(n => Stripped(n)?.DeepClone())]);
        return node is JsonObject members ? new JsonObject(members.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Key, Stripped(m.Value)?.DeepClone()))) : node;
    }

    [Fact]
    public async Task Rows_of_any_shape_survive()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            List<JsonElement> rows = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => JsonSerializer.SerializeToElement(Any(random, isObject: true, depth: 0)))];
            var path = folder[$"{seed}.parquet"];
            await WriteAsync(path, rows);
            var read = Read(path);
            Assert.Equal(rows.Count, read.Count);
            foreach (var (before, after) in rows.Zip(read))
                Assert.True(JsonElement.DeepEquals(WithoutNulls(before), WithoutNulls(after)), $"seed {seed}: {before.GetRawText()}\nbecame\n{after.GetRawText()}");
        }
    }

    private static JsonNode? Any(Random random, bool isObject, int depth)
    {
        if (isObject || depth < 4 && random.Next(4) == 0)
        {
            var members = new JsonObject();
            for (var n = random.Next(5); n > 0; n--) members[$"m{random.Next(4)}"] = Any(random, isObject: false, depth + 1);
            return members;
        }

        return random.Next(depth < 4 ? 8 : 6) switch
        {
            0 => null,
            1 => random.Next(2) == 0,
            2 => random.NextInt64(-(1L << 53) - 3, (1L << 53) + 3),
            3 => random.NextDouble() * 1e6,
            4 => ulong.MaxValue,
            5 => "text 🗼 \u0000\n",
            6 => JsonValue.Create(random.Next(3)),
            _ => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, isObject: false, depth + 1))]),
        };
    }

    [Fact]
    public async Task Columns_are_what_their_values_are()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["a.parquet"], [JsonElement.Parse("""{"messages":[{"role":"user","content":"a"}],"n":1,"x":1,"mixed":"a","none":null,"empty":{},"big":9007199254740993}"""), JsonElement.Parse("""{"messages":[{"role":"user","content":"b","name":"c"}],"n":-2,"x":0.5,"mixed":["a"],"list":[],"empty":{},"big":0.5}""")]);
        using var stream = File.OpenRead(folder["a.parquet"]);
        var schema = ParquetReader.Open(stream, "a.parquet").Schema;
        Assert.Equal(["messages.list.element.role", "messages.list.element.content", "messages.list.element.name", "n", "x", "mixed", "none", "empty", "big", "list.list.element"], schema.Columns.Select(c => c.Path));
        Assert.Equal([ParquetType.String, ParquetType.String, ParquetType.String, ParquetType.Int64, ParquetType.Double, ParquetType.Json, ParquetType.String, ParquetType.Json, ParquetType.Json, ParquetType.String], schema.Columns.Select(c => c.Type));
        Assert.Equal("""{"messages":[{"role":"user","content":"a"}],"n":1,"x":1,"mixed":"a","empty":{},"big":9007199254740993}""", Read(folder["a.parquet"])[0].GetRawText());
    }

    [Fact]
    public async Task A_file_without_rows_has_the_format_s_columns()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["a.parquet"], []);
        Assert.Empty(Read(folder["a.parquet"]));
    }

    [Theory]
    [InlineData("hyparquet")]
    [InlineData("duckdb")]
    public async Task Other_programs_read_what_is_written(string program)
    {
        using var folder = new TemporaryFolder();
        foreach (var id in new[] { "trl", "verl", "helpsteer2", "helpsteer3", "hle", "healthbench", "hh-rlhf", "prm800k", "touchstone-records", "argilla" })
        {
            await WriteAsync(folder[$"{id}.parquet"], RowsOf(id));
            var shown = ParquetPeers.Run(Assert.Skip, "rows.mjs", program, folder[$"{id}.parquet"]).Select(l => JsonElement.Parse(l)).ToList();
            var expected = RowsOf(id).Select(r => Unmixed(r, id)).ToList();
            Assert.Equal(expected.Count, shown.Count);
            foreach (var (before, after) in expected.Zip(shown)) Assert.True(JsonElement.DeepEquals(before, WithoutNulls(Unmixed(after, id))), $"{id}: {before.GetRawText()}\nshown as\n{after.GetRawText()}");
        }
    }

    /// <summary>A row without the columns that hold values of several kinds, which the other programs show each in its own way.</summary>
    private static JsonElement Unmixed(JsonElement row, string id)
    {
        var members = JsonNode.Parse(row.GetRawText())!.AsObject();
        if (id == "touchstone-records") members.Remove("facts");
        if (id == "argilla")
            foreach (var mixed in new[] { "responses", "vectors" }) members.Remove(mixed);
        return WithoutNulls(JsonSerializer.SerializeToElement(members));
    }

    [Fact]
    public async Task Conversations_that_other_programs_write_are_read_and_converted()
    {
        using var folder = new TemporaryFolder();
        ParquetPeers.Run(Assert.Skip, "conversations.mjs", folder.Path);
        foreach (var ending in new[] { ".parquet", ".rust.parquet" })
        {
            var chat = await Records.ReadAsync(TrainingRegistry.Find("openai-chat")!, folder["chat" + ending]);
            Assert.Equal(3_001, chat.Count);
            Assert.Equal(("Capital of France, 2999?", "Paris 🗼"), (Read(folder["chat" + ending])[2999].GetProperty("messages")[0].GetProperty("content").GetString(), Read(folder["chat" + ending])[2999].GetProperty("messages")[1].GetProperty("content").GetString()));
            var preference = (await Records.ReadAsync(TrainingRegistry.Find("trl")!, folder["preference" + ending])).Single();
            Assert.Equal(["Blue.", "Green."], preference.Completions.OrderBy(c => c.Rank).Select(c => c.Text));
            var rated = (await Records.ReadAsync(TrainingRegistry.Find("helpsteer2")!, folder["helpsteer2" + ending])).Single();
            Assert.Equal(3, rated.Completions.Single().Ratings["helpfulness"]);
            Assert.Equal("42", Read(folder["verl" + ending]).Single().GetProperty("reward_model").GetProperty("ground_truth").GetString());
        }

        foreach (var (file, from, to) in new[] { ("chat", "openai-chat", "trl"), ("preference", "trl", "openai-preference"), ("verl", "verl", "touchstone-records") })
        {
            var plan = new TrainingPlan { From = TrainingRegistry.Find(from)!, To = TrainingRegistry.Find(to)!, Options = new TrainingOptions { Container = RowContainer.Parquet } };
            var result = await TrainingConversion.RunAsync(plan, DatasetSource.Open(folder[file + ".parquet"]), DatasetTarget.Folder(folder[to]), new FaultLog(isStrict: true), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal((result.Read.Records, from == "verl" ? "train.parquet" : $"{to}.parquet"), (result.Written, result.Files.Single()));      // verl's rows state their part
            Assert.Equal(result.Written, ParquetPeers.Run(Assert.Skip, "rows.mjs", "hyparquet", folder[$"{to}/{result.Files[0]}"]).Length);
        }
    }

    [Fact]
    public async Task Texts_with_spans_are_rows_too()
    {
        using var folder = new TemporaryFolder();
        List<Sample> samples = [.. Enumerable.Range(0, 20).Select(i => TextSamples.Of(3, i, mayOverlap: true))];
        var doccano = new DoccanoFormat();
        await doccano.WriteAsync(new DatasetFacts(), samples.ToAsyncEnumerable(), DatasetTarget.File(folder["texts.parquet"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        Exchanges.AssertSame(samples, await Exchanges.ReadAsync(doccano, folder["texts.parquet"]), 0);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["a.parquet"], RowsOf("helpsteer3"));
        var original = await File.ReadAllBytesAsync(folder["a.parquet"], TestContext.Current.CancellationToken);
        var kinds = new HashSet<string>();
        for (var seed = 0; seed < 2_000; seed++)
        {
            await File.WriteAllBytesAsync(folder["b.parquet"], Mutations.Mutate(original, new Random(seed)), TestContext.Current.CancellationToken);
            try
            {
                var faults = new FaultLog();
                Assert.True(Read(folder["b.parquet"], faults).Count <= 1_000);
                foreach (var fault in faults.Kept) kinds.Add(fault.Place);
            }
            catch (FileFormatFaultException fault)
            {
                Assert.Contains("b.parquet", fault.Message, StringComparison.Ordinal);
                kinds.Add("");
            }
        }

        Assert.Contains("", kinds);
        Assert.Contains("row 1", kinds);
    }
}
