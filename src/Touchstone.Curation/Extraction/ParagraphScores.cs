namespace Touchstone.Curation.Extraction;

/// <summary>Scores the elements of a page by the paragraphs they hold.</summary>
/// <remarks>
/// mozilla/readability (<c>Readability.js</c>, <c>_grabArticle</c> and <c>_initializeNode</c>, Apache-2.0): a paragraph of 25 signs or more gives one point, one for each comma, and
/// one for each hundred signs up to three; its parent takes all of it, the next half, each further one that times three divided by its distance, up to five.
/// </remarks>
internal sealed class ParagraphScores
{
    private const int MinLength = 25;
    private const int MaxAncestors = 5;

    private readonly PagePass _pass;
    private readonly double[] _scores;
    private readonly bool[] _isScored;

    private ParagraphScores(PagePass pass)
    {
        _pass = pass;
        _scores = new double[pass.Nodes.Count];
        _isScored = new bool[pass.Nodes.Count];
    }

    /// <summary>True where a paragraph counted for the element.</summary>
    public bool IsScored(int node) => _isScored[node];

    /// <summary>The element's score, less the share of its text that is links.</summary>
    public double this[int node] => _scores[node] * (1 - _pass.LinkDensity(node));

    public static ParagraphScores Of(PagePass pass)
    {
        var scores = new ParagraphScores(pass);
        var run = new Run();
        for (var i = 0; i < pass.Nodes.Count; i++)
        {
            if (pass.IsOut(i)) continue;
            var node = pass.Nodes[i];
            if (node.IsText) scores.Take(ref run, i);
            else if (node.Name == "br") run.Breaks++;
            else if (!node.Is(TagTraits.Phrasing)) scores.Finish(ref run);
        }

        scores.Finish(ref run);
        return scores;
    }

    // Words of one block up to the next block or two line breaks in a row.
    private struct Run
    {
        public int Block;
        public int Length;
        public int Commas;
        public int Breaks;
        public bool IsPart; // of a box that holds other paragraphs too
    }

    private void Take(ref Run run, int text)
    {
        if (_pass.Length(text) == 0) return;
        var block = _pass.Block[text];
        if (run.Length > 0 && (run.Block != block || run.Breaks > 1))
        {
            var isBroken = run.Block == block && run.Breaks > 1;
            run.IsPart |= isBroken;
            Finish(ref run);
            run.IsPart = isBroken;
        }

        run.Block = block;
        run.Length += _pass.Length(text);
        run.Commas += _pass.Commas(text);
        run.Breaks = 0;
    }

    private void Finish(ref Run run)
    {
        if (run.Length >= MinLength && ScoredBy(run.Block, run.IsPart) is >= 0 and var first)
            Spread(first, 1 + run.Commas + Math.Min(run.Length / 100, 3));
        run = default;
    }

    // A paragraph counts for its parent; words that stand in a box beside other blocks count for the box.
    private int ScoredBy(int block, bool isPart)
    {
        var node = _pass.Nodes[block];
        if (node.Is(TagTraits.Paragraph)) return node.Parent;
        if (!node.Is(TagTraits.Box)) return -1;
        return isPart || node.Parent < 0 || HoldsBlocks(block) ? block : node.Parent;
    }

    private bool HoldsBlocks(int block)
    {
        for (var i = block + 1; i < _pass.Nodes[block].End; i++)
            if (!_pass.IsOut(i) && _pass.Block[i] == i) return true;
        return false;
    }

    private void Spread(int first, double score)
    {
        var node = first;
        for (var level = 0; level < MaxAncestors && node >= 0; level++, node = _pass.Nodes[node].Parent)
        {
            if (!_isScored[node])
            {
                _isScored[node] = true;
                _scores[node] = Base(_pass.Nodes[node].Name) + _pass.Weight(node);
            }

            _scores[node] += score / (level < 2 ? level + 1 : level * 3);
        }
    }

    private static int Base(string name) => name switch
    {
        "div" => 5,
        "pre" or "td" or "blockquote" => 3,
        "address" or "ol" or "ul" or "dl" or "dd" or "dt" or "li" or "form" => -3,
        "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "th" => -5,
        _ => 0,
    };
}
