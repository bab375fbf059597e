using System.Net;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Host;

public sealed class HostTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Health_tells_that_the_database_answers_and_which_version_runs(DatabaseKind kind)
    {
        await using var server = await RunningServer.StartAsync(kind);
        using var client = server.Client(null);
        var health = (await client.GetAsync("/health")).Ok();
        Assert.Equal("ok", health["status"].GetValue<string>());
        Assert.Matches(@"^\d+\.\d+\.\d+", health["version"].GetValue<string>());
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var server = await RunningServer.StartAsync(DatabaseKind.Sqlite);
        using var client = server.Client(null);
        foreach (var path in (string[])["/", "/health", "/openapi/v1.json", "/nowhere", "/api/v1/me"])
        {
            var answer = await client.GetAsync(path);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task The_status_page_runs_its_own_script_and_no_other()
    {
        await using var server = await RunningServer.StartAsync(DatabaseKind.Sqlite);
        using var client = server.Client(null);
        var page = (await client.GetAsync("/")).Ok();
        var script = page.Text[(page.Text.IndexOf("<script>", StringComparison.Ordinal) + 8)..page.Text.IndexOf("</script>", StringComparison.Ordinal)];
        var digest = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{digest}'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("width=device-width", page.Text, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_paths_and_methods_are_problems_too()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        foreach (var caller in (Caller[])[house.Server.Client(null), house.Owner.Http])
        {
            Assert.Equal("no_such_route", (await caller.GetAsync("nowhere")).Expect(HttpStatusCode.NotFound).Code);
            Assert.Equal("method_not_allowed", (await caller.DeleteAsync("me")).Expect(HttpStatusCode.MethodNotAllowed).Code);
        }

        // An id that is no UUID names nothing.
        await house.Owner.Http.GetAsync("projects/not-an-id").ContinueWith(t => Assert.True((int)t.Result.Status is 400 or 404, t.Result.Text));
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_told_where()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var unknown = (await house.Owner.Http.PostAsync("compartments", """{"name":"a","colour":"red"}""")).Expect(HttpStatusCode.BadRequest);
        Assert.Contains("/colour", unknown["detail"].GetValue<string>(), StringComparison.Ordinal);
        var mistyped = (await house.Owner.Http.PostAsync("compartments", """{"name":7}""")).Expect(HttpStatusCode.BadRequest);
        Assert.Contains("/name", mistyped["detail"].GetValue<string>(), StringComparison.Ordinal);
        var missing = (await house.Owner.Http.PostAsync("compartments", "{}")).Expect(HttpStatusCode.BadRequest);
        Assert.Contains("name", missing["detail"].GetValue<string>(), StringComparison.Ordinal);
        var broken = (await house.Owner.Http.PostAsync("compartments", "{\n\"name\": oops}")).Expect(HttpStatusCode.BadRequest);
        Assert.Contains("line 2", broken["detail"].GetValue<string>(), StringComparison.Ordinal);
        (await house.Owner.Http.PostAsync("compartments", Requests.Bytes([1]))).Expect(HttpStatusCode.UnsupportedMediaType);
        Assert.DoesNotContain("Touchstone.", string.Concat(unknown.Text, mistyped.Text, missing.Text, broken.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_missing_is_told_in_our_own_words()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        foreach (var path in (string[])["compartments", $"leases/{new Touchstone.Store.Ids.LeaseToken(Guid.NewGuid())}/skip", "session", $"projects/{Guid.NewGuid()}/audits", "contributors/simulated"])
        {
            var answer = (await house.Owner.Http.PostAsync(path)).Expect(HttpStatusCode.BadRequest);
            Assert.Equal(("malformed", "The request has no body; this route takes one, as application/json."), (answer.Code, answer["detail"].GetValue<string>()));
        }
    }

    [Fact]
    public async Task Bodies_over_the_limit_are_refused()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite, o => o with { RequestBytesMax = 2_000 });
        var answer = await house.Owner.Http.PostAsync("compartments", new { name = new string('x', 4_000) });
        Assert.Equal("too_large", answer.Expect(HttpStatusCode.RequestEntityTooLarge).Code);
    }

    [Fact]
    public async Task Ids_cursors_and_page_sizes_of_another_form_are_refused_without_a_word_of_the_inside()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        foreach (var query in (string[])["after=zzz", "limit=0", "limit=501", "limit=-1", "limit=many", "state=Active", "state=0"])
        {
            var answer = (await house.Owner.Http.GetAsync($"projects?{query}")).Expect(HttpStatusCode.BadRequest);
            Assert.Equal("malformed", answer.Code);
            Assert.DoesNotContain("Nullable", answer.Text, StringComparison.Ordinal);
        }
    }
}
