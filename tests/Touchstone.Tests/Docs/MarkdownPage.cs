using System.Text.RegularExpressions;
using Touchstone.Testing;

namespace Touchstone.Tests.Docs;

/// <summary>A page of the documentation, by its path from the repository's root.</summary>
internal sealed partial record MarkdownPage(string Path, string Text)
{
    /// <summary>Every page that a reader of the repository meets.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" }
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(Repository.Root, f)))
            .Order(StringComparer.Ordinal).Select(Read),
    ];

    public static MarkdownPage Read(string path) => new(path.Replace('\\', '/'), File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)));

    /// <summary>Links to places of the repository, as they stand.</summary>
    public IEnumerable<string> Links => Link().Matches(WithoutCode).Select(m => m.Groups["to"].Value).Where(to => !to.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchors of its headings, as hosts of Markdown make them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(WithoutCode)
        .Select(m => NotInAnchor().Replace(m.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Blocks of code: the language, the code, and the line of prose before it.</summary>
    public IEnumerable<(string Language, string Code, string Before)> Blocks => Block().Matches(Text).Select(m => (m.Groups["language"].Value, m.Groups["code"].Value, m.Groups["before"].Value.Trim()));

    private string WithoutCode => InlineCode().Replace(Fence().Replace(Text, ""), "");

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"(?<before>[^\n]*)\n+```(?<language>\w*)\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();
}
