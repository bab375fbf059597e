namespace Touchstone.Formats.Texts;

/// <summary>Tags of words that say where spans begin and end: IOB1, IOB2 (BIO), BIOES and BILUO alike.</summary>
/// <remarks>A span begins at B, S and U, and at any other tag that cannot go on what stands before it: after O, after another type, after the end of a span. That is the rule of conlleval
/// (Tjong Kim Sang and De Meulder, CoNLL-2003), which reads IOB1 and IOB2 without being told which it is.</remarks>
internal static class SpanTags
{
    /// <summary>The tag of a word that is in no span.</summary>
    public const string Outside = "O";

    /// <summary>Whether this is a tag: O, or a letter, a hyphen and a type.</summary>
    public static bool IsTag(ReadOnlySpan<char> tag) => tag is Outside || tag is [_, '-', _, ..] && "BIESLU".Contains(tag[0]);

    /// <summary>The spans that tags state, as positions of their first word and the one after their last, with their type.</summary>
    public static List<(int First, int End, string Type)> Decode(IReadOnlyList<string> tags)
    {
        List<(int, int, string)> spans = [];
        var first = -1;
        for (var i = 0; i <= tags.Count; i++)
        {
            var tag = i < tags.Count ? tags[i] : Outside;
            if (first >= 0 && !GoesOn(tags[i - 1], tag))
            {
                spans.Add((first, i, tags[first][2..]));
                first = -1;
            }

            if (first < 0 && tag != Outside) first = i;
        }

        return spans;
    }

    private static bool GoesOn(string before, string tag) => before[0] is 'B' or 'I' && tag[0] is 'I' or 'E' or 'L' && before.AsSpan(2).SequenceEqual(tag.AsSpan(2));

    /// <summary>IOB2: B where a span begins, I where it goes on.</summary>
    public static string[] Encode(int words, IEnumerable<(int First, int End, string Type)> spans)
    {
        var tags = new string[words];
        Array.Fill(tags, Outside);
        foreach (var (first, end, type) in spans)
            for (var i = first; i < end; i++) tags[i] = (i == first ? "B-" : "I-") + type;
        return tags;
    }
}
