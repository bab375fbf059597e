using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Images;
using Touchstone.Files.Mcap;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Mcap;

/// <summary>MCAP: recordings of robots and vehicles, as ROS 2 and Foxglove write them. What is to be labelled comes out of them; read only.</summary>
/// <remarks>
/// Each compressed picture (<c>sensor_msgs/CompressedImage</c> of ROS 1 and 2, <c>foxglove.CompressedImage</c>) is an input, and each cloud of points (<c>sensor_msgs/PointCloud2</c>, <c>foxglove.PointCloud</c>) a scene; both stand in the recording, are copied out by
/// <c>--images copy</c>, clouds as PCD files, and are named by topic and time. Cubes that a message has viewers draw (<c>foxglove.SceneUpdate</c> in Protocol Buffers) are cuboids of a scene, in the frame that the fact <c>frame_id</c> names, which is <c>lidar</c> here, or in the world's. Other messages are
/// counted by topic and not read. Pictures and clouds have no opinions, for nobody labelled them. A recording that was not closed is read as far as it goes.
/// </remarks>
public sealed class McapFormat : DatasetFormat
{
    private const string Ending = ".mcap";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "mcap",
        Name = "MCAP recordings",
        Specification = "MCAP file format specification, version 0 (mcap.dev)",
        Evidence = Evidence.OwnFiles,
        Writes = false,
        Inputs = [InputKind.Image, InputKind.Scene],
        Marks = [MarkKind.Cuboid],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Tracks | CarriedParts.ObjectIds,
        Facts = [SensorRig.FactName, "topic", "frame_id", "log_time", "publish_time", "points"],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        Files(source).FirstOrDefault(f => IsMcap(source, f)) is { } file ? [new Recognition(Traits.Id, "", 0.99, file)] : [];

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => f.EndsWith(Ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsMcap(DatasetSource source, string file)
    {
        Span<byte> beginning = stackalloc byte[8];
        using var stream = source.OpenRead(file);
        return stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) == beginning.Length && McapReader.IsMcap(beginning);
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        List<RecordedChannel> channels = [];
        List<string> enclosed = [];
        foreach (var file in Files(source)) Count(source, file, channels, enclosed, cancellationToken);
        return Task.FromResult(new DatasetFacts { Title = source.Title, Channels = channels, Enclosed = enclosed });
    }

    private static void Count(DatasetSource source, string file, List<RecordedChannel> channels, List<string> enclosed, CancellationToken cancellationToken)
    {
        using var stream = source.OpenRead(file);
        var reader = new McapReader(stream);
        Dictionary<ushort, (long Messages, ulong First, ulong Last)> counts = [];
        while (Next(reader, file) is not McapRecord.End and var record)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record == McapRecord.Attachment) enclosed.Add(string.Create(CultureInfo.InvariantCulture, $"attachment {reader.Attachment!.Name} ({reader.Attachment.MediaType}, {reader.Attachment.Bytes} bytes)"));
            else if (record == McapRecord.Metadata) enclosed.Add(string.Create(CultureInfo.InvariantCulture, $"metadata {reader.Metadata!.Name} ({reader.Metadata.Values.Count} values)"));
            else if (record == McapRecord.Message)
            {
                var (id, time) = (reader.Message.Channel.Id, reader.Message.LogTime);
                counts[id] = counts.TryGetValue(id, out var known) ? (known.Messages + 1, Math.Min(known.First, time), Math.Max(known.Last, time)) : (1, time, time);
            }
        }

        foreach (var channel in reader.Channels.Values.OrderBy(c => c.Id))
        {
            var (messages, first, last) = counts.GetValueOrDefault(channel.Id);
            channels.Add(new RecordedChannel(channel.Topic, channel.Schema?.Name ?? "", channel.MessageEncoding, messages, first, last));
        }
    }

    private static McapRecord Next(McapReader reader, string file)
    {
        try
        {
            return reader.Read();
        }
        catch (DllNotFoundException fault)
        {
            throw new FileFormatFaultException($"{file}: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Files(source))
        {
            await using var stream = source.OpenRead(file);
            var reader = new McapReader(stream);
            Dictionary<ushort, (ulong Time, int Times)> last = [];
            while (Next(reader, file) is not McapRecord.End and var record)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (record == McapRecord.Fault) faults.Add(file, $"byte {reader.Fault!.Offset}", reader.Fault.Message);
                if (record != McapRecord.Message) continue;
                var message = reader.Message;
                var again = last.TryGetValue(message.Channel.Id, out var known) && known.Time == message.LogTime ? known.Times + 1 : 0;
                last[message.Channel.Id] = (message.LogTime, again);
                if (Read(source, file, message, again, faults) is { } sample) yield return sample;
            }
        }
    }

    private static Sample? Read(DatasetSource source, string file, McapMessage message, int again, FaultLog faults)
    {
        try
        {
            return McapPicture.IsOf(message.Channel) ? PictureOf(source, file, message, again)
                : McapCloud.IsOf(message.Channel) ? CloudOf(source, file, message, again)
                : McapScene.IsOf(message.Channel) ? SceneOf(file, message, again, fault => Tell(faults, file, message, fault))
                : null;
        }
        catch (WireFaultException fault)
        {
            Tell(faults, file, message, $"byte {fault.Offset} of it: {fault.Message}");
            return null;
        }
    }

    private static void Tell(FaultLog faults, string file, McapMessage message, string fault) =>
        faults.Add(file, $"byte {(message.Place.Chunk < 0 ? message.Place.Offset : message.Place.Chunk)}", $"a message of {message.Channel.Topic} at {message.LogTime} ns: {fault}");

    private static Sample PictureOf(DatasetSource source, string file, McapMessage message, int again)
    {
        var picture = McapPicture.Read(message.Channel, message.Data.Span);
        if (!ImageProbe.TryProbe(new MemoryStream(picture.Bytes), out var info, out var reason)) throw new WireFaultException(0, $"a picture was expected; {picture.Bytes.Length} bytes in the format \"{picture.Format}\" found ({reason}).");
        var (channel, place) = (message.Channel, message.Place);
        return new Sample
        {
            Name = NameOf(file, message, again, info.Format.Extension()),
            Kind = InputKind.Image,
            Scene = Path.ChangeExtension(file, null),
            WidthPx = info.WidthPx,
            HeightPx = info.HeightPx,
            Facts = FactsOf(message, picture.Frame),
            RecordedFile = () => ReadAgain(source, file, place, data => McapPicture.Read(channel, data.Span).Bytes),
        };
    }

    private static Sample CloudOf(DatasetSource source, string file, McapMessage message, int again)
    {
        var (frame, cloud) = McapCloud.Read(message.Channel, message.Data.Span);
        var (channel, place) = (message.Channel, message.Place);
        var facts = FactsOf(message, frame);
        facts["points"] = JsonValues.Of((long)cloud.Count);
        return new Sample
        {
            Name = NameOf(file, message, again, "pcd"),
            Kind = InputKind.Scene,
            Scene = Path.ChangeExtension(file, null),
            Facts = facts,
            RecordedFile = () => ReadAgain(source, file, place, data => McapCloud.ToPcd(McapCloud.Read(channel, data.Span).Cloud)),
        };
    }

    private static Sample SceneOf(string file, McapMessage message, int again, Action<string> tell)
    {
        var scene = new McapScene(tell);
        scene.Read(message.Data.Span);
        var facts = FactsOf(message, scene.FirstFrame);
        if (scene.OwnFrame is { } own) facts[SensorRig.FactName] = new SensorRig([new Sensor(own, SensorRig.LidarFrame) { ToVehicle = RigidTransform.Identity }]).ToFact();
        return new Sample
        {
            Name = NameOf(file, message, again, ""),
            Kind = InputKind.Scene,
            Scene = Path.ChangeExtension(file, null),
            Opinions = [new Opinion { Objects = scene.Objects }],
            Facts = facts,
        };
    }

    private static Dictionary<string, JsonElement> FactsOf(McapMessage message, string frame) => new(StringComparer.Ordinal)
    {
        ["topic"] = JsonValues.Of(message.Channel.Topic),
        ["frame_id"] = JsonValues.Of(frame),
        ["log_time"] = JsonSerializer.SerializeToElement(message.LogTime),
        ["publish_time"] = JsonSerializer.SerializeToElement(message.PublishTime),
    };

    private static byte[] ReadAgain(DatasetSource source, string file, McapPlace place, Func<ReadOnlyMemory<byte>, byte[]> take)
    {
        using var stream = source.OpenRead(file);
        try
        {
            return take(new McapReader(stream).ReadAt(place));
        }
        catch (Exception fault) when (fault is InvalidDataException or WireFaultException or ArgumentException)
        {
            throw new FileFormatFaultException($"{file}: {fault.Message}", fault);          // no longer what it was, or fields with names that PCD has no place for
        }
    }

    /// <summary>By recording, topic and time; letters of a topic that a path should not have become low lines.</summary>
    private static string NameOf(string file, McapMessage message, int again, string ending)
    {
        var name = new StringBuilder(Path.ChangeExtension(file, null)).Append('/');
        foreach (var part in message.Channel.Topic.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var start = name.Length;
            foreach (var letter in part) name.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' ? letter : '_');
            if (name[start] == '.') name[start] = '_';
            name.Append('/');
        }

        name.Append(CultureInfo.InvariantCulture, $"{message.LogTime}");
        if (again > 0) name.Append(CultureInfo.InvariantCulture, $"-{again}");
        return ending.Length == 0 ? name.ToString() : name.Append('.').Append(ending).ToString();
    }
}
