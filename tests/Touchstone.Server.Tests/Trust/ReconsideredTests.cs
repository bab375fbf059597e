using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

/// <summary>What was decided while little was known of anybody is looked at again when more is known.</summary>
public sealed class ReconsideredTests
{
    private const string Yaml = """
        name: Weather
        ontology:
          questions:
            - id: weather
              kind: choice
              required: true
              options: [clear, rain]
        overlap: {min: 2, max: 6, confidence: 0.9}
        gold: {rate: 0.4}
        review: {when: never}
        """;

    private const string Clear = """{"weather":"clear"}""", Rain = """{"weather":"rain"}""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Tasks_that_unreliable_people_settled_early_are_asked_again_once_gold_tells_of_them(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml);
        var pictures = await shop.PicturesAsync(40);
        await shop.ImportAsync(project, pictures.Select((p, i) => Line(p, $"street-{i}", i < 16 ? Rain : null)));
        var (ann, bob) = (await shop.AddAsync("Ann"), await shop.AddAsync("Bob"));

        // Both always say the same, whatever they see: until gold has told of it, two who agree are believed.
        await WorkAsync(shop, project, [ann, bob], Clear, turns: 9);
        var early = await OfStateAsync(shop, TaskState.Done);
        Assert.NotEmpty(early);
        await WorkAsync(shop, project, [ann, bob], Clear, turns: 14);
        var open = await OfStateAsync(shop, TaskState.Open);
        Assert.NotEmpty(early.Intersect(open));
        await using (var store = shop.Database.CreateContext())
            Assert.All(await store.Tasks.Where(t => t.State == TaskState.Open && t.ResponseCount >= 2).ToListAsync(), t => Assert.True(t.OpenSlots > 0, "An open task is handed out."));

        // Others are asked, and what they say stands.
        await WorkAsync(shop, project, [await shop.AddAsync("Cid"), await shop.AddAsync("Dee"), await shop.AddAsync("Eve")], Rain, turns: 60);
        await using (var store = shop.Database.CreateContext())
        {
            var decided = await store.Consensus.Where(c => early.Contains(c.TaskId)).Select(c => c.Answers).ToListAsync();
            Assert.All(decided, answers => Assert.Equal("rain", JsonDocument.Parse(answers).RootElement.GetProperty("weather").GetString()));
        }

        var before = await DerivedState.DumpAsync(shop.Database);
        await shop.Derivation.ReplayAsync(CancellationToken.None);
        await shop.SettleAsync();
        Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));
    }

    private static async Task WorkAsync(Workshop shop, ProjectId project, Member[] people, string answer, int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var person in people)
            {
                if (await person.NextAsync(project) is not { } lease) continue;
                await person.SubmitAsync(lease.GetProperty("token").GetString()!, answer);
            }

            await shop.SettleAsync();
        }
    }

    private static async Task<List<LabelTaskId>> OfStateAsync(Workshop shop, TaskState state)
    {
        await using var store = shop.Database.CreateContext();
        return await store.Tasks.Where(t => t.Purpose == TaskPurpose.Label && t.State == state && t.ResponseCount >= 2).Select(t => t.Id).ToListAsync();
    }
}
