using Microsoft.AspNetCore.Hosting;
using Touchstone.Files.Storage;
using Touchstone.Server.Catalogue;
using Touchstone.Server.Host.Browser;
using Touchstone.Server.Jobs;
using Touchstone.Server.People;
using Touchstone.Server.Trust;
using Touchstone.Server.Work;

namespace Touchstone.Server.Host;

/// <summary>The one place where a server is put together, in the order in which a request meets the parts.</summary>
public static class TouchstoneServer
{
    public const string ApiPrefix = "/api/v1";

    /// <summary>Waits until a started server has made everything that it makes after it listens; a request may come before.</summary>
    public static Task PreparedAsync(WebApplication server, CancellationToken cancellationToken) =>
        server.Services.GetRequiredService<Preparation>().WaitAsync(cancellationToken);

    /// <summary>Throws what made a server stop by itself; nothing where it was told to.</summary>
    public static void ThrowIfFailed(WebApplication server) => server.Services.GetRequiredService<Preparation>().ThrowIfFailed();

    /// <summary>A server that is ready to be started. Starting it brings the database up to date first.</summary>
    public static WebApplication Build(ServerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel => KestrelSetup.Apply(kestrel, options));
        var log = ServerLog.Add(builder.Logging, options);

        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddStore(options);
        services.AddSingleton(new ContentFolder(Path.Combine(options.DataFolder, "content")));
        services.AddWire();
        services.AddOpenApiDocument();
        services.AddHostedService<Housekeeping>();
        services.AddSingleton<QuietMemory>();
        services.AddHostedService(s => s.GetRequiredService<QuietMemory>());
        services.AddKnownContributors();
        services.AddJobs();
        services.AddPeople(options);
        services.AddCatalogue();
        services.AddWork();
        services.AddTrust();
        options.Configure?.Invoke(builder);

        var app = builder.Build();
        log.Follow(app.Lifetime);
        app.Use(SecurityHeaders.Add);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHealth();
        var memory = app.Services.GetRequiredService<QuietMemory>();
        app.Use((context, next) =>
        {
            memory.Count();
            return next(context);
        });
        if (options.Browser is { } browser) app.UseBrowser(browser);
        app.UseRouting();
        app.UseRateLimiter();
        app.Use(SameOrigin.Guard);
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(Idempotency.Guard);

        app.MapHost(options);
        var api = app.MapGroup(ApiPrefix);
        api.MapJobs();
        api.MapPeople();
        api.MapCatalogue(options);
        api.MapWork();
        api.MapTrust();
        return app;
    }
}
