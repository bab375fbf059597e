using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Cvat;

/// <summary>CVAT for images 1.1: one XML file with an element for each picture.</summary>
/// <remarks>
/// CVAT's documentation, "CVAT for image" and "XML annotation format" (manual/advanced/xml_format). For coordinates see <see cref="CvatShapes"/>; tags are the answer to
/// the question <c>tags</c>, their attributes answers named <c>tags.LABEL.ATTRIBUTE</c>. Pictures are read one at a time.
/// </remarks>
public sealed class CvatImagesFormat : DatasetFormat
{
    internal const string Tags = "tags";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "cvat",
        Name = "CVAT for images",
        Specification = "CVAT XML 1.1 (docs.cvat.ai, manual/advanced/xml_format)",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Ellipse, MarkKind.Mask],
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Number,
        Questions = [Tags],
        Facts = ["id", "task_id"],
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) => CvatFiles.Recognise(source, Traits.Id, "image");

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(CvatMeta.Facts(source, "image"));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in CvatFiles.Of(source, "image"))
        {
            await using var stream = source.OpenRead(file);
            using var document = new CvatDocument(stream, file, faults);
            var reading = new CvatReading(file, faults);
            CvatSubsets subsets = new();
            while (document.Next() is { } element)
            {
                cancellationToken.ThrowIfCancellationRequested();
                switch (element.Name.LocalName)
                {
                    case "meta":
                        reading.Define(element);
                        subsets.Add(element);
                        break;
                    case "image":
                        if (CvatImage.Read(element, source, subsets, reading) is { } sample) yield return sample;
                        break;
                    case "track":
                        reading.Fault(element, "<track> belongs to CVAT for video; <image> was expected.");
                        break;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        await using var stream = target.CreateSingle("annotations.xml");
        using var xml = SafeXml.Writer(stream);
        var classes = facts.Classes.ToDictionary(c => c.Name, StringComparer.Ordinal);
        xml.WriteStartElement("annotations");
        xml.WriteElementString("version", "1.1");
        xml.WriteStartElement("meta");
        xml.WriteStartElement("task");
        xml.WriteElementString("name", SafeXml.Text(facts.Title));
        xml.WriteElementString("mode", "annotation");
        xml.WriteElementString("z_order", "True");
        CvatLabels.Write(xml, facts.Classes);
        xml.WriteEndElement();
        xml.WriteEndElement();
        long position = 0;
        await foreach (var sample in samples.WithCancellation(cancellationToken)) CvatImage.Write(xml, sample, position++, classes);
        xml.WriteEndElement();
    }
}

/// <summary>The parts of the data set by task, from the file's head, for pictures that do not name theirs.</summary>
internal sealed class CvatSubsets
{
    private readonly Dictionary<string, string> _byTask = new(StringComparer.Ordinal);
    private string? _only;

    public void Add(XElement meta)
    {
        List<XElement> tasks = [.. meta.Elements("task").Concat(meta.Elements("project").Elements("tasks").Elements("task"))];
        foreach (var task in tasks)
            if (task.Element("id")?.Value.Trim() is { Length: > 0 } id && task.Element("subset")?.Value.Trim() is { Length: > 0 } subset) _byTask.TryAdd(id, subset);
        if (tasks is [var one] && one.Element("subset")?.Value.Trim() is { Length: > 0 } only) _only = only;
    }

    public string? Of(XElement image)
    {
        if (image.Attribute("subset")?.Value is { Length: > 0 } stated) return stated;
        return image.Attribute("task_id")?.Value is { } task && _byTask.TryGetValue(task, out var subset) ? subset : _only;
    }
}

/// <summary>One element <c>&lt;image&gt;</c>.</summary>
internal static class CvatImage
{
    public static Sample? Read(XElement image, DatasetSource source, CvatSubsets subsets, CvatReading reading)
    {
        if (image.Attribute("name")?.Value is not { Length: > 0 } name)
        {
            reading.Fault(image, "<image> has no name.");
            return null;
        }

        var size = (Side(image, "width"), Side(image, "height"));
        if (size.Item1 == 0 || size.Item2 == 0) size = source.SizeOf(name) ?? (0, 0);
        List<LabelledObject> objects = [];
        Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
        List<string> tags = [];
        foreach (var element in image.Elements())
        {
            if (element.Name.LocalName == "tag") ReadTag(element, tags, answers, reading);
            else if (ReadObject(element, size, reading) is { } each) objects.Add(each);
        }

        if (tags.Count > 0) answers.Add(CvatImagesFormat.Tags, JsonSerializer.SerializeToElement(tags));
        return new Sample
        {
            Name = name,
            WidthPx = size.Item1,
            HeightPx = size.Item2,
            Split = subsets.Of(image),
            Facts = Facts(image),
            Opinions = [new Opinion { Objects = objects, Answers = answers.Count == 0 ? Sample.Empty : answers }],
        };
    }

    public static void Write(XmlWriter xml, Sample sample, long position, IReadOnlyDictionary<string, ObjectClass> classes)
    {
        xml.WriteStartElement("image");
        xml.WriteAttributeString("id", sample.Facts.TryGetValue("id", out var id) && id.ValueKind == JsonValueKind.Number ? id.GetRawText() : position.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("name", SafeXml.Text(sample.Name));
        if (sample.Split is { } split) xml.WriteAttributeString("subset", SafeXml.Text(split));
        if (sample.Facts.TryGetValue("task_id", out var task)) xml.WriteAttributeString("task_id", SafeXml.Text(task.ToString()));
        xml.WriteAttributeString("width", sample.WidthPx.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("height", sample.HeightPx.ToString(CultureInfo.InvariantCulture));
        foreach (var opinion in sample.Opinions)
        {
            foreach (var each in opinion.Objects)
            {
                CvatShapes.Write(xml, each, classes.GetValueOrDefault(each.Class), () =>
                {
                    xml.WriteAttributeString("label", SafeXml.Text(each.Class));
                    CvatAttributes.WriteOwn(xml, each, withSourceAndGroup: true);
                });
            }

            WriteTags(xml, opinion.Answers);
        }

        xml.WriteEndElement();
    }

    private static LabelledObject? ReadObject(XElement element, (int WidthPx, int HeightPx) size, CvatReading reading)
    {
        if (element.Attribute("label")?.Value is not { } label)
        {
            reading.Fault(element, $"<{element.Name.LocalName}> has no label.");
            return null;
        }

        if (CvatShapes.Read(element, reading.Classes.GetValueOrDefault(label), size.WidthPx, size.HeightPx, reading) is not { } mark) return null;
        var attributes = CvatAttributes.Read(element, label, reading);
        foreach (var point in element.Elements("points"))
            if (point.Attribute("label")?.Value is { } name) CvatAttributes.AddElements(point, label, name + ".", attributes, reading);
        return new LabelledObject(label, mark) { Attributes = attributes };
    }

    private static void ReadTag(XElement tag, List<string> tags, Dictionary<string, JsonElement> answers, CvatReading reading)
    {
        if (tag.Attribute("label")?.Value is not { Length: > 0 } label)
        {
            reading.Fault(tag, "<tag> has no label.");
            return;
        }

        if (!tags.Contains(label)) tags.Add(label);
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (tag.Attribute("source")?.Value is { Length: > 0 } and not "manual" and var source) attributes[CommonAttributes.Source] = CvatReading.Json(source);
        CvatAttributes.AddElements(tag, label, "", attributes, reading);
        foreach (var (name, value) in attributes) answers[$"{CvatImagesFormat.Tags}.{label}.{name}"] = value;
    }

    private static void WriteTags(XmlWriter xml, IReadOnlyDictionary<string, JsonElement> answers)
    {
        List<string> labels = [];
        if (answers.TryGetValue(CvatImagesFormat.Tags, out var tags))
            labels = tags.ValueKind == JsonValueKind.Array ? [.. tags.EnumerateArray().Select(t => t.ToString())] : [tags.ToString()];
        foreach (var label in labels)
        {
            var prefix = $"{CvatImagesFormat.Tags}.{label}.";
            xml.WriteStartElement("tag");
            xml.WriteAttributeString("label", SafeXml.Text(label));
            xml.WriteAttributeString("source", answers.TryGetValue(prefix + CommonAttributes.Source, out var source) ? SafeXml.Text(source.ToString()) : "manual");
            foreach (var (question, answer) in answers)
                if (question.StartsWith(prefix, StringComparison.Ordinal) && question.Length > prefix.Length && question != prefix + CommonAttributes.Source) CvatAttributes.WriteElement(xml, question[prefix.Length..], answer);
            xml.WriteEndElement();
        }
    }

    private static Dictionary<string, JsonElement> Facts(XElement image)
    {
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        if (long.TryParse(image.Attribute("id")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) facts.Add("id", JsonSerializer.SerializeToElement(id));
        if (image.Attribute("task_id")?.Value is { Length: > 0 } task) facts.Add("task_id", CvatReading.Json(task));
        return facts;
    }

    private static int Side(XElement image, string name) =>
        int.TryParse(image.Attribute(name)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side <= CvatReading.PixelsMax ? side : 0;
}
