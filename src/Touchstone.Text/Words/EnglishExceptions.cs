using System.Globalization;

namespace Touchstone.Text.Words;

/// <summary>
/// Chunks that are not taken apart by rule: contractions, abbreviations, times of day and emoticons, each with its parts. Taken over from spaCy 3.8 (MIT licence,
/// Copyright (C) 2016-2024 ExplosionAI GmbH), <c>spacy/lang/en/tokenizer_exceptions.py</c> and <c>spacy/lang/tokenizer_exceptions.py</c>.
/// </summary>
internal static class EnglishExceptions
{
    private const char TypographicApostrophe = '’';

    private static readonly string[] Pronouns = ["i", "you", "he", "she", "it", "we", "they"];
    private static readonly string[] QuestionWords = ["who", "what", "when", "where", "why", "how", "there", "that", "this", "these", "those"];

    /// <summary>Chunks that the rules would make and that spaCy leaves out, since they are words.</summary>
    private static readonly string[] Words =
        ["Ill", "ill", "Its", "its", "Hell", "hell", "Shell", "shell", "Shed", "shed", "were", "Were", "Well", "well", "Whore", "whore"];

    private static readonly string[] Whole =
    [
        "'S", "'s", "‘S", "‘s", "and/or", "w/o", "'re", "'Cause", "'cause", "'cos", "'Cos", "'coz", "'Coz", "'cuz", "'Cuz", "'bout", "ma'am", "Ma'am", "o'clock", "O'clock",
        "lovin'", "Lovin'", "lovin", "Lovin", "havin'", "Havin'", "havin", "Havin", "doin'", "Doin'", "doin", "Doin", "goin'", "Goin'", "goin", "Goin",
        "nothin", "Nothin", "nothin'", "Nothin'", "nuthin", "Nuthin", "nuthin'", "Nuthin'", "ol", "Ol", "ol'", "Ol'", "somethin", "Somethin", "somethin'", "Somethin'",
        "em", "'em", "ll", "'ll", "nuff", "'nuff",
        "Mt.", "Ak.", "Ala.", "Apr.", "Ariz.", "Ark.", "Aug.", "Calif.", "Colo.", "Conn.", "Dec.", "Del.", "Feb.", "Fla.", "Ga.", "Ia.", "Id.", "Ill.", "Ind.", "Jan.",
        "Jul.", "Jun.", "Kan.", "Kans.", "Ky.", "La.", "Mar.", "Mass.", "Mich.", "Minn.", "Miss.", "N.C.", "N.D.", "N.H.", "N.J.", "N.M.", "N.Y.", "Neb.", "Nebr.", "Nev.",
        "Nov.", "Oct.", "Okla.", "Ore.", "Pa.", "S.C.", "Sep.", "Sept.", "Tenn.", "Va.", "Wash.", "Wis.",
        "'d", "a.m.", "Adm.", "Bros.", "co.", "Co.", "Corp.", "D.C.", "Dr.", "e.g.", "E.g.", "E.G.", "Gen.", "Gov.", "i.e.", "I.e.", "I.E.", "Inc.", "Jr.", "Ltd.", "Md.",
        "Messrs.", "Mo.", "Mont.", "Mr.", "Mrs.", "Ms.", "p.m.", "Ph.D.", "Prof.", "Rep.", "Rev.", "Sen.", "St.", "vs.", "v.s.",
        " ", "\t", "\\t", "\n", "\\n", "—", "\u00A0", "'", "\\\")", "<space>", "''", "C++", "ä.", "ö.", "ü.",
    ];

    private const string Emoticons =
        """
        :) :-) :)) :-)) :))) :-))) (: (-: =) (= :] :-] [: [-: [= =] :o) (o: :} :-} 8) 8-) (-8 ;) ;-) (; (-; :( :-( :(( :-(( :((( :-((( ): )-: =( >:( :') :'-) :'( :'-( :/ :-/ =/
        =| :| :-| ]= =[ :1 :P :-P :p :-p :O :-O :o :-o :0 :-0 :() >:o :* :-* :3 :-3 =3 :> :-> :X :-X :x :-x :D :-D ;D ;-D =D xD XD xDD XDD 8D 8-D
        ^_^ ^__^ ^___^ >.< >.> <.< ._. ;_; -_- -__- v.v V.V v_v V_V o_o o_O O_o O_O 0_o o_0 0_0 o.O O.o O.O o.o 0.0 o.0 0.o @_@ <3 <33 <333 </3
        (^_^) (-_-) (._.) (>_<) (*_*) (¬_¬) ಠ_ಠ ಠ︵ಠ (ಠ_ಠ) ¯\(ツ)/¯ (╯°□°）╯︵┻━┻ ><(((*>
        """;

    /// <summary>The parts of every exception by its text; a part is a piece of the text, and together they are the text.</summary>
    public static Dictionary<string, string[]> All()
    {
        Dictionary<string, string[]> parts = new(StringComparer.Ordinal);
        foreach (var emoticon in Emoticons.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)) Add(parts, emoticon);
        for (var letter = 'a'; letter <= 'z'; letter++) Add(parts, letter + ".");
        foreach (var unit in "cfkCFK") Add(parts, "°", unit.ToString(), ".");
        AddContractions(parts);
        AddTimes(parts);
        foreach (var whole in Whole) Add(parts, whole);
        foreach (var word in Words) parts.Remove(word);
        foreach (var (text, pieces) in parts.Where(pair => pair.Key.Contains('\'')).ToList())
            parts[text.Replace('\'', TypographicApostrophe)] = [.. pieces.Select(piece => piece.Replace('\'', TypographicApostrophe))];
        return parts;
    }

    private static void AddContractions(Dictionary<string, string[]> parts)
    {
        foreach (var pronoun in Pronouns) AddPronoun(parts, pronoun);
        foreach (var word in QuestionWords) AddQuestionWord(parts, word);
        foreach (var verb in (string[])["ca", "could", "do", "does", "did", "had", "may", "might", "must", "need", "ought", "sha", "should", "wo", "would"])
            AddBoth(parts, verb, ["n't"], ["n't", "'ve"]);
        foreach (var verb in (string[])["could", "might", "must", "should", "would"]) AddBoth(parts, verb, ["'ve"]);
        foreach (var verb in (string[])["ai", "are", "is", "was", "were", "have", "has", "dare"]) AddBoth(parts, verb, ["n't"]);
        AddBoth(parts, "not", ["'ve"]);
        Add(parts, "y'", "all");
        Add(parts, "y", "all");
        Add(parts, "how", "'d", "'y");
        Add(parts, "How", "'d", "'y");
        foreach (var (first, second) in ((string, string)[])[("can", "not"), ("gon", "na"), ("got", "ta"), ("let", "'s"), ("c'm", "on")])
        {
            Add(parts, first, second);
            Add(parts, Title(first), second);
        }
    }

    private static void AddPronoun(Dictionary<string, string[]> parts, string pronoun)
    {
        AddBoth(parts, pronoun, ["'ll"], ["'ll", "'ve"], ["'d"], ["'d", "'ve"]);
        if (pronoun is "i") AddBoth(parts, pronoun, ["'m"], ["'m", "a"]);
        if (pronoun is "i" or "you" or "we" or "they") AddBoth(parts, pronoun, ["'ve"]);
        if (pronoun is "you" or "we" or "they") AddBoth(parts, pronoun, ["'re"]);
        if (pronoun is "he" or "she" or "it") AddBoth(parts, pronoun, ["'s"]);
    }

    private static void AddQuestionWord(Dictionary<string, string[]> parts, string word)
    {
        AddBoth(parts, word, ["'ll"], ["'ll", "'ve"], ["'d"], ["'d", "'ve"]);
        if (word is not ("these" or "those")) AddBoth(parts, word, ["'s"]);
        if (word is not ("that" or "this")) AddBoth(parts, word, ["'re"], ["'ve"]);
    }

    private static void AddTimes(Dictionary<string, string[]> parts)
    {
        for (var hour = 1; hour <= 12; hour++)
        {
            foreach (var half in (string[])["a.m.", "am", "p.m.", "pm"]) Add(parts, hour.ToString(CultureInfo.InvariantCulture), half);
        }
    }

    /// <summary>A word with each of its endings, with and without apostrophes, and both with a capital.</summary>
    private static void AddBoth(Dictionary<string, string[]> parts, string word, params string[][] endings)
    {
        foreach (var ending in endings)
        {
            foreach (var start in (string[])[word, Title(word)])
            {
                Add(parts, [start, .. ending]);
                Add(parts, [start, .. ending.Select(piece => piece.Replace("'", "", StringComparison.Ordinal))]);
            }
        }
    }

    private static void Add(Dictionary<string, string[]> parts, params string[] pieces) => parts[string.Concat(pieces)] = pieces;

    private static string Title(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
