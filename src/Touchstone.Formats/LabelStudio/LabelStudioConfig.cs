using System.Xml;
using System.Xml.Linq;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.LabelStudio;

/// <summary>The labelling configuration beside an export: the only place with a list of classes.</summary>
internal static class LabelStudioConfig
{
    public const string FileName = "label_config.xml";

    private const int Labels = 100_000;

    /// <summary>The classes that the configuration offers, in its order, each once.</summary>
    public static IReadOnlyList<ObjectClass> Classes(DatasetSource source)
    {
        var labels = Load(source)?.Descendants("Label").Take(Labels) ?? [];
        return [.. labels.Where(l => l.Attribute("value") is not null).DistinctBy(l => l.Attribute("value")!.Value, StringComparer.Ordinal)
            .Select(l => new ObjectClass(l.Attribute("value")!.Value) { Colour = l.Attribute("background")?.Value is { Length: 7 } colour && colour[0] == '#' ? colour : null })];
    }

    /// <summary>The data's member by the name of the tag that shows it: results name the tag.</summary>
    public static IReadOnlyDictionary<string, string> Inputs(DatasetSource source)
    {
        Dictionary<string, string> inputs = new(StringComparer.Ordinal);
        foreach (var tag in Load(source)?.Descendants().Take(Labels) ?? [])
            if (tag.Attribute("name")?.Value is { } name && (tag.Attribute("valueList") ?? tag.Attribute("value"))?.Value is ['$', .. var member]) inputs.TryAdd(name, member);
        return inputs;
    }

    private static XElement? Load(DatasetSource source)
    {
        foreach (var file in source.Files.Where(f => f.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)).Take(20))
        {
            if (!source.Beginning(file, 1024).TrimStart().StartsWith("<View", StringComparison.Ordinal)) continue;
            using var stream = source.OpenRead(file);
            return SafeXml.Load(stream, file, new FaultLog());
        }

        return null;
    }

    /// <summary>A configuration that the written tasks can be opened with: one control for each way to mark.</summary>
    public static void Write(Stream stream, DatasetFacts facts, IEnumerable<(string Type, string ToName)> controls)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n", CheckCharacters = true });
        XElement view = new("View");
        var known = controls.ToList();
        foreach (var name in known.Select(c => c.ToName).Distinct())
            view.Add(new XElement(name switch { "video" => "Video", "text" => "Text", _ => "Image" }, new XAttribute("name", name), new XAttribute("value", $"${name}")));
        foreach (var (type, toName) in known)
        {
            var tag = type switch { "videorectangle" => "VideoRectangle", "labels" => "Labels", "vectorlabels" => "VectorLabels", _ => char.ToUpperInvariant(type[0]) + type[1..^6].Replace("point", "Point", StringComparison.Ordinal) + "Labels" };
            var control = new XElement(tag, new XAttribute("name", type == "labels" ? "label" : type), new XAttribute("toName", toName));
            foreach (var each in facts.Classes.Where(c => c.Name.All(XmlConvert.IsXmlChar)))
                control.Add(new XElement("Label", new XAttribute("value", each.Name), each.Colour is null ? null : new XAttribute("background", each.Colour)));
            view.Add(control);
        }

        view.Save(xml);
    }
}
