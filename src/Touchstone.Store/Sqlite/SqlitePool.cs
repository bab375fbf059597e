using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Touchstone.Store.Sqlite;

/// <summary>Open connections between their uses by contexts.</summary>
/// <remarks>
/// Not the pool of Microsoft.Data.Sqlite: that one looks for connections whose user was collected, and takes one that is just being handed out or given back for such
/// a one (SqliteConnectionInternal sets and clears its user and its mark of being in use one after the other). The connection then has two users at once, whose
/// statements and transactions run into each other; under load that happened. Settings are made once for a connection here and not at each of its uses.
/// </remarks>
internal sealed class SqlitePool(string connectionString) : IDisposable
{
    /// <summary>SQLite works on the caller's thread, so that seldom more than a few for each processor are in use; each may hold its own 16 MB of pages.</summary>
    private static readonly int IdleMax = Math.Max(8, 4 * Environment.ProcessorCount);

    private readonly ConcurrentStack<SqliteConnection> _idle = new();
    private volatile bool _isClosed;

    /// <summary>An open connection with every setting, for one user until it is given back.</summary>
    public SqliteConnection Take()
    {
        if (_idle.TryPop(out var idle)) return idle;
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            SqlitePragmas.Apply(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Takes a connection back; one that was closed or has a transaction left, which only a failure leaves, is not used again.</summary>
    public void Return(SqliteConnection connection)
    {
        if (_isClosed || _idle.Count >= IdleMax || connection.State != ConnectionState.Open || raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            connection.Dispose();
            return;
        }

        _idle.Push(connection);
        if (_isClosed) Dispose();
    }

    /// <summary>Closes what is not in use; what is in use is closed when it comes back.</summary>
    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryPop(out var connection)) connection.Dispose();
    }
}
