using System.Text;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Conversions;

/// <summary>What <c>touchstone inspect</c> tells of a recording.</summary>
public sealed class RecordingTests
{
    /// <summary>Two channels, three messages and a footer, put together by the specification of MCAP.</summary>
    private static byte[] Recording()
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        byte[] magic = [0x89, .. "MCAP0\r\n"u8];
        void Text(BinaryWriter to, string text)
        {
            to.Write((uint)Encoding.UTF8.GetByteCount(text));
            to.Write(Encoding.UTF8.GetBytes(text));
        }

        void Record(byte code, Action<BinaryWriter> fill)
        {
            using var content = new MemoryStream();
            using var fields = new BinaryWriter(content);
            fill(fields);
            writer.Write(code);
            writer.Write((ulong)content.Length);
            writer.Write(content.ToArray());
        }

        writer.Write(magic);
        Record(1, r => { Text(r, "ros2"); Text(r, "a test"); });
        Record(3, r => { r.Write((ushort)1); Text(r, "std_msgs/msg/String"); Text(r, "ros2msg"); Text(r, "string data"); });
        foreach (var (id, topic) in ((ushort, string)[])[(1, "/chatter"), (2, "/silence")]) Record(4, r => { r.Write(id); r.Write((ushort)1); Text(r, topic); Text(r, "cdr"); r.Write(0u); });
        for (var i = 0; i < 3; i++) Record(5, r => { r.Write((ushort)1); r.Write((uint)i); r.Write(1_700_000_000_000_000_000UL + (ulong)i * 250_000_000); r.Write(0UL); r.Write("data"u8); });
        Record(15, r => r.Write(0u));
        Record(2, r => r.Write(new byte[20]));
        writer.Write(magic);
        return file.ToArray();
    }

    [Fact]
    public async Task Inspect_lists_topics_with_counts_and_the_time_that_they_span()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["drive.mcap"], Recording());
        var told = (await CommandRun.OfAsync("inspect", folder["drive.mcap"])).Expect(0).Output;
        Assert.Contains("3 messages in 0.500 s, from 2023-11-14 22:13:20.000Z", told, StringComparison.Ordinal);
        Assert.Matches("3 +/chatter +std_msgs/msg/String +cdr", told);
        Assert.Matches("0 +/silence +std_msgs/msg/String +cdr", told);
        var set = (await CommandRun.OfAsync("inspect", folder["drive.mcap"], "--json")).Expect(0).Json["data_sets"]![0]!;
        Assert.Equal(("mcap", 0, 2), (set["format"]!.GetValue<string>(), set["faults"]!.GetValue<int>(), set["channels"]!.AsArray().Count));
        Assert.Equal(("/chatter", 3, 1_700_000_000_500_000_000UL), (set["channels"]![0]!["topic"]!.GetValue<string>(), set["channels"]![0]!["messages"]!.GetValue<int>(), set["channels"]![0]!["last_nanoseconds"]!.GetValue<ulong>()));
    }
}
