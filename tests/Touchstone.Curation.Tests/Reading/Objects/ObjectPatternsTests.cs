using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Reading.Objects;

namespace Touchstone.Curation.Tests.Reading.Objects;

public sealed class ObjectPatternsTests
{
    [Fact]
    public void Keys_fit_the_patterns_that_paths_fit()
    {
        var patterns = Gen.Elements("a", "b", "ab", "*", "a*", "?", "**", "[ab]", "[!a]").NonEmptyListOf().Select(n => string.Join('/', n));
        var keys = Gen.Elements("a", "b", "ab", "a.b").NonEmptyListOf().Select(n => string.Join('/', n));
        Prop.ForAll(patterns.Zip(keys).ToArbitrary(), pair =>
        {
            var (pattern, key) = pair;
            var isPattern = pattern.IndexOfAny(FilePatterns.Wildcards) >= 0;
            return !isPattern || ObjectPatterns.Expression(pattern).IsMatch(key) == FilePatterns.Fits("/no-such-folder/" + pattern, [], "/no-such-folder/" + key);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("s3://bucket/in/*.jsonl", "s3://bucket/in/")]
    [InlineData("s3://bucket/in/a?/b/c.jsonl", "s3://bucket/in/")]
    [InlineData("s3://bucket/in/0.jsonl", "s3://bucket/in/")]
    [InlineData("s3://bucket/in/", "s3://bucket/in/")]
    [InlineData("s3://bucket/*", "s3://bucket/")]
    public void Documents_are_named_from_the_part_before_the_wildcard(string pattern, string folder) => Assert.Equal(folder, FilePatterns.Folder([pattern]));

    [Theory]
    [InlineData("s3://", "\"\"")]
    [InlineData("s3:///key", "\"\"")]
    [InlineData("s3://Bucket/key", "\"Bucket\"")]
    [InlineData("s3://user:secret@host/key", "3 to 63 lower-case letters")]
    [InlineData("s3://../key", "\"..\"")]
    [InlineData("s3://bu*/key", "\"bu*\"")]
    public void An_address_without_a_good_bucket_is_refused(string address, string message) =>
        Assert.Contains(message, Assert.Throws<IOException>(() => ObjectAddress.Parse(address)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("in/../../etc/passwd", "\"..\" between slashes")]
    [InlineData("./in", "\".\"")]
    [InlineData("in/\u001b[31m.jsonl", "U+001B")]
    [InlineData("in/a\nb.jsonl", "U+000A")]
    public void A_hostile_key_is_told_and_not_asked_for(string key, string message) =>
        Assert.Contains(message, Assert.Throws<IOException>(() => ObjectPatterns.Check(new("bucket", key))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("in/..a/b..jsonl")]
    [InlineData("in//a b+c%2F.jsonl")]
    public void An_odd_key_that_is_not_hostile_is_taken(string key) => ObjectPatterns.Check(new("bucket", key));
}
