using System.Data.Common;

namespace Touchstone.Store;

/// <summary>The keys that protect sign-in cookies, by plain SQL: a start reads them before it listens, and EF Core would build its whole model first.</summary>
public sealed class ProtectionKeys(StoreDatabase database)
{
    /// <summary>All of them as XML, in the order in which they were made.</summary>
    public IReadOnlyList<string> Read()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT xml FROM data_protection_keys ORDER BY id";
        using var rows = command.ExecuteReader();
        var keys = new List<string>();
        while (rows.Read()) keys.Add(rows.GetString(0));
        return keys;
    }

    /// <summary>Adds one, committed durably.</summary>
    public void Add(string friendlyName, string xml)
    {
        if (database.IsSqlite) database.Gate.Enter();
        try
        {
            using var connection = Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO data_protection_keys (friendly_name, xml) VALUES (@name, @xml)";
            Set(command, "@name", friendlyName);
            Set(command, "@xml", xml);
            command.ExecuteNonQuery();
        }
        finally
        {
            if (database.IsSqlite) database.Gate.Exit();
        }
    }

    private static void Set(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private DbConnection Open() => database.IsSqlite ? database.OpenSqliteConnection() : database.Source.OpenConnection();
}
