using Touchstone.Server.Host.Browser;

namespace Touchstone.Server.Host;

/// <summary>Everything that a server is started with.</summary>
public sealed record ServerOptions
{
    /// <summary>Folder of the content files and, unless <see cref="Database"/> is set, of the SQLite file.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Connection string of a PostgreSQL database; null for SQLite in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>Where it listens. Port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5080"];

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Seed of gold in the queue and of samples, for demonstrations and tests; null draws them so that nobody can tell beforehand.</summary>
    public int? Seed { get; init; }

    /// <summary>Largest file that an upload may have.</summary>
    public long AssetBytesMax { get; init; } = 256L << 20;

    /// <summary>Largest body of an import of tasks.</summary>
    public long ImportBytesMax { get; init; } = 4L << 30;

    /// <summary>Largest body of any other request.</summary>
    public long RequestBytesMax { get; init; } = 8L << 20;

    /// <summary>Sign-in attempts a minute from one address.</summary>
    public int SignInsPerMinute { get; init; } = 30;

    /// <summary>Pages that may watch live progress at once.</summary>
    public int WatchersMax { get; init; } = 500;

    /// <summary>The browser application; null for a plain page in its place.</summary>
    public BrowserFiles? Browser { get; init; }

    /// <summary>Writes the log to the console.</summary>
    public bool Log { get; init; } = true;

    /// <summary>Last word on the builder, for tests and benchmarks.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }
}
