using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Trust;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Work;

/// <summary>Whether what a contributor is told gives gold away: a classifier is trained on all of it.</summary>
public sealed class GoldTests
{
    /// <summary>Tokens are truly random, so an interval of 95 % misses by chance once in twenty times; a leak would show every time.</summary>
    private const int Attempts = 3;

    /// <summary>Few enough that neither gold nor ordinary work runs out: what is left when one has run out can be guessed by anybody.</summary>
    private const int LeasesEach = 110;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task No_classifier_can_tell_gold_from_ordinary_work(DatabaseKind kind)
    {
        var told = new List<string>();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var (auc, lower, upper) = Classifier.CrossValidatedAuc(await SamplesAsync(kind, attempt), folds: 10, seed: 4);
            if (lower <= 0.5 && 0.5 <= upper) return;
            told.Add(string.Create(CultureInfo.InvariantCulture, $"AUC {auc:0.000}, 95 % interval {lower:0.000} to {upper:0.000}"));
        }

        Assert.Fail(string.Join("; ", told));
    }

    [Fact]
    public void The_classifier_finds_a_small_leak()
    {
        var random = new Random(8);
        var samples = Enumerable.Range(0, 260).Select(i => (Features: (double[])[.. Enumerable.Range(0, 60).Select(_ => random.NextDouble()), (i % 3 == 0 ? 0.6 : 0) + random.NextDouble()], IsGold: i % 3 == 0)).ToList();
        Assert.InRange(Classifier.CrossValidatedAuc(samples, 10, 4).Lower, 0.6, 1);
    }

    private static async Task<List<(double[] Features, bool IsGold)>> SamplesAsync(DatabaseKind kind, int seed)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(gold: 0.4));
        var pictures = await shop.PicturesAsync(220);
        var shuffled = Enumerable.Range(0, pictures.Count).ToArray();
        new Random(seed).Shuffle(shuffled);   // which pictures are gold must not follow from their size
        await shop.ImportAsync(project, shuffled.Select((p, i) => Line(pictures[p], $"street-{i}", i < 70 ? Answers("clear", Car) : null)));
        Member[] people = [await shop.AddAsync("Ann"), await shop.AddAsync("Bob")];
        var seen = new List<(double[] Features, string Token)>();
        foreach (var person in people) await CollectAsync(shop, person, project, seen);

        await using var store = shop.Database.CreateContext();
        var gold = (await store.Leases.Join(store.Tasks, l => l.TaskId, t => t.Id, (l, t) => new { l.Token, t.Purpose }).ToListAsync()).ToDictionary(l => l.Token.ToString(), l => l.Purpose == TaskPurpose.Gold);
        var samples = seen.ConvertAll(s => (s.Features, IsGold: gold[s.Token]));
        Assert.InRange(samples.Count(s => s.IsGold), 40, samples.Count - 40);
        return samples;
    }

    /// <summary>Goes through everything that a contributor may ask of each lease.</summary>
    private static async Task CollectAsync(Workshop shop, Member person, ProjectId project, List<(double[], string)> seen)
    {
        using var first = await person.Client.PostAsync($"/api/v1/projects/{project}/work/next", null);
        var next = await Answer.OfAsync(first);
        for (var i = 0; i < LeasesEach && next.Lease is { } lease; i++)
        {
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
            var token = lease.GetProperty("token").GetString()!;
            using var read = await person.Client.GetAsync($"/api/v1/leases/{token}");
            using var input = await person.Client.GetAsync($"/api/v1/leases/{token}/inputs/0");
            using var draft = await person.Client.GetAsync($"/api/v1/leases/{token}/draft");
            using var heart = await person.Client.PostAsync($"/api/v1/leases/{token}/heartbeat", null);
            using var body = new StringContent($$"""{"answers":{{Answers("clear", Car)}},"active_milliseconds":900}""", System.Text.Encoding.UTF8, "application/json");
            using var submit = await person.Client.PutAsync($"/api/v1/leases/{token}/response?next=true", body);
            using var me = await person.Client.GetAsync("/api/v1/me/work");
            using var list = await person.Client.GetAsync("/api/v1/work/projects");
            Answer[] answers = [next, await Answer.OfAsync(read), await Answer.OfAsync(input), await Answer.OfAsync(draft), await Answer.OfAsync(heart), await Answer.OfAsync(submit), await Answer.OfAsync(me), await Answer.OfAsync(list)];
            seen.Add(([.. answers.SelectMany(a => a.Features(answers[1])), .. Bits(token)], token));
            next = answers[5];
        }
    }

    private static IEnumerable<double> Bits(string token)
    {
        var bytes = LeaseToken.Parse(token, null).Value.ToByteArray();
        for (var i = 0; i < 32; i++) yield return (bytes[i / 8] >> (i % 8)) & 1;
    }

    /// <summary>One answer of the server, as numbers.</summary>
    private sealed record Answer(int Status, long Length, long HeaderLength, int HeaderCount, string Text, JsonElement? Lease)
    {
        public static async Task<Answer> OfAsync(HttpResponseMessage message)
        {
            var bytes = await message.Content.ReadAsByteArrayAsync();
            var headers = message.Headers.Concat(message.Content.Headers).ToList();
            var isJson = message.Content.Headers.ContentType?.MediaType == "application/json";
            JsonElement? body = isJson ? JsonDocument.Parse(bytes).RootElement : null;
            JsonElement? lease = body is { ValueKind: JsonValueKind.Object } b
                ? b.TryGetProperty("lease", out var own) ? own : b.TryGetProperty("next", out var after) && after.ValueKind == JsonValueKind.Object ? after.GetProperty("lease") : null
                : null;
            if (lease is { ValueKind: not JsonValueKind.Object }) lease = null;
            return new Answer(
                (int)message.StatusCode, bytes.Length, headers.Sum(h => h.Key.Length + h.Value.Sum(v => v.Length)), headers.Count, body is { } json ? json.GetRawText() : "", lease);
        }

        public IEnumerable<double> Features(Answer lease)
        {
            yield return Status;
            yield return Length;
            yield return HeaderLength;
            yield return HeaderCount;
            yield return Text.Count(c => c == '"');
            yield return Text.Length % 7;
            using var document = JsonDocument.Parse(lease.Text);
            var root = document.RootElement;
            yield return (root.GetProperty("expires_at").GetDateTime() - root.GetProperty("issued_at").GetDateTime()).TotalSeconds;
            yield return root.GetProperty("issued_at").GetDateTime().Ticks % 1000;
            yield return root.GetProperty("inputs")[0].GetProperty("width").GetInt32();
            yield return root.GetProperty("inputs")[0].GetProperty("height").GetInt32();
            yield return root.GetProperty("ontology_version").GetInt32();
        }
    }
}
