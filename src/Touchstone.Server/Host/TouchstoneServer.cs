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
        app.UseRouting();
        if (options.Browser is { } browser) app.UseBrowser(browser);
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
