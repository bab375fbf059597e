using System.CommandLine;
using Touchstone.Terminal;

var root = new RootCommand("Touchstone: an open data engine for AI. Labels are made, measured and released with a stated accuracy.");
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
{
    foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync("touchstone: " + error.Message);
    await Console.Error.WriteLineAsync("touchstone --help lists the verbs; touchstone VERB --help shows examples.");
    return ExitCode.Misuse;
}

return await parsed.InvokeAsync();
