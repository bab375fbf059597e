using System.Net;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.People;

public sealed class CompartmentTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Only_the_cleared_see_what_is_in_a_compartment_and_only_while_they_are(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var compartment = await house.AddCompartmentAsync("night", house.Manager);
        var yaml = House.ProjectYaml.Replace("name: Streets", "name: Night streets\ncompartment: night", StringComparison.Ordinal);
        var project = await house.AddProjectAsync(yaml);
        (await house.Manager.Http.GetAsync($"projects/{project}")).Ok();

        // Not even the owner, who could clear themselves but has not.
        (await house.Owner.Http.GetAsync($"projects/{project}")).Expect(HttpStatusCode.NotFound);
        Assert.Empty((await house.Owner.Http.GetAsync("projects")).Ok()["items"].AsArray());
        (await house.Owner.Http.PutAsync($"compartments/{compartment}/clearances/{house.Owner.Id}")).NoContent();
        (await house.Owner.Http.PutAsync($"compartments/{compartment}/clearances/{house.Owner.Id}")).NoContent();
        (await house.Owner.Http.GetAsync($"projects/{project}")).Ok();
        Assert.Equal(["night"], (await house.Owner.Http.GetAsync("me")).Ok()["compartments"].AsArray().Select(c => c!["name"]!.GetValue<string>()));
        (await house.Owner.Http.DeleteAsync($"compartments/{compartment}/clearances/{house.Owner.Id}")).NoContent();
        (await house.Owner.Http.GetAsync($"projects/{project}")).Expect(HttpStatusCode.NotFound);
        (await house.Owner.Http.DeleteAsync($"compartments/{compartment}/clearances/{house.Owner.Id}")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Nobody_puts_things_into_a_compartment_that_they_are_not_cleared_for(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var compartment = await house.AddCompartmentAsync("night", house.Owner);
        var yaml = House.ProjectYaml + "\ncompartment: night";
        var unseen = (await house.Manager.Http.PostAsync("projects", Requests.Yaml(yaml))).Expect(HttpStatusCode.UnprocessableEntity);
        var missing = (await house.Manager.Http.PostAsync("projects", Requests.Yaml(yaml.Replace("compartment: night", "compartment: fog", StringComparison.Ordinal)))).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(unseen["errors"][0]!["expected"]!.GetValue<string>(), missing["errors"][0]!["expected"]!.GetValue<string>());
        (await house.Manager.Http.PostAsync($"assets?compartment={compartment}", Requests.Bytes(Pictures.Png(9, 9)))).Expect(HttpStatusCode.NotFound);
        Assert.Empty((await house.Manager.Http.GetAsync("compartments")).Ok()["items"].AsArray());
        Assert.Single((await house.Owner.Http.GetAsync("compartments")).Ok()["items"].AsArray());
        Assert.Equal("name_taken", (await house.Owner.Http.PostAsync("compartments", new { name = "night" })).Expect(HttpStatusCode.Conflict).Code);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_same_bytes_in_two_compartments_are_two_assets_that_do_not_know_of_each_other(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var compartment = await house.AddCompartmentAsync("night", house.Owner);
        var bytes = Pictures.Png(20, 10, 5);
        var fenced = (await house.Owner.Http.PostAsync($"assets?compartment={compartment}", Requests.Bytes(bytes))).Created();
        var open = (await house.Manager.Http.PostAsync("assets", Requests.Bytes(bytes))).Created();
        Assert.NotEqual(fenced.Id, open.Id);
        (await house.Manager.Http.GetAsync($"assets/{fenced.Id}/content")).Expect(HttpStatusCode.NotFound);

        // Withdrawing one leaves the other's bytes where they are.
        (await house.Owner.Http.PutAsync($"assets/{fenced.Id}/withdrawal", new { reason = "asked for by the person shown" })).Ok();
        (await house.Manager.Http.GetAsync($"assets/{open.Id}/content")).Ok();
    }
}
