namespace Touchstone.Server.Host;

/// <summary>Names of the ways to be known.</summary>
internal static class Schemes
{
    /// <summary>Takes a key where a request has one, else the cookie.</summary>
    public const string Either = "touchstone";

    public const string Key = "key";

    public const string Cookie = "cookie";

    public const string CookieName = "touchstone";
}
