using System.Globalization;
using System.Text.Json;
using System.Xml;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Cvat;

/// <summary>Writes one clip.</summary>
internal static class CvatClipWriter
{
    public static void Write(Stream stream, Sample sample, DatasetFacts facts)
    {
        using var xml = SafeXml.Writer(stream);
        xml.WriteStartElement("annotations");
        xml.WriteElementString("version", "1.1");
        WriteMeta(xml, sample, facts);
        var classes = facts.Classes.ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var (id, shapes) in Tracks(sample)) WriteTrack(xml, id, shapes, classes.GetValueOrDefault(shapes[0].Class));
        xml.WriteEndElement();
    }

    private static void WriteMeta(XmlWriter xml, Sample sample, DatasetFacts facts)
    {
        xml.WriteStartElement("meta");
        xml.WriteStartElement("task");
        WriteFact(xml, sample, CvatClip.TaskId, "id");
        xml.WriteElementString("name", SafeXml.Text(facts.Title));
        WriteFact(xml, sample, CvatClip.Size);
        xml.WriteElementString("mode", "interpolation");
        if (sample.Split is { } split) xml.WriteElementString("subset", SafeXml.Text(split));
        WriteFact(xml, sample, CvatClip.StartFrame);
        if (sample.FrameCount > 0) xml.WriteElementString("stop_frame", (sample.FrameCount - 1).ToString(CultureInfo.InvariantCulture));
        WriteFact(xml, sample, CvatClip.FrameFilter);
        xml.WriteElementString("z_order", "True");
        CvatLabels.Write(xml, facts.Classes);
        if (sample.Facts.TryGetValue(CvatClip.Segments, out var segments) && segments.ValueKind == JsonValueKind.Array) WriteSegments(xml, segments);
        if (sample.WidthPx > 0)
        {
            xml.WriteStartElement("original_size");
            xml.WriteElementString("width", sample.WidthPx.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("height", sample.HeightPx.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteElementString("source", SafeXml.Text(sample.Name));
        xml.WriteEndElement();
        xml.WriteElementString("source", SafeXml.Text(sample.Name));
        xml.WriteEndElement();
    }

    private static void WriteFact(XmlWriter xml, Sample sample, string name, string? element = null)
    {
        if (sample.Facts.TryGetValue(name, out var value)) xml.WriteElementString(element ?? name, SafeXml.Text(value.ToString()));
    }

    private static void WriteSegments(XmlWriter xml, JsonElement segments)
    {
        xml.WriteStartElement("segments");
        foreach (var segment in segments.EnumerateArray())
        {
            if (segment.ValueKind != JsonValueKind.Object) continue;
            xml.WriteStartElement("segment");
            foreach (var name in (ReadOnlySpan<string>)["id", "start", "stop", "url"])
                if (segment.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) xml.WriteElementString(name, SafeXml.Text(value.ToString()));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteTrack(XmlWriter xml, string id, IReadOnlyList<LabelledObject> shapes, ObjectClass? of)
    {
        xml.WriteStartElement("track");
        xml.WriteAttributeString("id", SafeXml.Text(id));
        xml.WriteAttributeString("label", SafeXml.Text(shapes[0].Class));
        var isShared = shapes.All(s => CvatAttributes.SameSourceAndGroup(s, shapes[0]));
        if (isShared) CvatAttributes.WriteSourceAndGroup(xml, shapes[0]);
        foreach (var each in shapes)
        {
            CvatShapes.Write(xml, each, of, () =>
            {
                xml.WriteAttributeString("frame", (each.Frame ?? 0).ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("keyframe", each.IsKeyframe ? "1" : "0");
                xml.WriteAttributeString("outside", each.IsOutside ? "1" : "0");
                CvatAttributes.WriteOwn(xml, each, withSourceAndGroup: !isShared);
            });
        }

        xml.WriteEndElement();
    }

    /// <summary>Objects by the track that they belong to, in the order in which they are met; one without a track is a track of its own. A track has one class.</summary>
    private static IEnumerable<(string Id, IReadOnlyList<LabelledObject> Shapes)> Tracks(Sample sample)
    {
        List<LabelledObject> all = [.. sample.Opinions.SelectMany(o => o.Objects)];
        var taken = all.Select(o => o.Track).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var next = 0;
        string Free()
        {
            string id;
            do id = (next++).ToString(CultureInfo.InvariantCulture);
            while (!taken.Add(id));
            return id;
        }

        var groups = all.Select((o, i) => (Object: o, Key: o.Track is null ? (Track: (string?)null, Single: i) : (o.Track, Single: -1)))
            .GroupBy(o => (o.Key, o.Object.Class));
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var id = group.Key.Key.Track is { } stated && used.Add(stated) ? stated : Free();
            // CVAT shows a track from each shape on until the next one, so that it must be told where an object is away.
            yield return (id, TrackRuns.Closed([.. group.Select(o => o.Object)], sample));
        }
    }
}
