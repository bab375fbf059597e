namespace Touchstone.Curation.Extraction;

/// <summary>Chooses the elements of a page that hold its main text.</summary>
/// <remarks>
/// The choice follows mozilla/readability (<c>_grabArticle</c>, Apache-2.0): the element with the highest score; or one around it that several good candidates share; or its parent
/// where that scores higher; then the neighbours that score well or read like paragraphs.
/// </remarks>
internal static class MainContent
{
    private const int Candidates = 5;
    private const double AlternativeShare = 0.75;
    private const int MinAlternatives = 3;
    private const double SiblingShare = 0.2;
    private const double MinSiblingScore = 10;
    private const int LongParagraph = 80;
    private const double MaxParagraphLinks = 0.25;

    /// <summary>The chosen elements in the order of the page, none within another; empty where nothing scored.</summary>
    public static List<int> Choose(PagePass pass)
    {
        var scores = ParagraphScores.Of(pass);
        var best = Best(pass, scores);
        if (best.Count == 0) return [];

        var top = Raise(pass, scores, SharedBy(pass, scores, best), best);
        return WithSiblings(pass, scores, top);
    }

    private static List<int> Best(PagePass pass, ParagraphScores scores)
    {
        var best = new List<int>(Candidates + 1);
        for (var i = 0; i < pass.Nodes.Count; i++)
        {
            if (pass.IsOut(i) || !scores.IsScored(i)) continue;
            var place = best.Count;
            while (place > 0 && scores[i] > scores[best[place - 1]]) place--;
            best.Insert(place, i);
            if (best.Count > Candidates) best.RemoveAt(Candidates);
        }

        return best;
    }

    // The nearest element around the best one that also holds at least three other good ones.
    private static int SharedBy(PagePass pass, ParagraphScores scores, List<int> best)
    {
        var good = best.FindAll(b => b != best[0] && scores[b] >= AlternativeShare * scores[best[0]]);
        if (good.Count < MinAlternatives) return best[0];
        for (var around = pass.Nodes[best[0]].Parent; around > 0; around = pass.Nodes[around].Parent)
            if (good.Count(g => g > around && g < pass.Nodes[around].End) >= MinAlternatives) return around;
        return best[0];
    }

    private static int Raise(PagePass pass, ParagraphScores scores, int top, List<int> best)
    {
        var last = scores.IsScored(top) ? scores[top] : scores[best[0]];
        var least = last / 3;
        for (var parent = pass.Nodes[top].Parent; parent > 0; parent = pass.Nodes[parent].Parent)
        {
            if (!scores.IsScored(parent)) continue;
            if (scores[parent] < least) break;
            if (scores[parent] > last)
            {
                top = parent;
                break;
            }

            last = scores[parent];
        }

        while (pass.Nodes[top].Parent > 0 && IsOnlyChild(pass, top)) top = pass.Nodes[top].Parent;
        return top;
    }

    private static bool IsOnlyChild(PagePass pass, int node)
    {
        var parent = pass.Nodes[node].Parent;
        for (var i = parent + 1; i < pass.Nodes[parent].End; i = pass.Nodes[i].End)
            if (i != node && !pass.IsOut(i) && (!pass.Nodes[i].IsText || pass.Length(i) > 0)) return false;
        return true;
    }

    private static List<int> WithSiblings(PagePass pass, ParagraphScores scores, int top)
    {
        var parent = pass.Nodes[top].Parent;
        if (parent < 0) return [top];

        var chosen = new List<int>();
        var topScore = scores.IsScored(top) ? scores[top] : 0;
        var least = Math.Max(MinSiblingScore, topScore * SiblingShare);
        for (var i = parent + 1; i < pass.Nodes[parent].End; i = pass.Nodes[i].End)
        {
            if (pass.IsOut(i) || pass.Nodes[i].IsText) continue;
            var bonus = pass.Nodes[i].Marks.Length > 0 && pass.Nodes[i].Marks == pass.Nodes[top].Marks ? topScore * SiblingShare : 0;
            if (i == top || (scores.IsScored(i) && scores[i] + bonus >= least) || ReadsLikeParagraph(pass, i)) chosen.Add(i);
        }

        return chosen;
    }

    private static bool ReadsLikeParagraph(PagePass pass, int node)
    {
        if (pass.Nodes[node].Name != "p") return false;
        var (length, links) = (pass.Length(node), pass.LinkDensity(node));
        return length > LongParagraph ? links < MaxParagraphLinks : length > 0 && links == 0 && EndsSentence(pass, node);
    }

    private static bool EndsSentence(PagePass pass, int node)
    {
        for (var i = pass.Nodes[node].End - 1; i > node; i--)
        {
            if (pass.Length(i) == 0 || !pass.Nodes[i].IsText) continue;
            return pass.Nodes[i].Text.AsSpan().TrimEnd()[^1] is '.' or '!' or '?' or '。' or '！' or '？' or '…' or '"' or '”';
        }

        return false;
    }
}
