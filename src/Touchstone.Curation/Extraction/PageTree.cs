using AngleSharp.Dom;

namespace Touchstone.Curation.Extraction;

/// <summary>
/// The body of a page as a list in its order, without recursion and without what never is text: each node knows the element around it and where its own part of the list ends.
/// </summary>
internal static class PageTree
{
    /// <summary>Lists the nodes of an element.</summary>
    /// <param name="root">The element.</param>
    /// <param name="deadline">Stops a page that takes too long or has too many nodes.</param>
    public static List<PageNode> Flatten(IElement root, PageDeadline deadline)
    {
        var nodes = new List<PageNode>();
        var open = new Stack<(INodeList Children, int Next, int Index)>();
        nodes.Add(Element(root, -1));
        open.Push((root.ChildNodes, 0, 0));
        while (open.TryPop(out var level))
        {
            if (level.Next >= level.Children.Length)
            {
                nodes[level.Index].End = nodes.Count;
                continue;
            }

            open.Push((level.Children, level.Next + 1, level.Index));
            var child = level.Children[level.Next];
            deadline.Count();
            if (child is IText text)
            {
                nodes.Add(new PageNode { Name = "", Text = text.Data, Parent = level.Index, End = nodes.Count + 1 });
            }
            else if (child is IElement element && (Tags.Of(element.LocalName) & TagTraits.Mute) == 0)
            {
                nodes.Add(Element(element, level.Index));
                open.Push((element.ChildNodes, 0, nodes.Count - 1));
            }
        }

        return nodes;
    }

    private static PageNode Element(IElement element, int parent) => new()
    {
        Name = element.LocalName,
        Traits = Tags.Of(element.LocalName),
        Marks = string.Join(' ', element.ClassName, element.Id, element.GetAttribute("role")).Trim(),
        Address = element.LocalName == "a" ? element.GetAttribute("href") : null,
        IsHidden = IsHidden(element),
        Parent = parent,
    };

    private static bool IsHidden(IElement element)
    {
        if (element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true") return true;
        return element.GetAttribute("style") is { } style
            && (style.Contains("display:none", StringComparison.OrdinalIgnoreCase) || style.Contains("display: none", StringComparison.OrdinalIgnoreCase)
                || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase));
    }
}
