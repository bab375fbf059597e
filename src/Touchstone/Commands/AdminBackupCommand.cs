using System.CommandLine;
using Touchstone.Operation.Backups;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone admin backup</c>.</summary>
internal static class AdminBackupCommand
{
    public static Command Make()
    {
        var target = new Argument<DirectoryInfo>("FOLDER") { Description = "A new or empty folder." };
        var (data, database, json) = (Options.Data(), Options.Database(), Options.Json());
        return new Command("backup", "Write a consistent copy of database, pictures and releases while servers run. PostgreSQL is copied by pg_dump, which must be installed. Ends with 1 where something of the data folder is damaged or missing; the rest is in the backup.")
            { target, data, database, json }
            .Examples("touchstone admin backup /backup/touchstone-monday", "touchstone admin backup /backup/monday --data /mnt/shared/touchstone --database \"Host=db;Database=touchstone\"")
            .Runs(async (parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(target)!.FullName;
                var writer = new BackupWriter(parsed.GetValue(data)!, parsed.GetValue(database), folder, parsed.Warn);
                var manifest = await writer.WriteAsync(cancellationToken);
                parsed.Print(parsed.GetValue(json) ? manifest.ToJson() : $"{manifest.Describe()} in {folder}");
                return writer.Damages == 0 ? ExitCode.Done : ExitCode.Failed;
            });
    }
}
