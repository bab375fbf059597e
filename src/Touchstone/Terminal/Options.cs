using System.CommandLine;

namespace Touchstone.Terminal;

/// <summary>Options that several verbs share, made anew for each so that their help stands beside the verb.</summary>
internal static class Options
{
    public const string DefaultDataFolder = "./touchstone-data";

    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "Data folder: content files and, without --database, the SQLite file.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(DefaultDataFolder),
    };

    public static Option<string?> Database() => new("--database")
    {
        Description = "PostgreSQL connection string, such as \"Host=db;Database=touchstone;Username=touchstone\". "
            + "A password is better given by the PGPASSWORD variable or a passfile than here.",
        HelpName = "CONNECTION",
    };

    public static Option<Uri?> Server() => new("--server")
    {
        Description = "Address of a running server. Without it the data folder is opened directly.",
        HelpName = "URL",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new Uri(result.Tokens[0].Value)
            : Refuse(result, $"--server: expected an address such as http://127.0.0.1:5080, found \"{result.Tokens[0].Value}\""),
    };

    public static Option<string?> Key() => new("--key")
    {
        Description = "API key for --server. Better: set TOUCHSTONE_KEY, which does not show in the list of processes.",
        HelpName = "KEY",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("TOUCHSTONE_KEY"),
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the outcome as JSON on standard output." };

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }
}
