using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Touchstone.Server.Host;

/// <summary>Tells a broken unique key, which a rule of ours expects under a race, from other failures.</summary>
internal static class Unique
{
    public static bool IsViolated(DbUpdateException failure) => failure.InnerException is
        SqliteException { SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY }
        or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
