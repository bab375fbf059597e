using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Touchstone.Files.Png;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Trust;

/// <summary>A real server on a database of its own, in this process, with an organization and people who hold keys.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly StoreFixture _fixture;
    private readonly string _folder;

    private Workshop(StoreFixture fixture, string folder, WebApplication server, ManualClock clock) =>
        (_fixture, _folder, Server, Clock) = (fixture, folder, server, clock);

    public WebApplication Server { get; }

    public ManualClock Clock { get; }

    public OrganizationId Organization { get; private set; }

    public Member Owner { get; private set; } = null!;

    public StoreDatabase Database => Server.Services.GetRequiredService<StoreDatabase>();

    public Derivation Derivation => Server.Services.GetRequiredService<Derivation>();

    public string Folder => _folder;

    public static async Task<Workshop> OpenAsync(DatabaseKind kind)
    {
        var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        var folder = kind == DatabaseKind.Sqlite ? Path.GetDirectoryName(fixture.Location)! : Directory.CreateTempSubdirectory("touchstone-trust-").FullName;
        var clock = new ManualClock();
        var server = TouchstoneServer.Build(new ServerOptions
        {
            DataFolder = folder,
            Database = kind == DatabaseKind.Sqlite ? null : fixture.Location,
            Clock = clock,
            Seed = 7,
            Log = Environment.GetEnvironmentVariable("TOUCHSTONE_TEST_LOG") == "1",
            Configure = builder => builder.WebHost.UseTestServer(),
        });
        await server.StartAsync();
        await TouchstoneServer.PreparedAsync(server, CancellationToken.None);
        var workshop = new Workshop(fixture, folder, server, clock);
        var (organization, owner) = await Administration.CreateOwnerAsync(workshop.Database, clock, "Test", "Olga", null, null, CancellationToken.None);
        workshop.Organization = organization;
        workshop.Owner = await workshop.MemberAsync(owner, "Olga");
        return workshop;
    }

    /// <summary>A new contributor with a key.</summary>
    public async Task<Member> AddAsync(string name, Role role = Role.Contributor, bool simulated = false)
    {
        var now = Clock.Now();
        var id = ContributorId.New(now);
        await Database.WriteAsync(
            (store, _) =>
            {
                var person = new Person { Id = PersonId.New(now), DisplayName = name, SecurityStamp = name, Simulated = simulated, CreatedAt = now };
                store.Add(person);
                store.Add(new Contributor { Id = id, OrganizationId = Organization, PersonId = person.Id, Role = role, DisplayName = name, Simulated = simulated, CreatedAt = now });
                return Task.FromResult(0);
            },
            CancellationToken.None);
        return await MemberAsync(id, name);
    }

    private async Task<Member> MemberAsync(ContributorId id, string name)
    {
        var key = await Administration.CreateKeyAsync(Database, Clock, Organization, id, name, CancellationToken.None);
        var client = Server.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new Member(id, client, Clock);
    }

    /// <summary>A project from its YAML, as its id.</summary>
    public async Task<ProjectId> ProjectAsync(string yaml)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await Owner.Client.PostAsync("/api/v1/projects?synthetic=true", content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return ProjectId.From((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
    }

    /// <summary>Uploads small pictures, each different.</summary>
    public async Task<List<Guid>> PicturesAsync(int count, int width = 64, int height = 48)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            using var content = new ByteArrayContent(Picture(i, width + i, height));   // a width of its own, so that scripts know what they see
            content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            using var answer = await Owner.Client.PostAsync($"/api/v1/assets?file_name=street-{i}.png&synthetic=true", content);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            ids.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
        }

        return ids;
    }

    public async Task ImportAsync(ProjectId project, IEnumerable<string> lines)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var answer = await Owner.Client.PostAsync($"/api/v1/projects/{project}/tasks", content);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, report.ToString());
        Assert.Equal(0, report.GetProperty("refused").GetInt64());
    }

    /// <summary>Waits until everything that happened is derived.</summary>
    public async Task SettleAsync()
    {
        while (true)
        {
            var signal = Database.OutboxSignal;
            var seen = signal.Version;
            await Derivation.RunAsync(CancellationToken.None);
            await using var store = Database.CreateContext();
            var position = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == Derivation.Consumer);
            var (epoch, sequence) = (position?.Epoch ?? 0, position?.Sequence ?? 0);
            if (!await store.Outbox.AnyAsync(r => r.Epoch > epoch || (r.Epoch == epoch && r.Sequence > sequence))) return;
            await signal.WaitAsync(seen, TimeSpan.FromMilliseconds(20), CancellationToken.None);   // PostgreSQL: until no older transaction runs anywhere
        }
    }

    private static byte[] Picture(int number, int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(number).NextBytes(pixels.AsSpan(0, 300));
        using var stream = new MemoryStream();
        PngWriter.Write(stream, PngImage.Rgb(width, height, pixels));
        return stream.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.StopAsync();
        await Server.DisposeAsync();
        await _fixture.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Somebody with a key.</summary>
internal sealed record Member(ContributorId Id, HttpClient Client, ManualClock Clock)
{
    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => await SendAsync(HttpMethod.Get, path, null, expected);

    public async Task<JsonElement> PostAsync(string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK) => await SendAsync(HttpMethod.Post, path, body, expected);

    public async Task<JsonElement> PutAsync(string path, object? body, HttpStatusCode expected = HttpStatusCode.OK) => await SendAsync(HttpMethod.Put, path, body, expected);

    public async Task<JsonElement> DeleteAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => await SendAsync(HttpMethod.Delete, path, null, expected);

    /// <summary>The next lease of a project; null when there is none.</summary>
    public async Task<JsonElement?> NextAsync(ProjectId project)
    {
        var next = await PostAsync($"/api/v1/projects/{project}/work/next");
        return next.GetProperty("lease") is { ValueKind: JsonValueKind.Object } lease ? lease : null;
    }

    public Task<JsonElement> SubmitAsync(string token, string answers, bool next = false, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendRawAsync(HttpMethod.Put, $"/api/v1/leases/{token}/response{(next ? "?next=true" : "")}", $$"""{"answers":{{answers}},"active_milliseconds":1500}""", expected);

    private Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode expected) =>
        SendRawAsync(method, path, body is null ? null : body as string ?? JsonSerializer.Serialize(body), expected);

    private async Task<JsonElement> SendRawAsync(HttpMethod method, string path, string? body, HttpStatusCode expected)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(250));
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{method} {path}: expected {(int)expected}, got {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }
}
