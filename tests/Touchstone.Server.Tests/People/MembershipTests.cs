using System.Net;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.People;

public sealed class MembershipTests
{
    private const string Password = "correct horse battery";

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Somebody_invited_joins_with_the_role_of_the_invitation(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var link = (await house.Manager.Http.PostAsync("invitations", new { role = "reviewer", display_name = "Grace" })).Created();
        using var browser = house.Server.Browser();
        var token = link["token"].GetValue<string>();
        var look = (await browser.PostAsync("session/link/look", new { token })).Ok();
        Assert.Equal(("invitation", "Test house", "reviewer"), (look["purpose"].GetValue<string>(), look["organization"].GetValue<string>(), look["role"].GetValue<string>()));
        var me = (await browser.PostAsync("session/link", new { token, email = "grace@example.org", password = Password })).Ok();
        Assert.Equal(("Grace", "reviewer"), (me["display_name"].GetValue<string>(), me["role"].GetValue<string>()));
        house.Server.Clock.Advance(TimeSpan.FromDays(1));
        (await browser.PostAsync("session", new { email = "grace@example.org", password = Password })).Ok();
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task One_person_joins_a_second_organization_with_the_account_they_have(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        await house.AddAsync(house.OrganizationId, Role.Contributor, "grace@example.org", Password);
        var other = await house.AddAsync(await house.AddOrganizationAsync("Other house"), Role.Owner);
        var token = (await other.Http.PostAsync("invitations", new { role = "manager", display_name = "Grace" })).Created()["token"].GetValue<string>();
        using var browser = house.Server.Browser();
        (await browser.PostAsync("session/link", new { token, email = "grace@example.org", password = "somebody else's" })).Expect(HttpStatusCode.UnprocessableEntity);
        var me = (await browser.PostAsync("session/link", new { token, email = "Grace@example.org", password = Password })).Ok();
        Assert.Equal(["Other house", "Test house"], me["memberships"].AsArray().Select(m => m!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("manager", me["role"].GetValue<string>());
        var there = (await browser.PostAsync("session", new { email = "grace@example.org", password = Password, organization_id = house.OrganizationId.ToString() })).Ok();
        Assert.Equal("contributor", there["role"].GetValue<string>());
        var again = (await other.Http.PostAsync("invitations", new { role = "manager", display_name = "Grace" })).Created()["token"].GetValue<string>();
        Assert.Equal("already_member", (await browser.PostAsync("session/link", new { token = again, email = "grace@example.org", password = Password })).Expect(HttpStatusCode.Conflict).Code);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_manager_governs_only_below_manager(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var manager = house.Manager.Http;
        foreach (var role in (string[])["manager", "owner"])
        {
            (await manager.PostAsync("invitations", new { role })).Expect(HttpStatusCode.Forbidden);
            (await manager.PutAsync($"contributors/{house.Contributor.Id}/role", new { role }, ("If-Match", "*"))).Expect(HttpStatusCode.Forbidden);
        }

        var peer = await house.AddAsync(house.OrganizationId, Role.Manager);
        foreach (var above in (House.Member[])[house.Owner, peer])
        {
            (await manager.PutAsync($"contributors/{above.Id}/role", new { role = "contributor" }, ("If-Match", "*"))).Expect(HttpStatusCode.Forbidden);
            (await manager.PutAsync($"contributors/{above.Id}/suspension")).Expect(HttpStatusCode.Forbidden);
            (await manager.PostAsync($"contributors/{above.Id}/sign_in_links")).Expect(HttpStatusCode.Forbidden);
        }

        (await manager.PutAsync($"contributors/{house.Contributor.Id}/role", new { role = "reviewer" }, ("If-Match", "*"))).Ok();
        (await house.Owner.Http.PutAsync($"contributors/{peer.Id}/role", new { role = "owner" }, ("If-Match", "*"))).Ok();
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_change_of_role_names_the_state_that_was_seen_and_holds_at_once(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var path = $"contributors/{house.Contributor.Id}";
        (await house.Contributor.Http.GetAsync("contributors")).Expect(HttpStatusCode.Forbidden);
        var seen = (await house.Owner.Http.GetAsync(path)).Ok().ETag!;
        (await house.Owner.Http.PutAsync($"{path}/role", new { role = "manager" })).Expect(HttpStatusCode.PreconditionRequired);
        (await house.Owner.Http.PutAsync($"{path}/role", new { role = "manager" }, ("If-Match", "\"77\""))).Expect(HttpStatusCode.PreconditionFailed);
        var changed = (await house.Owner.Http.PutAsync($"{path}/role", new { role = "manager" }, ("If-Match", seen))).Ok();
        Assert.NotEqual(seen, changed.ETag);
        (await house.Contributor.Http.GetAsync("contributors")).Ok();
        (await house.Owner.Http.PutAsync($"{path}/role", new { role = "reviewer" }, ("If-Match", seen))).Expect(HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_last_owner_stays(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var owner = house.Owner;
        Assert.Equal("last_owner", (await owner.Http.PutAsync($"contributors/{owner.Id}/role", new { role = "manager" }, ("If-Match", "*"))).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal("last_owner", (await owner.Http.PutAsync($"contributors/{owner.Id}/suspension")).Expect(HttpStatusCode.Conflict).Code);
        var second = await house.AddAsync(house.OrganizationId, Role.Owner);

        // Each takes the other's role at the same moment: one of them is left.
        await Task.WhenAll(
            owner.Http.PutAsync($"contributors/{second.Id}/role", new { role = "manager" }, ("If-Match", "*")),
            second.Http.PutAsync($"contributors/{owner.Id}/role", new { role = "manager" }, ("If-Match", "*")));
        var left = await Task.WhenAll(owner.Http.GetAsync("me"), second.Http.GetAsync("me"));
        Assert.Single(left, m => m.Ok()["role"].GetValue<string>() == "owner");
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Somebody_suspended_is_out_at_once_and_can_come_back(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var ada = await house.AddAsync(house.OrganizationId, Role.Reviewer, "ada@example.org", Password);
        using var browser = house.Server.Browser();
        (await browser.PostAsync("session", new { email = "ada@example.org", password = Password })).Ok();
        (await ada.Http.GetAsync("me")).Ok();
        (await house.Manager.Http.PutAsync($"contributors/{ada.Id}/suspension")).NoContent();
        (await ada.Http.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);
        (await browser.GetAsync("me")).Expect(HttpStatusCode.Unauthorized);
        Assert.Equal("suspended", (await browser.PostAsync("session", new { email = "ada@example.org", password = Password })).Expect(HttpStatusCode.Forbidden).Code);
        (await house.Manager.Http.DeleteAsync($"contributors/{ada.Id}/suspension")).NoContent();
        (await ada.Http.GetAsync("me")).Ok();
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_sign_in_link_signs_its_person_in_once_and_runs_out(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var first = (await house.Manager.Http.PostAsync($"contributors/{house.Reviewer.Id}/sign_in_links")).Created()["token"].GetValue<string>();
        using var browser = house.Server.Browser();
        Assert.Equal("reviewer", (await browser.PostAsync("session/link", new { token = first })).Ok()["role"].GetValue<string>());
        (await browser.PostAsync("session/link", new { token = first })).Expect(HttpStatusCode.NotFound);

        // Who came by a link and has no address yet may give one, with a password, and sign in with them.
        (await browser.PutAsync("me/password", new { @new = Password })).Expect(HttpStatusCode.UnprocessableEntity);
        (await browser.PutAsync("me/password", new { @new = Password, email = "rita@example.org" })).NoContent();
        (await browser.PostAsync("session", new { email = "rita@example.org", password = Password })).Ok();

        var second = (await house.Manager.Http.PostAsync($"contributors/{house.Reviewer.Id}/sign_in_links")).Created()["token"].GetValue<string>();
        house.Server.Clock.Advance(TimeSpan.FromHours(25));
        (await browser.PostAsync("session/link", new { token = second })).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task People_are_listed_page_by_page(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        for (var i = 0; i < 5; i++) await house.AddAsync(house.OrganizationId, Role.Contributor);
        await house.AddAsync(await house.AddOrganizationAsync("Other house"), Role.Owner);
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await house.Manager.Http.GetAsync($"contributors?limit=2{(after is null ? "" : $"&after={after}")}")).Ok();
            seen.AddRange(page["items"].AsArray().Select(c => c!["id"]!.GetValue<string>()));
            after = page.Json!["next"]?.GetValue<string>();
        }
        while (after is not null);
        Assert.Equal(9, seen.Count);
        Assert.Equal(seen.Distinct().Order(), seen);
    }
}
