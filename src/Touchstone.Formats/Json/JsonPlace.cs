using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>Where in a file a value stands, to tell what is wrong with it.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">"line 3 " where the file has a value a line; empty else.</param>
/// <param name="Pointer">JSON pointer.</param>
/// <param name="Faults">Where faults go.</param>
internal readonly record struct JsonPlace(string File, string Line, string Pointer, FaultLog Faults)
{
    public JsonPlace Below(string member) => this with { Pointer = $"{Pointer}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}" };

    public JsonPlace Below(int index) => this with { Pointer = $"{Pointer}/{index}" };

    public void Tell(string message) => Faults.Add(File, (Line + Pointer).TrimEnd(), message);

    /// <summary>Tells members that nobody reads.</summary>
    public void TellOthers(JsonElement value, params ReadOnlySpan<string> known)
    {
        foreach (var member in ((JsonElement?)value).Members())
            if (!known.Contains(member.Name)) Below(member.Name).Tell("this member is not known; it is left out.");
    }

    /// <summary>Finite numbers of an object; null where one is missing, which is told.</summary>
    public double[]? Numbers(JsonElement value, params ReadOnlySpan<string> names)
    {
        var numbers = new double[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (value.Number(names[i]) is { } number) numbers[i] = number;
            else
            {
                Below(names[i]).Tell($"a number was expected; {value.Member(names[i]).Found()} found.");
                return null;
            }
        }

        return numbers;
    }

    /// <summary>Finite numbers of a list; null where it is none or has another length, which is told.</summary>
    /// <param name="value">The list.</param>
    /// <param name="least">The fewest numbers.</param>
    /// <param name="most">The most numbers.</param>
    public double[]? List(JsonElement? value, int least, int most = int.MaxValue)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is var length && (length < least || length > most))
        {
            Tell($"a list of {(least == most ? least : $"{least} or more")} numbers was expected; {(value is { ValueKind: JsonValueKind.Array } other ? $"a list of {other.GetArrayLength()}" : value.Found())} found.");
            return null;
        }

        var numbers = new double[length];
        var at = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.AsNumber() is not { } number)
            {
                Below(at).Tell($"a number was expected; {((JsonElement?)item).Found()} found.");
                return null;
            }

            numbers[at++] = number;
        }

        return numbers;
    }
}
