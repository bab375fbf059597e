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
    private readonly DemoOptions _options;
    private readonly Action<string> _say;
    private readonly WebApplication _server;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private ApiClient _owner = null!;
    private ContributorId _ownerId;
    private string _project = "";

    private DemoRun(DemoOptions options, Action<string> say)
    {
        _options = options;
        _say = say;
        _server = TouchstoneServer.Build(new ServerOptions { DataFolder = options.Data.FullName, Urls = [options.Url], Seed = options.Seed, Browser = BuiltBrowser.OfThisProgram(), Log = false });
    }

    /// <summary>Starts the server on its fresh folder and makes an owner.</summary>
    public static async Task<DemoRun> StartAsync(DemoOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        RequireEmpty(options.Data);
        RequireEmpty(options.Output);
        options.Data.Create();
        var demo = new DemoRun(options, say);
        await demo._server.StartAsync(cancellationToken);
        var database = demo.Database;
        (var organization, demo._ownerId) = await Administration.CreateOwnerAsync(database, TimeProvider.System, "Touchstone demo", "Demo owner", null, null, cancellationToken);
        var key = await Administration.CreateKeyAsync(database, TimeProvider.System, organization, demo._ownerId, "demo", cancellationToken);
        demo._owner = new ApiClient(demo.Address, key);
        return demo;
    }

    public Uri Address => new(_server.Urls.First());

    private StoreDatabase Database => _server.Services.GetRequiredService<StoreDatabase>();

    public async Task<DemoOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var total = _options.Images + _options.GoldImages;
        _say($"Drawing {total} street scenes from seed {_options.Seed}");
        var gallery = await Task.Run(() => SceneGallery.Draw(_options.Seed, total, _ => { }, cancellationToken), cancellationToken);
        await PrepareAsync(gallery, cancellationToken);
        var responses = await LabelAsync(gallery, cancellationToken);
        var reviewed = await ReviewAsync(gallery, cancellationToken);
        var audited = await AuditAsync(gallery, cancellationToken);
        var progress = await _owner.GetAsync($"projects/{_project}/progress", cancellationToken);
        var release = await ReleaseAsync(cancellationToken);
        _say("Verifying the release offline, and holding it against the truth");
        var report = await DemoJudge.JudgeAsync(_options.Output, gallery, cancellationToken);
        return new DemoOutcome(
            _options.Images, _options.GoldImages, responses, reviewed, audited, progress?["agreement"]?.GetValue<double>(), report.Ap, report.Ap50,
            report.Measured, report.True, _options.Output.FullName, release["digest"]!.GetValue<string>(), report.Verified, TimeProvider.System.GetElapsedTime(_started));
    }

    /// <summary>A one-time link that signs the demo's owner in.</summary>
    public async Task<Uri> SignInLinkAsync(CancellationToken cancellationToken) => new(Address, await OperatorPeople.LinkAsync(Database, _ownerId, cancellationToken));

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) =>
        Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions.WaitForShutdownAsync(_server, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private async Task PrepareAsync(SceneGallery gallery, CancellationToken cancellationToken)
    {
        _say("Making the project and importing its pictures");
        using (var yaml = new StringContent(DemoOntology.Yaml, Encoding.UTF8, "application/yaml"))
            _project = (await _owner.SendAsync(HttpMethod.Post, "projects?synthetic=true", yaml, cancellationToken))!["id"]!.GetValue<string>();
        var assets = new string[gallery.Pictures.Count];
        await Parallel.ForAsync(0, assets.Length, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var (scene, png) = gallery.Pictures[i];
            using var content = new ByteArrayContent(png) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
            var asset = await _owner.SendAsync(HttpMethod.Post, $"assets?project={_project}&synthetic=true&file_name={scene.Name}.png", content, token);
            assets[i] = asset!["id"]!.GetValue<string>();
        });
        var lines = new StringBuilder();
        for (var i = 0; i < assets.Length; i++) lines.Append(LineOf(gallery.Pictures[i].Scene, assets[i], isGold: i >= _options.Images).ToJsonString()).Append('\n');
        using var tasks = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        var report = await _owner.SendAsync(HttpMethod.Post, $"projects/{_project}/tasks?name=demo", tasks, cancellationToken);
        if (report!["refused"]!.GetValue<long>() > 0) throw new CommandException($"The demo's own tasks were refused: {report["faults"]!.ToJsonString()}");
    }

    private static JsonObject LineOf(StreetScene scene, string asset, bool isGold)
    {
        var line = new JsonObject { ["external_id"] = scene.Name, ["asset"] = asset };
        if (isGold) line["gold"] = new SimulatedContributor("truth", ErrorModel.None, DemoOntology.Project.Ontology, 0).Answer(ImageTruth.Of(scene));
        return line;
    }

    /// <summary>Everybody works until nothing is open any more: consensus asks for further responses while they do.</summary>
    private async Task<long> LabelAsync(SceneGallery gallery, CancellationToken cancellationToken)
    {
        _say("Five simulated contributors label through the API");
        var people = new List<DemoPerson>();
        foreach (var persona in CrowdPresets.Contributors) people.Add(await HireAsync(persona, "contributor", gallery, cancellationToken));
        long responses = 0;
        while (true)
        {
            var given = await Task.WhenAll(people.Select(p => p.WorkAsync(cancellationToken)));
            responses += given.Sum();
            await DerivedState.WaitAsync(Database, cancellationToken);
            if (given.Sum() == 0) return responses;
        }
    }

    private async Task<int> ReviewAsync(SceneGallery gallery, CancellationToken cancellationToken)
    {
        _say("A reviewer decides what stayed open");
        var reviewer = await HireAsync(CrowdPresets.Reviewer, "reviewer", gallery, cancellationToken);
        var decided = await reviewer.ReviewAsync(cancellationToken);
        await DerivedState.WaitAsync(Database, cancellationToken);
        return decided;
    }

    private async Task<int> AuditAsync(SceneGallery gallery, CancellationToken cancellationToken)
    {
        _say("An auditor judges a random sample again");
        var auditor = await HireAsync(CrowdPresets.Auditor, "reviewer", gallery, cancellationToken);
        var audit = await _owner.PostAsync($"projects/{_project}/audits", new JsonObject { ["share"] = DemoOptions.AuditShare, ["seed"] = _options.Seed }, cancellationToken);
        await auditor.WorkAsync(cancellationToken);
        await DerivedState.WaitAsync(Database, cancellationToken);
        return audit!["size"]!.GetValue<int>();
    }

    private async Task<JsonNode> ReleaseAsync(CancellationToken cancellationToken)
    {
        _say("Publishing the release");
        using var quiet = new ProgressLine("Releasing", TimeProvider.System, TextWriter.Null, terminal: false);
        var release = await ReleaseDownload.PublishAsync(_owner, _project, acceptUnassayed: false, "copy", quiet, cancellationToken);
        await ReleaseDownload.FetchAsync(_owner, release["id"]!.GetValue<string>(), _options.Output, cancellationToken);
        return release;
    }

    private async Task<DemoPerson> HireAsync(Persona persona, string role, SceneGallery gallery, CancellationToken cancellationToken)
    {
        var hired = await _owner.PostAsync("contributors/simulated", new JsonObject { ["display_name"] = $"{persona.Name} (simulated)", ["role"] = role }, cancellationToken);
        var simulated = persona.In(DemoOntology.Project.Ontology, _options.Seed);
        return new DemoPerson(new ApiClient(Address, hired!["key"]!.GetValue<string>()), _project, sha256 => simulated.Answer(ImageTruth.Of(gallery.Recognise(sha256))));
    }

    private static void RequireEmpty(DirectoryInfo folder)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any())
            throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"{folder.FullName} is not empty; the demo wants a fresh folder."));
    }
}
