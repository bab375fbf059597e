using System.Buffers;
using Touchstone.Annotations.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Colours that people tell apart.</summary>
public static class Palette
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// 64 colours: those of Okabe and Ito that show upon dark pictures (jfly.uni-koeln.de/color), which people with colour blindness tell apart, then each
    /// time the colour farthest in OKLab from all before it, neither near black nor near grey.
    /// </summary>
    public static IReadOnlyList<string> Colours { get; } =
    [
        "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#880077",
        "#bb00ff", "#ffccff", "#445511", "#0000ff", "#44ffee", "#00dd00", "#992200", "#ff00bb",
        "#8877ff", "#6600cc", "#cc1166", "#ff88ff", "#66cc99", "#887700", "#775577", "#88aa00",
        "#ffbb99", "#66ff88", "#ff4466", "#9944bb", "#0044aa", "#2266ff", "#bbaaff", "#7788bb",
        "#225566", "#cc66ee", "#aaddff", "#447766", "#ff8877", "#cceebb", "#008800", "#aa9966",
        "#aa6666", "#7744ff", "#aacc00", "#dd0000", "#cc00aa", "#ee11ff", "#885522", "#ff66bb",
        "#00ddee", "#0099ff", "#eeaacc", "#bbbb88", "#6666cc", "#00aa00", "#553399", "#11ff00",
        "#5500ff", "#bbff00", "#55aaaa", "#aa88dd", "#cc9999", "#773355", "#bb5599", "#aadd88",
    ];

    /// <summary>Whether this is a colour as <c>#rrggbb</c>, in lower case.</summary>
    public static bool IsValid(string colour) => colour.Length == 7 && colour[0] == '#' && !colour.AsSpan(1).ContainsAnyExcept(Digits);

    /// <summary>The key <c>colour</c> of a class or option; upper case is accepted.</summary>
    internal static string? Read(ObjectReader reader)
    {
        var text = reader.Text("colour", 100);
        if (text is null) return null;
        var colour = text.ToLowerInvariant();
        if (IsValid(colour)) return colour;
        reader.Fault("colour", "a colour as #rrggbb", JsonText.Quote(text));
        return null;
    }
}

/// <summary>Gives out colours of the palette that nothing has yet; when all are taken it begins again.</summary>
internal sealed class FreeColours(IEnumerable<string?> taken)
{
    private readonly HashSet<string> _taken = [.. taken.OfType<string>().Select(c => c.ToLowerInvariant())];
    private int _next;

    public string Next()
    {
        for (var i = 0; i < Palette.Colours.Count; i++)
        {
            var colour = Palette.Colours[_next++ % Palette.Colours.Count];
            if (_taken.Add(colour)) return colour;
        }

        return Palette.Colours[_next++ % Palette.Colours.Count];
    }

    /// <summary>Takes this colour, or gives another where it is taken.</summary>
    public string Take(string colour) => _taken.Add(colour) ? colour : Next();
}
