using System.Net;
using System.Text;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Host;

/// <summary>Who may call what: the list of all routes, and each route called by everybody who must not.</summary>
public sealed class RouteTests
{
    [Fact]
    public async Task Every_route_states_who_may_call_it()
    {
        await using var server = await RunningServer.StartAsync(DatabaseKind.Sqlite);
        var text = new StringBuilder();
        foreach (var route in Route.Of(server.App)) text.Append($"{route.Method,-6} {route.Pattern,-70} {route.Audience}\n");
        Assert.DoesNotContain("NOT STATED", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AND a role", text.ToString(), StringComparison.Ordinal);
        Approved.Check("tests/Touchstone.Server.Tests/routes.approved.txt", text.ToString(), Assert.Fail);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Whoever_may_not_call_a_route_is_refused_on_it_and_changes_nothing(DatabaseKind kind)
    {
        await using var world = await FencedWorld.MakeAsync(kind);
        var routes = Route.Of(world.House.Server.App).Where(r => r.LeastRole is not null).ToList();
        var before = await world.EverythingAsync();
        using var stranger = world.House.Server.Client(null);
        using var forger = world.House.Server.Client("ts_" + new string('x', 43));
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            var role = route.LeastRole!.Value;
            await ExpectAsync(route, "a stranger", stranger, HttpStatusCode.Unauthorized);
            await ExpectAsync(route, "a forged key", forger, HttpStatusCode.Unauthorized);
            await ExpectAsync(route, "somebody suspended", world.Suspended.Http, HttpStatusCode.Unauthorized);
            if (role > Role.Contributor) await ExpectAsync(route, "a lower role", world.Cleared[role - 1].Http, HttpStatusCode.Forbidden);
            if (route.Parameters.Any(p => !FencedWorld.Plain.Contains(p))) await ExpectAsync(route, "another organization's owner", world.Foreign.Http, HttpStatusCode.NotFound);
            if (route.Parameters.Any(FencedWorld.Fenced.Contains)) await ExpectAsync(route, "somebody not cleared", world.Uncleared[role].Http, HttpStatusCode.NotFound);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await world.EverythingAsync());

        async Task ExpectAsync(Route route, string who, Caller client, HttpStatusCode status)
        {
            var answer = await client.SendAsync(new HttpMethod(route.Method), route.Path(world), route.Body(), ("If-Match", "*"));
            if (answer.Status != status) wrong.Add($"{route.Method} {route.Pattern} by {who}: expected {(int)status}, found {(int)answer.Status} {answer.Text}");
            else if (answer.Code is null) wrong.Add($"{route.Method} {route.Pattern} by {who}: {(int)status} without a code: {answer.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_is_somebody_elses_and_what_is_missing_look_the_same(DatabaseKind kind)
    {
        await using var world = await FencedWorld.MakeAsync(kind);
        foreach (var route in Route.Of(world.House.Server.App).Where(r => r.LeastRole is not null && r.Parameters.Any(FencedWorld.Fenced.Contains)))
        {
            var caller = world.Uncleared[route.LeastRole!.Value].Http;
            var (elses, missing) = (await SendAsync(route.Path(world)), await SendAsync(route.Path(world, missing: true)));
            Assert.True(elses == missing, $"{route.Method} {route.Pattern}: \"{elses}\" but \"{missing}\"");

            async Task<string> SendAsync(string path)
            {
                var answer = await caller.SendAsync(new HttpMethod(route.Method), path, route.Body(), ("If-Match", "*"));
                return $"{(int)answer.Status} {answer.Code} {answer.Json?["detail"]}";
            }
        }
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Whoever_may_read_a_route_reads_it(DatabaseKind kind)
    {
        // Without this, the refusals above could be those of a world in which nothing is there.
        await using var world = await FencedWorld.MakeAsync(kind);
        var wrong = new List<string>();
        foreach (var route in Route.Of(world.House.Server.App).Where(r => r.Method == "GET" && r.LeastRole is not null && !IsSpecial(r)))
        {
            var role = route.Parameters.Contains("token") && route.Pattern.Contains("/leases/", StringComparison.Ordinal) ? Role.Contributor : route.LeastRole!.Value;
            var answer = await world.Cleared[role].Http.GetAsync(route.Path(world));
            if (answer.Status != HttpStatusCode.OK) wrong.Add($"{route.Pattern} by a cleared {role}: {(int)answer.Status} {answer.Text}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        // Streams that do not end, and bytes that this world does not have.
        static bool IsSpecial(Route route) => route.Pattern.EndsWith("/events", StringComparison.Ordinal) || route.Pattern.Contains("/content", StringComparison.Ordinal)
            || route.Pattern.Contains("/inputs/", StringComparison.Ordinal) || route.Pattern.EndsWith("/input", StringComparison.Ordinal) || route.Pattern.StartsWith("/api/v1/releases/{releaseId}/", StringComparison.Ordinal) || route.Pattern.EndsWith("/gold", StringComparison.Ordinal)
            || route.Pattern is "/api/v1/exports/{exportId}/archive" or "/api/v1/datasets/{datasetId}/picture";
    }
}
