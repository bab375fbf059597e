using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Projects;
using Touchstone.Client;
using Touchstone.Demo.Crowd;
using Touchstone.Demo.Run;
using Touchstone.Formats.Labels;
using Touchstone.Imports;
using Touchstone.Quality.Assays;
using Touchstone.Releases;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Server.Trust.Releases.Verification;
using Touchstone.Store;
using Touchstone.Terminal;
using Touchstone.Testing;

namespace Touchstone.Tests.RealData;

/// <summary>Real photographs go the whole way: imported as a user imports them, labelled through the API by people simulated from the data set's own
/// boxes, released, verified, and held against the data set.</summary>
public sealed class RealProjectTests
{
    private static readonly string[] MapillaryClasses = ["object--traffic-light", "object--vehicle--car", "human--person"];

    [Theory]
    [InlineData("voc_street")]
    [InlineData("kitti_object")]
    [InlineData("ddad_dgp")]
    [InlineData("mapillary_vistas")]
    public async Task Photographs_come_out_as_a_release_that_agrees_with_their_data_set(string set)
    {
        var images = set switch
        {
            "voc_street" => RealImages.VocStreet(),
            "kitti_object" => RealImages.KittiObject(),
            "ddad_dgp" => RealImages.Ddad(),
            _ => RealImages.Mapillary(MapillaryClasses),
        };
        using var folder = new TemporaryFolder();
        await using var run = await RealRun.StartAsync(folder, images, set);
        var release = await run.ReleaseAsync();

        Assert.True(release.Report.Accepted, string.Join('\n', release.Report.Failures));
        Assert.Equal(images.Count, release.Labels.Count);
        var truth = DemoTruth.Figures(run.Judge.Grade(release.Labels.Select(l => (run.TruthOf(l.Image.Sha256), AnswerSet.Parse(run.Ontology, l.Answers)))));
        Assert.InRange(truth.Find(FigureName.Precision)!.Estimate, 0.9, 1);
        Assert.InRange(truth.Find(FigureName.Recall)!.Estimate, 0.9, 1);
        Assert.All(release.Labels, l => Assert.Equal(LabelOrigin.Simulated, l.Origin));
    }

    private sealed record Released(VerificationReport Report, IReadOnlyList<LabelRecord> Labels);

    private sealed class RealRun : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder;
        private readonly WebApplication _server;
        private readonly Dictionary<string, ImageTruth> _truths = [];
        private readonly IReadOnlyList<RealImage> _images;
        private ApiClient _owner = null!;
        private string _project = "";

        private RealRun(TemporaryFolder folder, IReadOnlyList<RealImage> images, string set)
        {
            (_folder, _images) = (folder, images);
            Definition = ProjectFile.Parse(YamlOf(set, images)).ValueOrThrow();
            Judge = new DemoTruth(Ontology);
            _server = TouchstoneServer.Build(new ServerOptions { DataFolder = folder["data"], Urls = ["http://127.0.0.1:0"], Log = true, Seed = 1 });
        }

        public ProjectDefinition Definition { get; }

        public Annotations.Ontologies.Ontology Ontology => Definition.Ontology;

        public DemoTruth Judge { get; }

        private Uri Address => new(_server.Urls.First());

        private StoreDatabase Database => _server.Services.GetRequiredService<StoreDatabase>();

        private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

        public static async Task<RealRun> StartAsync(TemporaryFolder folder, IReadOnlyList<RealImage> images, string set)
        {
            var run = new RealRun(folder, images, set);
            await run._server.StartAsync(Cancellation);
            var (organization, owner) = await Administration.CreateOwnerAsync(run.Database, TimeProvider.System, "Real", "Owner", null, null, Cancellation);
            run._owner = new ApiClient(run.Address, await Administration.CreateKeyAsync(run.Database, TimeProvider.System, organization, owner, "test", Cancellation));
            using var yaml = new StringContent(ProjectFile.Write(run.Definition), Encoding.UTF8, "application/yaml");
            run._project = (await run._owner.SendAsync(HttpMethod.Post, "projects", yaml, Cancellation))!["id"]!.GetValue<string>();
            await run.ImportAsync();
            return run;
        }

        public ImageTruth TruthOf(string sha256) => _truths[sha256];

        public async Task<Released> ReleaseAsync()
        {
            var people = new List<DemoPerson>();
            for (var i = 0; i < 3; i++) people.Add(await HireAsync($"person {i}", "contributor", CrowdPresets.Contributors[i].Model));
            int given;
            do
            {
                given = (await Task.WhenAll(people.Select(p => p.WorkAsync(Cancellation)))).Sum();
                await DerivedState.WaitAsync(Database, Cancellation);
            }
            while (given > 0);
            await (await HireAsync("reviewer", "reviewer", CrowdPresets.Reviewer.Model)).ReviewAsync(Cancellation);
            await DerivedState.WaitAsync(Database, Cancellation);
            await _owner.PostAsync($"projects/{_project}/audits", new JsonObject { ["share"] = 0.5 }, Cancellation);
            await (await HireAsync("auditor", "reviewer", ErrorModel.None)).WorkAsync(Cancellation);
            await DerivedState.WaitAsync(Database, Cancellation);

            using var quiet = new ProgressLine("", TimeProvider.System, TextWriter.Null, terminal: false);
            var release = await ReleaseDownload.PublishAsync(_owner, _project, acceptUnassayed: false, "copy", quiet, Cancellation);
            var output = new DirectoryInfo(_folder["release"]);
            await ReleaseDownload.FetchAsync(_owner, release["id"]!.GetValue<string>(), output, Cancellation);
            var labels = new List<LabelRecord>();
            await using var stream = File.OpenRead(Path.Combine(output.FullName, "labels.ndjson"));
            await foreach (var line in LabelsReader.ReadAsync(stream, Cancellation)) labels.Add(line.Label!);
            return new Released(await ReleaseVerifier.VerifyAsync(output.FullName, Cancellation), labels);
        }

        public async ValueTask DisposeAsync()
        {
            _owner.Dispose();
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        private async Task ImportAsync()
        {
            foreach (var image in _images)
            {
                var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(image.Path, Cancellation)));
                _truths.Add(digest, new ImageTruth(
                    digest, image.WidthPx, image.HeightPx,
                    [.. image.Boxes.Where(b => !b.Ignore).Select(b => new TrueShape(ClassOf(b.Class), b.Box, new Dictionary<string, string>()))], new Dictionary<string, string>()));
            }

            using var quiet = new ProgressLine("", TimeProvider.System, TextWriter.Null, terminal: false);
            var records = _images.Select((image, i) => new ImportRecord(image.Path, null, image.Path, new JsonObject { ["external_id"] = $"image-{i}" }));
            var outcome = await new ImportRunner(_owner, _project, quiet).RunAsync(records.ToAsyncEnumerable(), _images.Count, Cancellation);
            Assert.Empty(outcome.Refused);
            Assert.Equal(_images.Count, outcome.Imported);
        }

        private async Task<DemoPerson> HireAsync(string name, string role, ErrorModel model)
        {
            var hired = await _owner.PostAsync("contributors/simulated", new JsonObject { ["display_name"] = name, ["role"] = role }, Cancellation);
            var simulated = new SimulatedContributor(name, model, Ontology, 1);
            return new DemoPerson(new ApiClient(Address, hired!["key"]!.GetValue<string>()), _project, sha256 => simulated.Answer(_truths[sha256]));
        }

        private static string ClassOf(string name) => new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);

        private static string YamlOf(string set, IReadOnlyList<RealImage> images)
        {
            var yaml = new StringBuilder($"name: {set}\nontology:\n  questions:\n    - id: objects\n      kind: shapes\n      title: Objects\n      required: true\n      classes:\n");
            foreach (var name in images.SelectMany(i => i.Boxes).Where(b => !b.Ignore).Select(b => ClassOf(b.Class)).Distinct().Order(StringComparer.Ordinal))
                yaml.Append($"        - {{id: {name}, title: {name}, geometries: [box]}}\n");
            return yaml.Append("overlap: {min: 3, max: 3}\ngold: {rate: 0}\nreview: {when: below_confidence}\n").ToString();
        }
    }
}
