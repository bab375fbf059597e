using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Support;

/// <summary>The real server on a database of its own, listening on a free loopback port.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly StoreFixture _fixture;
    private readonly string _folder;
    private readonly Dictionary<Caller, CookieContainer> _cookies = [];

    private RunningServer(StoreFixture fixture, string folder, WebApplication app, ServerOptions options, ManualClock clock)
    {
        (_fixture, _folder, App, Options, Clock) = (fixture, folder, app, options, clock);
        Address = new Uri(app.Urls.Single());
    }

    public WebApplication App { get; }

    public ServerOptions Options { get; }

    public required ErrorLog Errors { get; init; }

    public ManualClock Clock { get; }

    public Uri Address { get; }

    public string Folder => _folder;

    public StoreDatabase Database => App.Services.GetRequiredService<StoreDatabase>();

    public static async Task<RunningServer> StartAsync(DatabaseKind kind, Func<ServerOptions, ServerOptions>? configure = null)
    {
        var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        var folder = kind == DatabaseKind.Sqlite ? Path.GetDirectoryName(fixture.Location)! : Directory.CreateTempSubdirectory("touchstone-test-").FullName;
        var clock = new ManualClock();
        var options = new ServerOptions
        {
            DataFolder = folder,
            Database = kind == DatabaseKind.Sqlite ? null : fixture.Location,
            Urls = ["http://127.0.0.1:0"],
            Clock = clock,
            Seed = 1,
            SignInsPerMinute = 10_000,
            Log = false,
        };
        options = configure?.Invoke(options) ?? options;
        var errors = new ErrorLog();
        var app = TouchstoneServer.Build(options);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(errors);
        try
        {
            await app.StartAsync();
            await TouchstoneServer.PreparedAsync(app, CancellationToken.None);
        }
        catch (OperationCanceledException failure)
        {
            throw new InvalidOperationException($"The server stopped while it started: {string.Join('\n', errors.Lines)}", failure);
        }

        return new(fixture, folder, app, options, clock) { Errors = errors };
    }

    /// <summary>A program: sends a key, keeps no cookies.</summary>
    public Caller Client(string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new(client);
    }

    /// <summary>The cookies that a browser holds for this server, as it would send them.</summary>
    public string CookieOf(Caller browser) => _cookies[browser].GetCookieHeader(Address);

    /// <summary>A browser on the server's own page: keeps cookies and says where it comes from.</summary>
    public Caller Browser()
    {
        var cookies = new CookieContainer();
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var browser = new Caller(client);
        _cookies[browser] = cookies;
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await _fixture.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
