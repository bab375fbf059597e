using System.CommandLine;
using Touchstone.Commands.Curate;
using Touchstone.Commands.Quality;

namespace Touchstone.Commands;

/// <summary>The program's verbs, in the order in which its help lists them.</summary>
internal static class TouchstoneCommand
{
    public static RootCommand Make() => new("Touchstone: an open data engine for AI. Labels are made, measured, and released with a stated accuracy.")
    {
        ServeCommand.Make(),
        DemoCommand.Make(),
        ImportCommand.Make(),
        AdoptCommand.Make(),
        ReleaseCommand.Make(),
        VerifyCommand.Make(),
        ConvertCommand.Make(),
        InspectCommand.Make(),
        CurateCommand.Make(),
        QualityCommand.Make(),
        AdminCommand.Make(),
    };
}
