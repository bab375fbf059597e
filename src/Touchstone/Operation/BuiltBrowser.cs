using Touchstone.Server.Host.Browser;

namespace Touchstone.Operation;

/// <summary>Where this program has its browser application: <c>dotnet run</c> lays it beside the program, <c>dotnet publish</c> puts it inside.</summary>
internal static class BuiltBrowser
{
    private const string Folder = "browser";

    /// <summary>What to say when it has none.</summary>
    public const string Missing =
        "This program was built without the browser application, so it shows a plain page instead. Install Node.js 20.19 or newer with npm and start it with `dotnet run`, or publish it.";

    public static BrowserFiles? OfThisProgram() =>
        BrowserFiles.InFolder(Path.Combine(AppContext.BaseDirectory, Folder)) ?? BrowserFiles.Within(typeof(BuiltBrowser).Assembly);
}
