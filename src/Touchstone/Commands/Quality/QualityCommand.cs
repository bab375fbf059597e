using System.CommandLine;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality</c>: how far labels of any origin can be trusted, from files and without a server.</summary>
internal static class QualityCommand
{
    public static Command Make() => new("quality", "Measure labels of any origin: one answer from many votes, agreement, detection metrics, label errors, sampling plans. Reads and writes files; needs no server.")
    {
        AggregateCommand.Make(),
        AgreementCommand.Make(),
        DetectionsCommand.Make(),
        TracksCommand.Make(),
        ErrorsCommand.Make(),
        PlanCommand.Make(),
        OrderCommand.Make(),
        ReplayCommand.Make(),
    };
}
