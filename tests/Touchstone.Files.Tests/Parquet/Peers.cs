using Touchstone.Testing;

namespace Touchstone.Files.Tests.Parquet;

/// <summary>Runs the other programs that read and write Parquet.</summary>
internal static class Peers
{
    /// <summary>Runs a script and returns the lines that it prints; the test is skipped where the programs are not installed.</summary>
    public static string[] Run(params string[] arguments) => ParquetPeers.Run(Assert.Skip, arguments);
}
