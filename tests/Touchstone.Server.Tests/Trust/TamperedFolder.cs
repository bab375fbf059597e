using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Files.Storage;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Tests.Trust;

/// <summary>A copy of a release to be spoilt.</summary>
internal sealed class TamperedFolder : IDisposable
{
    public TamperedFolder(string original)
    {
        Root = Directory.CreateTempSubdirectory("touchstone-tamper-").FullName;
        foreach (var file in FileDigest.List(original))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.Copy(Path.Combine(original, file), PathOf(file));
        }
    }

    public string Root { get; }

    public string PathOf(string file) => Path.Combine(Root, file);

    public string Text(string file) => File.ReadAllText(PathOf(file));

    public List<string> Images => [.. Directory.EnumerateFiles(PathOf("images")).Select(f => "images/" + Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public void Write(string file, string text) => File.WriteAllText(PathOf(file), text, new UTF8Encoding(false));

    public void Replace(string file, string from, string to)
    {
        var text = Text(file);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no {from}");
        Write(file, text[..at] + to + text[(at + from.Length)..]);
    }

    public void EditText(string file, Func<string, string> edit) => Write(file, edit(Text(file)));

    public List<string> Lines(string file) => [.. Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public void WriteLines(string file, IEnumerable<string> lines) => Write(file, string.Concat(lines.Select(l => l + "\n")));

    /// <summary>Changes the first line that has something, as JSON; members keep their order and form.</summary>
    public void EditLine(string file, Func<JsonNode, bool> wanted, Action<JsonNode> edit)
    {
        var lines = Lines(file);
        var index = lines.FindIndex(l => wanted(JsonNode.Parse(l)!));
        Assert.True(index >= 0, $"{file} has no such line");
        var node = JsonNode.Parse(lines[index])!;
        edit(node);
        lines[index] = node.ToJsonString(ReleaseJson.Options);
        WriteLines(file, lines);
    }

    public void EditDocument(Action<JsonNode> edit)
    {
        var node = JsonNode.Parse(Text("release.json"))!;
        edit(node["content"]!);
        Write("release.json", node.ToJsonString(ReleaseJson.Options));
    }

    public void EditDocumentOf(string file, Action<JsonNode> edit)
    {
        var node = JsonNode.Parse(Text(file))!;
        edit(node);
        Write(file, node.ToJsonString(ReleaseJson.Options));
    }

    /// <summary>What an attacker does who knows the format: states the files' new lengths and digests, and the content's new digest.</summary>
    public void Rehash(bool listNewFiles = false)
    {
        var document = System.Text.Json.JsonSerializer.Deserialize<ReleaseDocument>(Text("release.json"), ReleaseJson.Options)!;
        var paths = listNewFiles ? FileDigest.List(Root).Where(f => f != "release.json") : document.Content.Files.Select(f => f.Path);
        var files = paths.Select(p => File.Exists(PathOf(p)) ? new FileFacts(p, new FileInfo(PathOf(p)).Length, FileDigest.Of(File.ReadAllBytes(PathOf(p)))) : document.Content.Files.First(f => f.Path == p));
        var (bytes, _) = ReleaseJson.Document(document.Content with { Files = [.. files] }, document.Published);
        File.WriteAllBytes(PathOf("release.json"), bytes);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
