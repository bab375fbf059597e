using System.Collections.Frozen;

namespace Touchstone.Curation.Extraction;

/// <summary>What an element is to the reading of a page.</summary>
[Flags]
internal enum TagTraits
{
    None = 0,

    /// <summary>Stands within a line.</summary>
    Phrasing = 1,

    /// <summary>Never part of a text: programs, controls, media.</summary>
    Mute = 2,

    /// <summary>Named by HTML as not the main content.</summary>
    Aside = 4,

    /// <summary>Its own words are a paragraph that counts for what stands around it.</summary>
    Paragraph = 8,

    /// <summary>A box that holds paragraphs, or is one where it holds words alone.</summary>
    Box = 16,

    Heading = 32,
    List = 64,
    Cell = 128,
}

internal static class Tags
{
    private static readonly FrozenDictionary<string, TagTraits> s_traits = Table();

    /// <summary>Traits of an element by its name in small letters.</summary>
    public static TagTraits Of(string name) => s_traits.GetValueOrDefault(name, TagTraits.Phrasing);

    // HTML Living Standard, section 3.2.5.2 (kinds of content). Unknown elements stand within a line, as browsers draw them.
    private static FrozenDictionary<string, TagTraits> Table()
    {
        var traits = new Dictionary<string, TagTraits>(StringComparer.Ordinal);
        Add(TagTraits.Mute, "script style noscript template iframe object embed svg canvas audio video map input select textarea button option optgroup datalist dialog link meta head title frameset frame applet progress meter annotation annotation-xml");
        Add(TagTraits.Aside, "nav aside footer menu");
        Add(TagTraits.Paragraph, "p pre");
        Add(TagTraits.Box, "div section article main body html center blockquote header form fieldset figure details hgroup address noframes search");
        Add(TagTraits.Heading | TagTraits.Paragraph, "h1 h2 h3 h4 h5 h6");
        Add(TagTraits.List, "ul ol dl dir");
        Add(TagTraits.None, "li dt dd table thead tbody tfoot tr caption colgroup col hr figcaption legend summary");
        Add(TagTraits.Cell | TagTraits.Paragraph, "td th");
        return traits.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(TagTraits trait, string names)
        {
            foreach (var name in names.Split(' ')) traits[name] = trait;
        }
    }
}
