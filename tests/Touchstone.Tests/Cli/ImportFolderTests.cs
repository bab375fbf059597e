using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Processes;

namespace Touchstone.Tests.Cli;

/// <summary><c>touchstone import PROJECT FOLDER</c> over folders as people have them, and worse.</summary>
public sealed class ImportFolderTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Good_pictures_go_in_and_every_bad_file_is_listed_with_its_reason(DatabaseKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var good = Pictures.Png(40, 30, 1);
        var jpeg = Pictures.Jpeg(30, 20, 6);
        shop.Write("in/good.png", good);
        shop.Write("in/deep/er/good.JPG", jpeg);
        shop.Write("in/whole-but-misnamed.jpg", Pictures.Png(9, 9, 2));
        shop.Write("in/cut.png", good[..(good.Length / 2)]);
        shop.Write("in/cut.jpg", jpeg[..^3]);
        shop.Write("in/flipped.png", [.. good[..40], (byte)(good[40] ^ 1), .. good[41..]]);
        shop.Write("in/text.jpg", "this is a text");
        shop.Write("in/nothing.jpg", []);
        shop.Write("in/enormous.png", Pictures.Enormous(20_000, 20_000));
        shop.Write("in/scan.tif", [.. "II*\0"u8, .. new byte[60]]);
        shop.Write("in/same again.png", good);
        shop.Write("in/readme.txt", "not looked at");

        var run = await shop.RunAsync("import", "Street scenes", shop["in"], "--json", "--report", shop["refused.ndjson"]);

        run.Expect(ExitCode.Failed);
        Assert.Equal((3, 0, 3, 8, 1), (run.Json["imported"]!.GetValue<int>(), run.Json["repeated"]!.GetValue<int>(), run.Json["uploaded"]!.GetValue<int>(), run.Json["refused"]!.GetValue<int>(), run.Json["passed_over"]!.GetValue<int>()));
        var faults = run.Json["faults"]!.AsArray().ToDictionary(f => Path.GetRelativePath(shop["in"], f!["file"]!.GetValue<string>()), f => f!["reason"]!.GetValue<string>());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["cut.png"] = "truncated",
                ["cut.jpg"] = "truncated",
                ["flipped.png"] = "corrupt",
                ["text.jpg"] = "not_an_image",
                ["nothing.jpg"] = "empty_file",
                ["enormous.png"] = "too_many_pixels",
                ["scan.tif"] = "unsupported_format",
                ["same again.png"] = "duplicate",
            },
            faults);
        Assert.Equal(8, File.ReadLines(shop["refused.ndjson"]).Count());
        Assert.Equal(["deep/er/good.JPG", "good.png", "whole-but-misnamed.jpg"], await shop.ExternalIdsAsync());
        Assert.Equal(3, await shop.ReadAsync(s => s.Assets.CountAsync()));
        Assert.Equal(3, Directory.EnumerateFiles(Path.Combine(shop.Data, "content"), "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Standard_error_lists_what_was_refused_and_standard_output_says_what_was_done()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        shop.Write("in/a.png", Pictures.Png(8, 8));
        for (var i = 0; i < 25; i++) shop.Write($"in/bad{i:00}.png", $"no picture {i}");
        var run = (await shop.RunAsync("import", shop.Project, shop["in"])).Expect(ExitCode.Failed);
        Assert.Equal("1 new, 0 there before, 1 pictures sent, 25 refused\n", run.Output);
        Assert.Contains("bad00.png: not_an_image: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("and 5 more; --report FILE lists them all", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('█', run.Error);
        Assert.DoesNotContain('\r', run.Error);

        Directory.Delete(shop["in"], recursive: true);
        shop.Write("in/a.png", Pictures.Png(8, 8));
        Assert.Equal("0 new, 1 there before, 0 pictures sent, 0 refused\n", (await shop.RunAsync("import", shop.Project, shop["in"])).Expect(ExitCode.Done).Output);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Names_of_every_kind_come_in_as_they_are_or_are_refused(DatabaseKind kind)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Other systems do not allow such names.");
        await using var shop = await Shop.OpenAsync(kind);
        string[] good =
        [
            "e\u0301.png", "\u00e9.png", "straße 🚗 'quoted\" & <b>.png", "\u05e9\u05dc\u05d5\u05dd.png", "evil\u202egnp.png", "-rf.png", "--json.png", "%2e%2e%2f.png", "a;b|c$(d)`e`.png", "back\\slash.png", " spaced .png",
            "..hidden.png", new string('n', 240) + ".png",
        ];
        var long1 = string.Join('/', Enumerable.Repeat(new string('d', 200), 3)) + "/deep.png";
        string[] bad = ["new\nline.png", "bell\a\u001b[31m.png", long1];
        foreach (var (name, i) in good.Concat(bad).Select((n, i) => (n, i))) shop.Write("in/" + name, Pictures.Png(10, 10, i + 1));

        var run = (await shop.RunAsync("import", "Street scenes", shop["in"])).Expect(ExitCode.Failed);

        Assert.Equal(good.Order(StringComparer.Ordinal), await shop.ExternalIdsAsync());
        Assert.Equal(bad.Length, run.Error.Split('\n').Count(l => l.Contains("invalid_external_id", StringComparison.Ordinal)));
        Assert.Equal(good.Length, await shop.ReadAsync(s => s.Assets.CountAsync()));   // of the others no byte was sent
        Assert.Contains("new\\u{a}line.png", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\a', run.Error);
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.All(await shop.ReadAsync(s => s.Assets.Select(a => a.FileName!).ToListAsync()), name => Assert.False(name.Any(char.IsControl) || name.Contains('/', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Links_that_lead_out_are_refused_and_links_within_are_taken()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need rights that tests do not have there.");
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        var secret = shop.Write("elsewhere/secret.png", Pictures.Png(8, 8, 1));
        shop.Write("in/a/real.png", Pictures.Png(8, 8, 2));
        File.CreateSymbolicLink(shop["in/out.png"], secret);
        File.CreateSymbolicLink(shop["in/dangling.png"], shop["nowhere.png"]);
        File.CreateSymbolicLink(shop["in/twice.png"], shop["in/out.png"]);
        Directory.CreateSymbolicLink(shop["in/folder"], shop["elsewhere"]);
        Directory.CreateSymbolicLink(shop["in/a/round"], shop["in"]);

        var run = (await shop.RunAsync("import", "Street scenes", shop["in"], "--json")).Expect(ExitCode.Failed);
        Assert.Equal(["a/real.png"], await shop.ExternalIdsAsync());
        Assert.Equal(
            ["a/round linked_folder", "dangling.png unsafe_path", "folder linked_folder", "out.png unsafe_path", "twice.png unsafe_path"],
            run.Json["faults"]!.AsArray().Select(f => $"{Path.GetRelativePath(shop["in"], f!["file"]!.GetValue<string>())} {f["reason"]}").Order(StringComparer.Ordinal));

        File.CreateSymbolicLink(shop["in/inside.png"], shop["in/a/real.png"]);
        File.Delete(shop["in/a/real.png"]);
        shop.Write("in/a/real.png", Pictures.Png(8, 8, 3));
        run = await shop.RunAsync("import", "Street scenes", shop["in"], "--json");
        Assert.Contains(run.Json["faults"]!.AsArray(), f => f!["reason"]!.GetValue<string>() == "external_id_taken");   // other bytes under a name that is taken
    }

    [Fact]
    public async Task A_folder_without_permission_is_listed_and_the_rest_goes_in()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Permissions are those of Linux.");
            return;
        }

        const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        shop.Write("in/open.png", Pictures.Png(8, 8, 1));
        shop.Write("in/closed/hidden.png", Pictures.Png(8, 8, 2));
        shop.Write("in/locked.png", Pictures.Png(8, 8, 3));
        File.SetUnixFileMode(Path.GetDirectoryName(shop["in"])!, Everybody | UnixFileMode.UserWrite);
        File.SetUnixFileMode(shop["in/closed"], UnixFileMode.None);
        File.SetUnixFileMode(shop["in/locked.png"], UnixFileMode.None);
        try
        {
            // Root may read everything, so root becomes nobody.
            string[] under = Environment.UserName == "root" ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] : [];
            var (exit, output, error) = await TouchstoneProcess.RunUnderAsync(under, ["import", "Street scenes", shop["in"], "--json", .. shop.Remote]);
            if (output.Length == 0 && error.Contains("touchstone.dll", StringComparison.Ordinal)) Assert.Skip("Another user may not read the test's own folder here.");
            Assert.Equal(ExitCode.Failed, exit);
            Assert.Equal(["unreadable_file", "unreadable_folder"], JsonNode.Parse(output)!["faults"]!.AsArray().Select(f => f!["reason"]!.GetValue<string>()).Order());
            Assert.Equal(["open.png"], await shop.ExternalIdsAsync());
        }
        finally
        {
            File.SetUnixFileMode(shop["in/closed"], Everybody | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_pipe_or_a_device_named_like_a_picture_does_not_hold_the_import_up()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Pipes are made by a program of Linux.");
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        shop.Write("in/a.png", Pictures.Png(8, 8));
        using (var make = System.Diagnostics.Process.Start("mkfifo", [shop["in/pipe.png"]])) await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        var run = (await shop.RunAsync("import", "Street scenes", shop["in"], "--json")).Expect(ExitCode.Failed);
        Assert.Equal("empty_file", Assert.Single(run.Json["faults"]!.AsArray())!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pictures_over_the_servers_limit_are_refused_one_by_one()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite, o => o with { AssetBytesMax = 2_000 });
        shop.Write("in/small.png", Pictures.Png(8, 8));
        shop.Write("in/large.png", [.. Pictures.Png(8, 8, 5), .. new byte[4_000]]);
        var run = (await shop.RunAsync("import", "Street scenes", shop["in"], "--json")).Expect(ExitCode.Failed);
        Assert.Equal("too_large", Assert.Single(run.Json["faults"]!.AsArray())!["reason"]!.GetValue<string>());
        Assert.Equal(["small.png"], await shop.ExternalIdsAsync());
    }

    [Fact]
    public async Task A_folder_without_pictures_and_places_that_are_not_there_are_told()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        Directory.CreateDirectory(shop["empty"]);
        (await shop.RunAsync("import", "Street scenes", shop["empty"])).Refused(ExitCode.Failed, "holds no pictures");
        (await shop.RunAsync("import", "Street scenes", shop["nowhere"])).Refused(ExitCode.Failed, "There is no folder or file");
        shop.Write("in/a.png", Pictures.Png(8, 8));
        (await shop.RunAsync("import", "No such project", shop["in"])).Refused(ExitCode.Failed, "There is no project \"No such project\"");
        (await shop.RunAsync("import", Guid.NewGuid().ToString(), shop["in"])).Refused(ExitCode.Failed, "no such project");
        (await shop.RunAsync("import", "Street scenes", shop["in"], "--report", shop["no/such/folder/report"])).Refused(ExitCode.Failed, "Could not find a part of the path");
        Assert.Equal(0, await shop.TasksAsync());
    }

    [Fact]
    public async Task Folders_in_which_names_repeat_are_told_apart_and_nothing_is_lost_in_silence()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        shop.Write("monday/1.png", Pictures.Png(8, 8, 1));
        shop.Write("tuesday/1.png", Pictures.Png(8, 8, 2));
        (await shop.RunAsync("import", "Street scenes", shop["monday"])).Expect(ExitCode.Done);
        var clash = (await shop.RunAsync("import", "Street scenes", shop["tuesday"])).Expect(ExitCode.Failed);
        Assert.Contains("external_id_taken", clash.Error, StringComparison.Ordinal);
        Assert.Contains("--prefix tells folders apart", clash.Error, StringComparison.Ordinal);
        (await shop.RunAsync("import", "Street scenes", shop["tuesday"], "--prefix", "tuesday/")).Expect(ExitCode.Done);
        Assert.Equal(["1.png", "tuesday/1.png"], await shop.ExternalIdsAsync());
    }

    [Fact]
    public async Task Withdrawn_pictures_do_not_come_back()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        shop.Write("in/a.png", Pictures.Png(8, 8));
        (await shop.RunAsync("import", "Street scenes", shop["in"])).Expect(ExitCode.Done);
        await shop.WithdrawOneAsync();
        var run = (await shop.RunAsync("import", "Street scenes", shop["in"], "--json")).Expect(ExitCode.Failed);
        Assert.Equal("gone", Assert.Single(run.Json["faults"]!.AsArray())!["reason"]!.GetValue<string>());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(shop.Data, "content"), "*", SearchOption.AllDirectories));
    }
}
