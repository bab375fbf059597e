using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Formats.Trl;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Training;

/// <summary>What holds of every format of records.</summary>
public sealed class TrainingFormatsTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [MemberData(nameof(Rows.Ids), MemberType = typeof(Rows))]
    public async Task What_is_written_is_read_again_as_it_was(string id)
    {
        var format = TrainingRegistry.Find(id)!;
        if (format.Traits.Writes) await Records.AssertRoundTripAsync(format, Rows.ById[id], areRowsKept: id != "argilla");
        else Assert.NotEmpty(await Records.OfTextAsync(format, Rows.ById[id]));
    }

    [Theory]
    [MemberData(nameof(Rows.Ids), MemberType = typeof(Rows))]
    public void It_is_recognised_and_no_other_family_takes_it(string id)
    {
        using var folder = new TemporaryFolder();
        foreach (var row in Rows.ById[id].Split('\n'))
        {
            File.WriteAllText(folder["rows.jsonl"], row);
            var found = TrainingRegistry.Recognise(DatasetSource.Open(folder.Path));
            Assert.Equal((id, "rows.jsonl"), (found[0].Format, found[0].Place));
            Assert.All(found.Skip(1).Concat(FormatRegistry.Recognise(DatasetSource.Open(folder.Path))), f => Assert.True(f.Certainty < found[0].Certainty - 0.05, $"{f} beside {found[0]}"));
        }
    }

    [Theory]
    [MemberData(nameof(Rows.Ids), MemberType = typeof(Rows))]
    public async Task Lines_a_list_documents_in_a_row_and_packed_files_hold_the_same(string id)
    {
        var format = TrainingRegistry.Find(id)!;
        var rows = Rows.ById[id].Split('\n');
        var expected = await Records.OfTextAsync(format, Rows.ById[id]);
        await Records.AssertSameAsync(expected, await Records.OfTextAsync(format, $"\ufeff[{string.Join(",\n", rows)}]", name: "rows.json"));
        await Records.AssertSameAsync(expected, await Records.OfTextAsync(format, string.Join("\n", rows.Select(r => JsonSerializer.Serialize(JsonElement.Parse(r), Indented))), name: "rows.json"));
        using var folder = new TemporaryFolder();
        await using (var packed = new GZipStream(File.Create(folder["train.jsonl.gz"]), CompressionLevel.Fastest)) await packed.WriteAsync(Encoding.UTF8.GetBytes(Rows.ById[id]), TestContext.Current.CancellationToken);
        var unpacked = await Records.ReadAsync(format, folder.Path);
        Assert.Equal(expected.Count, unpacked.Count);
        Assert.All(unpacked, r => Assert.Equal(("train", true), (r.Split, r.Name.StartsWith("train-", StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Rows.Ids), MemberType = typeof(Rows))]
    public async Task Broken_files_give_faults_and_nothing_else(string id)
    {
        var format = TrainingRegistry.Find(id)!;
        var original = Encoding.UTF8.GetBytes(Rows.ById[id]);
        for (var seed = 0; seed < 150; seed++)
        {
            using var folder = new TemporaryFolder();
            var name = seed % 3 == 0 ? "rows.json" : "rows.jsonl";
            await File.WriteAllBytesAsync(folder[name], Exchange.Mutations.Mutate(original, new Random(seed)), TestContext.Current.CancellationToken);
            try
            {
                TrainingRegistry.Recognise(DatasetSource.Open(folder.Path));
                foreach (var record in await Records.ReadAsync(format, folder[name], new FaultLog())) await Records.TextAsync(record);
            }
            catch (FileFormatFaultException)
            {
                // The one exception that a reader may throw.
            }
            catch (Exception other) when (other is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"{id}, seed {seed}: {other.GetType().Name}: {other.Message}", other);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows.Ids), MemberType = typeof(Rows))]
    public async Task Every_record_goes_into_every_format_or_is_told(string id)
    {
        var records = await Records.OfTextAsync(TrainingRegistry.Find(id)!, Rows.ById[id]);
        foreach (var to in TrainingRegistry.All.Where(f => f.Traits.Writes))
        {
            foreach (var type in to is TrlFormat ? Enum.GetValues<TrlType>().Select(t => (TrlType?)t) : [null])
            {
                var options = new TrainingOptions { TrlType = type };
                var (rows, losses) = await Records.WriteAsync(to, records, options);
                Assert.True(rows.Count >= records.Count || losses.Losses.Any(l => l.Kind.StartsWith("record:", StringComparison.Ordinal) || l.Kind == "tie"), $"{id} to {to.Traits.Id} {type}: {rows.Count} of {records.Count}, nothing told");
                var isWhole = to.TraitsFor(to.Resolve(options, new TrainingSurvey())) is var traits && (traits.Shape == CompletionShape.One && traits.Carries(RecordParts.Sequences) || type == TrlType.PreferenceImplicit);   // prompts are then a part of the rest
                if (!isWhole) await AssertCarriedAsync(to, options, records, rows, id);
                var (again, more) = await Records.ThroughAsync(to, await Records.OfTextAsync(to, string.Concat(rows.Select(r => r.GetRawText() + "\n"))), options);
                Assert.True(rows.Count == again.Count && more.IsEmpty, $"{id} to {to.Traits.Id} {type} and again: {string.Join('\n', more.Losses)}");
            }
        }
    }

    /// <summary>What the narrowing left is what stands in the file: nothing is lost without a word. Ids and facts have defaults in some formats.</summary>
    private static async Task AssertCarriedAsync(TrainingFormat to, TrainingOptions options, List<TrainingRecord> records, List<JsonElement> rows, string id)
    {
        var survey = new TrainingSurvey();
        foreach (var record in records) survey.Add(record);
        var narrowing = new RecordNarrowing(to.TraitsFor(to.Resolve(options, survey)));
        var narrowed = records.SelectMany(narrowing.Narrow).ToList();
        var read = await Records.OfTextAsync(to, string.Concat(rows.Select(r => r.GetRawText() + "\n")));
        Assert.Equal(narrowed.Count, read.Count);
        for (var i = 0; i < read.Count; i++)
        {
            Assert.All(narrowed[i].Facts, f => Assert.True(read[i].Facts.TryGetValue(f.Key, out var value) && JsonElement.DeepEquals(value, f.Value) || f.Key is "metadata" or "argilla_fields" || to.Traits.Id == "argilla", $"{id} to {to.Traits.Id} {options.TrlType}: {f.Key}"));
            if (narrowed[i].Id is { } own) Assert.Equal(own, read[i].Id);
            var (expected, actual) = (await Records.TextAsync(Core(narrowed[i], narrowed[i])), await Records.TextAsync(Core(read[i], narrowed[i])));
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(actual)), $"{id} to {to.Traits.Id} {options.TrlType}:\n{expected}\nbecame\n{actual}");
        }
    }

    /// <summary>A record without what formats have defaults for: pairs with the better one first, a margin and judgements only where there were some.</summary>
    private static TrainingRecord Core(TrainingRecord record, TrainingRecord expected) => record with
    {
        Id = null,
        Facts = Sample.Empty,
        Margin = expected.Margin is null or 0 ? null : record.Margin,
        Judgements = expected.Judgements.Count == 0 ? [] : [.. record.Judgements.Zip(expected.Judgements, (own, other) => other.Contributor is null ? own with { Contributor = null } : own)],
        Completions = [.. record.Completions.OrderBy(c => c.Rank)],
    };

    [Fact]
    public async Task Roles_and_turns_that_a_format_has_no_form_for_are_told()
    {
        var record = new TrainingRecord
        {
            Prompt = [Turn.Of("system", "s"), Turn.Of("user", "u")],
            Completions = [new Completion { Turns = [Turn.Of("assistant", "a"), Turn.Of("tool", "t"), Turn.Of("assistant", "b")], Rank = 1 }, Completion.Of("c") with { Rank = 2 }],
        };
        var (hh, fromHh) = await Records.WriteAsync(TrainingRegistry.Find("hh-rlhf")!, [record]);
        Assert.Equal("\n\nHuman: s\n\nHuman: u\n\nAssistant: c", hh.Single().GetProperty("rejected").GetString());
        Assert.Equal(["role:system 1", "role:tool 1"], Records.Kinds(fromHh));
        var (helpSteer, fromHelpSteer) = await Records.WriteAsync(TrainingRegistry.Find("helpsteer3")!, [record]);
        Assert.Equal("assistant: a\n\ntool: t\n\nassistant: b", helpSteer.Single().GetProperty("response1").GetString());
        Assert.Equal(["completion_turns 1"], Records.Kinds(fromHelpSteer));
        var (prm, fromPrm) = await Records.WriteAsync(new TrlFormat(), [record], new TrainingOptions { IsPlain = true });
        Assert.Equal("system: s\n\nuser: u", prm.Single().GetProperty("prompt").GetString());
        Assert.Equal(["turns 1"], Records.Kinds(fromPrm));
    }

    [Fact]
    public async Task Parts_are_files_and_records_of_one_prompt_stay_together()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder["in.jsonl"], Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"prompt":"p{{i / 3}}","completion":"c{{i}}"}""")), TestContext.Current.CancellationToken);
        var plan = new TrainingPlan { From = new TrlFormat(), To = new TrlFormat(), Split = new SplitPlan([("train", 0.8), ("test", 0.2)], seed: 5) };
        var result = await TrainingConversion.RunAsync(plan, DatasetSource.Open(folder["in.jsonl"]), DatasetTarget.Folder(folder["out"]), new FaultLog(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((300, 300, true), (result.Read.Records, result.Written, result.Losses.IsEmpty));
        Assert.Equal(["test.jsonl", "train.jsonl"], result.Files.Order(StringComparer.Ordinal));
        var records = await Records.ReadAsync(new TrlFormat(), folder["out"]);
        Assert.InRange(records.Count(r => r.Split == "train"), 231, 249);
        Assert.All(records.GroupBy(r => r.Prompt[0].Text), g => Assert.Single(g.Select(r => r.Split).Distinct()));
    }

    [Fact]
    public void Inspection_finds_what_trainers_stumble_over()
    {
        var inspection = new TrainingInspection();
        TrainingRecord Pair(string prompt, string first, string second) => new() { Name = prompt, Prompt = [Turn.Of("user", prompt)], Completions = [Completion.Of(first) with { Rank = 1 }, Completion.Of(second) with { Rank = 2 }] };
        inspection.Add(Pair("good", "a", "b"));
        inspection.Add(Pair("good", "a", "b"));
        inspection.Add(Pair("same", "a", "a"));
        inspection.Add(Pair("empty", " ", "b"));
        inspection.Add(Pair("What color", "What color is it?", "b"));
        inspection.Add(Pair("x", "a", "b") with { Prompt = [Turn.Of("user", "x"), Turn.Of("user", "y")] });
        inspection.Add(Pair("y", "a", "b") with { Prompt = [Turn.Of("user", "x"), Turn.Of("assistant", "y")] });
        Assert.Equal(["duplicate 1", "empty_completion 1", "prompt_ends_with_answer 1", "prompt_in_completion 1", "roles_do_not_alternate 2", "same_completions 1"], inspection.Suspicions.Select(s => $"{s.Kind} {s.Count}"));
    }

    [Fact]
    public async Task A_file_that_is_no_gzip_is_told()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.jsonl.gz"], "{\"prompt\":\"p\"}", TestContext.Current.CancellationToken);
        var fault = await Assert.ThrowsAsync<FileFormatFaultException>(() => Records.ReadAsync(new TrlFormat(), folder["a.jsonl.gz"]));
        Assert.StartsWith("a.jsonl.gz: this is no gzip file", fault.Message, StringComparison.Ordinal);
        Assert.Empty(TrainingRegistry.Recognise(DatasetSource.Open(folder.Path)));
    }
}
