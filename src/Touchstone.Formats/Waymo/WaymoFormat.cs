using System.Runtime.CompilerServices;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Records;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Waymo;

/// <summary>Waymo Open Dataset's perception data, version 1: <c>*.tfrecord</c> files of frames. Read only.</summary>
/// <remarks>
/// Each frame is a scene with the cuboids of its LiDARs, and each of its pictures, or cameras that were labelled, an input with boxes and a person's keypoints. Cuboids are in the vehicle's frame (x ahead, y left, z up), to which the data set's own tools bring the points of all LiDARs:
/// that is the frame <c>lidar</c> here, of the sensor <c>lidar</c>. Cameras stand where the vehicle was when their picture was taken; their lenses' coefficients are those of OpenCV, and cuboids are projected as if there were none. Pictures stand in the frames and are copied out
/// by <c>--images copy</c>. A frame without any label is of a part whose labels are kept back. It is not written: a frame is first of all what the sensors recorded.
/// </remarks>
public sealed class WaymoFormat : DatasetFormat
{
    /// <summary>The fact with a frame's moment, microseconds.</summary>
    public const string TimeFact = "timestamp_micros";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "waymo",
        Name = "Waymo Open Dataset frames",
        Specification = "Waymo Open Dataset 1.4 (github.com/waymo-research/waymo-open-dataset), dataset.proto and label.proto",
        Evidence = Evidence.OwnFiles,
        Writes = false,
        Inputs = [InputKind.Scene, InputKind.Image],
        Marks = [MarkKind.Cuboid, MarkKind.Box, MarkKind.Keypoints],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Classes | CarriedParts.ObjectIds | CarriedParts.SeveralMarks,
        Facts = [SensorRig.FactName, TimeFact, "time_of_day", "location", "weather"],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        Files(source).FirstOrDefault(f => IsFrames(source, f)) is { } file ? [new Recognition(Traits.Id, "", 0.95, $"{file} with frames")] : [];

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => f.EndsWith(".tfrecord", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a record begins with a context that begins with a name. Maps of features, which other records begin with, have bytes there that no name has.</summary>
    private static bool IsFrames(DatasetSource source, string file)
    {
        Span<byte> beginning = stackalloc byte[256];
        using var stream = source.OpenRead(file);
        var got = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        if (!TfRecordReader.IsHead(beginning[..got])) return false;
        var bytes = beginning[TfRecordReader.HeadBytes..got];
        if (bytes.Length < 2 || bytes[0] != 0x0A) return false;
        var at = 1;
        while (at < bytes.Length && bytes[at] >= 0x80) at++;
        if (at + 3 > bytes.Length || bytes[at + 1] != 0x0A) return false;
        var name = bytes[(at + 3)..];
        return bytes[at + 2] is > 0 and < 0x80 and var length && length <= name.Length && !name[..length].ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts
    {
        Title = source.Title,
        Classes = [.. WaymoNames.Classes.Skip(1).Select((name, i) => new ObjectClass(name) { Number = i + 1, Keypoints = name == "PEDESTRIAN" ? WaymoNames.Keypoints : [] })],
    });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Files(source))
        {
            await using var stream = source.OpenRead(file);
            var records = new TfRecordReader(stream);
            var frames = new WaymoFrameReader(file, faults);
            while (records.Read() is not TfRecordState.End and var state)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (state != TfRecordState.Record)
                {
                    faults.Add(file, $"byte {records.Offset}", records.Fault);
                    if (state == TfRecordState.Broken) break;
                    continue;
                }

                if (Read(frames, records, file, faults) is not { } frame) continue;
                var rig = WaymoSamples.RigOf(frame, file);
                yield return WaymoSamples.SceneOf(frame, rig, isLabelled: frame.LaserLabels.Count + frame.CameraLabels.Count > 0);
                foreach (var picture in WaymoSamples.PicturesOf(frame, rig, p => () => ReadStretch(source, file, p.Offset, p.Bytes))) yield return picture;
            }
        }
    }

    private static WaymoFrame? Read(WaymoFrameReader frames, TfRecordReader records, string file, FaultLog faults)
    {
        try
        {
            return frames.Read(records.Record.Span, records.Offset);
        }
        catch (WireFaultException fault)
        {
            faults.Add(file, $"byte {fault.Offset}", fault.Message);
            return null;
        }
    }

    private static byte[] ReadStretch(DatasetSource source, string file, long offset, int bytes)
    {
        using var stream = source.OpenRead(file);
        if (stream.Length - offset < bytes) throw new FileFormatFaultException($"{file}: byte {offset}: a picture of {bytes} bytes was expected; the file is shorter than it was.");
        stream.Position = offset;
        var picture = new byte[bytes];
        stream.ReadExactly(picture);
        return picture;
    }
}
