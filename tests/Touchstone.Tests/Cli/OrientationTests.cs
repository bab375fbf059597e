using System.Text.Json.Nodes;
using Touchstone.Client;
using Touchstone.Terminal;
using Touchstone.Testing;

namespace Touchstone.Tests.Cli;

/// <summary>A camera held on its side: what people draw upon is the picture as it is shown, from the import to the release.</summary>
public sealed class OrientationTests
{
    private const int StoredWidth = 60, StoredHeight = 40;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Boxes_land_where_the_person_saw_them_for_every_orientation(DatabaseKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        for (var orientation = 1; orientation <= 8; orientation++) shop.Write($"in/{orientation}.jpg", Pictures.Jpeg(StoredWidth, StoredHeight, orientation));
        (await shop.RunAsync("import", "Street scenes", shop["in"])).Expect(ExitCode.Done);

        // The lower right corner of what is seen: outside of the stored pixels where the picture is turned.
        var worker = await shop.HireAsync("contributor");
        await RefuseOutsideAsync(shop, worker);
        Assert.Equal(8, await shop.WorkAsync(worker, Corner));
        (await shop.RunAsync("release", "Street scenes", "--out", shop["out"], "--accept-unassayed", "--images", "copy")).Expect(ExitCode.Done);
        (await CommandRun.OfAsync("verify", shop["out"])).Expect(ExitCode.Done);

        var assets = (await shop.Owner.GetAsync($"assets?project={shop.Project}", TestContext.Current.CancellationToken))!["items"]!.AsArray().ToDictionary(a => a!["sha256"]!.GetValue<string>());
        var coco = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(shop["out"], "annotations.coco.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(8, coco["images"]!.AsArray().Count);
        foreach (var image in coco["images"]!.AsArray())
        {
            var sha256 = Path.GetFileNameWithoutExtension(image!["file_name"]!.GetValue<string>());
            var orientation = int.Parse(Path.GetFileNameWithoutExtension(assets[sha256]!["file_name"]!.GetValue<string>()));
            var (width, height) = orientation >= 5 ? (StoredHeight, StoredWidth) : (StoredWidth, StoredHeight);
            Assert.Equal((width, height), (image["width"]!.GetValue<int>(), image["height"]!.GetValue<int>()));
            Assert.Equal((width, height), (assets[sha256]!["width_px"]!.GetValue<int>(), assets[sha256]!["height_px"]!.GetValue<int>()));
            var annotation = Assert.Single(coco["annotations"]!.AsArray(), a => a!["image_id"]!.GetValue<long>() == image["id"]!.GetValue<long>())!;
            Assert.Equal([width - 10d, height - 8d, 10d, 8d], annotation["bbox"]!.AsArray().Select(n => n!.GetValue<double>()));
            var copied = await File.ReadAllBytesAsync(Path.Combine(shop["out"], "images", sha256 + ".jpg"), TestContext.Current.CancellationToken);
            Assert.Equal(Pictures.Jpeg(StoredWidth, StoredHeight, orientation), copied);   // turned by who shows it, never rewritten
        }
    }

    private static JsonObject Corner(JsonNode lease)
    {
        var (width, height) = SizeOf(lease);
        return Shop.Box(width - 10, height - 8, 10, 8);
    }

    private static (int Width, int Height) SizeOf(JsonNode lease) => (lease["inputs"]![0]!["width"]!.GetValue<int>(), lease["inputs"]![0]!["height"]!.GetValue<int>());

    private static async Task RefuseOutsideAsync(Shop shop, ApiClient worker)
    {
        var lease = (await worker.PostAsync($"projects/{shop.Project}/work/next", null, TestContext.Current.CancellationToken))!["lease"]!;
        var (width, height) = SizeOf(lease);
        foreach (var (x, y) in new[] { (width - 5, 0), (0, height - 5) })
        {
            var body = new JsonObject { ["answers"] = Shop.Box(x, y, 10, 8), ["active_milliseconds"] = 1 };
            var refusal = await Assert.ThrowsAsync<ApiException>(() => worker.PutAsync($"leases/{lease["token"]}/response", body, TestContext.Current.CancellationToken));
            Assert.StartsWith("/answers/objects/0/box", refusal.Problem!["errors"]![0]!["pointer"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        await worker.PostAsync($"leases/{lease["token"]}/return", null, TestContext.Current.CancellationToken);
    }
}
