using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Touchstone.Curation.Reading.Objects;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Reading.Objects;

/// <summary>Another program's S3 (s3rver) on a port of its own, which the environment names as a user's would.</summary>
public sealed class S3Server : IAsyncLifetime
{
    /// <summary>Knows If-Match, as S3 does.</summary>
    public const string Bucket = "strict";

    /// <summary>Does not, as some stores do.</summary>
    public const string PlainBucket = "plain-store";

    /// <summary>Whom it knows.</summary>
    public const string AccessKey = "S3RVER";
    private const string SecretKey = "S3RVER";
    private readonly TemporaryFolder _folder = new();
    private string? _missing;
    private Process? _server;
    private AmazonS3Client? _client;

    /// <summary>Its address.</summary>
    public string Endpoint { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var peer = Path.Combine(Repository.Root, "tests", "s3-peer");
        if (!Directory.Exists(Path.Combine(peer, "node_modules")))
        {
            const string reason = "Run ./test, or npm ci in tests/s3-peer: another program that serves S3 is not installed.";
            if (TestData.IsRequired) throw new InvalidOperationException(reason);
            _missing = reason;
            return;
        }

        _server = Process.Start(new ProcessStartInfo("node", ["serve.mjs", _folder.Path]) { WorkingDirectory = peer, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var port = await _server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Endpoint = $"http://127.0.0.1:{int.Parse(port!, CultureInfo.InvariantCulture)}";
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", Endpoint);
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", SecretKey);
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        _client = Client(Endpoint, AccessKey, SecretKey);
        foreach (var bucket in (string[])[Bucket, PlainBucket]) await _client.PutBucketAsync(bucket);
    }

    /// <summary>Skips a test where the server is not installed.</summary>
    public void Require()
    {
        if (_missing is not null) Assert.Skip(_missing);
    }

    /// <summary>A store with other settings than the environment's.</summary>
    internal static ObjectStore Store(string endpoint, string accessKey, string secret) => new(() => Client(endpoint, accessKey, secret));

    public Task PutAsync(string bucket, string key, byte[] content) =>
        _client!.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = new MemoryStream(content), UseChunkEncoding = false });

    /// <summary>Puts all files of a folder.</summary>
    public async Task PutFolderAsync(string bucket, string prefix, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder)) await PutAsync(bucket, prefix + Path.GetFileName(file), await File.ReadAllBytesAsync(file));
    }

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is { } server)
        {
            server.StandardInput.Close();
            if (!server.WaitForExit(TimeSpan.FromSeconds(10))) server.Kill();
            server.Dispose();
        }

        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static AmazonS3Client Client(string endpoint, string accessKey, string secret) => new(new BasicAWSCredentials(accessKey, secret), new AmazonS3Config
    {
        ServiceURL = endpoint,
        ForcePathStyle = true,
        MaxErrorRetry = 1,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });
}
