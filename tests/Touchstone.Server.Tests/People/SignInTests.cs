using System.Net;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.People;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.People;

public sealed class SignInTests
{
    private const string Password = "correct horse battery";

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_first_owner_comes_by_a_link_that_works_once(DatabaseKind kind)
    {
        await using var server = await RunningServer.StartAsync(kind);
        var path = await FirstOwner.CreateLinkAsync(server.App.Services, CancellationToken.None);
        Assert.StartsWith("/#link=", path, StringComparison.Ordinal);
        var token = path![7..];
        using var browser = server.Browser();
        var look = (await browser.PostAsync("session/link/look", new { token })).Ok();
        Assert.Equal("create_owner", look["purpose"].GetValue<string>());

        var faulty = (await browser.PostAsync("session/link", new { token, display_name = " ", email = "nobody", password = "short" })).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/display_name", "/email", "/password"], faulty["errors"].AsArray().Select(e => e!["pointer"]!.GetValue<string>()));

        var owner = new { token, display_name = "Ada", email = "Ada@Example.org", password = Password, organization = "Streets" };
        var me = (await browser.PostAsync("session/link", owner)).Ok();
        Assert.Equal("owner", me["role"].GetValue<string>());
        Assert.Equal("Streets", me["organization"]["name"]!.GetValue<string>());
        Assert.Equal("ada@example.org", me["email"].GetValue<string>());
        Assert.Equal(me.Text, (await browser.GetAsync("me")).Ok().Text);

        using var thief = server.Browser();
        (await thief.PostAsync("session/link", owner)).Expect(HttpStatusCode.NotFound);
        (await thief.PostAsync("session/link/look", new { token })).Expect(HttpStatusCode.NotFound);
        Assert.Null(await FirstOwner.CreateLinkAsync(server.App.Services, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Of_two_who_use_the_owners_link_at_once_one_becomes_owner(DatabaseKind kind)
    {
        await using var server = await RunningServer.StartAsync(kind);
        var token = (await FirstOwner.CreateLinkAsync(server.App.Services, CancellationToken.None))![7..];
        using var client = server.Client(null);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            client.PostAsync("session/link", new { token, display_name = $"P{i}", email = $"p{i}@example.org", password = Password })));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        await using var store = server.Database.CreateContext();
        Assert.Equal(1, await store.Contributors.CountAsync(c => c.Role == Role.Owner));
        Assert.Equal(1, await store.Organizations.CountAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_person_signs_in_with_any_case_of_their_address_and_out_again(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        await house.AddAsync(house.OrganizationId, Role.Reviewer, "ada@example.org", Password);
        using var browser = house.Server.Browser();
        (await browser.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);
        (await browser.PostAsync("session", new { email = "ADA@example.org ", password = Password })).Ok();
        Assert.Equal("reviewer", (await browser.GetAsync("me")).Ok()["role"].GetValue<string>());
        (await browser.DeleteAsync("session")).NoContent();
        (await browser.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Wrong_passwords_lock_the_account_for_a_while_and_tell_nothing(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        await house.AddAsync(house.OrganizationId, Role.Reviewer, "ada@example.org", Password);
        using var client = house.Server.Client(null);
        var unknown = (await client.PostAsync("session", new { email = "bob@example.org", password = Password })).Expect(HttpStatusCode.Unauthorized);
        for (var i = 0; i < 5; i++)
        {
            var wrong = (await client.PostAsync("session", new { email = "ada@example.org", password = "wrong password" })).Expect(HttpStatusCode.Unauthorized);
            Assert.Equal(unknown["detail"].GetValue<string>(), wrong["detail"].GetValue<string>());
        }

        var locked = (await client.PostAsync("session", new { email = "ada@example.org", password = Password })).Expect(HttpStatusCode.Unauthorized);
        Assert.Equal(unknown["detail"].GetValue<string>(), locked["detail"].GetValue<string>());
        house.Server.Clock.Advance(TimeSpan.FromMinutes(11));
        (await client.PostAsync("session", new { email = "ada@example.org", password = Password })).Ok();
    }

    [Fact]
    public async Task Many_attempts_from_one_address_are_slowed_down()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite, o => o with { SignInsPerMinute = 3 });
        using var client = house.Server.Client(null);
        for (var i = 0; i < 3; i++) (await client.PostAsync("session/link/look", new { token = "guess" })).Expect(HttpStatusCode.NotFound);
        var answer = (await client.PostAsync("session/link/look", new { token = "guess" })).Expect(HttpStatusCode.TooManyRequests);
        Assert.Equal("too_many_requests", answer.Code);
        Assert.Equal("60", answer.Headers.GetValues("Retry-After").Single());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_new_password_ends_the_other_sessions_and_needs_the_old_one(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        await house.AddAsync(house.OrganizationId, Role.Reviewer, "ada@example.org", Password);
        using var here = house.Server.Browser();
        using var elsewhere = house.Server.Browser();
        foreach (var browser in (Caller[])[here, elsewhere]) (await browser.PostAsync("session", new { email = "ada@example.org", password = Password })).Ok();
        (await here.PutAsync("me/password", new { current = "not this one", @new = "a quite new password" })).Expect(HttpStatusCode.UnprocessableEntity);
        (await here.PutAsync("me/password", new { current = Password, @new = "short" })).Expect(HttpStatusCode.UnprocessableEntity);
        (await here.PutAsync("me/password", new { current = Password, @new = "a quite new password" })).NoContent();
        (await here.GetAsync("me")).Ok();
        (await elsewhere.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);
        (await elsewhere.PostAsync("session", new { email = "ada@example.org", password = Password })).Expect(HttpStatusCode.Unauthorized);
        (await elsewhere.PostAsync("session", new { email = "ada@example.org", password = "a quite new password" })).Ok();
        (await here.DeleteAsync("me/sessions")).NoContent();
        (await elsewhere.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);
        Assert.Equal("session_needed", (await house.Owner.Http.PutAsync("me/password", new { @new = "a quite new password" })).Expect(HttpStatusCode.Forbidden).Code);
    }

    [Fact]
    public async Task A_cookie_ends_after_two_weeks_without_use()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        await house.AddAsync(house.OrganizationId, Role.Reviewer, "ada@example.org", Password);
        using var browser = house.Server.Browser();
        (await browser.PostAsync("session", new { email = "ada@example.org", password = Password })).Ok();
        house.Server.Clock.Advance(TimeSpan.FromDays(13));
        (await browser.GetAsync("me")).Ok();           // and is renewed by use
        house.Server.Clock.Advance(TimeSpan.FromDays(13));
        (await browser.GetAsync("me")).Ok();
        house.Server.Clock.Advance(TimeSpan.FromDays(15));
        (await browser.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_cookie_of_one_server_is_good_on_another_over_the_same_database()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Postgres);
        await house.AddAsync(house.OrganizationId, Role.Reviewer, "ada@example.org", Password);
        using var browser = house.Server.Browser();
        (await browser.PostAsync("session", new { email = "ada@example.org", password = Password })).Ok();
        var folder = Directory.CreateTempSubdirectory("touchstone-test-").FullName;
        await using var second = Touchstone.Server.Host.TouchstoneServer.Build(new()
        {
            DataFolder = folder,
            Database = house.Server.Options.Database,
            Urls = ["http://127.0.0.1:0"],
            Clock = house.Server.Clock,
            Log = false,
        });
        await second.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(second.Urls.Single()) };
        http.DefaultRequestHeaders.Add("Cookie", house.Server.CookieOf(browser));
        using var there = new Caller(http);
        (await there.GetAsync("me")).Ok();
        await second.StopAsync();
        Directory.Delete(folder, recursive: true);
    }
}
