using Touchstone.Terminal;

namespace Touchstone.QualityFiles;

/// <summary>A file that a verb reads, or standard input where its name is "-".</summary>
internal static class InputFile
{
    private const string StandardInput = "-";

    /// <summary>What messages call it.</summary>
    public static string NameOf(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>Opens it for one reading from start to end.</summary>
    /// <exception cref="CommandException">There is no such file.</exception>
    public static Stream Open(string path)
    {
        if (path == StandardInput) return Console.OpenStandardInput();
        if (Directory.Exists(path)) throw new CommandException($"{path} is a folder; a file is expected here.");
        if (!File.Exists(path)) throw new CommandException($"There is no file {path}.");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
    }

    /// <summary>Standard input can be read once.</summary>
    public static void RequireOneStandardInput(params string?[] paths)
    {
        if (paths.Count(p => p == StandardInput) > 1) throw new CommandException("Only one of the files can be \"-\", which is standard input.", ExitCode.Misuse);
    }
}
