using System.Text.Json.Nodes;
using Touchstone.Server.Trust.Releases.Verification;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Trust;

/// <summary>One sound release, made once, for all the ways of spoiling it.</summary>
public sealed class SoundRelease : IAsyncLifetime
{
    private Workshop? _shop;

    public string Folder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(_shop, pictures: 14, gold: 3, review: "always");
        await street.AuditAsync(size: 8, judged: 7);
        var created = await _shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { images = "copy" }, System.Net.HttpStatusCode.Accepted);
        var release = await street.PublishedAsync(created.GetProperty("id").GetGuid());
        Assert.Equal("published", release.GetProperty("state").GetString());
        Folder = Path.Combine(_shop.Folder, "releases", release.GetProperty("id").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null) await _shop.DisposeAsync();
    }
}

public sealed class TamperingTests(SoundRelease sound) : IClassFixture<SoundRelease>
{
    private const string Release = "release.json", Labels = "labels.ndjson", Lineage = "lineage.ndjson", Evidence = "evidence.ndjson", Coco = "annotations.coco.json", Card = "CARD.md",
        Population = "audit-population.txt";

    /// <summary>An edit, whether files and content are hashed anew after it, and what must be told.</summary>
    private sealed record Tampering(string Name, Action<TamperedFolder> Edit, string File, string Fact, bool Rehash = false);

    private static readonly Tampering[] Kinds =
    [
        // Without care: the file list tells.
        new("labels cut short", f => Cut(f, Labels), Labels, "bytes"),
        new("a byte of labels changed", f => Flip(f, Labels), Labels, "sha256"),
        new("coco cut short", f => Cut(f, Coco), Coco, "bytes"),
        new("release.json cut short", f => Cut(f, Release), Release, "schema"),
        new("card gone", f => File.Delete(f.PathOf(Card)), Card, "missing_file"),
        new("evidence gone", f => File.Delete(f.PathOf(Evidence)), Evidence, "missing_file"),
        new("release.json gone", f => File.Delete(f.PathOf(Release)), Release, "missing_file"),
        new("a file more", f => f.Write("notes.txt", "hello"), "notes.txt", "extra_file"),
        new("a picture more", f => File.Copy(f.PathOf(f.Images[0]), f.PathOf("images/extra.png")), "images/extra.png", "extra_file"),
        new("a folder more", f => Directory.CreateDirectory(f.PathOf("more")), "more", "extra_folder"),
        new("labels behind a link", f => Link(f, Labels), Labels, "symbolic_link"),
        new("release.json behind a link", f => Link(f, Release), Release, "symbolic_link"),
        new("a picture renamed", f => File.Move(f.PathOf(f.Images[0]), f.PathOf("images/0.png")), "images/0.png", "extra_file"),
        new("a byte of a picture changed", f => Flip(f, f.Images[0]), "images/", "sha256"),
        new("a picture gone", f => File.Delete(f.PathOf(f.Images[1])), "images/", "missing_file"),
        new("an interval changed", f => f.Replace(Release, "\"upper\": ", "\"upper\": 0"), Release, "schema"),
        new("white space in the content", f => f.Replace(Release, "\"project\": {", "\"project\":  {"), Release, "content_digest"),
        new("the digest changed", f => f.Replace(Release, "\"digest\": \"", "\"digest\": \"0"), Release, "content_digest"),
        new("a byte order mark", f => File.WriteAllBytes(f.PathOf(Release), [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(f.PathOf(Release))]), Release, "schema"),
        new("a member twice", f => f.Replace(Release, "\"format_version\": 1,", "\"format_version\": 1, \"format_version\": 1,"), Release, "schema"),
        new("an unknown member", f => f.EditDocument(c => c["trusted"] = true), Release, "schema"),
        new("a member missing", f => f.EditDocument(c => c.AsObject().Remove("origin")), Release, "schema"),
        new("another format", f => f.Replace(Release, "touchstone-release", "some-release"), Release, "format"),
        new("another version of the format", f => f.Replace(Release, "\"format_version\": 1", "\"format_version\": 2"), Release, "format_version"),
        new("not a number", f => f.Replace(Release, "\"confidence\": 0.95", "\"confidence\": NaN"), Release, "schema"),
        new("a number beyond all", f => f.Replace(Release, "\"confidence\": 0.95", "\"confidence\": 1e999"), Release, "schema"),

        // With care: lengths and digests are right again, deeper facts are not.
        new("an interval moved", f => f.EditDocument(c => c["assay"]!["figures"]![0]!["lower"] = 0.999), Release, "assay", true),
        new("an estimate raised", f => f.EditDocument(c => c["assay"]!["figures"]![1]!["estimate"] = 0.987), Release, "assay", true),
        new("a sample made larger", f => f.EditDocument(c => c["assay"]!["figures"]![0]!["sample_units"] = 4000), Release, "assay", true),
        new("a figure taken out", f => f.EditDocument(c => c["assay"]!["figures"]!.AsArray().RemoveAt(0)), Release, "assay", true),
        new("a caveat taken out", f => f.EditDocument(c => c["assay"]!["not_known"]!.AsArray().RemoveAt(0)), Release, "assay", true),
        new("a gold figure raised", f => f.EditDocument(c => c["assay"]!["gold_figures"]![0]!["upper"] = 0.5), Release, "assay", true),
        new("a grading changed", f => f.EditDocument(c => c["assay"]!["graded"]![0]!["true_positives"] = 9), Release, "assay", true),
        new("a measured release called unassayed", f => f.EditDocument(c => c["assay"]!["status"] = "unassayed"), Release, "assay", true),
        new("an audit's answer dropped", f => DropLine(f, Evidence, n => Kind(n) == "audit"), Evidence, "sampling", true),
        new("an audit's answer changed", f => f.EditLine(Evidence, n => Kind(n) == "audit", n => n["answers"]!["objects"]!.AsArray().Clear()), Release, "assay", true),
        new("an audit's answer unlike its response", f => f.EditLine(Evidence, n => Kind(n) == "audit", n => n["answers"]!["weather"] = (string?)n["answers"]!["weather"] == "snow" ? "rain" : "snow"), Evidence, "lineage", true),
        new("an audit's shape that its response has not", f => f.EditLine(Evidence, n => Kind(n) == "audit", n => n["answers"]!["objects"]![0]!["id"] = "s77"), Evidence, "lineage", true),
        new("an audit's response without shapes", f => f.EditLine(Lineage, n => n["canonical_digest"] is not null, n => n["shapes"]!["objects"] = new JsonArray()), Evidence, "lineage", true),
        new("an audit's answer called not judged", HideAudit, Release, "assay", true),
        new("another task audited", AuditAnother, Evidence, "sampling", true),
        new("another seed", f => f.EditDocument(c => c["assay"]!["audit"]!["seed"] = "6"), Evidence, "sampling", true),
        new("a seed that is none", f => f.EditDocument(c => c["assay"]!["audit"]!["seed"] = "7.0"), Release, "sampling", true),
        new("a population made smaller", f => f.WriteLines(Population, f.Lines(Population).Skip(1)), Release, "sampling", true),
        new("a population out of order", f => f.WriteLines(Population, f.Lines(Population).AsEnumerable().Reverse()), Population, "order", true),
        new("a task twice in the population", f => f.WriteLines(Population, f.Lines(Population).Take(1).Concat(f.Lines(Population))), Population, "duplicate", true),
        new("fewer tasks covered", f => f.EditDocument(c => c["assay"]!["audit"]!["covered"] = 9), Release, "sampling", true),
        new("an auditor who had a part", JudgeOneself, Evidence, "own_work", true),
        new("an audit's response of another id", f => f.EditLine(Evidence, n => Kind(n) == "audit", n => n["response"] = Guid.Empty.ToString()), Evidence, "lineage", true),
        new("a known answer changed", f => f.EditLine(Evidence, n => Kind(n) == "gold", n => n["answers"]!["weather"] = "snow"), Release, "assay", true),
        new("a gold response dropped", f => f.EditLine(Evidence, n => Kind(n) == "gold", n => n["responses"]!.AsArray().RemoveAt(0)), Evidence, "lineage", true),
        new("gold before audits", f => f.WriteLines(Evidence, f.Lines(Evidence).AsEnumerable().Reverse()), Evidence, "order", true),
        new("an unknown kind of evidence", f => f.Replace(Evidence, "\"kind\":\"gold\"", "\"kind\":\"rumour\""), Evidence, "schema", true),
        new("two labels' answers swapped", SwapAnswers, Coco, "coco", true),
        new("a simulated label called human", f => f.EditLine(Labels, n => (string?)n["origin"] == "simulated", n => n["origin"] = "human"), Labels, "origin", true),
        new("a human label called simulated", f => f.EditLine(Labels, n => (string?)n["origin"] == "human", n => n["origin"] = "simulated"), Release, "origin", true),
        new("a drawn picture called real", f => f.EditLine(Labels, _ => true, n => n["image"]!["synthetic"] = false), Release, "origin", true),
        new("a label dropped", f => f.WriteLines(Labels, f.Lines(Labels).Skip(1)), Release, "counts", true),
        new("the last label dropped", f => f.WriteLines(Labels, f.Lines(Labels).SkipLast(1)), Release, "counts", true),
        new("a label twice", f => f.WriteLines(Labels, f.Lines(Labels).Take(1).Concat(f.Lines(Labels))), Labels, "duplicate", true),
        new("labels out of order", f => f.WriteLines(Labels, f.Lines(Labels).AsEnumerable().Reverse()), Labels, "order", true),
        new("another class", f => f.EditLine(Labels, HasPerson, n => Person(n)["class"] = "car"), Labels, "answers", true),
        new("a class that there is not", f => f.EditLine(Labels, HasPerson, n => Person(n)["class"] = "tram"), Labels, "answers", true),
        new("a box moved", f => f.EditLine(Labels, HasPerson, n => Person(n)["box"]!["x"] = 12), Coco, "coco", true),
        new("a box outside of its picture", f => f.EditLine(Labels, HasPerson, n => Person(n)["box"]!["x"] = 4000), Labels, "answers", true),
        new("a width of no size", f => f.EditLine(Labels, _ => true, n => n["image"]!["width"] = 0), Labels, "schema", true),
        new("a width beyond all", f => f.Replace(Labels, "\"width\":", "\"width\":1e999"), Labels, "schema", true),
        new("an upper-case digest", f => f.EditLine(Labels, _ => true, n => n["image"]!["sha256"] = new string('A', 64)), Labels, "schema", true),
        new("another picture named", f => f.EditLine(Labels, _ => true, n => n["image"]!["file_name"] = f.Images[^1] == (string?)n["image"]!["file_name"] ? f.Images[0] : f.Images[^1]), Labels, "image_name", true),
        new("a response taken from a label", f => f.EditLine(Labels, _ => true, n => n["lineage"]!["responses"]!.AsArray().RemoveAt(0)), Labels, "lineage", true),
        new("a response of somebody else", f => f.EditLine(Labels, _ => true, n => n["lineage"]!["responses"]![0]!["contributor"] = "contributor-99"), Labels, "lineage", true),
        new("a shape's support that there is not", f => f.EditLine(Labels, HasSupport, n => Support(n)["shape"] = "s99"), Labels, "support", true),
        new("a shape's support of another task", f => f.EditLine(Labels, HasSupport, n => Support(n)["response"] = Guid.Empty.ToString()), Labels, "support", true),
        new("a shape's support taken out", f => f.EditLine(Labels, HasSupport, n => Shapes(n)[0]!["support"]!.AsArray().Clear()), Labels, "support", true),
        new("a confidence beyond 1", f => f.EditLine(Labels, _ => true, n => n["confidence"]![0]!["value"] = 1.5), Labels, "confidence", true),
        new("a question without confidence", f => f.EditLine(Labels, _ => true, n => n["confidence"]!.AsArray().RemoveAt(0)), Labels, "confidence", true),
        new("an ontology that is not there", f => f.EditLine(Labels, _ => true, n => n["lineage"]!["ontology"] = new string('0', 64)), Labels, "ontology", true),
        new("a reviewer who answered", f => f.EditLine(Labels, n => n["review"] is not null, n => n["review"]!["reviewer"] = (string?)n["lineage"]!["responses"]![0]!["contributor"]), Labels, "own_work", true),
        new("members in another order", f => Reorder(f, Labels), Labels, "canonical_form", true),
        new("an empty line", f => f.Write(Labels, f.Text(Labels) + "\n"), Labels, "canonical_form", true),
        new("line ends of Windows", f => f.Write(Lineage, f.Text(Lineage).Replace("\n", "\r\n", StringComparison.Ordinal)), Lineage, "canonical_form", true),
        new("a response's line dropped", f => f.WriteLines(Lineage, f.Lines(Lineage).Skip(1)), Lineage, "lineage", true),
        new("a response's line more", f => f.WriteLines(Lineage, f.Lines(Lineage).Append(f.Lines(Lineage)[0])), Lineage, "lineage", true),
        new("a response twice", f => f.WriteLines(Lineage, f.Lines(Lineage).Take(1).Concat(f.Lines(Lineage))), Lineage, "duplicate", true),
        new("a simulated response called human", f => f.EditLine(Lineage, n => (bool)n["simulated"]!, n => n["simulated"] = false), Lineage, "origin", true),
        new("one person for two", OnePersonForTwo, Labels, "independence", true),
        new("an ontology's text changed", f => f.EditDocument(c => c["ontologies"]![0]!["definition"]!["questions"]![0]!["title"] = "Things"), Release, "ontology_digest", true),
        new("an ontology that is none", f => f.EditDocument(c => c["ontologies"]![0]!["definition"]!["questions"]![0]!["kind"] = "guess"), Release, "ontology", true),
        new("an ontology's labels miscounted", f => f.EditDocument(c => c["ontologies"]![0]!["labels"] = 5), Release, "counts", true),
        new("labels miscounted", f => f.EditDocument(c => c["counts"]!["labels"] = 15), Release, "counts", true),
        new("a class miscounted", f => f.EditDocument(c => c["counts"]!["classes"]!["objects/car"] = 99), Release, "counts", true),
        new("a count below zero", f => f.EditDocument(c => c["counts"]!["not_released"]!["open"] = -1), Release, "counts", true),
        new("a score in coco raised", f => f.EditDocumentOf(Coco, n => n["annotations"]![0]!["score"] = 1), Coco, "coco", true),
        new("an annotation taken from coco", f => f.EditDocumentOf(Coco, n => n["annotations"]!.AsArray().RemoveAt(0)), Coco, "coco", true),
        new("a number in the card changed", f => f.Replace(Card, "| labels | ", "| labels | 1"), Card, "card", true),
        new("the card's warning taken out", f => f.Replace(Card, "> **Simulated work:**", "> Work:"), Card, "card", true),
        new("a byte order mark before the card", f => File.WriteAllBytes(f.PathOf(Card), [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(f.PathOf(Card))]), Card, "card", true),
        new("the card in UTF-16", f => File.WriteAllText(f.PathOf(Card), f.Text(Card), System.Text.Encoding.Unicode), Card, "card", true),
        new("a carriage return for a line feed", f => f.Replace(Population, "\n", "\r"), Population, "schema", true),
        new("one line end of Windows and none at the end", f => f.EditText(Lineage, t => t[..t.IndexOf('\n')] + "\r" + t[t.IndexOf('\n')..^1]), Lineage, "canonical_form", true),
        new("the same of labels", f => f.EditText(Labels, t => t[..t.IndexOf('\n')] + "\r" + t[t.IndexOf('\n')..^1]), Labels, "canonical_form", true),
        new("a text for a picture", TextForPicture, "images/", "picture", true),
        new("a width that its picture has not", f => Widen(f, "width"), Labels, "picture", true),
        new("a height that its picture has not", f => Widen(f, "height"), Labels, "picture", true),
        new("an orientation that its picture has not", f => f.EditLine(Labels, _ => true, n => n["image"]!["orientation"] = 3), Labels, "picture", true),
        new("a pipe for the card", f => Pipe(f, Card), Card, "no_regular_file"),
        new("a pipe for release.json", f => Pipe(f, Release), Release, "no_regular_file"),
        new("a pipe for a picture", f => Pipe(f, f.Images[0]), "images/", "no_regular_file"),
        new("a pipe for a file that is said to be empty", PipeForEmpty, Evidence, "no_regular_file"),
        new("a licence that was not stated", f => f.EditDocument(c => c["project"]!["licence"] = "CC0"), Card, "card", true),
        new("a path out of the folder", f => f.EditDocument(c => c["files"]![0]!["path"] = "../CARD.md"), Release, "unsafe_path", true),
        new("an absolute path", f => f.EditDocument(c => c["files"]![0]!["path"] = "/etc/passwd"), Release, "unsafe_path", true),
        new("a file listed twice", f => f.EditDocument(c => c["files"]!.AsArray().Add(c["files"]![0]!.DeepClone())), Release, "duplicate", true),
        new("a file that the format does not know", f => AddListed(f, "tool.exe"), Release, "unknown_file", true),
        new("a picture that no label names", f => AddListed(f, "images/" + new string('f', 64) + ".png"), Release, "unused_image", true),
    ];

    public static TheoryData<string> Names => [.. Kinds.Select(k => k.Name)];

    [Fact]
    public async Task The_release_itself_is_sound()
    {
        var report = await ReleaseVerifier.VerifyAsync(sound.Folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
        Assert.Equal(14, report.Labels);
        Assert.InRange(Kinds.Select(k => k.Name).Distinct().Count(), 50, int.MaxValue);
        Assert.Contains("\"review\":", await File.ReadAllTextAsync(Path.Combine(sound.Folder, Labels)), StringComparison.Ordinal);
        Assert.Contains("\"supersedes\":", await File.ReadAllTextAsync(Path.Combine(sound.Folder, Lineage)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Tampering_is_refused_with_its_file_and_fact(string name)
    {
        var tampering = Kinds.Single(k => k.Name == name);
        using var folder = new TamperedFolder(sound.Folder);
        tampering.Edit(folder);
        if (tampering.Rehash) folder.Rehash();
        var report = await ReleaseVerifier.VerifyAsync(folder.Root);
        Assert.False(report.Accepted);
        Assert.True(
            report.Failures.Any(f => f.File.StartsWith(tampering.File, StringComparison.Ordinal) && f.Fact == tampering.Fact),
            $"expected {tampering.Fact} in {tampering.File}; found\n{string.Join('\n', report.Failures)}");
        if (tampering.Rehash) Assert.DoesNotContain(report.Failures, f => f.Fact is "sha256" or "bytes" or "content_digest");
    }

    [Fact]
    public async Task Whatever_stands_in_its_files_the_check_ends_with_a_report()
    {
        var random = new Random(20);
        string[] files = [Release, Labels, Lineage, Evidence, Coco];
        for (var i = 0; i < 120; i++)
        {
            using var folder = new TamperedFolder(sound.Folder);
            var file = files[random.Next(files.Length)];
            var lines = file is Release or Coco ? [folder.Text(file)] : folder.Lines(file);
            var index = random.Next(lines.Count);
            var node = JsonNode.Parse(lines[index])!;
            Disturb(node, random);
            lines[index] = node.ToJsonString(Touchstone.Server.Trust.Releases.Format.ReleaseJson.Options);
            folder.WriteLines(file, lines);
            try
            {
                folder.Rehash();
            }
            catch (System.Text.Json.JsonException)
            {
                // Not even the attacker can read it any more; it is checked as it is.
            }

            var report = await ReleaseVerifier.VerifyAsync(folder.Root);
            Assert.All(report.Failures, f => Assert.NotEmpty(f.File));
        }
    }

    [Fact]
    public async Task A_null_at_whatever_place_is_refused()
    {
        foreach (var file in (string[])[Release, Labels, Lineage, Evidence])
        {
            using var folder = new TamperedFolder(sound.Folder);
            var lines = file == Release ? [folder.Text(file)] : folder.Lines(file);
            foreach (var index in file == Evidence ? (int[])[0, lines.Count - 1] : [0])
            {
                var line = lines[index];
                foreach (var pointer in Pointers(JsonNode.Parse(line)!))
                {
                    var node = JsonNode.Parse(line)!;
                    Put(node, pointer, null);
                    lines[index] = node.ToJsonString(Touchstone.Server.Trust.Releases.Format.ReleaseJson.Options);
                    folder.WriteLines(file, lines);
                    if (file != Release) folder.Rehash();
                    var report = await ReleaseVerifier.VerifyAsync(folder.Root);
                    Assert.True(report.Failures.Any(f => f.File == file), $"null at {string.Join('/', pointer)} of {file}");
                }

                lines[index] = line;
            }
        }
    }

    [Fact]
    public async Task A_null_is_told_with_its_place()
    {
        using var folder = new TamperedFolder(sound.Folder);
        folder.EditLine(Labels, HasSupport, n => Shapes(n)[0]!["support"]![0] = null);
        folder.Rehash();
        var failure = Assert.Single((await ReleaseVerifier.VerifyAsync(folder.Root)).Failures, f => f.Fact == "schema");
        Assert.Matches(@"^line \d+ /confidence/\d/shapes/0/support/0$", failure.Place);
    }

    [Fact]
    public async Task A_release_of_a_program_that_did_not_state_canonical_digests_is_sound()
    {
        using var folder = new TamperedFolder(sound.Folder);
        var stated = 0;
        folder.WriteLines(Lineage, folder.Lines(Lineage).ConvertAll(l =>
        {
            var line = JsonNode.Parse(l)!;
            if (line.AsObject().Remove("canonical_digest")) stated++;
            return line.ToJsonString(Touchstone.Server.Trust.Releases.Format.ReleaseJson.Options);
        }));
        folder.Rehash();
        Assert.Equal(folder.Lines(Evidence).Count(l => Kind(JsonNode.Parse(l)!) == "audit"), stated);
        var report = await ReleaseVerifier.VerifyAsync(folder.Root);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
    }

    /// <summary>The places of everything below a value.</summary>
    private static IEnumerable<object[]> Pointers(JsonNode node)
    {
        var children = node is JsonObject o ? o.Select(m => (Key: (object)m.Key, m.Value)) : node is JsonArray a ? a.Select((v, n) => (Key: (object)n, Value: v)) : [];
        foreach (var (key, value) in children)
        {
            yield return [key];
            if (value is null) continue;
            foreach (var below in Pointers(value)) yield return [key, .. below];
        }
    }

    private static void Put(JsonNode node, object[] pointer, JsonNode? value)
    {
        foreach (var step in pointer[..^1]) node = step is string name ? node[name]! : node[(int)step]!;
        if (pointer[^1] is string member) node[member] = value;
        else node[(int)pointer[^1]] = value;
    }

    /// <summary>Changes one value somewhere below.</summary>
    private static void Disturb(JsonNode node, Random random)
    {
        while (true)
        {
            var children = node is JsonObject o ? o.Select(m => (Key: (object)m.Key, m.Value)).ToList() : ((JsonArray)node).Select((v, n) => (Key: (object)n, Value: v)).ToList();
            if (children.Count == 0) return;
            var (key, value) = children[random.Next(children.Count)];
            if (value is JsonObject or JsonArray && random.Next(8) > 0)
            {
                node = value;
                continue;
            }

            JsonNode? changed = random.Next(6) switch { 0 => null, 1 => -1, 2 => "something", 3 => new JsonArray(), 4 => new JsonObject(), _ => 1e300 };
            if (key is string name) node[name] = changed;
            else node[(int)key] = changed;
            return;
        }
    }

    private static string? Kind(JsonNode line) => (string?)line["kind"];

    private static void Cut(TamperedFolder f, string file)
    {
        using var stream = File.OpenWrite(f.PathOf(file));
        stream.SetLength(stream.Length - 40);
    }

    private static void Flip(TamperedFolder f, string file)
    {
        var bytes = File.ReadAllBytes(f.PathOf(file));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(f.PathOf(file), bytes);
    }

    private static void Link(TamperedFolder f, string file)
    {
        var elsewhere = Path.Combine(Path.GetTempPath(), $"touchstone-elsewhere-{Guid.NewGuid():N}");
        File.Move(f.PathOf(file), elsewhere);
        File.CreateSymbolicLink(f.PathOf(file), elsewhere);
    }

    private static void Pipe(TamperedFolder f, string file)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Pipes are made by a program of Linux.");
        File.Delete(f.PathOf(file));
        using var make = System.Diagnostics.Process.Start("mkfifo", [f.PathOf(file)]);
        make.WaitForExit();
    }

    private static void PipeForEmpty(TamperedFolder f)
    {
        f.Write(Evidence, "");
        f.Rehash();
        Pipe(f, Evidence);
    }

    /// <summary>A picture that is none, under the digest that it then has, wherever it is named.</summary>
    private static void TextForPicture(TamperedFolder f)
    {
        const string Text = "this is no picture";
        var (path, old) = (f.Images[0], Path.GetFileNameWithoutExtension(f.Images[0]));
        var digest = Touchstone.Files.Storage.FileDigest.Of(System.Text.Encoding.UTF8.GetBytes(Text));
        File.Delete(f.PathOf(path));
        f.Write($"images/{digest}.png", Text);
        foreach (var file in (string[])[Labels, Coco, Release]) f.EditText(file, t => t.Replace(old, digest, StringComparison.Ordinal));
        f.EditDocument(c => c["files"] = new JsonArray([.. c["files"]!.AsArray().Select(n => n!.DeepClone()).OrderBy(n => (string)n["path"]!, StringComparer.Ordinal)]));
    }

    private static void Widen(TamperedFolder f, string side)
    {
        var size = 0;
        f.EditLine(Labels, _ => true, n => n["image"]![side] = (size = (int)n["image"]![side]!) * 10);
        f.Replace(Coco, $"\"{side}\":{size}", $"\"{side}\":{size}0");
    }

    private static void DropLine(TamperedFolder f, string file, Func<JsonNode, bool> wanted)
    {
        var lines = f.Lines(file);
        lines.RemoveAt(lines.FindIndex(l => wanted(JsonNode.Parse(l)!)));
        f.WriteLines(file, lines);
    }

    /// <summary>Takes an unwelcome answer out of everything that mentions it, but leaves the figures.</summary>
    private static void HideAudit(TamperedFolder f)
    {
        var line = JsonNode.Parse(f.Lines(Evidence).First(l => Kind(JsonNode.Parse(l)!) == "audit"))!;
        var (task, response) = ((string)line["task"]!, (string)line["response"]!);
        DropLine(f, Evidence, n => (string?)n["task"] == task);
        DropLine(f, Lineage, n => (string?)n["response"] == response);
        f.EditDocument(c =>
        {
            var audit = c["assay"]!["audit"]!;
            audit["judged"] = (int)audit["judged"]! - 1;
            var hidden = audit["not_judged"]!.AsArray().Select(t => (string)t!).Append(task).Order(StringComparer.Ordinal);
            audit["not_judged"] = new JsonArray([.. hidden.Select(t => (JsonNode)t)]);
        });
    }

    private static void JudgeOneself(TamperedFolder f)
    {
        var task = (string)JsonNode.Parse(f.Lines(Evidence).First(l => Kind(JsonNode.Parse(l)!) == "audit"))!["task"]!;
        var label = JsonNode.Parse(f.Lines(Labels).First(l => (string)JsonNode.Parse(l)!["task"]! == task))!;
        f.EditLine(Evidence, n => (string?)n["task"] == task, n => n["grader"] = (string?)label["lineage"]!["responses"]![0]!["contributor"]);
    }

    private static void AuditAnother(TamperedFolder f)
    {
        var audited = f.Lines(Evidence).Select(l => (string)JsonNode.Parse(l)!["task"]!).ToHashSet();
        var other = f.Lines(Labels).Select(l => (string)JsonNode.Parse(l)!["task"]!).First(t => !audited.Contains(t));
        f.EditLine(Evidence, n => Kind(n) == "audit", n => n["task"] = other);
    }

    private static void SwapAnswers(TamperedFolder f)
    {
        var lines = f.Lines(Labels).ConvertAll(l => JsonNode.Parse(l)!);
        var first = lines.FindIndex(l => l["answers"]!["objects"]!.AsArray().Count == 1);
        var second = lines.FindIndex(first + 1, l => l["answers"]!["objects"]!.AsArray().Count == 1 && l["answers"]!.ToJsonString() != lines[first]["answers"]!.ToJsonString());
        var kept = lines[first]["answers"]!.DeepClone();
        lines[first]["answers"] = lines[second]["answers"]!.DeepClone();
        lines[second]["answers"] = kept;
        f.WriteLines(Labels, lines.Select(l => l.ToJsonString(Touchstone.Server.Trust.Releases.Format.ReleaseJson.Options)));
    }

    private static void OnePersonForTwo(TamperedFolder f)
    {
        var label = JsonNode.Parse(f.Lines(Labels).First(l => JsonNode.Parse(l)!["lineage"]!["responses"]!.AsArray().Count > 1))!;
        var (task, one) = ((string)label["task"]!, (string)label["lineage"]!["responses"]![0]!["contributor"]!);
        var two = (string)label["lineage"]!["responses"]![1]!["response"]!;
        f.EditLine(Lineage, n => (string?)n["response"] == two, n => n["contributor"] = one);
        f.EditLine(Labels, n => (string?)n["task"] == task, n => n["lineage"]!["responses"]![1]!["contributor"] = one);
    }

    private static void Reorder(TamperedFolder f, string file) => f.EditLine(file, _ => true, n =>
    {
        var origin = (string)n["origin"]!;
        n.AsObject().Remove("origin");
        n["origin"] = origin;
    });

    private static void AddListed(TamperedFolder f, string path)
    {
        f.Write(path, "something");
        f.EditDocument(c =>
        {
            var files = c["files"]!.AsArray().Select(n => n!.DeepClone()).Append(new JsonObject { ["path"] = path, ["bytes"] = 1, ["sha256"] = new string('0', 64) })
                .OrderBy(n => (string)n["path"]!, StringComparer.Ordinal);
            c["files"] = new JsonArray([.. files]);
        });
    }

    private static bool HasPerson(JsonNode label) => label["answers"]!["objects"]!.AsArray().Any(s => (string?)s!["class"] == "person");

    private static JsonNode Person(JsonNode label) => label["answers"]!["objects"]!.AsArray().First(s => (string?)s!["class"] == "person")!;

    private static JsonArray Shapes(JsonNode label) => label["confidence"]!.AsArray().First(c => c!["shapes"] is not null)!["shapes"]!.AsArray();

    private static bool HasSupport(JsonNode label) => (string?)label["review"]?["decision"] != "edited" && Shapes(label) is [{ } first, ..] && first["support"]!.AsArray().Count > 0;

    private static JsonNode Support(JsonNode label) => Shapes(label)[0]!["support"]![0]!;
}
