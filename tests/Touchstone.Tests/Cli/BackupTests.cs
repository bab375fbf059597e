using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Client;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Terminal;
using Touchstone.Testing;

namespace Touchstone.Tests.Cli;

/// <summary><c>touchstone admin backup</c> and <c>restore</c>: everything comes back, or nothing is touched.</summary>
public sealed class BackupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_backup_of_a_live_server_brings_everything_back(DatabaseKind kind)
    {
        await using var shop = await PreparedAsync(kind);
        var worker = await shop.HireAsync("contributor");
        Assert.Equal(6, await shop.WorkAsync(worker, _ => Shop.Box(1, 1, 5, 5)));
        (await shop.RunAsync("release", "Street scenes", "--out", shop["release"], "--accept-unassayed", "--images", "copy")).Expect(ExitCode.Done);
        await shop.WithdrawOneAsync();
        File.WriteAllText(Path.Combine(shop.Data, "content", ".incoming", "half.tmp"), "an upload under way");
        var before = await FactsAsync(shop.Database);

        // Somebody imports while the backup is made: what it holds is one moment of the database and at least its pictures.
        for (var i = 0; i < 40; i++) shop.Write($"more/m{i}.png", Pictures.Png(12, 12, 100 + i));
        var importing = shop.RunAsync("import", "Street scenes", shop["more"]);
        var backup = await CommandRun.OfAsync(["admin", "backup", shop["backup"], "--json", .. shop.Place]);
        (await importing).Expect(ExitCode.Done);
        backup.Expect(ExitCode.Done);
        Assert.Equal(1, backup.Json["releases"]!.GetValue<int>());

        await using var target = await StoreFixture.CreateEmptyAsync(kind, Assert.Skip);
        string[] place = kind == DatabaseKind.Sqlite ? ["--data", shop["restored"]] : ["--data", shop["restored"], "--database", target.Location];
        var restored = (await CommandRun.OfAsync(["admin", "restore", shop["backup"], .. place])).Expect(ExitCode.Done);
        Assert.Equal("", restored.Error);
        await using var database = kind == DatabaseKind.Sqlite ? StoreDatabase.OpenSqlite(Path.Combine(shop["restored"], "touchstone.db")) : StoreDatabase.OpenPostgres(target.Location);
        var after = await FactsAsync(database);
        Assert.Equal(before.Responses, after.Responses);
        Assert.Equal(before.Keys, after.Keys);
        Assert.Equal(before.Releases, after.Releases);
        Assert.Equal(before.Tombstones, after.Tombstones);
        Assert.Empty(before.Tasks.Except(after.Tasks));
        await ServeAgainAsync(shop, kind == DatabaseKind.Sqlite ? null : target.Location);
    }

    [Fact]
    public async Task Nothing_is_ever_restored_over_something()
    {
        await using var shop = await PreparedAsync(DatabaseKind.Sqlite);
        await BackUpAsync(shop);
        (await CommandRun.OfAsync(["admin", "backup", shop["backup"], .. shop.Place])).Refused(ExitCode.Failed, "is not empty; nothing was written");
        (await CommandRun.OfAsync("admin", "restore", shop["backup"], "--data", shop.Data)).Refused(ExitCode.Failed, "is not empty; nothing was written");
        shop.Write("occupied/a", "a");
        (await CommandRun.OfAsync("admin", "restore", shop["backup"], "--data", shop["occupied"])).Refused(ExitCode.Failed, "is not empty");
        Assert.Equal(["a"], Directory.EnumerateFileSystemEntries(shop["occupied"]).Select(Path.GetFileName));
        (await CommandRun.OfAsync("admin", "restore", shop["backup"], "--data", shop["occupied/a"])).Refused(ExitCode.Failed, "is not empty");
        (await CommandRun.OfAsync("admin", "restore", shop["backup"], "--data", shop["r"], "--database", "Host=127.0.0.1;Port=1")).Refused(ExitCode.Failed, "leave --database out");
        (await CommandRun.OfAsync("admin", "backup", shop["b2"], "--data", shop["nowhere"])).Refused(ExitCode.Failed, "holds no Touchstone database");
        (await CommandRun.OfAsync("admin", "restore", shop["nowhere"], "--data", shop["r"])).Refused(ExitCode.Failed, "There is no folder");
        Assert.False(Directory.Exists(shop["b2"]));
        Assert.False(Directory.Exists(shop["r"]));
    }

    [Fact]
    public async Task A_PostgreSQL_backup_wants_an_empty_PostgreSQL()
    {
        await using var shop = await PreparedAsync(DatabaseKind.Postgres);
        await BackUpAsync(shop);
        (await CommandRun.OfAsync("admin", "restore", shop["backup"], "--data", shop["r"])).Refused(ExitCode.Failed, "give --database");
        (await CommandRun.OfAsync(["admin", "restore", shop["backup"], "--data", shop["r"], .. shop.Place[2..]])).Refused(ExitCode.Failed, "holds a Touchstone already; nothing was written");
        (await CommandRun.OfAsync("admin", "restore", shop["backup"], "--data", shop["r"], "--database", "Host=127.0.0.1;Port=1")).Refused(ExitCode.Failed, "PostgreSQL cannot be used");
        Assert.False(Directory.Exists(shop["r"]));
    }

    [Fact]
    public async Task A_damaged_or_hostile_backup_is_refused_and_leaves_nothing()
    {
        await using var shop = await PreparedAsync(DatabaseKind.Sqlite);
        await BackUpAsync(shop);
        var (backup, sums) = (shop["backup"], shop["backup/SHA256SUMS"]);
        var picture = Directory.EnumerateFiles(shop["backup/content"], "*", SearchOption.AllDirectories).First();
        var digest = new string('0', 64);
        (string Words, Action Harm)[] harms =
        [
            ("is no backup", () => File.Delete(shop["backup/backup.json"])),
            ("backup.json", () => File.WriteAllText(shop["backup/backup.json"], "{\"format\":")),
            ("/format: expected 1, found 2", () => Change("format", 2)),
            ("/format: expected 1, found nothing", () => File.WriteAllText(shop["backup/backup.json"], "[]")),
            ("/database: expected", () => Change("database", "../../../etc/passwd")),
            ("A newer Touchstone wrote this database", () => Change("schema", "29990101000000_FromTheFuture")),
            ("backup.json", () => Change("schema", null)),
            ("database.sqlite: expected SHA-256", () => Append(shop["backup/database.sqlite"])),
            ("database.sqlite is missing", () => File.Delete(shop["backup/database.sqlite"])),
            ("expected SHA-256", () => Append(picture)),
            ("is missing", () => File.Delete(picture)),
            ("does not list this file", () => File.WriteAllText(shop["backup/content/extra"], "x")),
            ("SHA256SUMS: expected SHA-256", () => Append(sums)),
            ("expected the path of a backup's file", () => List($"{digest}  ../../../../etc/passwd")),
            ("expected the path of a backup's file", () => List($"{digest}  /etc/passwd")),
            ("expected the path of a backup's file", () => List($"{digest}  content/../../x/aa/bb/{digest}")),
            ("expected the path of a backup's file", () => List($"{digest}  releases/../touchstone.db")),
            ("expected the path of a backup's file", () => List($"{digest}  touchstone.db")),
            ("expected the path of a backup's file", () => List($"{digest}  content/org/00/01/{digest}")),
            ("expected a SHA-256", () => List("not a line")),
            ("is there twice", () => List($"{digest}  content/org/00/00/{digest}\n{digest}  content/org/00/00/{digest}")),
            ("does not list database.sqlite", () => { File.WriteAllText(sums, ""); Seal(); }),
            ("leads out of the backup", () => { File.Move(picture, shop["moved"]); File.CreateSymbolicLink(picture, shop["moved"]); }),
        ];
        foreach (var (words, harm) in harms)
        {
            CopyFolder(backup, shop["whole"]);
            harm();
            (await CommandRun.OfAsync("admin", "restore", backup, "--data", shop["r"])).Refused(ExitCode.Failed, words);
            Assert.False(Directory.Exists(shop["r"]), words);
            Directory.Delete(backup, recursive: true);
            Directory.Move(shop["whole"], backup);
            File.Delete(shop["moved"]);
        }

        (await CommandRun.OfAsync("admin", "restore", backup, "--data", shop["r"])).Expect(ExitCode.Done);

        void Change(string name, JsonNode? value)
        {
            var manifest = JsonNode.Parse(File.ReadAllText(shop["backup/backup.json"]))!;
            manifest[name] = value;
            File.WriteAllText(shop["backup/backup.json"], manifest.ToJsonString());
        }

        void Seal() => Change("checksums_sha256", FileDigest.Of(File.ReadAllBytes(sums)));

        void List(string line)
        {
            File.AppendAllText(sums, line + "\n");
            Seal();
        }

        static void Append(string path) => File.AppendAllText(path, "x");
    }

    [Fact]
    public async Task A_damaged_picture_of_the_data_folder_is_named_and_the_rest_is_backed_up()
    {
        await using var shop = await PreparedAsync(DatabaseKind.Sqlite);
        var pictures = Directory.EnumerateFiles(Path.Combine(shop.Data, "content"), "*", SearchOption.AllDirectories).Order().ToList();
        File.AppendAllText(pictures[0], "rot");
        File.Delete(pictures[1]);
        var backup = (await CommandRun.OfAsync(["admin", "backup", shop["backup"], "--json", .. shop.Place])).Expect(ExitCode.Failed);
        Assert.Contains(Path.GetFileName(pictures[0]), backup.Error, StringComparison.Ordinal);
        Assert.Contains("2 pictures that the database names are not in", backup.Error, StringComparison.Ordinal);
        Assert.Equal(4, backup.Json["pictures"]!.GetValue<int>());
        var restored = (await CommandRun.OfAsync("admin", "restore", shop["backup"], "--data", shop["r"])).Expect(ExitCode.Done);
        Assert.Contains("2 pictures that the database names are not in the backup", restored.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wrong_data_folder_of_a_PostgreSQL_is_noticed()
    {
        await using var shop = await PreparedAsync(DatabaseKind.Postgres);
        var backup = (await CommandRun.OfAsync(["admin", "backup", shop["backup"], "--data", shop["elsewhere"], .. shop.Place[2..]])).Expect(ExitCode.Failed);
        Assert.Contains("6 pictures that the database names are not in", backup.Error, StringComparison.Ordinal);
        Assert.Contains("is --data the folder of the servers?", backup.Error, StringComparison.Ordinal);
    }

    private static async Task<Shop> PreparedAsync(DatabaseKind kind)
    {
        var shop = await Shop.OpenAsync(kind);
        for (var i = 0; i < 6; i++) shop.Write($"in/{i}.png", Pictures.Png(20, 20, i));
        (await shop.RunAsync("import", "Street scenes", shop["in"])).Expect(ExitCode.Done);
        return shop;
    }

    private static async Task BackUpAsync(Shop shop) => (await CommandRun.OfAsync(["admin", "backup", shop["backup"], .. shop.Place])).Expect(ExitCode.Done);

    private sealed record Facts(IReadOnlyList<string> Responses, IReadOnlyList<string> Keys, IReadOnlyList<string> Releases, IReadOnlyList<string> Tombstones, IReadOnlyList<string> Tasks);

    private static async Task<Facts> FactsAsync(StoreDatabase database)
    {
        await using var store = database.CreateContext();
        return new(
            [.. (await store.Responses.AsNoTracking().ToListAsync(Cancellation)).Select(r => $"{r.Id} {r.TaskId} {r.ContributorId} {r.Answers} {r.SubmittedAt:O}").Order()],
            [.. (await store.ApiKeys.AsNoTracking().Where(k => k.Name != "command line").ToListAsync(Cancellation)).Select(k => $"{k.Id} {Convert.ToHexString(k.Hash)}").Order()],
            [.. (await store.Releases.AsNoTracking().ToListAsync(Cancellation)).Select(r => $"{r.Id} {r.Number} {r.Digest} {r.State}").Order()],
            [.. (await store.Tombstones.AsNoTracking().ToListAsync(Cancellation)).Select(t => $"{t.Id} {t.Sha256}").Order()],
            [.. (await store.Tasks.AsNoTracking().ToListAsync(Cancellation)).Select(t => $"{t.Id} {t.ExternalId} {t.AssetId}").Order()]);
    }

    /// <summary>A server over what was restored: the old keys are good, pictures and releases are there, and work goes on.</summary>
    private static async Task ServeAgainAsync(Shop shop, string? connection)
    {
        await using var server = TouchstoneServer.Build(new ServerOptions { DataFolder = shop["restored"], Database = connection, Urls = ["http://127.0.0.1:0"], Log = false });
        await server.StartAsync(Cancellation);
        using var owner = new ApiClient(new Uri(server.Urls.First()), shop.Remote[^1]);
        foreach (var asset in (await owner.GetAsync($"assets?project={shop.Project}&limit=500", Cancellation))!["items"]!.AsArray())
            Assert.Equal(asset!["sha256"]!.GetValue<string>(), FileDigest.Of(await owner.BytesAsync($"assets/{asset["id"]}/content", Cancellation)));
        var again = await CommandRun.OfAsync("release", "Street scenes", "--number", "1", "--out", shop["again"], "--server", server.Urls.First(), "--key", shop.Remote[^1]);
        again.Expect(ExitCode.Done);
        (await CommandRun.OfAsync("verify", shop["again"])).Expect(ExitCode.Done);
        Assert.Equal(await File.ReadAllBytesAsync(shop["release/release.json"], Cancellation), await File.ReadAllBytesAsync(shop["again/release.json"], Cancellation));
        var newcomer = (await owner.PostAsync("contributors/simulated", new JsonObject { ["display_name"] = "new", ["role"] = "contributor" }, Cancellation))!["key"]!.GetValue<string>();
        using var worker = new ApiClient(new Uri(server.Urls.First()), newcomer);
        shop.Write("last/last.png", Pictures.Png(31, 31, 999));
        (await CommandRun.OfAsync("import", "Street scenes", shop["last"], "--server", server.Urls.First(), "--key", shop.Remote[^1])).Expect(ExitCode.Done);
        Assert.NotNull((await worker.PostAsync($"projects/{shop.Project}/work/next", null, Cancellation))!["lease"]);
        await server.StopAsync(CancellationToken.None);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var path in FileDigest.List(from))
        {
            var target = Path.Combine(to, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(from, path), target);
        }
    }
}
