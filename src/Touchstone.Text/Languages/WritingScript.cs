namespace Touchstone.Text.Languages;

/// <summary>Systems of writing as far as they tell languages apart: Chinese characters and kana are one here, since Japanese mixes them.</summary>
public enum WritingScript : byte
{
    /// <summary>No letter, or one of a script not listed.</summary>
    None,
#pragma warning disable CS1591 // names of scripts as in ISO 15924 need no further word
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Myanmar,
    Georgian,
    Ethiopic,
    Khmer,
    Hangul,
    Chinese,
#pragma warning restore CS1591
}

/// <summary>The script of a letter.</summary>
public static class WritingScripts
{
    /// <summary>Number of scripts, <see cref="WritingScript.None"/> among them.</summary>
    public const int Count = (int)WritingScript.Chinese + 1;

    // First code point of each range of the Unicode blocks of a script (Unicode 16, Blocks.txt), in order; what lies between belongs to the last one before.
    private static readonly int[] s_starts;
    private static readonly WritingScript[] s_scripts;

    static WritingScripts()
    {
        (int Start, WritingScript Script)[] ranges =
        [
            (0, WritingScript.None), ('A', WritingScript.Latin), ('[', WritingScript.None), ('a', WritingScript.Latin), ('{', WritingScript.None), (0xAA, WritingScript.Latin),
            (0xAB, WritingScript.None), (0xBA, WritingScript.Latin), (0xBB, WritingScript.None), (0xC0, WritingScript.Latin), (0xD7, WritingScript.None), (0xD8, WritingScript.Latin),
            (0xF7, WritingScript.None), (0xF8, WritingScript.Latin), (0x2B0, WritingScript.None), (0x370, WritingScript.Greek), (0x400, WritingScript.Cyrillic), (0x530, WritingScript.Armenian),
            (0x590, WritingScript.Hebrew), (0x600, WritingScript.Arabic), (0x700, WritingScript.None), (0x750, WritingScript.Arabic), (0x780, WritingScript.None), (0x8A0, WritingScript.Arabic),
            (0x900, WritingScript.Devanagari), (0x980, WritingScript.Bengali), (0xA00, WritingScript.Gurmukhi), (0xA80, WritingScript.Gujarati), (0xB00, WritingScript.Oriya),
            (0xB80, WritingScript.Tamil), (0xC00, WritingScript.Telugu), (0xC80, WritingScript.Kannada), (0xD00, WritingScript.Malayalam), (0xD80, WritingScript.Sinhala),
            (0xE00, WritingScript.Thai), (0xE80, WritingScript.Lao), (0xF00, WritingScript.Tibetan), (0x1000, WritingScript.Myanmar), (0x10A0, WritingScript.Georgian),
            (0x1100, WritingScript.Hangul), (0x1200, WritingScript.Ethiopic), (0x13A0, WritingScript.None), (0x1780, WritingScript.Khmer), (0x1800, WritingScript.None),
            (0x1C80, WritingScript.Cyrillic), (0x1C90, WritingScript.Georgian), (0x1CC0, WritingScript.None), (0x1E00, WritingScript.Latin), (0x1F00, WritingScript.Greek),
            (0x2000, WritingScript.None), (0x2C60, WritingScript.Latin), (0x2C80, WritingScript.None), (0x2D00, WritingScript.Georgian), (0x2D30, WritingScript.None),
            (0x2D80, WritingScript.Ethiopic), (0x2DE0, WritingScript.Cyrillic), (0x2E00, WritingScript.None), (0x3005, WritingScript.Chinese), (0x3008, WritingScript.None),
            (0x3041, WritingScript.Chinese), (0x3130, WritingScript.Hangul), (0x3190, WritingScript.None), (0x31A0, WritingScript.Chinese), (0x3200, WritingScript.None),
            (0x3400, WritingScript.Chinese), (0x4DC0, WritingScript.None), (0x4E00, WritingScript.Chinese), (0xA000, WritingScript.None), (0xA640, WritingScript.Cyrillic),
            (0xA6A0, WritingScript.None), (0xA722, WritingScript.Latin), (0xA800, WritingScript.None), (0xA960, WritingScript.Hangul), (0xA980, WritingScript.None),
            (0xA9E0, WritingScript.Myanmar), (0xAA00, WritingScript.None), (0xAA60, WritingScript.Myanmar), (0xAA80, WritingScript.None), (0xAC00, WritingScript.Hangul),
            (0xD800, WritingScript.None), (0xF900, WritingScript.Chinese), (0xFB00, WritingScript.Latin), (0xFB13, WritingScript.Armenian), (0xFB1D, WritingScript.Hebrew),
            (0xFB50, WritingScript.Arabic), (0xFE00, WritingScript.None), (0xFE70, WritingScript.Arabic), (0xFEFF, WritingScript.None), (0xFF21, WritingScript.Latin),
            (0xFF3B, WritingScript.None), (0xFF41, WritingScript.Latin), (0xFF5B, WritingScript.None), (0xFF66, WritingScript.Chinese), (0xFFA0, WritingScript.Hangul), (0xFFE0, WritingScript.None),
        ];
        s_starts = Array.ConvertAll(ranges, r => r.Start);
        s_scripts = Array.ConvertAll(ranges, r => r.Script);
    }

    /// <summary>The script of a UTF-16 unit that is a letter or a mark upon one; surrogates, whose characters are rare in running text, have none.</summary>
    public static WritingScript Of(char letter)
    {
        if (letter < 0x80) return char.IsAsciiLetter(letter) ? WritingScript.Latin : WritingScript.None;
        var place = Array.BinarySearch(s_starts, letter);
        return s_scripts[place < 0 ? ~place - 1 : place];
    }
}
