using System.Buffers;
using Touchstone.Curation.Steps;
using Touchstone.Text.NGrams;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>What NeMo Curator counts over the lines or the paragraphs of a text.</summary>
internal struct NemoPieces
{
    /// <summary>Phrases of boilerplate, taken over from NeMo Curator (Apache-2.0, Copyright NVIDIA Corporation), <c>nemo_curator/utils/constants.py</c>; those that hold a shorter one are left out.</summary>
    private static readonly SearchValues<string> Policies = SearchValues.Create(
        [
            "terms of use", "privacy policy", "cookie policy", "uses cookies", "privacy overview", "use of cookies", "use cookies", "privacy & cookies policy", "privacy and cookies policy",
            "necessary cookies are absolutely essential for the website to function properly. this category only includes cookies that ensures basic functionalities and security features of the website. these cookies do not store any personal information.",
            "any cookies that may not be particularly necessary for the website to function and is used specifically to collect user personal data via analytics, ads, other embedded contents are termed as non-necessary cookies. it is mandatory to procure user consent prior to running these cookies on your website.",
            "if you continue to browse this site without changing your cookie settings, you agree to this use. acceptread more",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly string[] EllipsisEnds = ["...", "[...]", "…", "(...)", "[…]", "-»", "read more..", "read more"];
    private static readonly SearchValues<char> BulletMarks = SearchValues.Create("•‣⁃⁌⁍∙○●◘◦⦾⦿");

    public int Count;
    public int Distinct;
    public long Characters;
    public long DistinctCharacters;
    public int WithoutEndMark;
    public int Ellipses;
    public int Bullets;
    public int Boilerplate;
    public bool HasLoremIpsum;

    /// <summary>Counts the lines that are not blank.</summary>
    public static NemoPieces Lines(WorkingText text)
    {
        var pieces = default(NemoPieces);
        var seen = text.Scratch<PieceSet>();
        seen.Begin();
        ReadOnlySpan<char> span = text.Text;
        foreach (var range in span.Split('\n'))
        {
            var line = PythonLines.Strip(span[range]);
            if (line.IsEmpty) continue;
            pieces.Take(text, seen, range);
            if (line is not [.., '.' or '?' or '!' or '"' or '\'']) pieces.WithoutEndMark++;
            if (BulletMarks.Contains(line[0])) pieces.Bullets++;
            foreach (var end in EllipsisEnds)
            {
                if (!line.EndsWith(end, StringComparison.OrdinalIgnoreCase)) continue;
                pieces.Ellipses++;
                break;
            }
        }

        return pieces;
    }

    /// <summary>Counts the paragraphs, which two line feeds part and which may be blank.</summary>
    public static NemoPieces Paragraphs(WorkingText text)
    {
        var pieces = default(NemoPieces);
        var seen = text.Scratch<PieceSet>();
        seen.Begin();
        ReadOnlySpan<char> span = text.Text;
        foreach (var range in span.Split("\n\n"))
        {
            pieces.Take(text, seen, range);
            var paragraph = span[range];
            if (paragraph.Contains("lorem ipsum", StringComparison.OrdinalIgnoreCase)) pieces.HasLoremIpsum = true;
            if (paragraph.ContainsAny(Policies)) pieces.Boilerplate++;
        }

        return pieces;
    }

    private void Take(WorkingText text, PieceSet seen, Range range)
    {
        var (start, units) = range.GetOffsetAndLength(text.Text.Length);
        var length = text.HasOnlyWholeUnits ? units : CodePoints.Count(text.Text.AsSpan(start, units));
        Count++;
        Characters += length;
        if (!seen.Add(text.Text, start, units)) return;
        Distinct++;
        DistinctCharacters += length;
    }
}
