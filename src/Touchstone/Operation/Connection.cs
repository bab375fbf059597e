using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Touchstone.Client;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Terminal;

namespace Touchstone.Operation;

/// <summary>
/// The API that a command works through: a running server's, or that of a server started inside the command on a free loopback port over
/// the data folder. Either way the same requests are checked by the same code.
/// </summary>
internal sealed class Connection : IAsyncDisposable
{
    private const string KeyVariable = "TOUCHSTONE_KEY";
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(1);
    private readonly WebApplication? _local;
    private readonly ApiKeyId? _key;

    private Connection(ApiClient api, WebApplication? local, ApiKeyId? key)
    {
        Api = api;
        _local = local;
        _key = key;
    }

    public ApiClient Api { get; }

    public static async Task<Connection> OpenAsync(Uri? server, string? key, DirectoryInfo data, string? database, CancellationToken cancellationToken)
    {
        if (server is not null)
        {
            return database is null
                ? new Connection(new ApiClient(server, CheckKey(key ?? Environment.GetEnvironmentVariable(KeyVariable))), null, null)
                : throw new CommandException("--server and --database exclude each other: a running server has its own database.", ExitCode.Misuse);
        }

        if (database is null && !Database.Exists(data))
            throw new CommandException($"{data.FullName} holds no Touchstone database. Run \"touchstone serve --data {data}\" first, or give --server and a key.");
        await Database.RequireCurrentAsync(data, database, cancellationToken);
        return await OpenLocalAsync(data, database, cancellationToken);
    }

    private static async Task<Connection> OpenLocalAsync(DirectoryInfo data, string? database, CancellationToken cancellationToken)
    {
        var local = TouchstoneServer.Build(new ServerOptions
        {
            DataFolder = data.FullName,
            Database = database,
            Urls = ["http://127.0.0.1:0"],
            Configure = builder => builder.Logging.SetMinimumLevel(LogLevel.Error),
        });
        try
        {
            await local.StartAsync(cancellationToken);
            var store = local.Services.GetRequiredService<StoreDatabase>();
            var clock = local.Services.GetRequiredService<TimeProvider>();
            var owner = await OperatorKeys.OwnerAsync(store, cancellationToken);
            var (id, secret) = await OperatorKeys.CreateAsync(store, owner, "command line", KeyLifetime, clock, cancellationToken);
            return new Connection(new ApiClient(new Uri(local.Urls.First()), secret), local, id);
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    private static string CheckKey(string? key)
    {
        var trimmed = key?.Trim();
        if (string.IsNullOrEmpty(trimmed)) throw new CommandException("--server needs an API key: --key KEY or the variable TOUCHSTONE_KEY.", ExitCode.Misuse);
        return trimmed.All(c => c is > ' ' and < '\x7f') ? trimmed : throw new CommandException("The API key holds characters that no key has; copy it again.", ExitCode.Misuse);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_local is null) return;
        if (_key is { } key) await OperatorKeys.ForgetAsync(_local.Services.GetRequiredService<StoreDatabase>(), key);
        await _local.StopAsync();
        await _local.DisposeAsync();
    }

    /// <summary>The id of a project named by id or by its exact name.</summary>
    public async Task<string> ProjectAsync(string name, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(name, out var id)) return id.ToString();
        string? after = null;
        do
        {
            var page = await Api.GetAsync($"projects?limit=500{(after is null ? "" : $"&after={after}")}", cancellationToken);
            foreach (var project in page!["items"]!.AsArray())
                if (string.Equals(project!["name"]!.GetValue<string>(), name, StringComparison.Ordinal))
                    return project["id"]!.GetValue<string>();
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        throw new CommandException($"There is no project \"{name}\"; \"touchstone admin project list\" shows those that there are.");
    }
}
