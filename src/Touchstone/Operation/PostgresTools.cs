using System.ComponentModel;
using System.Diagnostics;
using Npgsql;
using Touchstone.Terminal;

namespace Touchstone.Operation;

/// <summary>PostgreSQL's own programs. The password goes through their environment, never through the list of processes.</summary>
internal static class PostgresTools
{
    public static async Task RunAsync(string program, string connection, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        if (program == "pg_restore")
        {
            start.ArgumentList.Add("--dbname");
            start.ArgumentList.Add(to.Database ?? to.Username ?? "");
        }

        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (to.Username is { } user) start.Environment["PGUSER"] = user;
        if (to.Password is { } password) start.Environment["PGPASSWORD"] = password;
        if (to.Database is { } database) start.Environment["PGDATABASE"] = database;
        if (to.Passfile is { } passfile) start.Environment["PGPASSFILE"] = passfile;
        if (to.RootCertificate is { } certificate) start.Environment["PGSSLROOTCERT"] = certificate;
        if (to.ContainsKey("SSL Mode")) start.Environment["PGSSLMODE"] = SslModeOf(to.SslMode);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var said = await process.StandardError.ReadToEndAsync(cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                if (process.ExitCode != 0) throw new CommandException($"{program} ended with {process.ExitCode}: {said.Trim()}");
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception failure)
        {
            throw new CommandException($"{program} cannot be started ({failure.Message}); install PostgreSQL's client programs.", inner: failure);
        }
    }

    private static string SslModeOf(SslMode mode) => mode switch
    {
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };
}
