namespace Touchstone.Files.Mcap;

/// <summary>What came next in a recording.</summary>
public enum McapRecord
{
    /// <summary>Nothing more comes.</summary>
    End,

    /// <summary>A message: <see cref="McapReader.Message"/>.</summary>
    Message,

    /// <summary>A file beside the messages: <see cref="McapReader.Attachment"/>.</summary>
    Attachment,

    /// <summary>Pairs of texts under a name: <see cref="McapReader.Metadata"/>.</summary>
    Metadata,

    /// <summary>Something that cannot be read: <see cref="McapReader.Fault"/>. Reading goes on behind it, where there is more.</summary>
    Fault,
}

/// <summary>The description of a kind of messages.</summary>
/// <param name="Id">Its number in the file, above 0.</param>
/// <param name="Name">Its name, such as <c>sensor_msgs/msg/PointCloud2</c>.</param>
/// <param name="Encoding">What its description is written in, such as <c>ros2msg</c> or <c>protobuf</c>; empty where there is none.</param>
/// <param name="Bytes">How long its description is, which is not kept.</param>
public sealed record McapSchema(ushort Id, string Name, string Encoding, int Bytes);

/// <summary>Messages of one kind under one topic.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="Schema">What its messages are; null where the file does not say.</param>
/// <param name="Topic">Its name.</param>
/// <param name="MessageEncoding">How its messages are written, such as <c>cdr</c>, <c>ros1</c>, <c>protobuf</c> or <c>json</c>.</param>
public sealed record McapChannel(ushort Id, McapSchema? Schema, string Topic, string MessageEncoding);

/// <summary>Where a message's data stand.</summary>
/// <param name="Chunk">Where the chunk that holds them begins, bytes from the file's start; -1 where they stand in none.</param>
/// <param name="Offset">Where they begin: in the chunk's content, or in the file.</param>
/// <param name="Bytes">How many they are.</param>
public readonly record struct McapPlace(long Chunk, long Offset, int Bytes);

/// <summary>A message.</summary>
/// <param name="Channel">Whose it is.</param>
/// <param name="Sequence">The publisher's counter.</param>
/// <param name="LogTime">When it was recorded, nanoseconds of the recorder's clock, as a rule since 1970.</param>
/// <param name="PublishTime">When it was published, nanoseconds.</param>
/// <param name="Data">Its data, which hold until the next call.</param>
/// <param name="Place">Where they stand, to read them again.</param>
public readonly record struct McapMessage(McapChannel Channel, uint Sequence, ulong LogTime, ulong PublishTime, ReadOnlyMemory<byte> Data, McapPlace Place);

/// <summary>A file beside the messages, whose bytes are not read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="LogTime">When it was recorded, nanoseconds.</param>
/// <param name="Bytes">How long it is.</param>
public sealed record McapAttachment(string Name, string MediaType, ulong LogTime, long Bytes);

/// <summary>Pairs of texts.</summary>
/// <param name="Name">What they are of.</param>
/// <param name="Values">The pairs.</param>
public sealed record McapMetadata(string Name, IReadOnlyDictionary<string, string> Values);

/// <summary>Something that cannot be read.</summary>
/// <param name="Offset">Where, bytes from the file's start; within a chunk, where the chunk begins.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record McapFault(long Offset, string Message);

/// <summary>How much memory a recording may take: one record or the content of one chunk is held at a time.</summary>
/// <param name="RecordBytesMax">Most bytes of a record, and of a chunk's content.</param>
/// <param name="ExpansionMax">How many times its own bytes the content of a chunk may take.</param>
/// <param name="ExpansionFreeBytes">What the content of a chunk may take whatever its own bytes.</param>
public sealed record McapLimits(int RecordBytesMax = 1 << 30, int ExpansionMax = 256, int ExpansionFreeBytes = 1 << 20)
{
    /// <summary>Records of 1 GiB, chunks of 256 times their bytes and a megabyte.</summary>
    public static readonly McapLimits Default = new();
}
