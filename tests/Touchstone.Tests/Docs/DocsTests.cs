using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Annotations.Projects;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Docs;

/// <summary>The documentation hangs together, and names what the program has.</summary>
public sealed partial class DocsTests
{
    [Fact]
    public void Every_link_leads_to_a_page_and_a_heading_that_are_there()
    {
        var broken = new List<string>();
        foreach (var page in MarkdownPage.All)
        {
            foreach (var link in page.Links)
            {
                var (to, anchor) = Split(page, link);
                if (!File.Exists(Path.Combine(Repository.Root, to)) && !Directory.Exists(Path.Combine(Repository.Root, to))) broken.Add($"{page.Path}: {link}");
                else if (anchor.Length > 0 && !MarkdownPage.Read(to).Anchors.Contains(anchor)) broken.Add($"{page.Path}: {link} has no such heading");
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Every_page_is_reached_from_the_readme_and_from_the_index()
    {
        foreach (var start in new[] { "README.md", "docs/README.md" })
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            var open = new Queue<string>([start]);
            while (open.TryDequeue(out var path))
                if (reached.Add(path) && path.EndsWith(".md", StringComparison.Ordinal) && File.Exists(Path.Combine(Repository.Root, path)))
                    foreach (var link in MarkdownPage.Read(path).Links) open.Enqueue(Split(MarkdownPage.Read(path), link).Path);
            Assert.DoesNotContain(MarkdownPage.All.Select(p => p.Path), p => p != "README.md" && !reached.Contains(p));
        }
    }

    [Fact]
    public void The_index_lists_every_page()
    {
        var index = MarkdownPage.Read("docs/README.md");
        var listed = index.Links.Select(l => Split(index, l).Path).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(MarkdownPage.All.Select(p => p.Path), p => p is not ("README.md" or "docs/README.md") && !listed.Contains(p));
    }

    [Fact]
    public void Every_setting_of_a_project_file_is_described()
    {
        var page = MarkdownPage.Read("docs/reference/project-yaml.md").Text;
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/project.schema.json")));
        var settings = new HashSet<string>(StringComparer.Ordinal);
        Collect(schema.RootElement);
        Assert.True(settings.Count > 30);
        Assert.DoesNotContain(settings, s => !page.Contains($"`{s}`", StringComparison.Ordinal));

        void Collect(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
                foreach (var item in element.EnumerateArray()) Collect(item);
            if (element.ValueKind != JsonValueKind.Object) return;
            foreach (var member in element.EnumerateObject())
            {
                if (member.Name == "properties" && member.Value.ValueKind == JsonValueKind.Object)
                    settings.UnionWith(member.Value.EnumerateObject().Select(p => p.Name));
                Collect(member.Value);
            }
        }
    }

    [Fact]
    public void Every_reason_for_which_an_import_refuses_a_record_is_described()
    {
        var page = MarkdownPage.Read("docs/how-to/import-pictures.md").Text;
        var sources = Repository.SourceFiles("src/Touchstone/Imports").Concat(Repository.SourceFiles("src/Touchstone.Server/Catalogue/Tasks"))
            .Concat(Repository.SourceFiles("src/Touchstone.Server/Catalogue/Assets")).Append(Path.Combine(Repository.Root, "src/Touchstone.Files/Images/ImageInfo.cs"));
        var reasons = sources.SelectMany(f => Reason().Matches(File.ReadAllText(f)).Select(m => m.Groups["reason"].Value)).ToHashSet(StringComparer.Ordinal);
        Assert.True(reasons.Count > 25, string.Join(' ', reasons));
        Assert.DoesNotContain(reasons, r => !page.Contains($"`{r}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_step_of_a_pipeline_is_described_with_its_parameters_and_defaults()
    {
        var page = MarkdownPage.Read("docs/reference/curation.md").Text;
        foreach (var kind in StepRegistry.All)
            Assert.Contains(StepRow(kind), page, StringComparison.Ordinal);
    }

    /// <summary>The line of the reference that describes a step.</summary>
    private static string StepRow(StepKind kind) =>
        $"| `{kind.Name}` | {kind.Summary} | {(kind.Defaults.Count == 0 ? "none" : string.Join(", ", kind.Defaults.Select(p => $"`{p.Key}: {p.Value?.ToJsonString() ?? "none"}`")))} |";

    [Fact]
    public void Every_fault_of_a_source_is_described()
    {
        var page = MarkdownPage.Read("docs/reference/curation.md").Text;
        foreach (var code in typeof(ReadFaultCode).GetFields().Select(f => (string)f.GetRawConstantValue()!)) Assert.Contains($"`{code}`", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_of_the_pages_is_one_that_the_program_has()
    {
        var wrong = new List<string>();
        foreach (var page in MarkdownPage.All.Where(p => p.Path != "CHANGELOG.md"))
        {
            foreach (Match match in Command().Matches(page.Text))
            {
                var words = match.Groups["verb"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var verb = words.TakeWhile(w => Regex.IsMatch(w, "^[a-z]+$")).ToArray();
                if (verb is [] or ["on" or "directly", ..]) continue;
                var help = await HelpAsync(verb);
                if (help is null) wrong.Add($"{page.Path}: touchstone {string.Join(' ', verb)}");
                else
                    foreach (var option in Option().Matches(match.Value).Select(m => m.Value))
                        if (!help.Contains(option, StringComparison.Ordinal))
                            wrong.Add($"{page.Path}: touchstone {string.Join(' ', verb)} has no {option}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_project_in_the_pages_can_be_read()
    {
        var read = 0;
        foreach (var page in MarkdownPage.All)
        {
            foreach (var (_, code, _) in page.Blocks.Where(b => b.Language == "yaml" && b.Code.StartsWith("name:", StringComparison.Ordinal)))
            {
                var parsed = ProjectFile.Parse(code);
                Assert.True(parsed.Value is not null, $"{page.Path}: {string.Join('\n', parsed.Faults)}");
                read++;
            }
        }

        Assert.True(read >= 2);
    }

    /// <summary>The help of the longest beginning of the words that is a verb, or null where the first is none.</summary>
    private static async Task<string?> HelpAsync(string[] words)
    {
        for (var length = words.Length; length > 0; length--)
        {
            var run = await CommandRun.OfAsync([.. words[..length], "--help"]);
            if (run.ExitCode == ExitCode.Done && run.Output.Contains($" {string.Join(' ', words[..length])} ", StringComparison.Ordinal)) return run.Output;
        }

        return null;
    }

    private static (string Path, string Anchor) Split(MarkdownPage page, string link)
    {
        var hash = link.IndexOf('#', StringComparison.Ordinal);
        var (to, anchor) = hash < 0 ? (link, "") : (link[..hash], link[(hash + 1)..]);
        if (to.Length == 0) return (page.Path, anchor);
        var full = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, Uri.UnescapeDataString(to)));
        return (Path.GetRelativePath(Repository.Root, full).Replace('\\', '/'), anchor);
    }

    [GeneratedRegex("""(?:Refuse\(|Refuse\((?:number|line\.Number), (?:name|null|picture), |new\((?:line|number|task\.Number|line\.Number|entry\.FullName|folder)(?:, null, null)?, |Problems\.Unprocessable\(|const string \w+ = )"(?<reason>[a-z]+_?[a-z0-9_]*)"(?=[,;)])""", RegexOptions.ExplicitCapture)]
    private static partial Regex Reason();

    [GeneratedRegex(@"(?<![\w./-])touchstone (?<verb>[a-z]+( [a-z]+)*)[^`\n|&]*", RegexOptions.ExplicitCapture)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<=\s)--[a-z-]+")]
    private static partial Regex Option();
}
