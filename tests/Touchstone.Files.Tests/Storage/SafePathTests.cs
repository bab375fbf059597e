using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Storage;

namespace Touchstone.Files.Tests.Storage;

public class SafePathTests
{
    private static readonly string Root = Path.Combine(Path.GetTempPath(), "root");

    [Theory]
    [InlineData("a.jpg", "a.jpg")]
    [InlineData("images/a.jpg", "images/a.jpg")]
    [InlineData("./images//a.jpg", "images/a.jpg")]
    [InlineData("..hidden/...", "..hidden/...")]
    [InlineData("\u65e5\u672c\u8a9e/\u00e9\ud83d\ude97.png", "\u65e5\u672c\u8a9e/\u00e9\ud83d\ude97.png")]
    [InlineData("2020-01-01T10:00:00.jpg", "2020-01-01T10:00:00.jpg")]
    [InlineData("~/x $(rm) ;'\"", "~/x $(rm) ;'\"")]
    public void A_name_below_the_root_is_joined(string relative, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && relative.AsSpan().ContainsAny(":\""), "Windows reserves these characters.");
        Assert.True(SafePath.TryJoin(Root, relative, out var path, out _));
        Assert.Equal(Path.Combine(Root, expected.Replace('/', Path.DirectorySeparatorChar)), path);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(".", "empty")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("C:/windows", "absolute")]
    [InlineData(@"c:\windows", "absolute")]
    [InlineData(@"\\server\share", "absolute")]
    [InlineData("..", "parent")]
    [InlineData("a/../../b", "parent")]
    [InlineData("a/..", "parent")]
    [InlineData(@"a\..\b", "backslash")]
    [InlineData("a\0.jpg", "control_character")]
    [InlineData("a\n.jpg", "control_character")]
    [InlineData("a\u0085.jpg", "control_character")]
    public void Anything_else_is_refused_with_its_reason(string relative, string reason)
    {
        Assert.False(SafePath.TryJoin(Root, relative, out var path, out var found));
        Assert.Null(path);
        Assert.Equal(reason, found);
    }

    [Fact]
    public void A_lone_surrogate_and_a_very_long_name_are_refused()
    {
        Assert.False(SafePath.TryJoin(Root, "a\ud800b", out _, out var reason));
        Assert.Equal("invalid_unicode", reason);
        Assert.False(SafePath.TryJoin(Root, new string('\u00e9', 128), out _, out reason));
        Assert.Equal("too_long", reason);
        Assert.True(SafePath.TryJoin(Root, new string('\u00e9', 127), out _, out _));
        Assert.False(SafePath.TryJoin(Root, string.Join('/', Enumerable.Repeat("abcdefghi", 400)), out _, out reason));
        Assert.Equal("too_long", reason);
    }

    [Fact]
    public void Whatever_is_joined_lies_below_the_root() =>
        Prop.ForAll(Gen.Elements("..", ".", "/", "\\", "a", "C:", "\0", "é", "//", " ").ArrayOf().Select(string.Concat).ToArbitrary(), relative =>
        {
            if (SafePath.TryJoin(Root, relative, out var path, out _))
                Assert.StartsWith(Root + Path.DirectorySeparatorChar, Path.GetFullPath(path), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_link_out_of_the_root_is_noticed_and_one_within_is_not()
    {
        var root = Directory.CreateTempSubdirectory("touchstone-links-").FullName;
        try
        {
            var inside = Directory.CreateDirectory(Path.Combine(root, "inside")).FullName;
            File.WriteAllText(Path.Combine(inside, "a"), "");
            Directory.CreateSymbolicLink(Path.Combine(root, "out"), Path.GetTempPath());
            Directory.CreateSymbolicLink(Path.Combine(root, "in"), inside);
            File.CreateSymbolicLink(Path.Combine(inside, "file-out"), "../../elsewhere");
            Assert.True(SafePath.StaysBelow(root, Path.Combine(root, "inside", "a")));
            Assert.True(SafePath.StaysBelow(root, Path.Combine(root, "in", "a")));
            Assert.False(SafePath.StaysBelow(root, Path.Combine(root, "out", "a")));
            Assert.False(SafePath.StaysBelow(root, Path.Combine(root, "in", "file-out")));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Theory]
    [InlineData("plain name.jpg", "plain name.jpg")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\photos\a?.jpg", "a_.jpg")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("LPT1", "_LPT1")]
    [InlineData("  .hidden.  ", "hidden")]
    [InlineData("a\u202egpj.exe", "a_gpj.exe")]
    [InlineData("\u65e5\u672c.png", "\u65e5\u672c.png")]
    [InlineData("", "file")]
    [InlineData("???", "file")]
    [InlineData("..", "file")]
    public void A_name_that_is_handed_out_is_good_everywhere(string name, string expected) => Assert.Equal(expected, FileNames.Sanitise(name));

    [Fact]
    public void Sanitising_again_changes_nothing_and_keeps_to_the_length() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<string>().Where(s => s is not null).Select(s => s.Length % 5 == 0 ? string.Concat(Enumerable.Repeat(s + "\u8a9e", 200)) + ".jpeg" : s).ToArbitrary(), name =>
        {
            var once = FileNames.Sanitise(name);
            Assert.Equal(once, FileNames.Sanitise(once));
            Assert.InRange(Encoding.UTF8.GetByteCount(once), 1, 201);
            Assert.True(SafePath.TryJoin(Root, once, out _, out _), once);
        }).QuickCheckThrowOnFailure();
}
