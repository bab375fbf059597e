using Npgsql;
using Touchstone.Store;
using Touchstone.Terminal;

namespace Touchstone.Operation;

/// <summary>Opens the database that an operator means.</summary>
internal static class Database
{
    public const string FileName = "touchstone.db";

    /// <summary>A database whose tables are those of this program.</summary>
    /// <exception cref="CommandException">There is none, or its tables are others; the message says what to do.</exception>
    public static async Task<StoreDatabase> OpenAsync(DirectoryInfo data, string? connection, CancellationToken cancellationToken)
    {
        if (connection is null && !Exists(data)) throw new CommandException($"{data.FullName} holds no Touchstone database ({FileName}).");
        return await CheckAsync(Open(data, connection), orMake: false, cancellationToken);
    }

    /// <summary>The same; a place that holds nothing yet gets its tables.</summary>
    public static async Task<StoreDatabase> OpenOrMakeAsync(DirectoryInfo data, string? connection, CancellationToken cancellationToken)
    {
        if (connection is null) MakeFolder(data);
        return await CheckAsync(Open(data, connection), orMake: true, cancellationToken);
    }

    /// <summary>Ends a command before anything else is done where the tables are not those of this program.</summary>
    public static async Task RequireCurrentAsync(DirectoryInfo data, string? connection, CancellationToken cancellationToken)
    {
        await using var database = await OpenAsync(data, connection, cancellationToken);
    }

    /// <exception cref="CommandException">It cannot be made or written.</exception>
    public static void MakeFolder(DirectoryInfo data)
    {
        try
        {
            data.Create();
            var probe = Path.Combine(data.FullName, $".{Guid.NewGuid():N}.probe");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The data folder {data.FullName} cannot be made or written: {failure.Message}", inner: failure);
        }
    }

    public static bool Exists(DirectoryInfo data) => File.Exists(Path.Combine(data.FullName, FileName));

    /// <exception cref="CommandException">The connection string cannot be read.</exception>
    public static void CheckConnectionString(string? connection)
    {
        if (connection is null) return;
        try
        {
            if (new NpgsqlConnectionStringBuilder(connection).Host is { Length: > 0 }) return;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw new CommandException($"--database cannot be read: {failure.Message.Split('\n')[0].TrimEnd('.')}. Expected something like \"Host=db;Database=touchstone;Username=touchstone\".", ExitCode.Misuse, failure);
        }

        throw new CommandException("--database names no host. Expected something like \"Host=db;Database=touchstone;Username=touchstone\".", ExitCode.Misuse);
    }

    private static StoreDatabase Open(DirectoryInfo data, string? connection)
    {
        CheckConnectionString(connection);
        return connection is null ? StoreDatabase.OpenSqlite(Path.Combine(data.FullName, FileName)) : StoreDatabase.OpenPostgres(connection);
    }

    private static async Task<StoreDatabase> CheckAsync(StoreDatabase database, bool orMake, CancellationToken cancellationToken)
    {
        try
        {
            switch (await database.SchemaAsync(cancellationToken))
            {
                case SchemaState.Current:
                    break;
                case SchemaState.Empty when orMake:
                case SchemaState.Newer:
                    await database.MigrateAsync(cancellationToken);   // which says what is wrong with a newer one
                    break;
                case SchemaState.Empty:
                    throw new CommandException("This database holds no Touchstone tables yet. \"touchstone serve\" or \"touchstone admin user create\" makes them.");
                default:
                    throw new CommandException("An older Touchstone wrote this database. Stop its servers and start this version's: it brings the tables up to date.");
            }

            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }
}
