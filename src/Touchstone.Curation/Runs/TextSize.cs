using System.Text;

namespace Touchstone.Curation.Runs;

/// <summary>How long a text is.</summary>
/// <param name="Characters">Unicode code points.</param>
/// <param name="Words">Runs of characters that are no white space.</param>
/// <param name="Bytes">Bytes in UTF-8.</param>
internal readonly record struct TextSize(long Characters, long Words, long Bytes)
{
    public static TextSize Of(ReadOnlySpan<char> text)
    {
        long words = 0, pairs = 0;
        var wasSpace = true;
        foreach (var character in text)
        {
            bool isSpace;
            if (character < 0x80)
            {
                isSpace = character is ' ' or (>= '\t' and <= '\r');
            }
            else
            {
                isSpace = char.IsWhiteSpace(character);
                if (char.IsLowSurrogate(character)) pairs++;
            }

            if (wasSpace & !isSpace) words++;
            wasSpace = isSpace;
        }

        return new(text.Length - pairs, words, Encoding.UTF8.GetByteCount(text));
    }
}
