using System.CommandLine;
using System.Globalization;

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
            ? uri
            : Refuse(result, $"--server: expected an address such as http://127.0.0.1:5080, found \"{result.Tokens[0].Value}\""),
    };

    public static Option<string?> Key() => new("--key")
    {
        Description = "API key for --server. Better: set TOUCHSTONE_KEY, which does not show in the list of processes.",
        HelpName = "KEY",
    };

    public static Option<string[]?> ClassNames() => new("--names") { Description = "Names of the classes in order, for files that have only numbers.", HelpName = "A,B,...", CustomParser = result => result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries) };

    public static Option<string?> PictureSize() => new("--size") { Description = "Width and height of pictures that are not there, such as 1920x1080, for formats that count in parts of the picture.", HelpName = "WxH" };

    /// <summary>What <see cref="PictureSize"/> says; null where it says nothing.</summary>
    /// <exception cref="CommandException">It is no size.</exception>
    public static (int WidthPx, int HeightPx)? SizeOf(string? text)
    {
        if (text is null) return null;
        if (text.Split('x') is [var a, var b] && int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && int.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var height) && width > 0 && height > 0) return (width, height);
        throw new CommandException($"--size: expected width and height such as 1920x1080; found \"{text}\"", ExitCode.Misuse);
    }

    /// <summary>A whole number within bounds.</summary>
    public static Option<int?> Within(this Option<int?> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (!int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var found) || found < least || found > most)
                    result.AddError($"{option.Name}: expected a whole number from {least} to {most}, found {token.Value}");
        });
        return option;
    }

    /// <summary>One of a few words.</summary>
    public static Option<string> OneOf(this Option<string> option, params string[] words)
    {
        option.HelpName = string.Join('|', words);
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (!words.Contains(token.Value, StringComparer.Ordinal))
                    result.AddError($"{option.Name}: expected {string.Join(", ", words[..^1])} or {words[^1]}; found \"{token.Value}\"");
        });
        return option;
    }

    public static Option<bool> Json() => new("--json") { Description = "Print the outcome as JSON on standard output." };

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }
}
