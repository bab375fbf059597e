using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Truth;

/// <summary>Reads PASCAL VOC's XML, one file an image.</summary>
/// <remarks>
/// Everingham and Winn, The PASCAL VOC2012 Development Kit, 2012. VOC counts pixels from 1 and names the first and the last one that belong to the object;
/// our coordinates are continuous with 0 at the corner of the first pixel. Pixel n covers [n - 1, n], so x = xmin - 1 and
/// width = xmax - xmin + 1. (Many converters take xmin and xmax - xmin as they stand, which moves every left and top edge by one pixel.)
/// </remarks>
public static class VocReader
{
    /// <summary>Reads one file.</summary>
    /// <param name="stream">The XML. Document types are refused: they can name files and blow up entities.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <exception cref="FileFormatFaultException">The file is no XML, or lacks what VOC has; the message names line and element.</exception>
    public static TruthImage Read(Stream stream, string fileName = "annotation.xml")
    {
        try
        {
            using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XDocument.Load(xml, LoadOptions.SetLineInfo).Root!;
            if (root.Name != "annotation") throw Fault(fileName, root, "expected <annotation>");
            var size = Child(fileName, root, "size");
            return new TruthImage(
                Child(fileName, root, "filename").Value.Trim(),
                (int)Number(fileName, Child(fileName, size, "width")),
                (int)Number(fileName, Child(fileName, size, "height")),
                [.. root.Elements("object").Select(o => ReadBox(fileName, o))]);
        }
        catch (XmlException fault)
        {
            throw new FileFormatFaultException($"{fileName}: this is no XML that can be read: {fault.Message}", fault);
        }
    }

    private static TruthBox ReadBox(string fileName, XElement element)
    {
        var box = Child(fileName, element, "bndbox");
        double left = Number(fileName, Child(fileName, box, "xmin")), top = Number(fileName, Child(fileName, box, "ymin"));
        double right = Number(fileName, Child(fileName, box, "xmax")), bottom = Number(fileName, Child(fileName, box, "ymax"));
        if (right < left || bottom < top) throw Fault(fileName, box, $"xmax {right} and ymax {bottom} must not be below xmin {left} and ymin {top}");
        return new TruthBox(
            Child(fileName, element, "name").Value.Trim(),
            new Box(left - 1, top - 1, right - left + 1, bottom - top + 1),
            element.Element("difficult")?.Value.Trim() == "1");
    }

    private static XElement Child(string fileName, XElement parent, string name) =>
        parent.Element(name) ?? throw Fault(fileName, parent, $"<{parent.Name}> has no <{name}>");

    private static double Number(string fileName, XElement element) =>
        double.TryParse(element.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Fault(fileName, element, $"<{element.Name}> is \"{element.Value}\"; a number was expected");

    private static FileFormatFaultException Fault(string fileName, XElement element, string message) =>
        new($"{fileName}: line {((IXmlLineInfo)element).LineNumber}: {message}.");
}
