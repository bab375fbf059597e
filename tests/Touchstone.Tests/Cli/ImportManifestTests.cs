using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Client;
using Touchstone.Store.Entities;
using Touchstone.Terminal;
using Touchstone.Testing;

namespace Touchstone.Tests.Cli;

/// <summary><c>touchstone import PROJECT manifest.ndjson</c> over manifests that programs wrote, well and badly.</summary>
public sealed class ImportManifestTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Each_bad_line_is_listed_with_file_line_and_reason_and_sends_no_picture(DatabaseKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        shop.Write("in/a.png", Pictures.Png(20, 20, 1));
        shop.Write("in/b.png", Pictures.Png(20, 20, 2));
        shop.Write("in/cut.png", Pictures.Png(20, 20, 3)[..50]);
        shop.Write("outside.png", Pictures.Png(20, 20, 4));
        File.CreateSymbolicLink(shop["in/link.png"], shop["outside.png"]);
        Directory.CreateDirectory(shop["in/folder"]);
        string[] lines =
        [
            """{"file":"a.png","priority":9}""",                                                            // 1 good
            """{"file":"a.png","external_id":"a again","gold":{"objects":[]}}""",                           // 2 good: taken at its word
            "{\"file\":",                                                                                   // 3
            "[1,2]",                                                                                        // 4
            """{"file":"../outside.png"}""",                                                                // 5
            """{"file":"/etc/passwd"}""",                                                                   // 6
            """{"file":"..\\..\\etc\\passwd"}""",                                                           // 7
            """{"file":"link.png"}""",                                                                      // 8
            """{"file":"missing.png"}""",                                                                   // 9
            """{"file":"folder"}""",                                                                        // 10
            """{"file":"cut.png"}""",                                                                       // 11
            """{"file":7}""",                                                                               // 12
            """{"file":"b.png","colour":"red"}""",                                                          // 13
            """{"file":"b.png","priority":10}""",                                                           // 14
            """{"file":"b.png","external_id":"line\nfeed"}""",                                              // 15
            """{"file":"b.png","file":"a.png"}""",                                                          // 16
            """{"file":"b.png","external_id":"\ud800"}""",                                                  // 17
            """{"file":"b.png","asset":"0190a1b2-0000-7000-8000-000000000000"}""",                          // 18
            """{"external_id":"lonely"}""",                                                                 // 19
            """{"asset":"0190a1b2-0000-7000-8000-000000000000"}""",                                         // 20
            """{"file":"a.png","external_id":"gold","gold":{"objects":[{"id":"x","class":"car","box":{"x":0,"y":0,"width":900,"height":5}}]}}""", // 21
            "",                                                                                             // 22 blank: nothing
            """{"file":"a.png","external_id":"a.png"}""",                                                   // 23 a repeat of line 1
            """{"file":"b.png","external_id":"a.png"}""",                                                   // 24 other bytes under its id
            """{"file":"a\u0000.png"}""",                                                                   // 25
            """{"file":"a.png","gold":{"\ud800":1},"external_id":"odd"}""",                                 // 26
            new string(' ', 5) + "{\"file\":\"a.png\",\"external_id\":\"" + new string('x', 2 << 20) + "\"}",  // 27
            """{"file":"b.png","external_id":"last"} """,                                                   // 28 good
        ];
        var manifest = shop.Write("in/manifest.ndjson", string.Join('\n', lines));

        var run = (await shop.RunAsync("import", "Street scenes", manifest, "--json", "--report", shop["report"])).Expect(ExitCode.Failed);

        Assert.Equal((3, 1, 23), (run.Json["imported"]!.GetValue<int>(), run.Json["repeated"]!.GetValue<int>(), run.Json["refused"]!.GetValue<int>()));
        Assert.All(run.Json["faults"]!.AsArray(), f => Assert.Equal(manifest, f!["file"]!.GetValue<string>()));
        Assert.Equal(
            [
                "3 malformed_json", "4 not_an_object", "5 unsafe_path", "6 unsafe_path", "7 unsafe_path", "8 unsafe_path", "9 unreadable_file", "10 unreadable_file", "11 truncated", "12 bad_file",
                "13 unknown_member", "14 invalid_priority", "15 invalid_external_id", "16 malformed_json", "17 malformed_json", "18 bad_file", "19 asset_missing", "20 unknown_asset",
                "21 invalid_gold", "24 external_id_taken", "25 unsafe_path", "26 malformed_json", "27 line_too_long",
            ],
            run.Json["faults"]!.AsArray().OrderBy(f => f!["line"]!.GetValue<long>()).Select(f => $"{f!["line"]} {f["reason"]}"));
        Assert.Equal(["a again", "a.png", "last"], await shop.ExternalIdsAsync());
        Assert.Equal(2, await shop.ReadAsync(s => s.Assets.CountAsync()));
        Assert.Equal(1, await shop.ReadAsync(s => s.Gold.CountAsync()));
        Assert.Equal(23, File.ReadLines(shop["report"]).Count());

        var again = (await shop.RunAsync("import", "Street scenes", manifest, "--json")).Expect(ExitCode.Failed);
        Assert.Equal((0, 4, 0, 23), (again.Json["imported"]!.GetValue<int>(), again.Json["repeated"]!.GetValue<int>(), again.Json["uploaded"]!.GetValue<int>(), again.Json["refused"]!.GetValue<int>()));
        Assert.Equal(3, await shop.TasksAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_hundred_thousand_lines_with_3_and_70000_broken_lose_only_those(DatabaseKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        shop.Write("first/a.png", Pictures.Png(20, 20));
        (await shop.RunAsync("import", "Street scenes", shop["first"])).Expect(ExitCode.Done);
        var asset = await shop.ReadAsync(s => s.Assets.Select(a => a.Id).SingleAsync());
        var text = new StringBuilder();
        for (var line = 1; line <= 100_000; line++)
            text.Append(line switch { 3 => "{\"asset\":\n", 70_000 => "not json at all\n", _ => $"{{\"external_id\":\"n{line}\",\"asset\":\"{asset}\"}}\n" });
        var manifest = shop.Write("manifest.ndjson", text.ToString());

        var run = (await shop.RunAsync("import", "Street scenes", manifest)).Expect(ExitCode.Failed);

        Assert.Equal("99,998 new, 0 there before, 0 pictures sent, 2 refused\n", run.Output);
        Assert.Contains($"  {manifest}:3: malformed_json: expected one JSON object a line, found ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"  {manifest}:70000: malformed_json: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(99_999, await shop.TasksAsync());
        var batch = await shop.ReadAsync(s => s.Batches.SingleAsync(b => b.Name == "manifest.ndjson"));
        Assert.Equal((99_998, 0), (batch.Imported, batch.Repeated));
    }

    [Fact]
    public async Task Lines_without_an_id_of_their_own_are_known_by_their_picture()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        shop.Write("in/a.png", Pictures.Png(20, 20));
        (await shop.RunAsync("import", "Street scenes", shop["in"])).Expect(ExitCode.Done);
        var (asset, sha256) = await shop.ReadAsync(async s => (await s.Assets.Select(a => a.Id).SingleAsync(), await s.Assets.Select(a => a.Sha256).SingleAsync()));
        var manifest = shop.Write("m.ndjson", $$"""
            {"asset":"{{asset}}"}
            {"sha256":"{{sha256}}"}
            """);
        Assert.Equal("2 new, 0 there before, 0 pictures sent, 0 refused\n", (await shop.RunAsync("import", "Street scenes", manifest)).Expect(ExitCode.Done).Output);
        Assert.Equal("0 new, 2 there before, 0 pictures sent, 0 refused\n", (await shop.RunAsync("import", "Street scenes", manifest)).Expect(ExitCode.Done).Output);
        Assert.Equal(3, await shop.TasksAsync());
    }

    [Fact]
    public async Task A_picture_whose_known_answers_do_not_hold_is_not_sent()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        shop.Write("a.png", Pictures.Png(20, 30, 1));
        shop.Write("b.png", Pictures.Png(20, 30, 2));
        const string Box = "{\"file\":\"NAME\",\"gold\":{\"objects\":[{\"id\":\"x\",\"class\":\"car\",\"box\":{\"x\":0,\"y\":0,\"width\":5,\"height\":HIGH}}]}}\n";
        var manifest = shop.Write("m.ndjson", Box.Replace("NAME", "a.png", StringComparison.Ordinal).Replace("HIGH", "31", StringComparison.Ordinal) + Box.Replace("NAME", "b.png", StringComparison.Ordinal).Replace("HIGH", "29", StringComparison.Ordinal));
        var run = (await shop.RunAsync("import", "Street scenes", manifest, "--json")).Expect(ExitCode.Failed);
        var fault = Assert.Single(run.Json["faults"]!.AsArray())!;
        Assert.Equal((1, "invalid_gold"), (fault["line"]!.GetValue<int>(), fault["reason"]!.GetValue<string>()));
        Assert.StartsWith("/gold/objects/0/box", fault["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (run.Json["imported"]!.GetValue<int>(), run.Json["uploaded"]!.GetValue<int>()));
        Assert.Equal(1, await shop.ReadAsync(s => s.Assets.CountAsync()));
    }

    [Fact]
    public async Task Known_answers_for_a_task_that_is_not_gold_are_not_lost_in_silence()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        shop.Write("a.png", Pictures.Png(20, 20));
        var plain = shop.Write("m.ndjson", """{"file":"a.png"}""");
        (await shop.RunAsync("import", "Street scenes", plain)).Expect(ExitCode.Done);
        var gold = shop.Write("m.ndjson", """{"file":"a.png","gold":{"objects":[]}}""");
        var run = (await shop.RunAsync("import", "Street scenes", gold, "--json")).Expect(ExitCode.Failed);
        Assert.Equal("not_made_gold", Assert.Single(run.Json["faults"]!.AsArray())!["reason"]!.GetValue<string>());
        Assert.Equal(TaskPurpose.Label, await shop.ReadAsync(s => s.Tasks.Select(t => t.Purpose).SingleAsync()));
    }

    [Fact]
    public async Task Large_known_answers_are_sent_in_pieces_that_a_server_takes()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite, o => o with { ImportBytesMax = 6 << 20 });
        shop.Write("a.png", Pictures.Png(500, 500));
        var boxes = string.Join(',', Enumerable.Range(0, 8_000).Select(i => $"{{\"id\":\"s{i}\",\"class\":\"car\",\"box\":{{\"x\":{i % 400},\"y\":{i / 400},\"width\":9,\"height\":9}}}}"));
        var manifest = shop.Write("m.ndjson", string.Concat(Enumerable.Range(0, 20).Select(i => $"{{\"file\":\"a.png\",\"external_id\":\"g{i}\",\"gold\":{{\"objects\":[{boxes}]}}}}\n")));
        Assert.True(new FileInfo(manifest).Length > 6 << 20);
        Assert.Equal("20 new, 0 there before, 1 pictures sent, 0 refused\n", (await shop.RunAsync("import", "Street scenes", manifest)).Expect(ExitCode.Done).Output);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_body_over_the_servers_limit_is_refused_and_what_came_before_can_be_sent_again(DatabaseKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, o => o with { ImportBytesMax = 1 << 20 });
        var asset = (await shop.Owner.SendAsync(HttpMethod.Post, $"assets?project={shop.Project}", new ByteArrayContent(Pictures.Png(8, 8)), TestContext.Current.CancellationToken))!["id"];
        var lines = Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"external_id\":\"n{i}\",\"asset\":\"{asset}\"}}\n")).ToList();

        // Its length is stated: nothing is read.
        var whole = Encoding.UTF8.GetBytes(string.Concat(lines));
        var refusal = await Assert.ThrowsAsync<ApiException>(() => SendAsync(shop, new ByteArrayContent(whole)));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too_large"), (refusal.Status, refusal.Code));
        Assert.Equal(0, await shop.TasksAsync());

        // It is not: whole chunks may be in, half ones never, and sending all of it in two parts doubles nothing.
        refusal = await Assert.ThrowsAsync<ApiException>(() => SendAsync(shop, new StreamContent(new Unsized(whole))));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refusal.Status);
        Assert.Equal(await shop.TasksAsync(), await shop.ReadAsync(s => s.Batches.SumAsync(b => b.Imported)));
        foreach (var part in lines.Chunk(10_000)) await SendAsync(shop, new ByteArrayContent(Encoding.UTF8.GetBytes(string.Concat(part))));
        Assert.Equal(20_000, await shop.TasksAsync());
    }

    [Fact]
    public async Task Whatever_a_manifest_holds_the_import_ends_in_order()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        var random = new Random(11);
        var garbage = new byte[200_000];
        random.NextBytes(garbage);
        (await shop.RunAsync("import", "Street scenes", shop.Write("garbage", garbage))).Expect(ExitCode.Failed);
        (await shop.RunAsync("import", "Street scenes", shop.Write("utf16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"file\":\"a.png\"}\n")]))).Expect(ExitCode.Failed);
        (await shop.RunAsync("import", "Street scenes", shop.Write("picture.png", Pictures.Png(200, 200)))).Expect(ExitCode.Failed);
        Assert.Equal("0 new, 0 there before, 0 pictures sent, 0 refused\n", (await shop.RunAsync("import", "Street scenes", shop.Write("empty", ""))).Expect(ExitCode.Done).Output);

        // One line, bent in every way.
        var line = Encoding.UTF8.GetBytes("""{"file":"a.png","external_id":"é\u0301\ud83d\ude97","priority":3,"overlap":2,"gold":{"objects":[{"id":"s","class":"car"}]}}""");
        using var bent = new MemoryStream();
        for (var i = 0; i < 3_000; i++)
        {
            var copy = line.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) copy[random.Next(copy.Length)] = (byte)random.Next(256);
            bent.Write(copy);
            bent.WriteByte((byte)'\n');
        }

        var run = (await shop.RunAsync("import", "Street scenes", shop.Write("bent", bent.ToArray()), "--json")).Expect(ExitCode.Failed);
        Assert.Equal(0, run.Json["imported"]!.GetValue<int>());
        Assert.Equal(1_000, run.Json["faults"]!.AsArray().Count);
        Assert.Equal(0, await shop.TasksAsync());
    }

    private static Task<JsonNode?> SendAsync(Shop shop, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return shop.Owner.SendAsync(HttpMethod.Post, $"projects/{shop.Project}/tasks", content, TestContext.Current.CancellationToken);
    }

    /// <summary>Does not tell its length, so that it is sent in chunks.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
