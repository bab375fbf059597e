using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Curation;

public sealed class ShareTests
{
    [Fact]
    public async Task A_report_is_shared_with_a_server_once_under_the_name_that_it_is_given()
    {
        using var folder = CorpusFolder.Make(documents: 60);
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        await File.WriteAllTextAsync(folder["run.yaml"], CorpusFolder.Pipeline.Replace("\"corpus/", $"\"{folder["corpus"]}/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("curate", "run", folder["run.yaml"], "--out", folder["run"])).Expect(ExitCode.Done);
        var first = (await shop.RunAsync("curate", "share", folder["run"], "--name", "Crawl of May", "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(("Crawl of May", false), (first["name"]!.GetValue<string>(), first["repeated"]!.GetValue<bool>()));
        var again = (await shop.RunAsync("curate", "share", folder["run"], "--name", "Crawl of May")).Expect(ExitCode.Done);
        Assert.Equal($"There already: {new Uri(shop.Address, $"/corpora/{first["id"]}")}\n", again.Output);
        Assert.Contains("\"run\"", (await shop.RunAsync("curate", "share", folder["run"], "--json")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        (await shop.RunAsync("curate", "share", folder["corpus"])).Refused(ExitCode.Failed, "there is no manifest.json");
        (await shop.RunAsync("curate", "share", folder["run"], "--name", " ")).Refused(ExitCode.Failed, "/name");
    }

    [Fact]
    public async Task Every_example_of_share_runs_with_a_database_in_the_folder_and_with_a_server()
    {
        using var folder = CorpusFolder.Make(documents: 60);
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        await File.WriteAllTextAsync(folder["fineweb-run.yaml"], CorpusFolder.Pipeline.Replace("\"corpus/", $"\"{folder["corpus"]}/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("curate", "run", folder["fineweb-run.yaml"], "--out", folder["fineweb-run"])).Expect(ExitCode.Done);
        Directory.CreateSymbolicLink(folder[Options.DefaultDataFolder], shop.Data);
        Assert.Equal(3, await HelpExamples.RunAsync(folder.Path, [("ts_...", shop.Key), ("https://label.example.org", shop.Address.ToString())], ["curate share"]));
        var kept = (await shop.Owner.SendAsync(HttpMethod.Get, "corpora", null, TestContext.Current.CancellationToken))!["items"]!.AsArray().Select(c => c!["name"]!.GetValue<string>());
        Assert.Equal(["Crawl of May", "fineweb-run"], kept.Order(StringComparer.Ordinal));
    }
}
