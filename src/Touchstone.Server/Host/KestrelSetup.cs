using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Touchstone.Server.Host;

/// <summary>What the listener takes before any code of ours runs.</summary>
internal static class KestrelSetup
{
    public static void Apply(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxRequestBodySize = options.RequestBytesMax;   // routes that take files say so themselves
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(5);
        kestrel.Limits.Http2.MaxStreamsPerConnection = 256;
    }
}
