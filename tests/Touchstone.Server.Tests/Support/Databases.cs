using Touchstone.Testing;

namespace Touchstone.Server.Tests.Support;

/// <summary>Every feature test runs on both.</summary>
public static class Databases
{
    public static TheoryData<DatabaseKind> Both => new(DatabaseKind.Sqlite, DatabaseKind.Postgres);
}
