using System.Runtime.CompilerServices;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Cvat;

/// <summary>CVAT for video 1.1: one XML file a clip, with tracks of shapes frame by frame.</summary>
/// <remarks>
/// CVAT's documentation, "CVAT for video" and "XML annotation format". Frames count from 0 in the whole clip, also where a task holds a part of it or each third frame.
/// A clip is one sample, with one object for each shape that the file states; nothing is interpolated. The file does not state frames a second (cvat#2118).
/// A file of a whole project holds one clip a task. A clip is held in memory as a whole.
/// </remarks>
public sealed class CvatVideoFormat : DatasetFormat
{
    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "cvat-video",
        Name = "CVAT for video",
        Specification = "CVAT XML 1.1 (docs.cvat.ai, manual/advanced/xml_format)",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Clip],
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Ellipse, MarkKind.Mask],
        Attributes = AttributeSupport.Any,
        Facts = [CvatClip.StartFrame, CvatClip.FrameFilter, CvatClip.Size, CvatClip.Segments, CvatClip.TaskId],
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.Tracks | CarriedParts.Keyframes,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) => CvatFiles.Recognise(source, Traits.Id, "track");

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(CvatMeta.Facts(source, "track"));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in CvatFiles.Of(source, "track"))
        {
            await using var stream = source.OpenRead(file);
            using var document = new CvatDocument(stream, file, faults);
            var reading = new CvatReading(file, faults);
            List<CvatClip> clips = [];
            while (document.Next() is { } element)
            {
                cancellationToken.ThrowIfCancellationRequested();
                switch (element.Name.LocalName)
                {
                    case "meta":
                        reading.Define(element);
                        clips.AddRange(CvatClip.Of(element, Path.GetFileNameWithoutExtension(file)));
                        break;
                    case "track":
                        if (clips.Count == 0) clips.Add(new CvatClip { Name = Path.GetFileNameWithoutExtension(file) });
                        var task = element.Attribute("task_id")?.Value;
                        (clips.Find(c => task is not null && c.Task == task) ?? clips[0]).Add(element, reading);
                        break;
                    case "image":
                        reading.Fault(element, "<image> belongs to CVAT for images; <track> was expected.");
                        break;
                }
            }

            foreach (var clip in clips) yield return clip.ToSample();
        }
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => sample.Split is { } split ? $"{split}/{sample.Name}.xml" : $"{sample.Name}.xml";

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            await using var stream = isFirst && target.OnlyFile is not null ? target.CreateSingle("") : target.Create(LabelPlace(sample, options)!);
            isFirst = false;
            CvatClipWriter.Write(stream, sample, facts);
        }
    }
}
