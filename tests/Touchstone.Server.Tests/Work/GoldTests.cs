using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Trust;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Work;

/// <summary>Whether what a contributor is told, or finds out by returning and skipping, gives gold away: a classifier is trained on all of it.</summary>
public sealed class GoldTests
{
    /// <summary>Pictures that each person is given: few enough that neither gold nor ordinary work runs out, since what is left when one has run out can
    /// be guessed by anybody.</summary>
    private const int PicturesEach = 110;

    private const int People = 3;

    /// <summary>How often the whole test may fail by chance: tokens are truly random, so that it varies from run to run.</summary>
    private const double FamilyWiseError = 0.001;

    /// <summary>One interval for each seed of each setting, and one for each setting's seeds together.</summary>
    private const int Intervals = 5 + 3;

    /// <summary>
    /// Scores that know nothing of gold have an AUC around 0.5 with the standard deviation of Mann and Whitney. Each interval is as wide as Bonferroni's correction asks for, 3.8 deviations; three
    /// seeds together have one of ± 0.08. A third of the leases is returned: were returned gold told apart, with the rest guessed, the AUC would be about 0.78, far beyond.
    /// </summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite, "", 3)]
    [InlineData(DatabaseKind.Postgres, "", 1)]
    [InlineData(DatabaseKind.Sqlite, "evaluation: {tasks: 90}\n", 1)]
    public async Task No_classifier_can_tell_gold_from_ordinary_work(DatabaseKind kind, string settings, int seeds)
    {
        var deviations = Touchstone.Statistics.Normal.Quantile(1 - FamilyWiseError / Intervals / 2);
        var (sum, variances) = (0.0, 0.0);
        for (var seed = 1; seed <= seeds; seed++)
        {
            var samples = await SamplesAsync(kind, seed, settings);
            var (gold, ordinary) = ((double)samples.Count(s => s.IsGold), (double)samples.Count(s => !s.IsGold));
            Assert.True(gold >= 80 && ordinary >= 120, $"{gold} gold and {ordinary} ordinary are too few to tell.");
            var variance = (gold + ordinary + 1) / (12 * gold * ordinary);
            var auc = Classifier.CrossValidatedAuc(samples, folds: 10, seed: 4).Auc;
            ExpectGuessing(auc, deviations * Math.Sqrt(variance), $"seed {seed}");
            (sum, variances) = (sum + auc, variances + variance);
        }

        ExpectGuessing(sum / seeds, deviations * Math.Sqrt(variances) / seeds, $"{seeds} seeds together");
    }

    private static void ExpectGuessing(double auc, double half, string of) =>
        Assert.True(Math.Abs(auc - 0.5) <= half, string.Create(CultureInfo.InvariantCulture, $"AUC {auc:0.000} of {of}: its interval, {auc - half:0.000} to {auc + half:0.000}, does not hold 0.5."));

    [Fact]
    public void The_classifier_finds_a_small_leak()
    {
        var random = new Random(8);
        var samples = Enumerable.Range(0, 260).Select(i => (Features: (double[])[.. Enumerable.Range(0, 60).Select(_ => random.NextDouble()), (i % 3 == 0 ? 0.6 : 0) + random.NextDouble()], IsGold: i % 3 == 0)).ToList();
        Assert.InRange(Classifier.CrossValidatedAuc(samples, 10, 4).Lower, 0.6, 1);
    }

    private static async Task<List<(double[] Features, bool IsGold)>> SamplesAsync(DatabaseKind kind, int seed, string settings)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(gold: 0.4) + "\n" + settings);
        var pictures = await shop.PicturesAsync(320);
        var random = new Random(seed);
        var shuffled = Enumerable.Range(0, pictures.Count).ToArray();
        random.Shuffle(shuffled);   // which pictures are gold must not follow from their size
        await shop.ImportAsync(project, shuffled.Select((p, i) => Line(pictures[p], $"street-{i}", i < 110 ? Answers("clear", Car) : null)));
        var seen = new List<Sighting>();
        for (var i = 0; i < People; i++) seen.AddRange(await CollectAsync(shop, await shop.AddAsync($"Person {i}"), project, random));

        await using var store = shop.Database.CreateContext();
        var gold = (await store.Leases.Join(store.Tasks, l => l.TaskId, t => t.Id, (l, t) => new { l.Token, t.Purpose }).ToListAsync()).ToDictionary(l => l.Token.ToString(), l => l.Purpose == TaskPurpose.Gold);
        return seen.ConvertAll(s => (s.AllFeatures(), gold[s.Token]));
    }

    private enum Deed
    {
        Submit,
        Return,
        Skip,
    }

    /// <summary>A picture that somebody was given: what they were told under its first lease, and whether it came back.</summary>
    private sealed record Sighting(string Token, Deed Deed, int Step, double[] Features)
    {
        /// <summary>Steps until the same picture came again; 0 for never.</summary>
        public int CameAfter { get; set; }

        public double[] AllFeatures() =>
        [
            .. Features, (double)Deed, Deed == Deed.Return && CameAfter == 1 ? 1 : 0, CameAfter > 1 ? 1 : 0, Deed == Deed.Return && CameAfter == 0 ? 1 : 0,
            Deed == Deed.Skip && CameAfter > 0 ? 1 : 0,
        ];
    }

    /// <summary>Goes through everything that a contributor may ask of each lease, and returns or skips some. What comes again is answered.</summary>
    private static async Task<IEnumerable<Sighting>> CollectAsync(Workshop shop, Member person, ProjectId project, Random random)
    {
        var seen = new Dictionary<string, Sighting>();
        Task<Answer> MeAsync() => Answer.OfAsync(person.Client.GetAsync("/api/v1/me/work"));
        Task<Answer> ListAsync() => Answer.OfAsync(person.Client.GetAsync("/api/v1/work/projects"));
        var (me, list) = (await MeAsync(), await ListAsync());
        var next = await NextAsync(person, project);
        for (var step = 0; seen.Count < PicturesEach && next.Lease is { } lease; step++)
        {
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
            var token = lease.GetProperty("token").GetString()!;
            var (meHolding, listHolding) = (await MeAsync(), await ListAsync());
            var read = await Answer.OfAsync(person.Client.GetAsync($"/api/v1/leases/{token}"));
            var input = await Answer.OfAsync(person.Client.GetAsync($"/api/v1/leases/{token}/inputs/0"));
            var draft = await Answer.OfAsync(person.Client.GetAsync($"/api/v1/leases/{token}/draft"));
            var heart = await Answer.OfAsync(person.Client.PostAsync($"/api/v1/leases/{token}/heartbeat", null));
            var again = seen.TryGetValue(input.Sha256, out var before);
            var deed = again ? Deed.Submit : random.Next(9) switch { < 3 => Deed.Return, 3 => Deed.Skip, _ => Deed.Submit };
            var (end, after) = await EndAsync(person, project, token, deed);
            var (meAfter, listAfter) = (await MeAsync(), await ListAsync());
            Answer[] answers = [next, read, input, draft, heart, end, meAfter, listAfter];
            double[] features =
            [
                .. answers.SelectMany(answer => answer.Features(read)), .. meHolding.ChangeFrom(me), .. listHolding.ChangeFrom(list),
                .. meAfter.ChangeFrom(meHolding), .. listAfter.ChangeFrom(listHolding), .. Bits(token),
            ];
            if (again) before!.CameAfter = step - before.Step;
            else seen.Add(input.Sha256, new(token, deed, step, features));
            (next, me, list) = (after, meAfter, listAfter);
        }

        return seen.Values;
    }

    private static Task<Answer> NextAsync(Member person, ProjectId project) => Answer.OfAsync(person.Client.PostAsync($"/api/v1/projects/{project}/work/next", null));

    /// <summary>What the server said to the deed, and the next lease.</summary>
    private static async Task<(Answer End, Answer Next)> EndAsync(Member person, ProjectId project, string token, Deed deed)
    {
        using var body = new StringContent(
            deed == Deed.Submit ? $$"""{"answers":{{Answers("clear", Car)}},"active_milliseconds":900}""" : """{"reason":"too dark"}""",
            System.Text.Encoding.UTF8, "application/json");
        var end = await Answer.OfAsync(deed switch
        {
            Deed.Submit => person.Client.PutAsync($"/api/v1/leases/{token}/response?next=true", body),
            Deed.Skip => person.Client.PostAsync($"/api/v1/leases/{token}/skip", body),
            _ => person.Client.PostAsync($"/api/v1/leases/{token}/return", null),
        });
        Assert.InRange(end.Status, 200, 299);
        return (end, deed == Deed.Submit ? end : await NextAsync(person, project));
    }

    private static IEnumerable<double> Bits(string token)
    {
        var bytes = LeaseToken.Parse(token, null).Value.ToByteArray();
        for (var i = 0; i < 32; i++) yield return (bytes[i / 8] >> (i % 8)) & 1;
    }

    /// <summary>One answer of the server, as numbers.</summary>
    private sealed record Answer(int Status, long Length, long HeaderLength, int HeaderCount, string Text, JsonElement? Lease, string Sha256)
    {
        public static async Task<Answer> OfAsync(Task<HttpResponseMessage> sending)
        {
            using var message = await sending;
            var bytes = await message.Content.ReadAsByteArrayAsync();
            var headers = message.Headers.Concat(message.Content.Headers).ToList();
            var isJson = message.Content.Headers.ContentType?.MediaType == "application/json";
            JsonElement? body = isJson ? JsonDocument.Parse(bytes).RootElement : null;
            JsonElement? lease = body is { ValueKind: JsonValueKind.Object } b
                ? b.TryGetProperty("lease", out var own) ? own : b.TryGetProperty("next", out var after) && after.ValueKind == JsonValueKind.Object ? after.GetProperty("lease") : null
                : null;
            if (lease is { ValueKind: not JsonValueKind.Object }) lease = null;
            return new Answer(
                (int)message.StatusCode, bytes.Length, headers.Sum(h => h.Key.Length + h.Value.Sum(v => v.Length)), headers.Count, body is { } json ? json.GetRawText() : "", lease,
                Convert.ToHexString(SHA256.HashData(bytes)));
        }

        /// <summary>What a contributor sees who asks the same before and after.</summary>
        public IEnumerable<double> ChangeFrom(Answer before)
        {
            yield return Length - before.Length;
            yield return HeaderLength - before.HeaderLength;
            yield return Numbers().Sum() - before.Numbers().Sum();
            yield return Numbers().Count - before.Numbers().Count;
        }

        private List<double> Numbers()
        {
            using var document = JsonDocument.Parse(Text);
            var found = new List<double>();
            Add(document.RootElement);
            return found;

            void Add(JsonElement element)
            {
                if (element.ValueKind == JsonValueKind.Number) found.Add(element.GetDouble());
                else if (element.ValueKind == JsonValueKind.True) found.Add(1);
                else if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) Add(item);
                else if (element.ValueKind == JsonValueKind.Object) foreach (var property in element.EnumerateObject()) Add(property.Value);
            }
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
