using Microsoft.AspNetCore.Http.Metadata;

namespace Touchstone.Server.Host;

/// <summary>The largest body that a route takes, where it is not that of all.</summary>
internal sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
