using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Host;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_document_is_the_approved_one()
    {
        await using var server = await RunningServer.StartAsync(DatabaseKind.Sqlite);
        using var client = server.Client(null);
        var document = (await client.GetAsync("/openapi/v1.json")).Ok().Json!;
        Approved.Check("tests/Touchstone.Server.Tests/openapi.approved.json", document.ToJsonString(Indented) + "\n", Assert.Fail);
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_a_problem_as_its_other_answer()
    {
        await using var server = await RunningServer.StartAsync(DatabaseKind.Sqlite);
        using var client = server.Client(null);
        var operations = (await client.GetAsync("/openapi/v1.json")).Ok()["paths"].AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(o => (Place: $"{o.Key} {p.Key}", Operation: o.Value!.AsObject()))).ToList();
        Assert.All(operations, o => Assert.True(o.Operation["operationId"] is JsonValue, $"{o.Place} has no operationId: add WithName"));
        Assert.All(operations, o => Assert.True(o.Operation["responses"]?["default"] is not null, $"{o.Place} has no default answer"));
        Assert.Empty(operations.GroupBy(o => o.Operation["operationId"]!.GetValue<string>()).Where(g => g.Count() > 1).Select(g => g.Key));
    }
}
