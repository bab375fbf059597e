namespace Touchstone.Curation.Extraction;

/// <summary>How strictly a pass over a page leaves things out.</summary>
[Flags]
internal enum PassRules
{
    None = 0,

    /// <summary>Leave out elements whose classes say that they are not the main text, and those HTML names so.</summary>
    Unlikely = 1,

    /// <summary>Let classes weigh in the scores.</summary>
    Weights = 2,

    /// <summary>Leave out parts of the main text that are mostly links, pictures or controls.</summary>
    Clean = 4,

    All = Unlikely | Weights | Clean,
}

/// <summary>One look at a page: which nodes are out, and how much text, links and commas the others hold.</summary>
internal sealed class PagePass
{
    private const int MaxBylineLength = 100; // mozilla/readability: longer ones are more than a name

    private readonly int[] _length;
    private readonly int[] _linkLength;
    private readonly int[] _commas;
    private readonly bool[] _isOut;

    public PagePass(List<PageNode> nodes, PassRules rules, PageDeadline deadline)
    {
        Nodes = nodes;
        Deadline = deadline;
        Rules = rules;
        (_length, _linkLength, _commas, _isOut) = (new int[nodes.Count], new int[nodes.Count], new int[nodes.Count], new bool[nodes.Count]);
        Block = Blocks(nodes);
        Exclude();
        Measure();
    }

    public List<PageNode> Nodes { get; }

    public PassRules Rules { get; }

    public PageDeadline Deadline { get; }

    /// <summary>For each node the nearest element around or at it that does not stand within a line.</summary>
    public int[] Block { get; }

    public bool Has(PassRules rule) => (Rules & rule) != 0;

    public bool IsOut(int node) => _isOut[node];

    /// <summary>Length of the text within a node, in UTF-16 units, with each run of white space as one.</summary>
    public int Length(int node) => _length[node];

    /// <summary>Commas of all scripts within a node.</summary>
    public int Commas(int node) => _commas[node];

    /// <summary>Share of a node's text that is links, from 0 to 1.</summary>
    public double LinkDensity(int node) => _length[node] == 0 ? 0 : (double)_linkLength[node] / _length[node];

    /// <summary>Weight of an element's classes: 0 where they do not count in this pass.</summary>
    public int Weight(int node) => Has(PassRules.Weights) ? MarkWords.Weight(Nodes[node].Marks) : 0;

    /// <summary>Takes a node with all within it out.</summary>
    public void Remove(int node)
    {
        for (var i = node; i < Nodes[node].End; i++) _isOut[i] = true;
    }

    /// <summary>Measures anew after nodes were taken out.</summary>
    public void Measure()
    {
        Array.Clear(_length);
        Array.Clear(_linkLength);
        Array.Clear(_commas);
        for (var i = Nodes.Count - 1; i >= 0; i--)
        {
            var node = Nodes[i];
            if (_isOut[i]) continue;
            if (node.IsText) (_length[i], _commas[i]) = Count(node.Text);
            else if (node.Address is { } address) _linkLength[i] = address.StartsWith('#') ? (int)(_length[i] * 0.3) : _length[i]; // mozilla/readability: links within the page weigh less
            if (node.Parent < 0) continue;
            _length[node.Parent] += _length[i];
            _linkLength[node.Parent] += _linkLength[i];
            _commas[node.Parent] += _commas[i];
        }
    }

    // Letters and signs, and one for each run of white space between them. Commas: , ، ︐ ﹐ ⹁ ⸴ ⸲ ， 、 (mozilla/readability).
    private static (int Length, int Commas) Count(string text)
    {
        var (length, commas, wasSpace) = (0, 0, true);
        foreach (var sign in text)
        {
            var isSpace = char.IsWhiteSpace(sign);
            if (!isSpace || !wasSpace) length++;
            wasSpace = isSpace;
            if (sign is ',' or '،' or '︐' or '﹐' or '⹁' or '⸴' or '⸲' or '，' or '、') commas++;
        }

        return (wasSpace && length > 0 ? length - 1 : length, commas);
    }

    private static int[] Blocks(List<PageNode> nodes)
    {
        var blocks = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
            blocks[i] = nodes[i].IsText || (nodes[i].Is(TagTraits.Phrasing) && nodes[i].Parent >= 0) ? blocks[nodes[i].Parent] : i;
        return blocks;
    }

    private void Exclude()
    {
        for (var i = 1; i < Nodes.Count; i++)
        {
            var node = Nodes[i];
            if (_isOut[i] || node.IsText) continue;
            if (node.IsHidden || (Has(PassRules.Unlikely) && IsUnlikely(i, node))) Remove(i);
        }
    }

    private bool IsUnlikely(int i, PageNode node)
    {
        if (node.Is(TagTraits.Aside)) return true;
        if (node.Name is "body" or "html" or "main" or "article" or "a") return false;
        if (MarkWords.AreUnlikely(node.Marks)) return true;
        return MarkWords.AreByline(node.Marks) && OwnLength(i) < MaxBylineLength;
    }

    private int OwnLength(int node)
    {
        var length = 0;
        for (var i = node + 1; i < Nodes[node].End && length < MaxBylineLength; i++)
            if (Nodes[i].IsText) length += Count(Nodes[i].Text).Length;
        return length;
    }
}
