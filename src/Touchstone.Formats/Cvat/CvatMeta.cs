using System.Xml.Linq;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Cvat;

/// <summary>The head of a file.</summary>
internal static class CvatMeta
{
    /// <summary>Classes and title of the files of a data set; the faults are told where the files are read.</summary>
    public static DatasetFacts Facts(DatasetSource source, string element)
    {
        var title = "";
        List<ObjectClass> classes = [];
        foreach (var file in CvatFiles.Of(source, element))
        {
            using var stream = source.OpenRead(file);
            using var document = new CvatDocument(stream, file, new FaultLog());
            while (document.Next() is { Name.LocalName: "version" or "meta" } each)
            {
                if (each.Name.LocalName != "meta") continue;
                classes.AddRange(CvatLabels.Read(each));
                if (title.Length == 0) title = each.Elements().Elements("name").FirstOrDefault()?.Value.Trim() ?? "";
            }
        }

        return new DatasetFacts { Title = title, Classes = [.. classes.DistinctBy(c => c.Name)] };
    }
}
