using System.Diagnostics;

namespace Touchstone.Testing;

/// <summary>Runs the other programs that read and write Parquet: the scripts of tests/parquet-peers, on node.</summary>
public static class ParquetPeers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "parquet-peers");

    /// <summary>Runs a script and returns the lines that it prints; the test is skipped where the programs are not installed.</summary>
    /// <param name="skip">Ends the test as skipped with a reason; pass <c>Assert.Skip</c>.</param>
    /// <param name="arguments">The script and its arguments.</param>
    /// <exception cref="InvalidOperationException">The script failed, or the programs are missing on a build server.</exception>
    public static string[] Run(Action<string> skip, params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            const string reason = "Run ./test, or npm install --no-save in tests/parquet-peers: other programs that read and write Parquet are not installed.";
            if (TestData.IsRequired) throw new InvalidOperationException(reason);
            skip(reason);
        }

        var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"node {string.Join(' ', arguments)} took longer than {Patience}.");
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries) : throw new InvalidOperationException(errors.Result);
    }
}
