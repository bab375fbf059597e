using System.CommandLine;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate</c>: text corpora for language models, from files, without a server but for sharing a report.</summary>
internal static class CurateCommand
{
    public static Command Make() => new("curate", "Curate text corpora for language models: documents stream through filters, deduplication and redaction, and every decision has a reason. Reads and writes files; needs no server, but for share.")
    {
        RunCommand.Make(),
        WorkCommand.Make(),
        PlanCommand.Make(),
        MixCommand.Make(),
        RestoreCommand.Make(),
        ExplainCommand.Make(),
        StatsCommand.Make(),
        CompareCommand.Make(),
        InspectCommand.Make(),
        ShareCommand.Make(),
        PresetCommand.Make(),
    };
}
