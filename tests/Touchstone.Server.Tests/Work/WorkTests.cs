using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Touchstone.Server.Tests.Trust;
using Touchstone.Server.Work;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Work;

public sealed class WorkTests
{
    private static readonly string Good = Answers("clear", Car, Walker);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_same_submit_twice_is_one_response_and_another_body_is_refused(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml());
        await shop.ImportAsync(project, (await shop.PicturesAsync(2)).Select((p, i) => Line(p, $"street-{i}")));
        var ann = await shop.AddAsync("Ann");
        var lease = (await ann.NextAsync(project))!.Value;
        var token = lease.GetProperty("token").GetString()!;
        Assert.Equal(["token", "project", "state", "ontology_version", "ontology_url", "inputs", "issued_at", "expires_at", "correction", "prelabel"], lease.EnumerateObject().Select(m => m.Name));
        var ontology = await ann.GetAsync(lease.GetProperty("ontology_url").GetString()!["/api/v1/".Length..]);
        Assert.Equal(lease.GetProperty("ontology_version").GetInt32(), ontology.GetProperty("number").GetInt32());

        var receipt = await ann.SubmitAsync(token, Good, next: true);
        var next = receipt.GetProperty("next").GetProperty("lease").GetProperty("token").GetString();
        Assert.NotEqual(token, next);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await ann.SubmitAsync(token, Good);
        Assert.Equal(receipt.GetProperty("submitted_at").GetString(), again.GetProperty("submitted_at").GetString());
        var refused = await ann.SubmitAsync(token, Answers("rain", Car), expected: HttpStatusCode.Conflict);
        Assert.Equal("different_body", refused.GetProperty("code").GetString());
        var invalid = await ann.SubmitAsync(next!, """{"objects":[{"id":"a","class":"tram","box":{"x":1,"y":1,"width":5,"height":5}}],"weather":"clear"}""", expected: HttpStatusCode.UnprocessableEntity);
        Assert.Equal("/answers/objects/0/class", invalid.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal("submitted", (await ann.GetAsync($"/api/v1/leases/{token}")).GetProperty("state").GetString());

        await using var store = shop.Database.CreateContext();
        var response = await store.Responses.SingleAsync();
        Assert.Equal(Good, response.Answers);
        Assert.Equal(1500, response.ActiveMilliseconds);

        // Nobody else knows the lease.
        var bob = await shop.AddAsync("Bob");
        await bob.GetAsync($"/api/v1/leases/{token}", HttpStatusCode.NotFound);
        await bob.SubmitAsync(next!, Good, expected: HttpStatusCode.NotFound);
        await bob.GetAsync($"/api/v1/leases/{next}/inputs/0", HttpStatusCode.NotFound);
        var today = await ann.GetAsync("/api/v1/me/work");
        Assert.Equal(1, today.GetProperty("responses").GetInt32());
        Assert.Equal(next, today.GetProperty("held")[0].GetString());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_late_submit_is_taken_while_the_slot_is_free_and_refused_once_it_is_not(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(min: 1, max: 1));
        await shop.ImportAsync(project, (await shop.PicturesAsync(1)).Select(p => Line(p, "street")));
        var (ann, bob) = (await shop.AddAsync("Ann"), await shop.AddAsync("Bob"));
        var late = (await ann.NextAsync(project))!.Value.GetProperty("token").GetString()!;
        shop.Clock.Advance(TimeSpan.FromHours(2));
        var sweeper = shop.Server.Services.GetServices<IHostedService>().OfType<LeaseSweeper>().Single();
        await sweeper.SweepAsync(CancellationToken.None);
        var bobs = (await bob.NextAsync(project))!.Value.GetProperty("token").GetString()!;
        var refused = await ann.SubmitAsync(late, Good, expected: HttpStatusCode.Conflict);
        Assert.Equal("expired", refused.GetProperty("code").GetString());
        await bob.PostAsync($"/api/v1/leases/{bobs}/return", null, HttpStatusCode.NoContent);
        await ann.SubmitAsync(late, Good);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_draft_never_writes_over_a_newer_one(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml());
        await shop.ImportAsync(project, (await shop.PicturesAsync(1)).Select(p => Line(p, "street")));
        var ann = await shop.AddAsync("Ann");
        var lease = $"/api/v1/leases/{(await ann.NextAsync(project))!.Value.GetProperty("token").GetString()}";
        Assert.Equal(0, (await ann.GetAsync($"{lease}/draft")).GetProperty("version").GetInt32());
        Assert.Equal(1, (await ann.PutAsync($"{lease}/draft", """{"base_version":0,"body":{"zoom":2}}""")).GetProperty("version").GetInt32());
        Assert.Equal(2, (await ann.PutAsync($"{lease}/draft", """{"base_version":1,"body":{"zoom":3}}""")).GetProperty("version").GetInt32());
        var conflict = await ann.PutAsync($"{lease}/draft", """{"base_version":1,"body":{"zoom":9}}""", HttpStatusCode.Conflict);
        Assert.Equal("newer_draft", conflict.GetProperty("code").GetString());
        Assert.Equal(3, conflict.GetProperty("draft").GetProperty("body").GetProperty("zoom").GetInt32());
        Assert.Equal(3, (await ann.GetAsync($"{lease}/draft")).GetProperty("body").GetProperty("zoom").GetInt32());
        var before = (await ann.GetAsync(lease)).GetProperty("expires_at").GetDateTimeOffset();
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await ann.PostAsync($"{lease}/heartbeat")).GetProperty("expires_at").GetDateTimeOffset() > before);
        await ann.PostAsync($"{lease}/skip", new { reason = " " }, HttpStatusCode.UnprocessableEntity);
        await ann.PostAsync($"{lease}/skip", new { reason = "Too dark." }, HttpStatusCode.NoContent);
        await ann.SubmitAsync(lease[(lease.LastIndexOf('/') + 1)..], Good, expected: HttpStatusCode.Conflict);
        Assert.Null(await ann.NextAsync(project));
    }

    [Fact]
    public async Task The_bytes_of_an_input_come_under_the_leases_name_alone()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var project = await shop.ProjectAsync(Yaml());
        var picture = (await shop.PicturesAsync(1))[0];
        await shop.ImportAsync(project, [Line(picture, "street")]);
        var ann = await shop.AddAsync("Ann");
        var lease = (await ann.NextAsync(project))!.Value;
        var url = lease.GetProperty("inputs")[0].GetProperty("url").GetString()!;
        using var whole = await ann.Client.GetAsync(url);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal("image/png", whole.Content.Headers.ContentType!.MediaType);
        var told = whole.Headers.ToString() + whole.Content.Headers;
        Assert.DoesNotContain("street", told, StringComparison.Ordinal);
        Assert.DoesNotContain(picture.ToString(), told, StringComparison.Ordinal);
        Assert.Null(whole.Content.Headers.LastModified);
        Assert.Contains(lease.GetProperty("token").GetString()!, whole.Headers.ETag!.Tag, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await ann.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync());
        await ann.GetAsync(url[..^1] + "1", HttpStatusCode.NotFound);
        await ann.GetAsync("/api/v1/leases/nonsense", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("""{"answers":{}}""", "/active_milliseconds")]
    [InlineData("""{"active_milliseconds":5}""", "/answers")]
    [InlineData("""{"answers":{},"active_milliseconds":-1}""", "/active_milliseconds")]
    [InlineData("""{"answers":{},"active_milliseconds":5,"more":1}""", "/more")]
    [InlineData("""{"answers":{},"answers":{},"active_milliseconds":5}""", "/answers")]
    [InlineData("""[1]""", "")]
    [InlineData("""{"answers":{},"active_milliseconds":5} x""", "")]
    [InlineData("", "")]
    public void A_broken_body_of_a_submit_is_told_by_its_place(string body, string pointer)
    {
        var fault = SubmitBody.Read(Encoding.UTF8.GetBytes(body), out _);
        Assert.Equal(pointer, fault!.Pointer);
    }

    [Fact]
    public void The_answers_of_a_submit_are_the_bytes_that_were_sent()
    {
        var body = Encoding.UTF8.GetBytes("""{ "active_milliseconds" : 12 , "answers" : { "a" : [1, {"b":2}] } }""");
        Assert.Null(SubmitBody.Read(body, out var read));
        Assert.Equal("""{ "a" : [1, {"b":2}] }""", Encoding.UTF8.GetString(read.Answers.Span));
        Assert.Equal(12, read.ActiveMilliseconds);
    }
}
