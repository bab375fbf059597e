using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Trust;

public sealed class ExportTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_release_goes_out_in_any_format_and_says_what_that_one_cannot_carry(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var street = await Street.LabelAsync(shop, pictures: 6, gold: 0);
        await street.AuditAsync(size: 4);
        var created = await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { }, HttpStatusCode.Accepted);
        var release = (await street.PublishedAsync(created.GetProperty("id").GetGuid())).GetProperty("id").GetGuid();

        var shapes = 0;
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(shop.Folder, "releases", release.ToString(), "labels.ndjson")))
        {
            using var label = JsonDocument.Parse(line);
            shapes += label.RootElement.GetProperty("answers").EnumerateObject().Where(a => a.Value.ValueKind == JsonValueKind.Array).Sum(a => a.Value.GetArrayLength());
        }

        var coco = await ExportedAsync(shop, release, new { format = "coco", images = "copy" });
        Assert.Equal((6, shapes, 6), (coco.GetProperty("outcome").GetProperty("inputs").GetInt32(), coco.GetProperty("outcome").GetProperty("objects").GetInt32(), coco.GetProperty("outcome").GetProperty("pictures_placed").GetInt32()));
        using (var archive = await ArchiveAsync(shop, coco))
        {
            Assert.Equal(6, archive.Entries.Count(e => e.Name.EndsWith(".png", StringComparison.Ordinal)));
            var labels = archive.Entries.Single(e => e.Name.EndsWith(".json", StringComparison.Ordinal));
            using var document = await JsonDocument.ParseAsync(await labels.OpenAsync());
            Assert.Equal(shapes, document.RootElement.GetProperty("annotations").GetArrayLength());
        }

        var yolo = await ExportedAsync(shop, release, new { format = "yolo", images = "copy", split = new { train = 0.5, val = 0.5 }, seed = 7 });
        using (var archive = await ArchiveAsync(shop, yolo))
        {
            Assert.Contains(archive.Entries, e => e.Name == "data.yaml");
            Assert.Equal(3, archive.Entries.Count(e => e.FullName.Contains("val", StringComparison.Ordinal) && e.Name.EndsWith(".png", StringComparison.Ordinal)));
        }

        Assert.NotEmpty(yolo.GetProperty("outcome").GetProperty("losses").EnumerateArray());
        var listed = await shop.Owner.GetAsync($"/api/v1/releases/{release}/exports");
        Assert.Equal(["yolo", "coco"], listed.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("format").GetString()));
    }

    [Fact]
    public async Task What_cannot_be_exported_is_refused()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 4, gold: 0);
        await street.AuditAsync(size: 4);
        var created = await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { }, HttpStatusCode.Accepted);
        var release = (await street.PublishedAsync(created.GetProperty("id").GetGuid())).GetProperty("id").GetGuid();
        foreach (var request in (object[])[new { format = "nothing" }, new { format = "touchstone-release" }, new { format = "coco", split = new { train = 0.5, val = 0.6 } }, new { format = "coco", split = new Dictionary<string, double> { ["../x"] = 0.5, ["val"] = 0.5 } }])
            await shop.Owner.PostAsync($"/api/v1/releases/{release}/exports", request, HttpStatusCode.UnprocessableEntity);
        var formats = await shop.Owner.GetAsync("/api/v1/formats");
        Assert.Contains(formats.GetProperty("items").EnumerateArray(), f => f.GetProperty("id").GetString() == "coco" && f.GetProperty("writes").GetBoolean());
    }

    private static async Task<JsonElement> ExportedAsync(Workshop shop, Guid release, object request)
    {
        var export = await shop.Owner.PostAsync($"/api/v1/releases/{release}/exports", request, HttpStatusCode.Accepted);
        for (var i = 0; i < 600; i++)
        {
            var now = await shop.Owner.GetAsync($"/api/v1/exports/{export.GetProperty("id").GetGuid()}");
            if (now.GetProperty("state").GetString() is not ("queued" or "running"))
            {
                Assert.True(now.GetProperty("state").GetString() == "done", now.GetRawText());
                return now;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The export did not end.");
    }

    private static async Task<ZipArchive> ArchiveAsync(Workshop shop, JsonElement export) =>
        new(new MemoryStream(await shop.Owner.Client.GetByteArrayAsync($"/api/v1/exports/{export.GetProperty("id").GetGuid()}/archive")), ZipArchiveMode.Read);
}
