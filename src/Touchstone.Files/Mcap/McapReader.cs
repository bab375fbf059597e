using System.Buffers.Binary;
using Touchstone.Files.Png;

namespace Touchstone.Files.Mcap;

/// <summary>Reads MCAP recordings from their beginning to their end, so that files whose index is missing, as where a recorder lost power, are read as far as they go. All checksums are checked.</summary>
/// <remarks>
/// mcap.dev, MCAP file format specification, version 0: records of a kind, a length and fields; messages stand in chunks, which are plain or compressed by LZ4 or Zstandard, or beside them. Indexes are passed over. Memory is that of the largest record or chunk;
/// nothing is allocated on the word of a length that the file cannot hold.
/// </remarks>
/// <param name="stream">At its beginning; one that can seek.</param>
/// <param name="limits">How much memory it may take.</param>
public sealed class McapReader(Stream stream, McapLimits? limits = null)
{
    private const int HeadBytes = 9;
    private const byte FooterCode = 2, SchemaCode = 3, ChannelCode = 4, MessageCode = 5, ChunkCode = 6, AttachmentCode = 9, StatisticsCode = 11, MetadataCode = 12, DataEndCode = 15;

    private readonly McapLimits _limits = limits ?? McapLimits.Default;
    private readonly McapChunk _chunk = new(limits ?? McapLimits.Default);
    private readonly Dictionary<ushort, McapSchema> _schemas = [];
    private readonly Dictionary<ushort, McapChannel> _channels = [];
    private byte[] _record = [];
    private long _chunkStart = -1;
    private int _inChunk;
    private uint _crc = uint.MaxValue;
    private bool _isBegun;
    private bool _isEnded;
    private bool _hasFaults;
    private ulong _messages;
    private ulong? _stated;

    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'M', (byte)'C', (byte)'A', (byte)'P', 0x30, (byte)'\r', (byte)'\n'];

    /// <summary>Channels by their number, as far as they were met.</summary>
    public IReadOnlyDictionary<ushort, McapChannel> Channels => _channels;

    /// <summary>The last message.</summary>
    public McapMessage Message { get; private set; }

    /// <summary>The last attachment.</summary>
    public McapAttachment? Attachment { get; private set; }

    /// <summary>The last metadata.</summary>
    public McapMetadata? Metadata { get; private set; }

    /// <summary>What was wrong last.</summary>
    public McapFault? Fault { get; private set; }

    /// <summary>Whether a file begins as a recording does.</summary>
    public static bool IsMcap(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Magic);

    /// <summary>Reads on to the next message, attachment, metadata or fault. Schemas and channels are kept.</summary>
    /// <exception cref="DllNotFoundException">A chunk is compressed by Zstandard and the system has no libzstd.</exception>
    public McapRecord Read()
    {
        if (!_isBegun && !Begin()) return Tell(0, "this is no MCAP file: it does not begin with 89 4D 43 41 50 30 0D 0A.");
        while (!_isEnded)
        {
            var start = _chunkStart >= 0 ? _chunkStart : stream.Position;
            try
            {
                if ((_chunkStart >= 0 ? ReadInChunk() : ReadRecord()) is { } found) return found;
            }
            catch (McapFaultException fault)
            {
                return Tell(start, fault.Message);
            }
        }

        return McapRecord.End;
    }

    /// <summary>Reads data again.</summary>
    /// <param name="place">Where a message said that its data stand.</param>
    /// <returns>Bytes that hold until the next call; the reader cannot go on with <see cref="Read"/> after it.</returns>
    /// <exception cref="InvalidDataException">The file is no longer what it was.</exception>
    public ReadOnlyMemory<byte> ReadAt(McapPlace place)
    {
        _isEnded = true;
        try
        {
            if (place.Chunk < 0)
            {
                _chunkStart = -1;           // its content may stand in the buffer that is filled here
                stream.Position = place.Offset;
                return place.Bytes <= stream.Length - place.Offset ? Fill(place.Bytes) : throw new McapFaultException($"a message of {place.Bytes} bytes was expected.");
            }

            if (_chunkStart != place.Chunk)
            {
                _chunkStart = -1;
                stream.Position = place.Chunk;
                var length = ReadHead(out var code);
                if (code != ChunkCode) throw new McapFaultException($"a chunk was expected; a record of the kind {code} found.");
                _chunk.Open(Fill(length));
                _chunkStart = place.Chunk;
            }

            return place.Offset + place.Bytes <= _chunk.Content.Length ? _chunk.Content.Slice((int)place.Offset, place.Bytes) : throw new McapFaultException($"a message of {place.Bytes} bytes was expected in a chunk of {_chunk.Content.Length}.");
        }
        catch (McapFaultException fault)
        {
            throw new InvalidDataException($"byte {Math.Max(place.Chunk, 0)}: {fault.Message}", fault);
        }
    }

    private McapRecord Tell(long offset, string message)
    {
        _hasFaults = true;
        Fault = new McapFault(offset, message);
        return McapRecord.Fault;
    }

    private bool Begin()
    {
        _isBegun = true;
        Span<byte> magic = stackalloc byte[8];
        if (Take(magic) == magic.Length && IsMcap(magic)) return true;
        _isEnded = true;
        return false;
    }

    private McapRecord? ReadRecord()
    {
        var start = stream.Position;
        var before = _crc;
        var length = ReadHead(out var code);
        switch (code)
        {
            case AttachmentCode:
                return ReadAttachment(length);
            case ChunkCode:
                _chunk.Open(Fill(length));
                (_chunkStart, _inChunk) = (start, 0);
                return null;
            case SchemaCode or ChannelCode or MessageCode or MetadataCode or StatisticsCode:
                return ReadFields(code, Fill(length), new McapPlace(-1, start + HeadBytes, length));
            case DataEndCode:
                return ReadDataEnd(length, before, start);
            case FooterCode:
                return ReadFooter(length, start);
            default:
                Pass(length);
                return null;
        }
    }

    /// <summary>The length of the next record.</summary>
    private int ReadHead(out byte code)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        var got = Take(head);
        if (got == 0) throw Broken("the file ends without a footer: its recorder did not close it.");
        if (got < HeadBytes) throw Broken($"the file ends within the head of a record: {got} bytes are left, {HeadBytes} were expected.");
        code = head[0];
        var length = BinaryPrimitives.ReadUInt64LittleEndian(head[1..]);
        var left = stream.Length - stream.Position;
        if (length > (ulong)left) throw Broken($"a record of the kind {code} with {length} bytes was expected; {left} are left of the file.");
        if (length <= (ulong)_limits.RecordBytesMax || code == AttachmentCode && length <= int.MaxValue) return (int)length;
        throw Broken($"a record of the kind {code} has {length} bytes; at most {_limits.RecordBytesMax} are read.");
    }

    /// <summary>What leaves nothing to go on with.</summary>
    private McapFaultException Broken(string message)
    {
        _isEnded = true;
        return new McapFaultException(message);
    }

    private McapRecord? ReadInChunk()
    {
        var content = _chunk.Content;
        var left = content.Length - _inChunk;
        if (left == 0)
        {
            _chunkStart = -1;
            return null;
        }

        var at = _inChunk;
        _inChunk = content.Length;          // a record that is wrong leaves no way to the next one
        if (left < HeadBytes) throw new McapFaultException($"the chunk ends within the head of a record: {left} bytes are left, {HeadBytes} were expected.");
        var code = content.Span[at];
        var length = BinaryPrimitives.ReadUInt64LittleEndian(content.Span[(at + 1)..]);
        if (length > (ulong)(left - HeadBytes)) throw new McapFaultException($"a record of the kind {code} with {length} bytes was expected at byte {at} of the chunk's content; {left - HeadBytes} are left of it.");
        _inChunk = at + HeadBytes + (int)length;
        if (code is not (SchemaCode or ChannelCode or MessageCode)) throw new McapFaultException($"a record of the kind {code} at byte {at} of the chunk's content; a schema (3), a channel (4) or a message (5) was expected.");
        return ReadFields(code, content.Slice(at + HeadBytes, (int)length), new McapPlace(_chunkStart, at + HeadBytes, (int)length));
    }

    private McapRecord? ReadFields(byte code, ReadOnlyMemory<byte> bytes, McapPlace place)
    {
        var fields = new McapFields(bytes.Span);
        switch (code)
        {
            case SchemaCode:
                var schema = new McapSchema(fields.UInt16(), fields.Text(), fields.Text(), fields.Bytes().Length);
                if (schema.Id != 0 && !_schemas.TryAdd(schema.Id, schema) && _schemas[schema.Id] != schema) throw new McapFaultException($"the schema {schema.Id} is \"{schema.Name}\" here and \"{_schemas[schema.Id].Name}\" before.");
                return null;
            case ChannelCode:
                AddChannel(ref fields);
                return null;
            case StatisticsCode:
                _stated = fields.UInt64();
                return null;
            case MetadataCode:
                Metadata = new McapMetadata(fields.Text(), fields.Map());
                return McapRecord.Metadata;
            default:
                var (id, sequence, logTime, publishTime) = (fields.UInt16(), fields.UInt32(), fields.UInt64(), fields.UInt64());
                if (!_channels.TryGetValue(id, out var channel)) throw new McapFaultException($"a message of the channel {id}, which was not told before it.");
                Message = new McapMessage(channel, sequence, logTime, publishTime, bytes[fields.At..], place with { Offset = place.Offset + fields.At, Bytes = fields.Left });
                _messages++;
                return McapRecord.Message;
        }
    }

    private void AddChannel(ref McapFields fields)
    {
        var (id, schema, topic, encoding) = (fields.UInt16(), fields.UInt16(), fields.Text(), fields.Text());
        fields.Map();
        if (schema != 0 && !_schemas.ContainsKey(schema)) throw new McapFaultException($"the channel \"{topic}\" has messages of the schema {schema}, which was not told before it.");
        McapChannel channel = new(id, schema == 0 ? null : _schemas[schema], topic, encoding);
        if (!_channels.TryAdd(id, channel) && _channels[id] != channel) throw new McapFaultException($"the channel {id} is \"{topic}\" here and \"{_channels[id].Topic}\" before.");
    }

    /// <summary>Its data may be large and are passed over, with their checksum.</summary>
    private McapRecord ReadAttachment(int length)
    {
        var start = stream.Position;
        var crc = uint.MaxValue;
        Span<byte> head = stackalloc byte[16];
        var logTime = BinaryPrimitives.ReadUInt64LittleEndian(Part(head, ref crc, start, length));
        var (name, mediaType) = (Text(ref crc, start, length), Text(ref crc, start, length));
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(Part(head[..8], ref crc, start, length));
        var left = length - (stream.Position - start) - 4;
        if (left < 0 || bytes > (ulong)left) throw Behind(start + length, $"the attachment \"{name}\" of {bytes} bytes was expected; {left} are left of its record.");
        Pass((long)bytes, ref crc);
        Span<byte> tail = stackalloc byte[4];
        Take(tail);
        Pass(start + length - stream.Position);
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (stated != 0 && stated != ~crc) throw new McapFaultException($"the checksum of the attachment \"{name}\" is {~crc:x8}; {stated:x8} was expected.");
        Attachment = new McapAttachment(name, mediaType, logTime, (long)bytes);
        return McapRecord.Attachment;
    }

    private Span<byte> Part(Span<byte> to, ref uint crc, long start, int length)
    {
        if (to.Length > length - (stream.Position - start)) throw Behind(start + length, $"{to.Length} bytes of an attachment were expected; {length - (stream.Position - start)} are left of its record.");
        Take(to);
        crc = Crc32.Append(crc, to);
        return to;
    }

    private string Text(ref uint crc, long start, int length)
    {
        Span<byte> head = stackalloc byte[4];
        var count = BinaryPrimitives.ReadUInt32LittleEndian(Part(head, ref crc, start, length));
        var left = length - (stream.Position - start);
        if (count > left) throw Behind(start + length, $"a text of {count} bytes was expected in an attachment; {left} are left of its record.");
        return System.Text.Encoding.UTF8.GetString(Part(new byte[count], ref crc, start, length));
    }

    /// <summary>Goes behind a record that is wrong.</summary>
    private McapFaultException Behind(long end, string message)
    {
        Pass(end - stream.Position);
        return new McapFaultException(message);
    }

    private McapRecord? ReadDataEnd(int length, uint before, long start)
    {
        var stated = new McapFields(Fill(length).Span).UInt32();
        _crc = uint.MaxValue;               // the next checksum is of the summary
        return stated == 0 || stated == ~before ? null : Tell(start, $"the checksum of the data is {~before:x8}; {stated:x8} was expected.");
    }

    private McapRecord? ReadFooter(int length, long start)
    {
        _isEnded = true;
        if (length < 20) throw new McapFaultException($"a footer of 20 bytes was expected; {length} found.");
        Span<byte> offsets = stackalloc byte[16], rest = stackalloc byte[4], magic = stackalloc byte[8];
        Take(offsets);
        var crc = ~_crc;
        Take(rest);
        Pass(length - 20);
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (stated != 0 && stated != crc) return Tell(start, $"the checksum of the summary is {crc:x8}; {stated:x8} was expected.");
        if (Take(magic) < magic.Length || !IsMcap(magic)) return Tell(start, "the file does not end with 89 4D 43 41 50 30 0D 0A.");
        return !_hasFaults && _stated is { } count && count != _messages ? Tell(start, $"{_messages} messages were read; the summary tells of {count}.") : null;
    }

    private int Take(Span<byte> to)
    {
        var got = stream.ReadAtLeast(to, to.Length, throwOnEndOfStream: false);
        _crc = Crc32.Append(_crc, to[..got]);
        return got;
    }

    /// <summary>Reads a record whose length the file was seen to hold.</summary>
    private ReadOnlyMemory<byte> Fill(int length)
    {
        if (_record.Length < length) _record = new byte[Math.Max(length, Math.Min(2L * _record.Length, _limits.RecordBytesMax))];
        var got = Take(_record.AsSpan(0, length));
        return got == length ? _record.AsMemory(0, length) : throw Broken($"a record of {length} bytes was expected; the file ends after {got}.");
    }

    private void Pass(long bytes)
    {
        var crc = 0u;
        Pass(bytes, ref crc);
    }

    private void Pass(long bytes, ref uint crc)
    {
        Span<byte> part = stackalloc byte[4096];
        while (bytes > 0)
        {
            var got = Take(part[..(int)Math.Min(bytes, part.Length)]);
            if (got == 0) throw Broken("the file ends within a record.");
            crc = Crc32.Append(crc, part[..got]);
            bytes -= got;
        }
    }
}
