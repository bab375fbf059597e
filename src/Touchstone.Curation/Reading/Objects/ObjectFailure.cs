using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Touchstone.Curation.Reading.Objects;

/// <summary>What to tell of an object that a store did not give. No message has a credential in it: what stores answer names none, and of an endpoint only scheme, host and port are told.</summary>
internal static class ObjectFailure
{
    /// <param name="failure">What the store's client threw.</param>
    /// <param name="address">What was asked for.</param>
    /// <param name="endpoint">The store, as the environment or the profile names it; null for Amazon's.</param>
    public static IOException Of(Exception failure, ObjectAddress address, Uri? endpoint) => failure switch
    {
        IOException ours when ours is ObjectChangedException or FileNotFoundException => ours,
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new FileNotFoundException($"{address}: there is no bucket {address.Bucket}{At(endpoint)}."),
        AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable } => Changed(address),
        AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } => Missing(address),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } denied =>
            new IOException($"{address}: access is denied{At(endpoint)}{Answer(denied)}. Reading takes s3:GetObject, and patterns and folders s3:ListBucket; look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or at the profile that AWS_PROFILE names.", denied),
        AmazonS3Exception { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.BadRequest } elsewhere =>
            new IOException($"{address}: the request was refused{At(endpoint)}{Answer(elsewhere)}. If the bucket is in another region, name that with AWS_REGION.", elsewhere),
        AmazonServiceException { StatusCode: 0 } or HttpRequestException => Unreachable(failure, address, endpoint),
        AmazonServiceException refused => new IOException($"{address}: the store failed{At(endpoint)}: status {(int)refused.StatusCode}{Answer(refused)}.", refused),
        AmazonClientException unusable =>
            new IOException($"{address}: {Line(unusable.Message)}. Set AWS_REGION, or AWS_ENDPOINT_URL for a store that is not Amazon's, and AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, or a profile with AWS_PROFILE.", unusable),
        OperationCanceledException => new IOException($"{address}: no answer in time{At(endpoint)}.", failure),
        _ => new IOException($"{address}: reading broke off{At(endpoint)}: {failure.Message}", failure),
    };

    /// <summary>There is no such object.</summary>
    public static FileNotFoundException Missing(ObjectAddress address) => new($"{address}: there is no such object.");

    /// <summary>Another object has the address.</summary>
    public static ObjectChangedException Changed(ObjectAddress address) =>
        new($"{address} is another object than when it was found or the run was planned. Nothing of it is mixed in: begin anew in another folder (--out), or put back the object that was there.");

    private static IOException Unreachable(Exception failure, ObjectAddress address, Uri? endpoint)
    {
        var cause = failure;
        while (cause.InnerException is { } inner) cause = inner;
        return new IOException($"{address}: the store{At(endpoint)} cannot be reached: {cause.Message.TrimEnd('.')}. Look at AWS_ENDPOINT_URL, AWS_REGION and the network.", failure);
    }

    private static string At(Uri? endpoint) => endpoint is null ? "" : $" at {endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}";

    private static string Line(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');

    private static string Answer(AmazonServiceException failure) =>
        string.IsNullOrEmpty(failure.ErrorCode) ? "" : $" ({failure.ErrorCode}: {Line(failure.Message)})";
}
