using System.Net;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.People;

public sealed class KeyTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_key_acts_as_its_contributor_until_it_is_revoked_or_expires(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var made = (await house.Manager.Http.PostAsync("keys", new { name = "importer", expires_at = house.Server.Clock.GetUtcNow().AddHours(1) })).Created();
        var secret = made["key"].GetValue<string>();
        Assert.Matches("^ts_[A-Za-z0-9_-]{43}$", secret);
        using var program = house.Server.Client(secret);
        Assert.Equal("manager", (await program.GetAsync("me")).Ok()["role"].GetValue<string>());
        (await house.Manager.Http.DeleteAsync($"keys/{made.Id}")).NoContent();
        (await program.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);

        var second = (await house.Manager.Http.PostAsync("keys", new { name = "importer", expires_at = house.Server.Clock.GetUtcNow().AddHours(1) })).Created()["key"].GetValue<string>();
        using var later = house.Server.Client(second);
        (await later.GetAsync("me")).Ok();
        house.Server.Clock.Advance(TimeSpan.FromMinutes(61));
        (await later.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Only_the_digest_of_a_key_is_kept(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var secret = (await house.Manager.Http.PostAsync("keys", new { name = "importer" })).Created()["key"].GetValue<string>();
        var list = (await house.Owner.Http.GetAsync("keys")).Ok();
        Assert.DoesNotContain(secret, list.Text, StringComparison.Ordinal);
        var row = await house.ReadAsync(s => s.ApiKeys.SingleAsync(k => k.Name == "importer"));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(secret)), row.Hash);
        Assert.Equal(secret[..9], row.Prefix);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Nobody_makes_a_key_that_acts_as_another_person(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        (await house.Owner.Http.PostAsync("keys", new { name = "x", contributor_id = house.Contributor.Id.ToString() })).Expect(HttpStatusCode.UnprocessableEntity);
        (await house.Contributor.Http.PostAsync("keys", new { name = "x" })).Expect(HttpStatusCode.Forbidden);

        // Managers see their own keys and those of simulated contributors; owners all.
        var robot = (await house.Manager.Http.PostAsync("contributors/simulated", new { display_name = "Robot 1" })).Created();
        (await house.Manager.Http.PostAsync("keys", new { name = "second", contributor_id = robot.Id })).Created();
        Assert.Equal(["second", "test", "test"], Names(await house.Manager.Http.GetAsync("keys")));
        Assert.Equal(6, Names(await house.Owner.Http.GetAsync("keys")).Length);
        var owners = await house.ReadAsync(s => s.ApiKeys.SingleAsync(k => k.ContributorId == house.Owner.Id));
        (await house.Manager.Http.DeleteAsync($"keys/{owners.Id}")).Expect(HttpStatusCode.NotFound);

        static string[] Names(Answer answer) => [.. answer.Ok()["items"].AsArray().Select(k => k!["name"]!.GetValue<string>() is var n && n.StartsWith("Robot", StringComparison.Ordinal) ? "test" : n).Order()];
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_simulated_contributor_comes_with_a_key_and_is_marked(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var robot = (await house.Manager.Http.PostAsync("contributors/simulated", new { display_name = "Robot 1", role = "reviewer" })).Created();
        using var program = house.Server.Client(robot["key"].GetValue<string>());
        var me = (await program.GetAsync("me")).Ok();
        Assert.True(me["simulated"].GetValue<bool>());
        Assert.Equal("reviewer", me["role"].GetValue<string>());
        Assert.True((await house.Manager.Http.GetAsync($"contributors/{robot.Id}")).Ok()["simulated"].GetValue<bool>());
        (await house.Manager.Http.PostAsync("contributors/simulated", new { display_name = "Robot 2", role = "manager" })).Expect(HttpStatusCode.UnprocessableEntity);
        (await house.Owner.Http.PutAsync($"contributors/{robot.Id}/role", new { role = "owner" }, ("If-Match", "*"))).Expect(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Whatever_stands_for_a_key_is_refused_without_a_word_of_why()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        foreach (var header in (string[])["Bearer", "Bearer ", "Bearer ts_", "Bearer ts_" + new string('A', 43), "Basic abc", "bearer  " + new string('x', 9_000)])
        {
            using var client = house.Server.Client(null);
            var answer = (await client.GetAsync("me", ("Authorization", header))).Expect(HttpStatusCode.Unauthorized);
            Assert.Equal("unauthorized", answer.Code);
        }
    }
}
