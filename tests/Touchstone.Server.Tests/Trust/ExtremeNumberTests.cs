using System.Net;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Trust;

/// <summary>One person's number must not hold up what is derived for everybody.</summary>
public sealed class ExtremeNumberTests
{
    private const string Yaml =
        """
        name: Speeds
        ontology:
          questions:
            - {id: speed, kind: number, title: Speed}
        overlap: {min: 2, max: 2, confidence: 0.8}
        gold: {rate: 0}
        """;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_largest_number_is_derived_from_and_a_larger_one_is_refused(DatabaseKind kind)
    {
        const int Tasks = 24;
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml);
        var pictures = await shop.PicturesAsync(Tasks);
        await shop.ImportAsync(project, pictures.Select((picture, i) => Streets.Line(picture, $"street-{i}")));
        var (ann, bob) = (await shop.AddAsync("Ann"), await shop.AddAsync("Bob"));
        for (var i = 0; i < Tasks; i++)
        {
            var modest = (await ann.NextAsync(project))!.Value.GetProperty("token").GetString()!;
            var huge = (await bob.NextAsync(project))!.Value.GetProperty("token").GetString()!;
            await bob.SubmitAsync(huge, """{"speed":1e308}""", expected: HttpStatusCode.UnprocessableEntity);
            await ann.SubmitAsync(modest, """{"speed":3.5}""");
            await bob.SubmitAsync(huge, i % 2 == 0 ? """{"speed":1e15}""" : """{"speed":-1e15}""");
        }

        await shop.SettleAsync();
        await using var store = shop.Database.CreateContext();
        var counters = await store.Counters.SingleAsync();
        Assert.Equal(2 * Tasks, counters.Responses);
        Assert.True(counters.ResponsesAtFit >= 20);
        Assert.Equal(Tasks, await store.Tasks.CountAsync(t => t.State != TaskState.Open));
    }
}
