namespace Touchstone.Terminal;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misuse = 2;
    public const int Interrupted = 130;
}
