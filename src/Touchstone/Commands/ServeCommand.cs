using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Touchstone.Operation;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone serve</c>: the server.</summary>
internal static class ServeCommand
{
    private const string LockName = "serve.lock";

    public static Command Make()
    {
        var data = Options.Data();
        var database = Options.Database();
        var urls = new Option<string[]>("--urls")
        {
            Description = "Where to listen, such as http://127.0.0.1:8080; http://0.0.0.0:8080 is every network of the machine. Put a TLS proxy before anything that others reach.",
            HelpName = "URL",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [ListenAddresses.Default],
        };
        ListenAddresses.Validate(urls);
        return new Command("serve", "Run the server until it is stopped. The first start prints a one-time link that creates the owner.") { data, database, urls }
            .Examples(
                "touchstone serve",
                "touchstone serve --data /srv/touchstone --urls http://127.0.0.1:8080",
                "PGPASSWORD=... touchstone serve --database \"Host=db;Database=touchstone;Username=touchstone\"")
            .Runs((parsed, cancellationToken) => RunAsync(
                parsed,
                new ServerOptions
                {
                    DataFolder = parsed.GetValue(data)!.FullName,
                    Database = parsed.GetValue(database),
                    Browser = BuiltBrowser.OfThisProgram(),
                    Urls = [.. parsed.GetValue(urls)!.SelectMany(ListenAddresses.Split)],
                },
                cancellationToken));
    }

    private static async Task<int> RunAsync(ParseResult parsed, ServerOptions options, CancellationToken cancellationToken)
    {
        Database.CheckConnectionString(options.Database);
        Database.MakeFolder(new DirectoryInfo(options.DataFolder));
        using var alone = options.Database is null ? Lock(options.DataFolder) : null;
        await using var app = TouchstoneServer.Build(options);
        await StartAsync(app, options, cancellationToken);
        parsed.Print($"Touchstone listens on {string.Join(" and ", app.Urls)}");
        parsed.Print($"Data: {options.DataFolder}{(options.Database is null ? "" : " and PostgreSQL")}");
        if (options.Browser is null) parsed.Print(BuiltBrowser.Missing);
        if (await PrepareAsync(app) && await FirstOwner.CreateLinkAsync(app.Services, CancellationToken.None) is { } link)
            parsed.Print($"Nobody owns this server yet. Open this link once to become its owner:\n\n  {Reachable(app.Urls.First())}{link}\n");
        await app.WaitForShutdownAsync(cancellationToken);
        TouchstoneServer.ThrowIfFailed(app);
        return ExitCode.Done;   // to be stopped is how a server ends
    }

    /// <summary>False where the server stops meanwhile.</summary>
    private static async Task<bool> PrepareAsync(WebApplication app)
    {
        try
        {
            await TouchstoneServer.PreparedAsync(app, app.Lifetime.ApplicationStopping);
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task StartAsync(WebApplication app, ServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (SocketException failure)
        {
            throw new CommandException($"cannot listen on {string.Join(" and ", options.Urls)}: {failure.Message}.", inner: failure);
        }
    }

    /// <summary>One server to a SQLite file. The lock is the process's, so that a killed server leaves none behind.</summary>
    private static FileStream Lock(string folder)
    {
        var path = Path.Combine(folder, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.None);
        }
        catch (IOException failure) when (File.Exists(path) && failure is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new CommandException($"Another server runs over {folder} ({LockName} is held). One server owns a SQLite data folder; several share a PostgreSQL database.", inner: failure);
        }
    }

    /// <summary>"Every network" is where to listen and no place to go to.</summary>
    private static string Reachable(string url)
    {
        var uri = new UriBuilder(url);
        if (uri.Host is "0.0.0.0" or "[::]" or "*" or "+") uri.Host = "localhost";
        return uri.Uri.GetLeftPart(UriPartial.Authority);
    }
}
