using Touchstone.Tests.Processes;

namespace Touchstone.Tests.Storm;

/// <summary>One or several servers over one database, of which some die at times; a caller takes whichever is next.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly string[] _arguments;
    private readonly TouchstoneProcess[] _servers;
    private int _turn;

    private Cluster(string[] arguments, TouchstoneProcess[] servers)
    {
        _arguments = arguments;
        _servers = servers;
    }

    public static async Task<Cluster> StartAsync(int servers, params string[] arguments)
    {
        var started = new TouchstoneProcess[servers];
        for (var i = 0; i < servers; i++) started[i] = await PreparedAsync(arguments);
        return new Cluster(arguments, started);
    }

    public Uri Next() => Volatile.Read(ref _servers[(uint)Interlocked.Increment(ref _turn) % _servers.Length]).Address;

    public async Task KillAndRestartAsync(int index)
    {
        _servers[index].Kill();
        var successor = await PreparedAsync(_arguments);
        Interlocked.Exchange(ref _servers[index], successor).Dispose();
    }

    /// <summary>A server that listens still makes its routes; whoever asks for one of them waits. A storm is of servers that serve.</summary>
    private static async Task<TouchstoneProcess> PreparedAsync(string[] arguments)
    {
        var server = await TouchstoneProcess.ServeAsync(arguments);
        using var http = new HttpClient();
        using var refused = await http.GetAsync(new Uri(server.Address, "/api/v1/projects"), TestContext.Current.CancellationToken);
        return server;
    }

    public int Count => _servers.Length;

    public void Dispose()
    {
        foreach (var server in _servers) server.Dispose();
    }
}
