using System.CommandLine;
using Touchstone.Operation.Backups;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone admin restore</c>.</summary>
internal static class AdminRestoreCommand
{
    public static Command Make()
    {
        var source = new Argument<DirectoryInfo>("FOLDER") { Description = "A folder that \"backup\" wrote." };
        var (data, database, json) = (Options.Data(), Options.Database(), Options.Json());
        return new Command("restore", "Check a backup and bring it into a data folder (and PostgreSQL database) that holds nothing yet.") { source, data, database, json }
            .Examples("touchstone admin restore /backup/touchstone-monday --data ./restored", "touchstone admin restore /backup/monday --data ./restored --database \"Host=db;Database=fresh\"")
            .Runs(async (parsed, cancellationToken) =>
            {
                var target = parsed.GetValue(data)!;
                var reader = new BackupReader(parsed.GetValue(source)!.FullName, target, parsed.GetValue(database), parsed.Warn);
                var manifest = await reader.RestoreAsync(cancellationToken);
                parsed.Print(parsed.GetValue(json) ? manifest.ToJson() : $"{manifest.Describe()} restored to {target.FullName}");
                return ExitCode.Done;
            });
    }
}
