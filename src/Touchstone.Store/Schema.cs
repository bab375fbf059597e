namespace Touchstone.Store;

/// <summary>How a database's tables stand to this program.</summary>
public enum SchemaState
{
    /// <summary>There are none of ours.</summary>
    Empty,

    /// <summary>A server's start brings them up to date.</summary>
    Older,

    Current,

    /// <summary>A newer program wrote them; this one must not touch them.</summary>
    Newer,
}

/// <summary>A newer program wrote this database.</summary>
/// <param name="migration">The last migration that is not known here.</param>
public sealed class NewerSchemaException(string migration)
    : InvalidOperationException($"A newer Touchstone wrote this database: it has the migration {migration}, which this version does not know. Use that version, or restore a backup made with this one.");
