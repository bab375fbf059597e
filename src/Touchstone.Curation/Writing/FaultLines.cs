using System.Buffers;
using System.Buffers.Text;
using Touchstone.Curation.Reading;

namespace Touchstone.Curation.Writing;

/// <summary>Faults of a source as lines of JSON.</summary>
internal static class FaultLines
{
    /// <summary>Writes a fault with its place.</summary>
    public static void Write(ArrayBufferWriter<byte> output, ReadFault fault)
    {
        Member(output, "{\"file\":"u8, fault.Place.File);
        if (fault.Place.Line > 0) Number(output, ",\"line\":"u8, fault.Place.Line);
        Number(output, ",\"offset\":"u8, fault.Place.Offset);
        Member(output, ",\"code\":"u8, fault.Code);
        Member(output, ",\"message\":"u8, fault.Message);
        output.Write("}\n"u8);
    }

    /// <summary>A member with a text.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="name">What stands before the value: a comma or bracket, the name, the colon.</param>
    /// <param name="value">The value.</param>
    public static void Member(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> name, string value)
    {
        output.Write(name);
        Utf8JsonText.Write(output, value);
    }

    /// <summary>A member with a number; see <see cref="Member"/>.</summary>
    public static void Number(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> name, long value)
    {
        output.Write(name);
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
