using System.Net;
using Microsoft.AspNetCore.Http;
using Touchstone.Server.Host;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Host;

public sealed class SameOriginTests
{
    [Theory]
    [InlineData("POST", null, null, true)]                                 // a program
    [InlineData("POST", "same-origin", null, true)]
    [InlineData("POST", "none", null, true)]                               // typed by the person
    [InlineData("POST", "cross-site", null, false)]
    [InlineData("POST", "same-site", null, false)]
    [InlineData("PUT", "cross-site", null, false)]
    [InlineData("DELETE", "cross-site", null, false)]
    [InlineData("PATCH", "cross-site", null, false)]
    [InlineData("GET", "cross-site", "http://evil.example", true)]
    [InlineData("POST", null, "http://server.example:5080", true)]         // an old browser
    [InlineData("POST", null, "http://SERVER.example:5080", true)]
    [InlineData("POST", null, "http://server.example", false)]
    [InlineData("POST", null, "http://evil.example", false)]
    [InlineData("POST", null, "null", false)]                              // a sandboxed frame
    [InlineData("POST", "cross-site", "http://server.example:5080", false)]
    public void Only_the_servers_own_pages_and_programs_may_change_things(string method, string? site, string? origin, bool passes)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = (method, "http", new HostString("server.example", 5080));
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        if (origin is not null) request.Headers.Origin = origin;
        Assert.Equal(passes, SameOrigin.MayPass(request));
    }

    [Fact]
    public async Task Another_sites_page_can_neither_sign_somebody_in_nor_act_with_their_cookie()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        await house.AddAsync(house.OrganizationId, Touchstone.Store.Entities.Role.Owner, "ada@example.org", "correct horse battery");
        using var browser = house.Server.Browser();
        var login = new { email = "ada@example.org", password = "correct horse battery" };
        browser.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        Assert.Equal("cross_origin", (await browser.PostAsync("session", login, ("Sec-Fetch-Site", "cross-site"))).Expect(HttpStatusCode.Forbidden).Code);
        (await browser.PostAsync("session", login, ("Sec-Fetch-Site", "same-origin"))).Ok();
        Assert.Equal("cross_origin", (await browser.PostAsync("compartments", new { name = "x" }, ("Origin", "https://evil.example"))).Expect(HttpStatusCode.Forbidden).Code);
        (await browser.PostAsync("compartments", new { name = "x" }, ("Origin", house.Server.Address.GetLeftPart(UriPartial.Authority)))).Created();

        // A key is not a cookie: no other site's page can send it.
        (await house.Owner.Http.PostAsync("compartments", new { name = "y" }, ("Origin", "https://tool.example"))).Created();
    }
}
