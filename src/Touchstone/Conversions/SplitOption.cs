using System.Globalization;
using Touchstone.Formats.Exchange;
using Touchstone.Terminal;

namespace Touchstone.Conversions;

/// <summary><c>train=0.8,val=0.1,test=0.1</c>.</summary>
internal static class SplitOption
{
    public static SplitPlan Parse(string text, long seed)
    {
        List<(string, double)> shares = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2) is not [{ Length: > 0 } name, var number] || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || !(share > 0) || !double.IsFinite(share))
                throw new CommandException($"--split: expected shares such as train=0.8,val=0.1,test=0.1; found \"{part}\"", ExitCode.Misuse);
            if (name.AsSpan().IndexOfAny("/\\") >= 0 || name.StartsWith('.') || shares.Exists(s => s.Item1 == name)) throw new CommandException($"--split: \"{name}\" cannot be the name of a part, or is given twice", ExitCode.Misuse);
            shares.Add((name, share));
        }

        return shares.Count > 0 ? new SplitPlan(shares, seed) : throw new CommandException("--split: expected shares such as train=0.8,val=0.1,test=0.1", ExitCode.Misuse);
    }
}
