using System.Text.Json;
using System.Xml.Linq;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Cvat;

/// <summary>Finds CVAT's files and tells those of pictures from those of clips.</summary>
internal static class CvatFiles
{
    private const int BeginningBytes = 1 << 16;

    /// <summary>Files that are CVAT's and hold <paramref name="element"/> ("image" or "track"); the file itself where the source is one.</summary>
    /// <exception cref="FileFormatFaultException">There is none.</exception>
    public static IReadOnlyList<string> Of(DatasetSource source, string element)
    {
        if (source.IsFile) return source.Files;
        List<string> files = [.. source.Files.Where(f => CertaintyOf(source, f, element) > 0)];
        return files.Count > 0 ? files : throw new FileFormatFaultException($"{source.Root} has no XML file with <annotations> and <{element}>.");
    }

    public static IReadOnlyList<Recognition> Recognise(DatasetSource source, string format, string element)
    {
        List<Recognition> found = [];
        foreach (var file in source.Files)
            if (CertaintyOf(source, file, element) is > 0 and var certainty)
                found.Add(new Recognition(format, source.IsFile ? "" : file, certainty, $"XML with <annotations> and <{element}>"));
        return found;
    }

    private static double CertaintyOf(DatasetSource source, string file, string element)
    {
        if (!file.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) return 0;
        var text = source.Beginning(file, BeginningBytes);
        if (!text.Contains("<annotations", StringComparison.Ordinal) || !(text.Contains("<meta", StringComparison.Ordinal) || text.Contains("<version", StringComparison.Ordinal))) return 0;
        var (images, tracks) = (text.Contains("<image ", StringComparison.Ordinal), text.Contains("<track ", StringComparison.Ordinal));
        if (!images && !tracks) (images, tracks) = (!text.Contains("<mode>interpolation", StringComparison.Ordinal), text.Contains("<mode>interpolation", StringComparison.Ordinal));
        return (element == "image" ? images : tracks) ? 0.98 : 0;
    }
}

/// <summary>What is needed to read the shapes of one file.</summary>
internal sealed record CvatReading(string File, FaultLog Faults)
{
    /// <summary>Classes by name, as the file's head defines them.</summary>
    public Dictionary<string, ObjectClass> Classes { get; } = new(StringComparer.Ordinal);

    public void Define(XElement meta)
    {
        foreach (var each in CvatLabels.Read(meta)) Classes.TryAdd(each.Name, each);
    }

    /// <summary>A coordinate or length in pixels; null where it is none, which is told.</summary>
    public double? Pixels(XElement element, string name)
    {
        var text = element.Attribute(name)?.Value;
        if (Xml.SafeXml.TryNumber(text, out var number) && Math.Abs(number) <= PixelsMax) return number;
        Fault(element, text is null ? $"<{element.Name.LocalName}> has no {name}; a number was expected." : $"<{element.Name.LocalName}> has {name} \"{Short(text)}\"; a number within {PixelsMax} was expected.");
        return null;
    }

    public void Fault(XObject at, string message) => Faults.Add(File, Xml.SafeXml.Line(at), message);

    /// <summary>A text as far as a message can show it.</summary>
    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    /// <summary>No picture is so large; beyond it sums of coordinates are not to be trusted.</summary>
    public const int PixelsMax = 1_000_000_000;

    public static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}
