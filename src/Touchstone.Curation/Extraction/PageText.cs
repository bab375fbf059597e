using System.Text;

namespace Touchstone.Curation.Extraction;

/// <summary>Writes the chosen elements of a page as plain text.</summary>
internal static class PageText
{
    /// <summary>The text: see <see cref="ExtractedPage.Text"/> for its form.</summary>
    public static string Write(PagePass pass, List<int> chosen)
    {
        var text = new Writer(pass);
        foreach (var root in chosen) text.Write(root);
        return text.ToString();
    }

    /// <summary>All words of an element as one line.</summary>
    public static string Line(PagePass pass, int node)
    {
        var line = new StringBuilder();
        for (var i = node; i < pass.Nodes[node].End; i++)
            if (pass.Nodes[i].IsText && !pass.IsOut(i)) AppendWords(line, pass.Nodes[i].Text, true);
        return line.ToString().TrimEnd();
    }

    private static void AppendWords(StringBuilder line, string text, bool startsLine)
    {
        foreach (var sign in text)
        {
            if (!char.IsWhiteSpace(sign)) line.Append(sign);
            else if (line.Length == 0 ? !startsLine : line[^1] is not (' ' or '\n')) line.Append(' ');
        }
    }

    private sealed class Writer(PagePass pass)
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _line = new();
        private readonly Stack<int> _open = new();
        private string _prefix = "";
        private int _gap; // line ends owed before the next line

        public void Write(int root)
        {
            for (var i = root; i < pass.Nodes[root].End; i++)
            {
                while (_open.TryPeek(out var open) && pass.Nodes[open].End <= i) Close(_open.Pop());
                if (pass.IsOut(i)) continue;
                var node = pass.Nodes[i];
                if (node.IsText) Append(i, node.Text);
                else if (node.Name == "br") EndLine(1);
                else if (!node.Is(TagTraits.Phrasing)) Open(i, node);
            }

            while (_open.TryPop(out var open)) Close(open);
            EndLine(2);
        }

        private void Open(int i, PageNode node)
        {
            _open.Push(i);
            if (node.Is(TagTraits.Cell))
            {
                if (_line.Length > 0 && IsSimpleRow(node)) _line.Append(" | ");
                return;
            }

            if (IsWithinCell(node) && !HoldsMany(node)) return;
            EndLine(IsTight(node.Name) ? 1 : 2);
            if (node.Name == "li") _prefix = "- ";
        }

        private void Close(int i)
        {
            var node = pass.Nodes[i];
            if (node.Is(TagTraits.Cell) || (IsWithinCell(node) && !HoldsMany(node))) return;
            EndLine(IsTight(node.Name) ? 1 : 2);
        }

        private static bool IsTight(string name) => name is "li" or "tr" or "dt" or "dd" or "thead" or "tbody" or "tfoot";

        // A cell with one block reads as a cell of a row; one with several is a box of a page laid out by tables.
        private bool IsWithinCell(PageNode node) => node.Parent >= 0 && pass.Nodes[node.Parent].Is(TagTraits.Cell);

        private bool HoldsMany(PageNode node)
        {
            var cell = pass.Nodes[node.Parent];
            var blocks = 0;
            for (var i = node.Parent + 1; i < cell.End; i++)
                if (!pass.IsOut(i) && pass.Block[i] == i && ++blocks > 1) return true;
            return false;
        }

        private bool IsSimpleRow(PageNode cell) => pass.Nodes[cell.Parent].Name == "tr";

        private void Append(int i, string text)
        {
            if (IsPreformatted(i)) AppendLines(text);
            else AppendWords(_line, text, true);
        }

        private bool IsPreformatted(int i)
        {
            foreach (var open in _open)
                if (pass.Nodes[open].Name == "pre") return true;
            return false;
        }

        private void AppendLines(string text)
        {
            var first = true;
            foreach (var line in text.AsSpan().EnumerateLines())
            {
                if (!first) EndLine(1);
                first = false;
                _line.Append(line);
            }
        }

        private void EndLine(int gap)
        {
            var length = _line.Length;
            while (length > 0 && _line[length - 1] is ' ' or '|') length--;
            if (length > 0)
            {
                if (_text.Length > 0) _text.Append('\n', _gap);
                _text.Append(_prefix).Append(_line, 0, length);
                (_prefix, _gap) = ("", 0);
            }

            _line.Clear();
            _gap = Math.Max(_gap, gap);
        }

        public override string ToString() => _text.ToString();
    }
}
