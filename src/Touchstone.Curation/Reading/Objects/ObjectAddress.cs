using System.Text.RegularExpressions;

namespace Touchstone.Curation.Reading.Objects;

/// <summary>An object, or a pattern of objects, in a bucket of S3.</summary>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Key">Key of the object, as it is: nothing of it is escaped; empty for the bucket as a whole.</param>
internal readonly partial record struct ObjectAddress(string Bucket, string Key)
{
    /// <summary>What an address begins with.</summary>
    public const string Scheme = "s3://";

    /// <summary>Whether a source's pattern names objects and not files.</summary>
    public static bool IsAddress(string pattern) => pattern.StartsWith(Scheme, StringComparison.Ordinal);

    /// <exception cref="IOException">It is no address of S3.</exception>
    public static ObjectAddress Parse(string address)
    {
        var slash = address.IndexOf('/', Scheme.Length);
        var bucket = slash < 0 ? address[Scheme.Length..] : address[Scheme.Length..slash];
        if (!BucketName().IsMatch(bucket)) throw new IOException($"{address}: expected s3://BUCKET/KEY with a bucket of 3 to 63 lower-case letters, digits, dots and hyphens, found the bucket \"{bucket}\".");
        return new(bucket, slash < 0 ? "" : address[(slash + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}{Bucket}/{Key}";

    /// <summary>Rules for general purpose buckets of the S3 user guide, as far as they are about characters.</summary>
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();
}
