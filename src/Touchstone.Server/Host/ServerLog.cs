using Microsoft.Extensions.Logging.Console;

namespace Touchstone.Server.Host;

/// <summary>The log: one line an event on standard error, since standard output belongs to what a command answers.</summary>
internal sealed class ServerLog
{
    private volatile bool _started;

    public static ServerLog Add(ILoggingBuilder logging, ServerOptions options)
    {
        var log = new ServerLog();
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // A failed start is told by its exception to whoever started the server; that sign-in keys rest in the database is documented.
        logging.AddFilter("Microsoft.Extensions.Hosting", level => log._started && level >= LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        if (!options.Log) return log;
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return log;
    }

    /// <summary>From here on failures of the host are told by the log.</summary>
    public void Follow(IHostApplicationLifetime lifetime) => lifetime.ApplicationStarted.Register(() => _started = true);
}
