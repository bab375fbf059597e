using System.CommandLine;
using Touchstone.Operation;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone admin backup</c>.</summary>
internal static class AdminBackupCommand
{
    public static Command Make()
    {
        var target = new Argument<DirectoryInfo>("FOLDER") { Description = "A new or empty folder." };
        var (data, database) = (Options.Data(), Options.Database());
        return new Command("backup", "Write a consistent copy of database and content while the server runs. PostgreSQL is copied by pg_dump, which must be installed.")
            { target, data, database }
            .Examples("touchstone admin backup /backup/touchstone-monday", "touchstone admin backup /backup/monday --database \"Host=db;Database=touchstone\"")
            .Runs(async (parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(target)!;
                var summary = await Backup.WriteAsync(parsed.GetValue(data)!, parsed.GetValue(database), folder, cancellationToken);
                Console.WriteLine($"{summary} in {folder.FullName}");
                return ExitCode.Done;
            });
    }
}
