using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;
using Touchstone.Server.Host;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Host;

/// <summary>What a server makes after it listens.</summary>
public sealed class PreparationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_listens_and_tells_its_health_before_its_routes_are_bound()
    {
        using var gate = new ManualResetEventSlim();
        await using var place = await Place.StartAsync(new Held(gate));
        Assert.Contains("ok", await place.Http.GetStringAsync("/health", Cancellation), StringComparison.Ordinal);
        var early = place.Http.GetAsync("/api/v1/me", Cancellation);
        Assert.False(TouchstoneServer.PreparedAsync(place.Server, Cancellation).IsCompleted);
        gate.Set();
        await TouchstoneServer.PreparedAsync(place.Server, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await early).StatusCode);
        TouchstoneServer.ThrowIfFailed(place.Server);
    }

    [Fact]
    public async Task A_failure_after_it_listens_stops_the_server_and_is_told()
    {
        await using var place = await Place.StartAsync(new Broken());
        await place.Server.WaitForShutdownAsync(Cancellation);
        Assert.Equal("no routes", Assert.Throws<InvalidOperationException>(() => TouchstoneServer.ThrowIfFailed(place.Server)).Message);
    }

    private sealed class Place(StoreFixture store, WebApplication server) : IAsyncDisposable
    {
        public WebApplication Server => server;

        public HttpClient Http { get; } = new() { BaseAddress = new Uri(server.Urls.Single()) };

        public static async Task<Place> StartAsync(EndpointDataSource more)
        {
            var store = await StoreFixture.CreateAsync(DatabaseKind.Sqlite, Assert.Skip);
            var server = TouchstoneServer.Build(new ServerOptions { DataFolder = Path.GetDirectoryName(store.Location)!, Urls = ["http://127.0.0.1:0"], Log = false });
            ((IEndpointRouteBuilder)server).DataSources.Add(more);
            await server.StartAsync(Cancellation);
            return new(store, server);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await server.DisposeAsync();
            await store.DisposeAsync();
        }
    }

    private sealed class Held(ManualResetEventSlim gate) : EndpointDataSource
    {
        public override IReadOnlyList<Endpoint> Endpoints
        {
            get
            {
                gate.Wait();
                return [];
            }
        }

        public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
    }

    private sealed class Broken : EndpointDataSource
    {
        public override IReadOnlyList<Endpoint> Endpoints => throw new InvalidOperationException("no routes");

        public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
    }
}
