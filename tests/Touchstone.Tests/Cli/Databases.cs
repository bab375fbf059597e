using Touchstone.Testing;

namespace Touchstone.Tests.Cli;

internal static class Databases
{
    public static TheoryData<DatabaseKind> Both => [DatabaseKind.Sqlite, DatabaseKind.Postgres];
}
