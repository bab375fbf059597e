using Touchstone.Store;
using Touchstone.Terminal;

namespace Touchstone.Operation;

/// <summary>Opens the database that an operator means.</summary>
internal static class Database
{
    public const string FileName = "touchstone.db";

    /// <summary>An existing database.</summary>
    /// <exception cref="CommandException">The data folder holds none.</exception>
    public static StoreDatabase Open(DirectoryInfo data, string? connection)
    {
        if (connection is not null) return StoreDatabase.OpenPostgres(connection);
        var file = Path.Combine(data.FullName, FileName);
        return File.Exists(file) ? StoreDatabase.OpenSqlite(file) : throw new CommandException($"{data.FullName} holds no Touchstone database ({FileName}).");
    }
}
