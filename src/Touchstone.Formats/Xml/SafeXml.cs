using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Xml;

/// <summary>XML from outside: without document types, which can name files and blow up entities, and with line numbers for messages.</summary>
internal static class SafeXml
{
    public const long CharactersMax = 2_000_000_000;

    public static XmlReader Reader(Stream stream, bool skipsDocumentType = false) => XmlReader.Create(stream, new XmlReaderSettings
    {
        DtdProcessing = skipsDocumentType ? DtdProcessing.Ignore : DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = CharactersMax,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    });

    public static XmlWriter Writer(Stream stream) => XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" });

    /// <summary>A small document as a whole.</summary>

    /// <returns>Null where it is no XML, which is told to <paramref name="faults"/>.</returns>
    public static XElement? Load(Stream stream, string file, FaultLog faults, bool skipsDocumentType = false)
    {
        try
        {
            using var xml = Reader(stream, skipsDocumentType);
            return XDocument.Load(xml, LoadOptions.SetLineInfo).Root;
        }
        catch (XmlException fault)
        {
            faults.Add(file, $"line {Math.Max(1, fault.LineNumber)}", $"this is no XML that can be read: {fault.Message}");
            return null;
        }
    }

    /// <summary>"line 12" of an element.</summary>
    public static string Line(XObject node) => $"line {((IXmlLineInfo)node).LineNumber}";

    /// <summary>Text without the characters that XML cannot hold, each of which becomes U+FFFD.</summary>
    public static string Text(string text)
    {
        char[]? changed = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) i++;
            else (changed ??= text.ToCharArray())[i] = '\uFFFD';
        }

        return changed is null ? text : new string(changed);
    }

    public static bool TryNumber(string? text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>A number that XML must have; null where it has not, which is told to <paramref name="faults"/>.</summary>
    public static double? Number(XElement parent, string name, string file, FaultLog faults)
    {
        var text = parent.Element(name)?.Value ?? parent.Attribute(name)?.Value;
        if (TryNumber(text, out var number)) return number;
        faults.Add(file, Line(parent), $"<{parent.Name.LocalName}> has {(text is null ? $"no {name}" : $"{name} \"{text}\"")}; a number was expected.");
        return null;
    }
}
