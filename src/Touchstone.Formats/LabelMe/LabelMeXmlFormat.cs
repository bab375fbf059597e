using System.Runtime.CompilerServices;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.LabelMe;

/// <summary>The XML of the old LabelMe of MIT: one file a picture, read only.</summary>
/// <remarks>
/// B. Russell et al., LabelMe: a database and web-based tool for image annotation, IJCV 2008; files under Annotations, Images and Masks. Coordinates are ours. Objects that
/// were deleted are not there. Who drew an object stands as its attribute <c>username</c>, since a picture has one set of labels that many added to.
/// </remarks>
public sealed class LabelMeXmlFormat : DatasetFormat
{
    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "labelme-xml",
        Name = "LabelMe XML (MIT)",
        Specification = "LabelMe annotation tool, XML (github.com/CSAILVision/LabelMeAnnotationTool)",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Marks = [MarkKind.Box, MarkKind.Polygon, MarkKind.Mask],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.ObjectIds | CarriedParts.Relations,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = source.Files.Where(IsXml).Take(5).ToList();
        var count = files.Count(f => LooksSo(source, f));
        return count == 0 ? [] : [new Recognition(Traits.Id, "", count == files.Count ? 0.97 : 0.6, "XML files with <annotation> and LabelMe's <polygon> or <segm>")];
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var file in source.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!source.IsFile && !(IsXml(file) && LooksSo(source, file))) continue;
            any = true;
            await using var stream = source.OpenRead(file);
            if (new LabelMeXmlFile(source, file, faults).Read(stream) is { } sample) yield return sample;
        }

        if (!any) throw new FileFormatFaultException($"{source.Root} has no XML file of LabelMe.");
    }

    private static bool IsXml(string file) => file.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    private static bool LooksSo(DatasetSource source, string file)
    {
        var text = source.Beginning(file);
        return text.Contains("<annotation>", StringComparison.Ordinal)
            && (text.Contains("<polygon>", StringComparison.Ordinal) || text.Contains("<segm>", StringComparison.Ordinal) || text.Contains("<sourceAnnotation>", StringComparison.Ordinal) || text.Contains("<nrows>", StringComparison.Ordinal));
    }
}
