using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Touchstone.Operation;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone serve</c>: the server.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Make()
    {
        var data = Options.Data();
        var database = Options.Database();
        var urls = new Option<string[]>("--urls")
        {
            Description = "Where to listen. Put a TLS proxy before anything that others reach.",
            HelpName = "URL",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [DefaultUrl],
        };
        return new Command("serve", "Run the server until it is stopped. The first start prints a one-time link that creates the owner.") { data, database, urls }
            .Examples(
                "touchstone serve",
                "touchstone serve --data /srv/touchstone --urls http://127.0.0.1:8080",
                "PGPASSWORD=... touchstone serve --database \"Host=db;Database=touchstone;Username=touchstone\"")
            .Runs((parsed, cancellationToken) => RunAsync(
                new ServerOptions
                {
                    DataFolder = parsed.GetValue(data)!.FullName,
                    Database = parsed.GetValue(database),
                    Browser = BuiltBrowser.OfThisProgram(),
                    Urls = [.. parsed.GetValue(urls)!.SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries))],
                },
                cancellationToken));
    }

    private static async Task<int> RunAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        await using var app = TouchstoneServer.Build(options);
        await app.StartAsync(cancellationToken);
        var address = app.Urls.First();
        Console.WriteLine($"Touchstone listens on {string.Join(" and ", app.Urls)}");
        Console.WriteLine($"Data: {options.DataFolder}{(options.Database is null ? "" : " and PostgreSQL")}");
        if (options.Browser is null) Console.WriteLine(BuiltBrowser.Missing);
        if (await FirstOwner.CreateLinkAsync(app.Services, cancellationToken) is { } link)
            Console.WriteLine($"Nobody owns this server yet. Open this link once to become its owner:\n\n  {address}{link}\n");
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }
}
