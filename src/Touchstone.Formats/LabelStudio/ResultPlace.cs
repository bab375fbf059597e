using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Where in a file something stands, to tell what is wrong with it.</summary>
internal readonly record struct ResultPlace(string File, string Pointer, FaultLog Faults)
{
    public ResultPlace Below(string member) => this with { Pointer = $"{Pointer}/{member}" };

    public ResultPlace Below(int index) => this with { Pointer = $"{Pointer}/{index}" };

    public void Tell(string message) => Faults.Add(File, Pointer, message);
}
