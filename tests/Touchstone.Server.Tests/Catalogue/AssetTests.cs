using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Catalogue;

public sealed class AssetTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_picture_is_taken_measured_and_given_back_byte_for_byte(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var bytes = Pictures.Png(70, 50, 3);
        var made = (await house.Manager.Http.PostAsync($"assets?file_name={Uri.EscapeDataString("..\\straße/Königin\u0007 1.png")}&synthetic=true", Requests.Bytes(bytes))).Created();
        Assert.Equal((70, 50, "image/png", bytes.Length, "Königin 1.png", true), (
            made["width_px"].GetValue<int>(), made["height_px"].GetValue<int>(), made["media_type"].GetValue<string>(), made["byte_count"].GetValue<int>(), made["file_name"].GetValue<string>(), made["synthetic"].GetValue<bool>()));
        using var response = await house.Manager.Http.Http.GetAsync($"{Requests.Api}assets/{made.Id}/content");
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("default-src 'none'; sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal($"\"{made["sha256"]}\"", response.Headers.ETag!.Tag);
        Assert.False(response.Headers.ETag.IsWeak);

        var again = (await house.Manager.Http.PostAsync("assets", Requests.Bytes(bytes))).Ok();
        Assert.Equal(made.Id, again.Id);
        Assert.Equal(made.Id, (await house.Manager.Http.GetAsync($"assets?sha256={made["sha256"]}")).Ok()["items"][0]!["id"]!.GetValue<string>());
        Assert.Equal(1, await house.ReadAsync(s => s.Assets.CountAsync()));
    }

    [Fact]
    public async Task A_part_of_a_picture_can_be_read_and_an_unchanged_one_is_not_sent_again()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var bytes = Pictures.Png(70, 50, 3);
        var id = (await house.Manager.Http.PostAsync("assets", Requests.Bytes(bytes))).Created().Id;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Requests.Api}assets/{id}/content") { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await house.Manager.Http.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync());
        var whole = await house.Manager.Http.GetAsync($"assets/{id}");
        (await house.Manager.Http.GetAsync($"assets/{id}/content", ("If-None-Match", $"\"{whole["sha256"]}\""))).Expect(HttpStatusCode.NotModified);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_is_no_whole_picture_is_refused_with_its_reason_and_leaves_nothing(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind, o => o with { AssetBytesMax = 50_000 });
        var good = Pictures.Png(70, 50, 3);
        (byte[] Bytes, int Status, string Code)[] cases =
        [
            ([], 422, "empty_file"),
            ("just a text named .jpg"u8.ToArray(), 415, "not_an_image"),
            ([.. "II*\0"u8, .. new byte[60]], 415, "unsupported_format"),
            (good[..(good.Length / 2)], 422, "truncated"),
            ([.. good[..40], (byte)(good[40] ^ 1), .. good[41..]], 422, "corrupt"),
            (Header(20_000, 20_000), 422, "too_many_pixels"),
            (new byte[50_001], 413, "too_large"),
        ];
        foreach (var (bytes, status, code) in cases)
        {
            var answer = await house.Manager.Http.PostAsync("assets?file_name=x.jpg", Requests.Bytes(bytes));
            Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        }

        Assert.Equal(0, await house.ReadAsync(s => s.Assets.CountAsync()));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(house.Server.Folder, "content"), "*", SearchOption.AllDirectories));

        // A PNG that says it is enormous, with nothing behind.
        static byte[] Header(int width, int height)
        {
            var png = Pictures.Png(2, 2);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
            return png;
        }

        static uint Crc(ReadOnlySpan<byte> bytes)
        {
            var crc = uint.MaxValue;
            foreach (var b in bytes)
            {
                crc ^= b;
                for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
            }

            return ~crc;
        }
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_same_picture_sent_many_times_at_once_is_one_asset(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var bytes = Pictures.Png(60, 40, 9);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.Manager.Http.PostAsync("assets", Requests.Bytes(bytes))));
        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_withdrawn_picture_is_gone_for_good_and_its_tasks_with_it(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var task = await house.AddTaskAsync(project, 4);
        var asset = (await house.Manager.Http.GetAsync($"tasks/{task}")).Ok()["asset_id"].GetValue<string>();
        (await house.Manager.Http.PutAsync($"assets/{asset}/withdrawal", new { reason = " " })).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.NotNull((await house.Manager.Http.PutAsync($"assets/{asset}/withdrawal", new { reason = "asked for by the person shown" })).Ok().Json!["withdrawn_at"]);
        (await house.Manager.Http.PutAsync($"assets/{asset}/withdrawal", new { reason = "sent again" })).Ok();
        (await house.Manager.Http.GetAsync($"assets/{asset}/content")).Expect(HttpStatusCode.Gone);
        Assert.NotNull((await house.Manager.Http.GetAsync($"assets/{asset}")).Ok().Json!["withdrawn_at"]);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(house.Server.Folder, "content"), "*", SearchOption.AllDirectories));
        Assert.Equal("gone", (await house.Manager.Http.PostAsync("assets", Requests.Bytes(Pictures.Png(40, 30, 4)))).Expect(HttpStatusCode.Gone).Code);
        var report = (await house.ImportAsync(project, $$"""{"asset":"{{asset}}"}""")).Ok();
        Assert.Equal("asset_withdrawn", report["faults"][0]!["reason"]!.GetValue<string>());
        Assert.Equal(0, await house.ReadAsync(s => s.Tasks.Where(t => t.OpenSlots > 0).CountAsync()));
        Assert.Equal(1, await house.ReadAsync(s => s.Tombstones.CountAsync()));
        Assert.Equal(1, await house.OutboxCountAsync(OutboxKind.AssetWithdrawn));
    }

    [Fact]
    public async Task Real_photographs_come_in_as_a_person_sees_them()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "voc_street");
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var files = Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var asset = (await house.Manager.Http.PostAsync($"assets?file_name={Path.GetFileName(file)}", Requests.Bytes(await File.ReadAllBytesAsync(file)))).Created();
            Assert.Equal("image/jpeg", asset["media_type"].GetValue<string>());
            Assert.InRange(asset["width_px"].GetValue<int>(), 100, 5_000);
        }
    }
}
