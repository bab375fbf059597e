namespace Touchstone.Text.Languages;

/// <summary>
/// Takes the features of a language out of a text: hashes of runs of one to four letters and of whole words, all in small letters, of the script that most of the text is in.
/// </summary>
/// <remarks>
/// Words of other scripts are left out: names and terms in Latin letters stand in texts of every language. So are digits and signs. A word is bounded by a sign of its own, so that
/// the beginnings and ends of words count apart from their middles.
/// </remarks>
public static class LanguageFeatures
{
    /// <summary>The most letters that are looked at: what a language is shows long before.</summary>
    public const int MaxLetters = 10_000;

    private const int MaxGram = 4;
    private const int MaxWord = 40;
    private const char Bound = '\u0001';

    // A letter of these scripts says more than one of an alphabet, and Latin letters stand among those of others more often than the other way round.
    private const int LatinWeight = 2;
    private const int AlphabetWeight = 3;
    private const int SyllableWeight = 6;

    /// <summary>The script that most of a text is in; none where it has no letters.</summary>
    /// <param name="text">The text; at most the first <see cref="MaxLetters"/> letters count.</param>
    public static WritingScript DominantScript(ReadOnlySpan<char> text)
    {
        Span<int> letters = stackalloc int[WritingScripts.Count];
        letters.Clear();
        var seen = 0;
        foreach (var unit in text)
        {
            var script = WritingScripts.Of(unit);
            if (script == WritingScript.None) continue;
            letters[(int)script] += script switch
            {
                WritingScript.Latin => LatinWeight,
                WritingScript.Chinese or WritingScript.Hangul => SyllableWeight,
                _ => AlphabetWeight,
            };
            if (++seen == MaxLetters) break;
        }

        var best = 0;
        for (var s = 1; s < letters.Length; s++)
            if (letters[s] > letters[best]) best = s;
        return (WritingScript)best;
    }

    /// <summary>Adds the hash of every feature to a list.</summary>
    /// <param name="text">The text.</param>
    /// <param name="script">The script whose words count.</param>
    /// <param name="hashes">Takes the hashes, a feature that stands more than once as often.</param>
    public static void Add(ReadOnlySpan<char> text, WritingScript script, List<uint> hashes)
    {
        Span<char> word = stackalloc char[MaxWord + 2];
        var (length, letters) = (0, 0);
        word[0] = Bound;
        for (var i = 0; i <= text.Length && letters < MaxLetters; i++)
        {
            if (i < text.Length && WritingScripts.Of(text[i]) == script && !char.IsPunctuation(text[i]) && !char.IsDigit(text[i]))
            {
                word[++length] = char.ToLowerInvariant(text[i]);
                if (length < MaxWord) continue;
            }

            if (length == 0) continue;
            word[length + 1] = Bound;
            AddWord(word[..(length + 2)], hashes);
            letters += length;
            length = 0;
        }
    }

    private static void AddWord(ReadOnlySpan<char> word, List<uint> hashes)
    {
        for (var start = 0; start < word.Length; start++)
        {
            var hash = 2166136261u; // FNV-1a (Fowler, Noll, Vo), here over UTF-16 units
            for (var n = 1; n <= MaxGram && start + n <= word.Length; n++)
            {
                hash = (hash ^ word[start + n - 1]) * 16777619u;
                if (n > 1 || word[start] != Bound) hashes.Add(Mix(hash));
            }
        }

        if (word.Length <= MaxGram) return; // the word with its bounds is a run already
        var whole = 2166136261u;
        foreach (var letter in word) whole = (whole ^ letter) * 16777619u;
        hashes.Add(Mix(whole));
    }

    // The finisher of MurmurHash3 (A. Appleby, public domain): the low bits of FNV-1a alone are not even enough to choose a row by.
    private static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return hash ^ (hash >> 16);
    }
}
