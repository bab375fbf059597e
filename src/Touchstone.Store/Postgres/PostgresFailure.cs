using Npgsql;

namespace Touchstone.Store.Postgres;

internal static class PostgresFailure
{
    /// <summary>The transaction was undone because of another one; running it again is right.</summary>
    public static bool IsTransient(Exception failure)
    {
        for (var at = failure; at is not null; at = at.InnerException)
        {
            if (at is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }) return true;
        }

        return false;
    }
}
