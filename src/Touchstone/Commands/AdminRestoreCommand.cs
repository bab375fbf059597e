using System.CommandLine;
using Touchstone.Operation;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone admin restore</c>.</summary>
internal static class AdminRestoreCommand
{
    public static Command Make()
    {
        var source = new Argument<DirectoryInfo>("FOLDER") { Description = "A folder that \"backup\" wrote." };
        var (data, database) = (Options.Data(), Options.Database());
        return new Command("restore", "Check a backup and bring it into a data folder (and PostgreSQL database) that holds nothing yet.") { source, data, database }
            .Examples("touchstone admin restore /backup/touchstone-monday --data ./restored")
            .Runs(async (parsed, cancellationToken) =>
            {
                var summary = await Backup.RestoreAsync(parsed.GetValue(source)!, parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                Console.WriteLine($"{summary} restored to {parsed.GetValue(data)!.FullName}");
                return ExitCode.Done;
            });
    }
}
