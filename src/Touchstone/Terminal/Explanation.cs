using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Touchstone.Client;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Pipelines;
using Touchstone.Files.Storage;
using Touchstone.Files.Tables;
using Touchstone.Formats;
using Touchstone.Store;

namespace Touchstone.Terminal;

/// <summary>What to tell a person of a failure that is not the program's own fault.</summary>
internal static class Explanation
{
    private const int SqliteBusy = 5, SqliteReadOnly = 8, SqliteIo = 10, SqliteCorrupt = 11, SqliteFull = 13, SqliteCannotOpen = 14, SqliteNotADatabase = 26;

    /// <summary>One sentence or two; null where nobody foresaw the failure.</summary>
    public static string? Of(Exception failure) => failure switch
    {
        CommandException or ApiException or NewerSchemaException => failure.Message,
        SqliteException sqlite => OfSqlite(sqlite),
        PostgresException postgres => $"PostgreSQL refused: {postgres.MessageText} ({postgres.SqlState}).",
        NpgsqlException { InnerException: { } cause } unreachable => $"PostgreSQL cannot be used: {Sentence(unreachable.Message.Trim())} {Sentence(cause.Message)}",
        NpgsqlException unreachable => $"PostgreSQL cannot be used: {Sentence(unreachable.Message)}",
        DbUpdateException { InnerException: { } cause } => Of(cause),
        StorageFullException full => full.Message,
        TableFormatException or FileFormatFaultException or PipelineException or RecordFileException => failure.Message,
        InvalidDataException or DllNotFoundException => Sentence(failure.Message),
        SocketException or IOException or UnauthorizedAccessException => Sentence(failure.Message),
        InvalidOperationException { InnerException: NpgsqlException cause } => Of(cause),
        AggregateException { InnerExceptions: [var only] } => Of(only),
        _ => null,
    };

    private static string OfSqlite(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SqliteBusy => "The database is held by another program; try again when that one has ended.",
        SqliteReadOnly => "The database may not be written: look at the rights of the data folder and of touchstone.db in it.",
        SqliteIo => $"The database's disk failed: {failure.Message}",
        SqliteCorrupt => "The database is damaged (SQLite: malformed). Keep the folder as it is and restore a backup into a fresh one.",
        SqliteFull => "The disk is full; nothing of this was written. Make room and run the command again.",
        SqliteCannotOpen => "The database cannot be opened or made: look at the rights of the data folder and of touchstone.db in it.",
        SqliteNotADatabase => "touchstone.db in the data folder is no SQLite database.",
        _ => $"The database refused: {failure.Message}",
    };

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
