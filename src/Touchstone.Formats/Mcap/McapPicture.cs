using System.Text.Json;
using Touchstone.Files.Mcap;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Mcap;

/// <summary>A picture that a message is of.</summary>
/// <param name="Frame">The camera's frame.</param>
/// <param name="Format">The recorder's word for how it is compressed, such as <c>jpeg</c>.</param>
/// <param name="Bytes">The picture.</param>
internal sealed record McapPicture(string Frame, string Format, byte[] Bytes)
{
    /// <summary>Whether a channel's messages are pictures.</summary>
    public static bool IsOf(McapChannel channel) => (channel.Schema?.Name, channel.MessageEncoding) is
        ("foxglove.CompressedImage", "protobuf" or "json") or ("sensor_msgs/msg/CompressedImage" or "foxglove_msgs/msg/CompressedImage", "cdr") or ("sensor_msgs/CompressedImage" or "sensor_msgs/msg/CompressedImage", "ros1");

    /// <summary>Reads one.</summary>
    /// <exception cref="WireFaultException">The bytes are no such message.</exception>
    public static McapPicture Read(McapChannel channel, ReadOnlySpan<byte> data) => channel.MessageEncoding switch
    {
        "protobuf" => OfProtobuf(data),
        "json" => OfJson(data),
        "cdr" when channel.Schema!.Name.StartsWith("foxglove", StringComparison.Ordinal) => OfFoxglove(new RosReader(data, isCdr: true)),
        var encoding => OfRos(new RosReader(data, encoding == "cdr")),
    };

    /// <remarks>foxglove-sdk, schemas/proto/foxglove/CompressedImage.proto, MIT.</remarks>
    private static McapPicture OfProtobuf(ReadOnlySpan<byte> data)
    {
        var (frame, format, bytes) = ("", "", Array.Empty<byte>());
        var reader = new WireReader(data, 0);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: bytes = reader.Bytes().ToArray(); break;
                case 3: format = reader.Text(); break;
                case 4: frame = reader.Text(); break;
            }
        }

        return new McapPicture(frame, format, bytes);
    }

    /// <remarks>foxglove-sdk, schemas/jsonschema/CompressedImage.json: bytes are written in base64.</remarks>
    private static McapPicture OfJson(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        var (frame, format, bytes) = ("", "", Array.Empty<byte>());
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
                var name = reader.GetString();
                reader.Read();
                if (reader.TokenType != JsonTokenType.String) continue;
                if (name == "frame_id") frame = reader.GetString()!;
                else if (name == "format") format = reader.GetString()!;
                else if (name == "data") bytes = reader.GetBytesFromBase64();
            }
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            throw new WireFaultException(reader.TokenStartIndex, $"JSON with frame_id, format and data in base64 was expected ({fault.Message.TrimEnd('.')}).");
        }

        return new McapPicture(frame, format, bytes);
    }

    /// <remarks>ros2/common_interfaces, sensor_msgs/msg/CompressedImage.msg: header, format, data.</remarks>
    private static McapPicture OfRos(RosReader reader)
    {
        var (frame, format) = (reader.Header(), reader.Text());
        return new McapPicture(frame, format, reader.Bytes().ToArray());
    }

    /// <remarks>foxglove-sdk, schemas/ros2/CompressedImage.msg: timestamp, frame_id, data, format.</remarks>
    private static McapPicture OfFoxglove(RosReader reader)
    {
        var frame = reader.Header();
        var bytes = reader.Bytes().ToArray();
        return new McapPicture(frame, reader.Text(), bytes);
    }
}
