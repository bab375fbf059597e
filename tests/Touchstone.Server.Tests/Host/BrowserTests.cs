using System.Net;
using System.Text;
using Touchstone.Server.Host;
using Touchstone.Server.Host.Browser;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Host;

/// <summary>The browser application as the server hands it out; its own tests are in web/.</summary>
public sealed class BrowserTests
{
    private const string Index = "<!doctype html><title>the application</title>", Script = "console.log(1)";

    [Fact]
    public async Task Every_page_of_the_application_begins_with_its_first_page()
    {
        await using var world = await World.StartAsync();
        foreach (var path in (string[])["/", "/projects", "/projects/0198/releases", "/sign-in"])
        {
            var answer = (await world.Client.GetAsync(path)).Ok();
            Assert.Equal(Index, answer.Text);
            Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_application_swallows_nothing_that_programs_ask_for()
    {
        await using var world = await World.StartAsync();
        foreach (var path in (string[])["/api", "/api/v1/nowhere", "/API/v1/nowhere", "/api/v1/projects/x/nowhere", "/openapi", "/openapi/v2", "/health/deep", "/assets/old.js", "/missing.png", "/..%2fsecret.txt"])
            Assert.Equal("no_such_route", (await world.Client.GetAsync(path)).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal("no_such_route", (await world.Client.PostAsync("/api/v1/nowhere", "{}")).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal("no_such_route", (await world.Client.PostAsync("/projects", "{}")).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal("method_not_allowed", (await world.Client.DeleteAsync("/api/v1/me")).Expect(HttpStatusCode.MethodNotAllowed).Code);
        (await world.Client.GetAsync("/health")).Ok();
        (await world.Client.GetAsync("/openapi/v1.json")).Ok();
    }

    [Fact]
    public async Task Files_named_by_their_content_are_kept_for_good_and_sent_compressed_to_whom_can_read_it()
    {
        await using var world = await World.StartAsync();
        var plain = (await world.GetAsync("/assets/app-1234.js", null));
        Assert.Equal((Script, "text/javascript; charset=utf-8"), (await plain.Content.ReadAsStringAsync(), plain.Content.Headers.ContentType!.ToString()));
        Assert.Contains("immutable", plain.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", plain.Headers.GetValues("X-Content-Type-Options").Single());

        var (brotli, gzip, refused) = (await world.GetAsync("/assets/app-1234.js", "gzip, br"), await world.GetAsync("/assets/app-1234.js", "gzip"), await world.GetAsync("/assets/app-1234.js", "br;q=0"));
        Assert.Equal(("br", "by brotli"), (brotli.Content.Headers.ContentEncoding.Single(), await brotli.Content.ReadAsStringAsync()));
        Assert.Equal(("gzip", "by gzip"), (gzip.Content.Headers.ContentEncoding.Single(), await gzip.Content.ReadAsStringAsync()));
        Assert.Equal(Script, await refused.Content.ReadAsStringAsync());
        Assert.Equal(3, new[] { plain, brotli, gzip }.Select(a => a.Headers.ETag!.Tag).Distinct().Count());
        Assert.Equal("Accept-Encoding", brotli.Headers.Vary.Single());
    }

    [Fact]
    public async Task A_page_that_a_browser_has_already_is_not_sent_again()
    {
        await using var world = await World.StartAsync();
        var tag = (await world.GetAsync("/projects", null)).Headers.ETag!;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/people");
        request.Headers.IfNoneMatch.Add(tag);
        Assert.Equal(HttpStatusCode.NotModified, (await world.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public void A_folder_without_the_first_page_is_no_application()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(BrowserFiles.InFolder(folder.Path));
        Assert.Null(BrowserFiles.InFolder(Path.Combine(folder.Path, "nowhere")));
        Assert.Null(BrowserFiles.Within(typeof(TouchstoneServer).Assembly));
    }

    private sealed class World(TemporaryFolder folder, RunningServer server) : IAsyncDisposable
    {
        public Caller Client { get; } = server.Client(null);

        public HttpClient Http { get; } = new() { BaseAddress = server.Address };

        public static async Task<World> StartAsync()
        {
            var folder = new TemporaryFolder();
            Write("index.html", Index);
            Write("assets/app-1234.js", Script);
            Write("assets/app-1234.js.br", "by brotli");
            Write("assets/app-1234.js.gz", "by gzip");
            Write("secret.txt", "of no known kind");
            return new(folder, await RunningServer.StartAsync(DatabaseKind.Sqlite, o => o with { Browser = BrowserFiles.InFolder(folder.Path) }));

            void Write(string name, string text)
            {
                var path = Path.Combine(folder.Path, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
        }

        public async Task<HttpResponseMessage> GetAsync(string path, string? encodings)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (encodings is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
            return await Http.SendAsync(request);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            Http.Dispose();
            await server.DisposeAsync();
            folder.Dispose();
        }
    }
}
