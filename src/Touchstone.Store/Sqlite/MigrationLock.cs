using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Touchstone.Store.Sqlite;

/// <summary>
/// One process at a time changes the tables of a SQLite file. EF Core marks it by a row, which a process that is killed leaves behind and
/// which then stops every later start for good. A locked file is given back by the operating system: whoever holds it knows that a row is abandoned.
/// </summary>
internal static class MigrationLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for its turn and forgets what a killed process left; dispose it when the tables are changed.</summary>
    public static async Task<FileStream> TakeAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var held = await TakeAsync(new SqliteConnectionStringBuilder(store.Database.GetConnectionString()).DataSource, cancellationToken);
        try
        {
            var marked = await store.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken);
            if (marked > 0) await store.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for its turn at a database file, without looking into it; dispose it when the tables are changed.</summary>
    public static async Task<FileStream> TakeAsync(string database, CancellationToken cancellationToken)
    {
        var file = database + ".migrating";
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(Pause, cancellationToken);   // another process is at it
            }
        }
    }
}
