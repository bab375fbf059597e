using FsCheck;
using FsCheck.Fluent;
using Touchstone.Server.Host;

namespace Touchstone.Server.Tests.Host;

public sealed class SmallPiecesTests
{
    [Fact]
    public void A_cursor_reads_back_as_it_was_written() =>
        Prop.ForAll<long, Guid>((key, id) => Cursor.TryParse(new Cursor(key, id).ToString(), null, out var read) && read == new Cursor(key, id)).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_text_comes_as_a_cursor_is_read_or_refused() =>
        Prop.ForAll<string?>(text => !Cursor.TryParse(text, null, out var read) || read.ToString().Length == 32).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("$", "(document)")]
    [InlineData(null, "(document)")]
    [InlineData("$.name", "/name")]
    [InlineData("$.a[3].b", "/a/3/b")]
    [InlineData("$['a.b'].c", "/a.b/c")]
    [InlineData("$.x['with/slash~']", "/x/with~1slash~0")]
    [InlineData("$[0]", "/0")]
    public void A_path_of_the_serializer_becomes_a_json_pointer(string? path, string pointer) => Assert.Equal(pointer, JsonPaths.ToPointer(path));

    [Fact]
    public void Memory_is_given_back_once_after_two_quiet_minutes()
    {
        var watch = new QuietWatch();
        Assert.Equal(
            [false, false, false, false, true, false, false, false, false, false, true],
            ((long[])[0, 500, 900, 910, 920, 920, 920, 920, 960, 960, 961]).Select(watch.IsTime));
    }

    [Fact]
    public void Words_of_a_query_are_those_of_the_wire()
    {
        Assert.True(Word<Touchstone.Store.Entities.TaskState>.TryParse("in_review", null, out var word));
        Assert.Equal(Touchstone.Store.Entities.TaskState.InReview, word.Value);
        foreach (var other in (string[])["InReview", "1", "IN_REVIEW", "", "in review"]) Assert.False(Word<Touchstone.Store.Entities.TaskState>.TryParse(other, null, out _));
    }
}
