using Touchstone.Files.Storage;
using Touchstone.Testing;

namespace Touchstone.Files.Tests.Storage;

public sealed class LinkedPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Links_are_followed_wherever_they_stand_in_a_path_also_one_behind_the_other()
    {
        Directory.CreateDirectory(_folder["a/b"]);
        Directory.CreateSymbolicLink(_folder["first"], _folder["a"]);
        Directory.CreateSymbolicLink(_folder["a/second"], "../first/b");
        var real = LinkedPath.Real(_folder["a/b"]);
        Assert.Equal(real, LinkedPath.Real(_folder["first/second/"]));
        Assert.Equal(Path.Combine(real, "not", "there"), LinkedPath.Real(_folder["first/second/x/../not/there"]));
        Assert.Equal("/", LinkedPath.Real("/"));
    }

    [Fact]
    public void A_circle_of_links_is_refused()
    {
        Directory.CreateSymbolicLink(_folder["here"], _folder["there"]);
        Directory.CreateSymbolicLink(_folder["there"], _folder["here"]);
        Assert.Contains("circle", Assert.Throws<IOException>(() => LinkedPath.Real(_folder["here/x"])).Message, StringComparison.Ordinal);
        Directory.CreateSymbolicLink(_folder["self"], _folder["self/below"]);
        Assert.Contains("circle", Assert.Throws<IOException>(() => LinkedPath.Real(_folder["self"])).Message, StringComparison.Ordinal);
    }
}
