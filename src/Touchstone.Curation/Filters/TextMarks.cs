using System.Text;

namespace Touchstone.Curation.Filters;

/// <summary>
/// The sets of punctuation that datatrove's filters are defined by. Taken over from datatrove 0.10 (Apache-2.0, Copyright The HuggingFace Inc. team),
/// <c>src/datatrove/utils/text.py</c>.
/// </summary>
internal static class TextMarks
{
    /// <summary>Punctuation without terminal marks; control characters belong to it too.</summary>
    public const string Punctuation = "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»";

    /// <summary>Marks that end a sentence in any script.</summary>
    public const string Terminal =
        "᪩？⁈𑩂．꩞𑅃﹗𑂾\u1b7d፧𑅂꡶꘎⁉࠾᪨𑊩𑱂᱿𖩮᥅\U00011f43\U00011f44﹒𑈹𑈸።܂؞꛳\U00010f88𑗍𐩖𑙂\u061d꩟᠉\u1b7e𑗗᰼𑻸؟𑪜꧉𑗉𐽙𖫵𖬷܀꓿᜵𑗏𑁇𑗓𑥄៖𑥆𑗑𑗒꯫۔𐩗\U00010f86꡷\u2e54｡៕߹⸮.𑇅࠹𛲟꫰꤯𐽗"
        + "᭞𑜼፨𑃁꣏𑇟𖬸𑪛𑜾࠷𝪈?𑃀𑗃！։꣎॥𑗖᭛᠃!၊𖺘⁇𑗌𑑋𖭄᭟𑅁𑙁⸼꩝𑗋。꧈꫱𑜽𐽖𑂿᙮។꛷\U00010f89៚᥄𑗕𑗎᪪᭚࠽𑇞𑗊𐽘\u2e53𑗔𖩯𑇍𑻷𐽕𑩃।𑗂𑇆𑁈။᱾𑱁꘏܁᜶‼𑈻‽᪫﹖𑑌𑈼\U00010f87𑗐៙᰻";

    private const byte IsSymbolFlag = 1;
    private const byte IsTerminalFlag = 2;

    private static readonly byte[] Units = new byte[char.MaxValue + 1];
    private static readonly HashSet<int> SupplementaryTerminals = [];

    static TextMarks()
    {
        foreach (var mark in Terminal.EnumerateRunes())
        {
            if (mark.IsBmp) Units[mark.Value] = IsSymbolFlag | IsTerminalFlag;
            else SupplementaryTerminals.Add(mark.Value);
        }

        foreach (var mark in Punctuation) Units[mark] |= IsSymbolFlag;
        foreach (var (first, end) in ((int, int)[])[(0, 9), (11, 13), (13, 32), (127, 160)])
        {
            for (var control = first; control < end; control++) Units[control] |= IsSymbolFlag;
        }
    }

    /// <summary>Number of characters in the union of both sets, 281 in datatrove 0.10.</summary>
    public static int SymbolCount => Units.Count(flags => (flags & IsSymbolFlag) != 0) + SupplementaryTerminals.Count;

    /// <summary>Number of terminal marks, 159 in datatrove 0.10.</summary>
    public static int TerminalCount => Units.Count(flags => (flags & IsTerminalFlag) != 0) + SupplementaryTerminals.Count;

    /// <summary>True where a word is made of punctuation, terminal marks and control characters alone.</summary>
    public static bool IsSymbol(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if ((Units[word[i]] & IsSymbolFlag) != 0) continue;
            if (i + 1 >= word.Length || !Rune.TryCreate(word[i], word[i + 1], out var rune) || !SupplementaryTerminals.Contains(rune.Value)) return false;
            i++;
        }

        return true;
    }

    /// <summary>True where a line ends with a terminal mark; white space behind it hides it.</summary>
    public static bool EndsWithTerminal(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty) return false;
        if ((Units[line[^1]] & IsTerminalFlag) != 0) return true;
        return line.Length > 1 && Rune.TryCreate(line[^2], line[^1], out var rune) && SupplementaryTerminals.Contains(rune.Value);
    }
}
