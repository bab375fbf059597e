using System.Text;
using Touchstone.Formats.Json;
using Touchstone.Formats.Tests.Exchange;

namespace Touchstone.Formats.Tests.Json;

public sealed class PythonJsonTests
{
    private static string Read(string json, bool isSlow)
    {
        using var stream = new PythonJson(isSlow ? new PointClouds.Clouds.Trickle(Encoding.UTF8.GetBytes(json)) : new MemoryStream(Encoding.UTF8.GetBytes(json)));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [Theory]
    [InlineData("[NaN, -Infinity,Infinity]", "[null, null,null]")]
    [InlineData("NaN", "null")]
    [InlineData("[true,false,null,-1,1e-5,-0.5E+2]", "[true,false,null,-1,1e-5,-0.5E+2]")]
    [InlineData("{\"NaN\":\"a\\\"NaN\",\"b\\\\\":NaN}", "{\"NaN\":\"a\\\"NaN\",\"b\\\\\":null}")]
    [InlineData("[NaNs, nan, -NaN, Infinityx, infinityinfinity]", "[NaNs, nan, -NaN, Infinityx, infinityinfinity]")]
    [InlineData("", "")]
    public void Words_for_what_is_no_number_become_null_and_nothing_else_changes(string json, string expected)
    {
        Assert.Equal(expected, Read(json, isSlow: false));
        Assert.Equal(expected, Read(json, isSlow: true));
    }

    [Fact]
    public void It_does_not_matter_where_the_stream_is_cut() => Generated.ForSeeds(seed =>
    {
        var random = new Random(seed);
        var (json, expected) = (new StringBuilder(), new StringBuilder());
        for (var i = random.Next(9_000); i > 0; i--)
        {
            var (from, to) = random.Next(4) switch { 0 => ("NaN,", "null,"), 1 => ("\"NaN \\\\\" ", "\"NaN \\\\\" "), 2 => ("-Infinity ", "null "), _ => ("-12e5,", "-12e5,") };
            json.Append(from);
            expected.Append(to);
        }

        Assert.Equal(expected.ToString(), Read(json.ToString(), seed % 2 == 0));
        return Task.CompletedTask;
    });
}
