using System.Text.Json;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

/// <summary>A project labelled by three scripted contributors and judged by an auditor, all through the API.</summary>
internal sealed class Street
{
    /// <summary>The picture of which a reviewer sends an answer back first.</summary>
    private const int SentBackWidth = 64;

    private readonly Workshop _shop;
    private readonly Random _random = new(11);

    private Street(Workshop shop, ProjectId project) => (_shop, Project) = (shop, project);

    public ProjectId Project { get; }

    public IReadOnlyList<Member> People { get; private set; } = [];

    /// <summary>Imports and labels everything; what is still in dispute is decided by a reviewer.</summary>
    public static async Task<Street> LabelAsync(Workshop shop, int pictures, int gold, string review = "below_confidence")
    {
        var project = await shop.ProjectAsync(Yaml(max: 2, gold: gold > 0 ? 0.3 : 0, review: review));
        var street = new Street(shop, project);
        var assets = await shop.PicturesAsync(pictures + gold);
        await shop.ImportAsync(project, assets.Select((a, i) => Line(a, $"street-{i}", i < pictures ? null : Truth(64 + i))));
        street.People = [await shop.AddAsync("Ann", simulated: true), await shop.AddAsync("Bob"), await shop.AddAsync("Cid")];
        var isBusy = true;
        while (isBusy)
        {
            isBusy = false;
            foreach (var person in street.People)
            {
                if (await person.NextAsync(project) is not { } lease) continue;
                isBusy = true;
                await person.SubmitAsync(lease.GetProperty("token").GetString()!, street.Noisy(lease.GetProperty("inputs")[0].GetProperty("width").GetInt32()));
            }

            await shop.SettleAsync();
        }

        await street.ReviewAsync();
        return street;
    }

    /// <summary>What is there, by the picture's width: one or two things and the weather.</summary>
    public static string Truth(int width) => Answers(width % 3 == 0 ? "rain" : "clear", ThingsOf(width));

    private static Thing[] ThingsOf(int width) => width % 2 == 0 ? [Car.Moved(width % 5, 0), Walker] : [Car.Moved(0, width % 4)];

    /// <summary>The truth as somebody sees it: edges jitter, sometimes a thing is missed or the weather mistaken.</summary>
    private string Noisy(int width)
    {
        var things = ThingsOf(width).Where(_ => _random.NextDouble() > 0.06).Select(t => t with
        {
            X = Math.Round(t.X + _random.NextDouble() - 0.5, 2),
            Y = Math.Round(t.Y + _random.NextDouble() - 0.5, 2),
        });
        var weather = _random.NextDouble() < 0.05 ? "snow" : width % 3 == 0 ? "rain" : "clear";
        return Answers(weather, [.. things]);
    }

    private async Task ReviewAsync()
    {
        var rita = await _shop.AddAsync("Rita", Role.Reviewer);
        while (await ReviewOfAsync(rita) is { } lease)
        {
            var token = lease.GetProperty("token").GetString();
            var width = lease.GetProperty("inputs")[0].GetProperty("width").GetInt32();
            if (width != SentBackWidth)
            {
                await rita.PutAsync($"/api/v1/reviews/{token}", width % 4 == 1 ? $$"""{"decision":"edit","answers":{{Truth(width)}}}""" : """{"decision":"accept"}""");
                continue;
            }

            var response = lease.GetProperty("responses")[0].GetProperty("response").GetGuid();
            await rita.PutAsync($"/api/v1/reviews/{token}", new { decision = "send_back", response, comments = new[] { new { text = "Look at the road." } } });
            foreach (var person in People)
            {
                if (await person.NextAsync(Project) is { } again && again.GetProperty("correction").ValueKind == JsonValueKind.Object)
                    await person.SubmitAsync(again.GetProperty("token").GetString()!, Answers("rain", ThingsOf(width)));
            }

            await _shop.SettleAsync();
            var roy = await _shop.AddAsync("Roy", Role.Reviewer);
            if (await ReviewOfAsync(roy) is { } second)
                await roy.PutAsync($"/api/v1/reviews/{second.GetProperty("token").GetString()}", new { decision = "accept" });
            await _shop.SettleAsync();
        }

        await _shop.SettleAsync();
    }

    private async Task<JsonElement?> ReviewOfAsync(Member reviewer) =>
        (await reviewer.PostAsync($"/api/v1/projects/{Project}/reviews/next")).GetProperty("lease") is { ValueKind: JsonValueKind.Object } lease ? lease : null;

    /// <summary>Draws an audit and has it judged by somebody who had no part in it.</summary>
    public async Task AuditAsync(int size, int? judged = null, string by = "Audrey")
    {
        await _shop.Owner.PostAsync($"/api/v1/projects/{Project}/audits", new { size }, System.Net.HttpStatusCode.Created);
        await _shop.SettleAsync();
        var audrey = await _shop.AddAsync(by, Role.Reviewer);
        for (var i = 0; (judged is null || i < judged) && await audrey.NextAsync(Project) is { } lease; i++)
            await audrey.SubmitAsync(lease.GetProperty("token").GetString()!, Truth(lease.GetProperty("inputs")[0].GetProperty("width").GetInt32()));
        await _shop.SettleAsync();
    }

    /// <summary>Draws an audit as it was asked for, and tells its body.</summary>
    public async Task<JsonElement> DrawAsync(object request)
    {
        var audit = await _shop.Owner.PostAsync($"/api/v1/projects/{Project}/audits", request, System.Net.HttpStatusCode.Created);
        await _shop.SettleAsync();
        return audit;
    }

    /// <summary>A new reviewer judges everything that is there to judge; the first few by mistake.</summary>
    public async Task JudgeAsync(string name, int mistakes = 0)
    {
        var auditor = await _shop.AddAsync(name, Role.Reviewer);
        for (var i = 0; await auditor.NextAsync(Project) is { } lease; i++)
        {
            var width = lease.GetProperty("inputs")[0].GetProperty("width").GetInt32();
            await auditor.SubmitAsync(lease.GetProperty("token").GetString()!, i < mistakes ? Answers("snow", ThingsOf(width)) : Truth(width));
        }

        await _shop.SettleAsync();
    }

    /// <summary>Waits until a release is built or has failed.</summary>
    public async Task<JsonElement> PublishedAsync(Guid release)
    {
        while (true)
        {
            // The clock must not run while the job does: its lease is kept by it.
            var signal = _shop.Database.OutboxSignal;
            var seen = signal.Version;
            using var body = JsonDocument.Parse(await _shop.Owner.Client.GetStringAsync($"/api/v1/releases/{release}"));
            if (body.RootElement.GetProperty("state").GetString() != "building") return body.RootElement.Clone();
            await signal.WaitAsync(seen, TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }
}
