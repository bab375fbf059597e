using System.Text.Json.Nodes;
using Touchstone.Server.Trust.Releases.Verification;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Trust;

/// <summary>A sound release of a stratified audit of which two judged a part.</summary>
public sealed class SoundStratifiedRelease : IAsyncLifetime
{
    private Workshop? _shop;

    public string Folder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(_shop, pictures: 16, gold: 0, review: "always");
        await street.DrawAsync(new { size = 10, strata = "class_and_confidence", twice = 0.5 });
        await street.JudgeAsync("Audrey");
        await street.JudgeAsync("Aurora", mistakes: 1);
        var created = await _shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { }, System.Net.HttpStatusCode.Accepted);
        var release = await street.PublishedAsync(created.GetProperty("id").GetGuid());
        Assert.Equal("published", release.GetProperty("state").GetString());
        Folder = Path.Combine(_shop.Folder, "releases", release.GetProperty("id").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null) await _shop.DisposeAsync();
    }
}

public sealed class StratifiedTamperingTests(SoundStratifiedRelease sound) : IClassFixture<SoundStratifiedRelease>
{
    private const string Release = "release.json", Lineage = "lineage.ndjson", Evidence = "evidence.ndjson", Population = "audit-population.txt";

    private sealed record Tampering(string Name, Action<TamperedFolder> Edit, string File, string Fact);

    // All of them by somebody who knows the format and states digests and lengths anew.
    private static readonly Tampering[] Kinds =
    [
        new("a task moved to another stratum", f => f.EditText(Population, Swap), Release, "sampling"),
        new("a task without a stratum", f => f.WriteLines(Population, f.Lines(Population).Select((l, i) => i == 0 ? l[..36] : l)), Population, "schema"),
        new("a stratum that is not there", f => f.WriteLines(Population, f.Lines(Population).Select((l, i) => i == 0 ? l[..37] + "9" : l)), Population, "schema"),
        new("strata left out", f => f.EditDocument(c => c["assay"]!["audit"]!.AsObject().Remove("strata")), Population, "schema"),
        new("a stratum drawn larger", f => Stratum(f, s => s["sampled"] = (int)s["sampled"]! + 1), Release, "sampling"),
        new("a stratum covers more", f => Stratum(f, s => s["covered"] = (int)s["covered"]! + 1), Release, "sampling"),
        new("a stratum judged less", f => Stratum(f, s => s["judged"] = (int)s["judged"]! - 1), Release, "sampling"),
        new("the simple method stated", f => f.EditDocument(c => c["assay"]!["audit"]!["method"] = "smallest-sha256(seed_le64 || task_id_be128)"), Release, "sampling"),
        new("looks at a stratified sample", f => f.EditDocument(c => c["assay"]!["audit"]!["looks"] = new JsonArray(new JsonObject { ["sampled"] = 2, ["twice"] = 0 }, new JsonObject { ["sampled"] = 10, ["twice"] = 5 })), Release, "sampling"),
        new("a second judgement hidden", HideSecond, Release, "sampling"),
        new("a second judgement hidden and its count mended", f => { HideSecond(f); Mend(f, -1); }, Release, "assay"),
        new("a second judgement moved to another task", MoveSecond, Evidence, "sampling"),
        new("the second auditor is the first", f => f.EditLine(Evidence, HasSecond, l => l["second"]!["grader"] = (string)l["grader"]!), Evidence, "independence"),
        new("the second auditor labelled it", f => f.EditLine(Evidence, HasSecond, l => l["second"]!["grader"] = LabellerOf(f, (string)l["task"]!)), Evidence, "own_work"),
        new("the second auditor's answers agree", f => f.EditLine(Evidence, l => HasSecond(l) && Weather(l) != Weather(l["second"]!), l => l["second"]!["answers"] = l["answers"]!.DeepClone()), Release, "assay"),
        new("the second auditor's answers unlike their response", f => f.EditLine(Evidence, HasSecond, l => l["second"]!["answers"]!["weather"] = (string?)l["second"]!["answers"]!["weather"] == "snow" ? "rain" : "snow"), Evidence, "lineage"),
        new("an unknown response of the second", f => f.EditLine(Evidence, HasSecond, l => l["second"]!["response"] = Guid.NewGuid().ToString()), Evidence, "lineage"),
        new("the auditors' error made smaller", f => f.EditDocument(c => c["assay"]!["auditors"]![0]!["high"] = 0.001), Release, "assay"),
        new("the auditors' error left out", f => f.EditDocument(c => c["assay"]!.AsObject().Remove("auditors")), Release, "assay"),
        new("fewer second judgements drawn", f => f.EditDocument(c => c["assay"]!["audit"]!["twice"]!["drawn"] = 1), Evidence, "sampling"),
    ];

    public static TheoryData<string> Names => [.. Kinds.Select(k => k.Name)];

    [Fact]
    public async Task The_release_is_sound_to_begin_with()
    {
        var report = await ReleaseVerifier.VerifyAsync(sound.Folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Tampering_is_refused_with_its_file_and_fact(string name)
    {
        var kind = Kinds.Single(k => k.Name == name);
        using var folder = new TamperedFolder(sound.Folder);
        kind.Edit(folder);
        folder.Rehash();
        var report = await ReleaseVerifier.VerifyAsync(folder.Root);
        Assert.False(report.Accepted);
        Assert.True(report.Failures.Any(f => f.File == kind.File && f.Fact == kind.Fact), $"expected {kind.File} {kind.Fact}, found\n{string.Join('\n', report.Failures)}");
    }

    private static bool HasSecond(JsonNode line) => line["second"] is not null;

    private static string? Weather(JsonNode line) => line["answers"]!["weather"]?.ToJsonString();

    private static void Stratum(TamperedFolder f, Action<JsonNode> edit) => f.EditDocument(c => edit(c["assay"]!["audit"]!["strata"]!.AsArray().First(s => (int)s!["judged"]! > 0)!));

    /// <summary>The first task in another stratum than its own.</summary>
    private static string Swap(string text)
    {
        var lines = text.Split('\n');
        var other = lines.First(l => l.Length == 38 && l[37] != lines[0][37]);
        lines[0] = lines[0][..37] + other[37];
        return string.Join('\n', lines);
    }

    private static string LabellerOf(TamperedFolder f, string task) =>
        (string)f.Lines("labels.ndjson").Select(l => JsonNode.Parse(l)!).Single(l => (string)l["task"]! == task)["lineage"]!["responses"]![0]!["contributor"]!;

    private static void HideSecond(TamperedFolder f)
    {
        string? response = null;
        f.EditLine(Evidence, HasSecond, l =>
        {
            response = (string)l["second"]!["response"]!;
            l.AsObject().Remove("second");
        });
        f.WriteLines(Lineage, f.Lines(Lineage).Where(l => (string)JsonNode.Parse(l)!["response"]! != response));
    }

    private static void Mend(TamperedFolder f, int by) => f.EditDocument(c => c["assay"]!["audit"]!["twice"]!["judged"] = (int)c["assay"]!["audit"]!["twice"]!["judged"]! + by);

    private static void MoveSecond(TamperedFolder f)
    {
        JsonNode? second = null;
        string? task = null;
        f.EditLine(Evidence, HasSecond, l =>
        {
            task = (string)l["task"]!;
            second = l["second"]!.DeepClone();
            l.AsObject().Remove("second");
        });
        f.EditLine(Evidence, l => !HasSecond(l) && (string)l["task"]! != task, l => l["second"] = second);
    }
}
