using System.Net;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Host;

public sealed class IdempotencyTests
{
    private static readonly (string, string) Key = ("Idempotency-Key", "first");

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_repeat_under_the_same_key_gives_the_first_answer_and_does_nothing(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var first = (await house.Owner.Http.PostAsync("compartments", new { name = "night" }, Key)).Created();
        var again = (await house.Owner.Http.PostAsync("compartments", new { name = "night" }, Key)).Created();
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(1, await house.ReadAsync(s => s.Compartments.CountAsync()));
        Assert.Equal("idempotency_key_reused", (await house.Owner.Http.PostAsync("compartments", new { name = "day" }, Key)).Expect(HttpStatusCode.UnprocessableEntity).Code);

        // A refusal is an answer too: the repeat gets the same one although the name would now be free of faults.
        (await house.Owner.Http.PostAsync("compartments", new { name = "night" }, ("Idempotency-Key", "second"))).Expect(HttpStatusCode.Conflict);
        (await house.Owner.Http.PostAsync("compartments", new { name = "night" }, ("Idempotency-Key", "second"))).Expect(HttpStatusCode.Conflict);
        Assert.Equal("malformed", (await house.Owner.Http.PostAsync("compartments", new { name = "z" }, ("Idempotency-Key", new string('k', 201)))).Expect(HttpStatusCode.BadRequest).Code);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Of_many_at_once_under_one_key_one_is_done(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => house.Owner.Http.PostAsync("compartments", new { name = "night" }, Key)));
        Assert.All(answers, a => Assert.True(a.Status == HttpStatusCode.Created || a.Code == "still_running", a.Text));
        Assert.Equal(1, await house.ReadAsync(s => s.Compartments.CountAsync()));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_key_is_one_contributors_and_lasts_a_day(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var other = await house.AddAsync(house.OrganizationId, Touchstone.Store.Entities.Role.Owner);
        (await house.Owner.Http.PostAsync("compartments", new { name = "night" }, Key)).Created();
        (await other.Http.PostAsync("compartments", new { name = "day" }, Key)).Created();
        house.Server.Clock.Advance(TimeSpan.FromHours(25));
        (await house.Owner.Http.PostAsync("compartments", new { name = "dusk" }, Key)).Created();
    }

    [Fact]
    public async Task No_answer_that_holds_a_secret_is_kept()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        (await house.Owner.Http.PostAsync("keys", new { name = "a" }, Key)).Created();
        (await house.Owner.Http.PostAsync("invitations", new { role = "reviewer" }, Key)).Created();
        (await house.Owner.Http.PostAsync("contributors/simulated", new { display_name = "Robot" }, Key)).Created();
        Assert.Equal(0, await house.ReadAsync(s => s.IdempotencyRecords.CountAsync()));
    }
}
