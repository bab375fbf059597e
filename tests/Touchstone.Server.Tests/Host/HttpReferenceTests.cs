using System.Text.RegularExpressions;
using Touchstone.Server.Host;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Host;

public sealed partial class HttpReferenceTests
{
    [Fact]
    public async Task Every_route_stands_in_the_reference_with_whom_it_is_for_and_no_other_does()
    {
        await using var server = await RunningServer.StartAsync(DatabaseKind.Sqlite);
        var mapped = Route.Of(server.App).Select(r => $"{r.Method} {r.Pattern} {(r.Endpoint.Metadata.GetMetadata<IdempotentMetadata>() is null ? "" : "● ")}{r.Audience}");
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/reference/http.md"));
        var written = Row().Matches(text).Select(m => $"{m.Groups["route"].Value} {(m.Groups["mark"].Success ? "● " : "")}{m.Groups["audience"].Value}");
        Assert.Equal(mapped.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `(?<route>[A-Z]+ [^`]+)`(?<mark> ●)? \| (?<audience>[a-z]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
