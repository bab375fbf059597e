using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Touchstone.Curation.Reading.Objects;

/// <summary>
/// A store that speaks S3. It is asked for what is there and for ranges of it, and never for anything that writes. The client is made at its first use, so that a pipeline of files needs no
/// settings of a store; it retries requests that are refused for now. It only has methods that are waited for, and readers are streams, which are not: waiting is what this does.
/// </summary>
/// <param name="connect">Makes the client.</param>
internal sealed class ObjectStore(Func<AmazonS3Client> connect)
{
    private const int ReadAttempts = 4;

    /// <summary>An answer that takes longer is broken off and asked for again: two minutes, for ranges of some MB.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private readonly Lazy<AmazonS3Client> _client = new(connect, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The store that the environment or the profile names, with its credentials and its region.</summary>
    public static ObjectStore Default { get; } = new(() => new AmazonS3Client(Configured()));

    /// <summary>A store by what the client's library finds in the environment. Stores other than Amazon's are seldom reached by a bucket's own host name: the bucket is in the path there.</summary>
    private static AmazonS3Config Configured()
    {
        var config = new AmazonS3Config { ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED };
        if (new AmazonS3Config().ServiceURL is not { } endpoint) return config;
        config.ServiceURL = endpoint;      // said again, since the client asks for a region first and forgets an endpoint that it found by itself
        config.ForcePathStyle = true;
        config.AuthenticationRegion = FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName ?? "us-east-1";
        return config;
    }

    /// <summary>Looks at one object.</summary>
    /// <returns>Null where there is none, or no bucket.</returns>
    /// <exception cref="IOException">The store cannot be asked.</exception>
    public SourceInput? Find(ObjectAddress address)
    {
        try
        {
            var found = Client(address).GetObjectMetadataAsync(address.Bucket, address.Key).GetAwaiter().GetResult();
            return new(address.ToString(), found.ContentLength, Utc(found.LastModified), Tag(found.ETag, address));
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception failure) when (failure is not IOException)
        {
            throw ObjectFailure.Of(failure, address, Endpoint);
        }
    }

    /// <summary>Objects whose keys begin with some characters, in the order of their keys, page by page. Empty ones whose key ends with a slash stand for folders and are passed over.</summary>
    /// <exception cref="IOException">There is no bucket, or the store cannot be asked.</exception>
    public IEnumerable<(string Key, SourceInput Object)> List(ObjectAddress prefix)
    {
        string? token = null;
        do
        {
            var page = Page(prefix, token);
            foreach (var item in page.S3Objects ?? [])
            {
                var key = page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(item.Key) : item.Key;
                if (item.Size == 0 && key.EndsWith('/')) continue;
                var address = prefix with { Key = key };
                yield return (key, new(address.ToString(), item.Size ?? 0, Utc(item.LastModified), Tag(item.ETag, address)));
            }

            token = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (token is not null);
    }

    /// <summary>Fills a buffer with a range of an object.</summary>
    /// <param name="address">The object.</param>
    /// <param name="etag">The entity tag that it must have.</param>
    /// <param name="start">First byte.</param>
    /// <param name="bytes">What is filled, all of which the object must have.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="ObjectChangedException">The object has another tag.</exception>
    /// <exception cref="IOException">The range cannot be read, after some attempts.</exception>
    public async Task ReadAsync(ObjectAddress address, string etag, long start, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                await ReadOnceAsync(address, etag, start, bytes, patience.Token);
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // The library repeats requests; an answer that breaks off on its way is left to who reads it.
                var isBrokenOff = failure is OperationCanceledException || (failure is IOException && failure is not (ObjectChangedException or FileNotFoundException));
                if (!isBrokenOff || attempt == ReadAttempts) throw ObjectFailure.Of(failure, address, Endpoint);
            }

            await Task.Delay(FirstPause * (1 << attempt), cancellationToken);
        }
    }

    private async Task ReadOnceAsync(ObjectAddress address, string etag, long start, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = address.Bucket, Key = address.Key, EtagToMatch = etag, ByteRange = new(start, start + bytes.Length - 1) };
        using var response = await Client(address).GetObjectAsync(request, cancellationToken);
        if (Tag(response.ETag, address) != etag) throw ObjectFailure.Changed(address);      // of a store that does not know If-Match
        if (response.ContentLength != bytes.Length) throw new InvalidOperationException($"expected {bytes.Length} bytes from byte {start}, the store gives {response.ContentLength}");
        await response.ResponseStream.ReadExactlyAsync(bytes, cancellationToken);
    }

    private ListObjectsV2Response Page(ObjectAddress prefix, string? token)
    {
        try
        {
            var request = new ListObjectsV2Request { BucketName = prefix.Bucket, Prefix = prefix.Key, ContinuationToken = token, Encoding = EncodingType.Url };
            return Client(prefix).ListObjectsV2Async(request).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is not IOException)
        {
            throw ObjectFailure.Of(failure, prefix, Endpoint);
        }
    }

    private AmazonS3Client Client(ObjectAddress address)
    {
        try
        {
            return _client.Value;
        }
        catch (AmazonClientException failure)
        {
            throw ObjectFailure.Of(failure, address, null);
        }
    }

    private Uri? Endpoint => _client.IsValueCreated && _client.Value.Config.ServiceURL is { } url && Uri.TryCreate(url, UriKind.Absolute, out var endpoint) ? endpoint : null;

    /// <summary>An entity tag as headers have it, in quotes, which some stores leave out of their listings.</summary>
    private static string Tag(string? etag, ObjectAddress address) =>
        string.IsNullOrEmpty(etag) ? throw new IOException($"{address}: the store tells no entity tag (ETag), without which a change of the object would go unseen.") : etag.EndsWith('"') ? etag : $"\"{etag}\"";

    private static DateTime Utc(DateTime? time) => time?.ToUniversalTime() ?? DateTime.UnixEpoch;
}
