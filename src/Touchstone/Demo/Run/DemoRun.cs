using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Touchstone.Client;
using Touchstone.Demo.Crowd;
using Touchstone.Demo.Scenes;
using Touchstone.Operation;
using Touchstone.Releases;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Terminal;

namespace Touchstone.Demo.Run;

/// <summary>
/// The whole way of the data, once: pictures drawn from a seed, a server on a fresh database, simulated people at work through the API, consensus, review,
/// audit, release, verification. The server keeps running afterwards until it is disposed.
/// </summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private const int Uploads = 4;

    private readonly DemoOptions _options;
    private readonly Action<string> _say;
    private readonly CancellationTokenSource _stop;
    private readonly SceneGallery _gallery;
    private readonly WebApplication _server;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly List<ApiClient> _clients = [];
    private ApiClient? _owner;
    private ContributorId _ownerId;
    private string _project = "";

    private DemoRun(DemoOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        _options = options;
        _say = say;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _say($"Drawing {options.Images + options.GoldImages} street scenes from seed {options.Seed}, and starting a server on a fresh database");
        _gallery = SceneGallery.Draw(options.Seed, options.Images + options.GoldImages, _stop.Token);
        _server = TouchstoneServer.Build(new ServerOptions { DataFolder = options.Data.FullName, Urls = ListenAddresses.Split(options.Url), Seed = options.Seed, Browser = BuiltBrowser.OfThisProgram(), Log = false });
    }

    /// <summary>Begins to draw, starts the server on its fresh folder and makes an owner.</summary>
    public static async Task<DemoRun> StartAsync(DemoOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        RequireApart(options);
        RequireEmpty(options.Data);
        RequireEmpty(options.Output);
        options.Data.Create();
        var demo = new DemoRun(options, say, cancellationToken);
        try
        {
            await demo.OpenAsync(cancellationToken);
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(cancellationToken);
        (var organization, _ownerId) = await Administration.CreateOwnerAsync(Database, TimeProvider.System, "Touchstone demo", "Demo owner", null, null, cancellationToken);
        var key = await Administration.CreateKeyAsync(Database, TimeProvider.System, organization, _ownerId, "demo", cancellationToken);
        _owner = Client(key);
    }

    public Uri Address => new(_server.Urls.First());

    private ApiClient Owner => _owner ?? throw new InvalidOperationException("The demo's server was not started.");

    private StoreDatabase Database => _server.Services.GetRequiredService<StoreDatabase>();

    public async Task<DemoOutcome> RunAsync(CancellationToken cancellationToken)
    {
        _say("Making the project and importing the pictures; five contributors, a reviewer and an auditor join, all simulated");
        await CreateProjectAsync(cancellationToken);
        var hiring = HireAllAsync(cancellationToken);
        await Task.WhenAll(hiring, ImportAsync(cancellationToken));
        var crew = await hiring;
        _say("The contributors label through the API, and the reviewer decides what stays open");
        var before = await FinishAsync(crew, cancellationToken);
        var audited = await AuditAsync(crew.Auditor, cancellationToken);
        var after = await FinishAsync(crew, cancellationToken);
        var progress = await Owner.GetAsync($"projects/{_project}/progress", cancellationToken);
        var release = await ReleaseAsync(cancellationToken);
        _say("Verifying the release offline, and holding it against the truth");
        var report = await DemoJudge.JudgeAsync(_options.Output, _gallery, cancellationToken);
        return new DemoOutcome(
            _options.Seed, _options.Images, _options.GoldImages, CrowdPresets.Contributors.Count, before.Responses + after.Responses, before.Decided + after.Decided, audited, progress?["agreement"]?.GetValue<double>(),
            report.Ap, report.Ap50, report.Measured, report.True, _options.Data.FullName, _options.Output.FullName, release["digest"]!.GetValue<string>(), report.Verified,
            TimeProvider.System.GetElapsedTime(_started));
    }

    /// <summary>A one-time link that signs the demo's owner in.</summary>
    public async Task<Uri> SignInLinkAsync(CancellationToken cancellationToken) => new(Address, await OperatorPeople.LinkAsync(Database, _ownerId, cancellationToken));

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) =>
        Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions.WaitForShutdownAsync(_server, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var client in _clients) client.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    private async Task CreateProjectAsync(CancellationToken cancellationToken)
    {
        using var yaml = new StringContent(DemoOntology.Yaml, Encoding.UTF8, "application/yaml");
        _project = (await Owner.SendAsync(HttpMethod.Post, "projects?synthetic=true", yaml, cancellationToken))!["id"]!.GetValue<string>();
    }

    /// <summary>Uploads each picture as soon as it is drawn, and then imports their tasks.</summary>
    private async Task ImportAsync(CancellationToken cancellationToken)
    {
        var lines = new string[_gallery.Pictures.Count];
        await Parallel.ForAsync(0, lines.Length, new ParallelOptions { MaxDegreeOfParallelism = Uploads, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var (scene, png) = await _gallery.Pictures[i];
            using var content = new ByteArrayContent(png) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
            var asset = await Owner.SendAsync(HttpMethod.Post, $"assets?project={_project}&synthetic=true&file_name={scene.Name}.png", content, token);
            lines[i] = LineOf(scene, asset!["id"]!.GetValue<string>(), isGold: i >= _options.Images).ToJsonString();
        });
        using var tasks = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        var report = await Owner.SendAsync(HttpMethod.Post, $"projects/{_project}/tasks?name=demo", tasks, cancellationToken);
        if (report!["refused"]!.GetValue<long>() > 0) throw new CommandException($"The demo's own tasks were refused: {report["faults"]!.ToJsonString()}");
    }

    private static JsonObject LineOf(StreetScene scene, string asset, bool isGold)
    {
        var line = new JsonObject { ["external_id"] = scene.Name, ["asset"] = asset };
        if (isGold) line["gold"] = new SimulatedContributor("truth", ErrorModel.None, DemoOntology.Project.Ontology, 0).Answer(ImageTruth.Of(scene));
        return line;
    }

    private sealed record Crew(IReadOnlyList<DemoPerson> Contributors, DemoPerson Reviewer, DemoPerson Auditor);

    private async Task<Crew> HireAllAsync(CancellationToken cancellationToken)
    {
        var contributors = new List<DemoPerson>();
        foreach (var persona in CrowdPresets.Contributors) contributors.Add(await HireAsync(persona, "contributor", cancellationToken));
        return new(contributors, await HireAsync(CrowdPresets.Reviewer, "reviewer", cancellationToken), await HireAsync(CrowdPresets.Auditor, "reviewer", cancellationToken));
    }

    private async Task<DemoPerson> HireAsync(Persona persona, string role, CancellationToken cancellationToken)
    {
        var hired = await Owner.PostAsync("contributors/simulated", new JsonObject { ["display_name"] = $"{persona.Name} (simulated)", ["role"] = role }, cancellationToken);
        var simulated = persona.In(DemoOntology.Project.Ontology, _options.Seed);
        return new DemoPerson(Client(hired!["key"]!.GetValue<string>()), _project, sha256 => simulated.Answer(ImageTruth.Of(_gallery.Recognise(sha256))));
    }

    private ApiClient Client(string key)
    {
        var client = new ApiClient(Address, key);
        _clients.Add(client);
        return client;
    }

    /// <summary>Everybody works until nothing is open and nothing waits for review: consensus asks for further responses while they do, and looks again at what it closed as it learns of people, also from what an auditor said of gold.</summary>
    private async Task<(long Responses, int Decided)> FinishAsync(Crew crew, CancellationToken cancellationToken)
    {
        var (responses, decided) = (0L, 0);
        while (true)
        {
            var given = await Task.WhenAll(crew.Contributors.Select(person => person.WorkAsync(cancellationToken)));
            await DerivedState.WaitAsync(Database, cancellationToken);
            var reviewed = given.Sum() == 0 ? await crew.Reviewer.ReviewAsync(cancellationToken) : 0;
            await DerivedState.WaitAsync(Database, cancellationToken);
            if (given.Sum() + reviewed == 0) return (responses, decided);
            responses += given.Sum();
            decided += reviewed;
        }
    }

    private async Task<int> AuditAsync(DemoPerson auditor, CancellationToken cancellationToken)
    {
        _say("The auditor judges a random sample again");
        // Judged once: there is one auditor, who does not err, and a second judgement that nobody gives would only be missing.
        var audit = await Owner.PostAsync($"projects/{_project}/audits", new JsonObject { ["share"] = DemoOptions.AuditShare, ["twice"] = 0, ["strata"] = "none" }, cancellationToken);
        await auditor.WorkAsync(cancellationToken);
        await DerivedState.WaitAsync(Database, cancellationToken);
        return audit!["size"]!.GetValue<int>();
    }

    private async Task<JsonNode> ReleaseAsync(CancellationToken cancellationToken)
    {
        _say("Publishing the release");
        using var quiet = new ProgressLine("Releasing", TimeProvider.System, TextWriter.Null, terminal: false);
        var release = await ReleaseDownload.PublishAsync(Owner, _project, acceptUnassayed: false, "copy", quiet, cancellationToken);
        await ReleaseDownload.FetchAsync(Owner, release["id"]!.GetValue<string>(), _options.Output, cancellationToken);
        return release;
    }

    /// <summary>A release goes into an empty folder, which one that holds the database is not.</summary>
    private static void RequireApart(DemoOptions options)
    {
        var (data, output) = (Path.TrimEndingDirectorySeparator(options.Data.FullName), Path.TrimEndingDirectorySeparator(options.Output.FullName));
        if (data == output || data.StartsWith(output + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new CommandException($"--data and --out: expected two folders, the release's without the database in it; found {data} and {output}.");
    }

    private static void RequireEmpty(DirectoryInfo folder)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any())
            throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"{folder.FullName} is not empty; the demo wants a fresh folder."));
    }
}
