using System.CommandLine;

namespace Touchstone.Commands;

/// <summary><c>touchstone admin</c>: what an operator does beside the running server, with the database in hand.</summary>
internal static class AdminCommand
{
    public static Command Make() => new("admin", "Work of an operator: backups, people, keys. Needs access to the data folder or database itself.")
    {
        AdminBackupCommand.Make(),
        AdminRestoreCommand.Make(),
        AdminUserCommand.Make(),
        AdminKeyCommand.Make(),
        AdminProjectCommand.Make(),
    };
}
