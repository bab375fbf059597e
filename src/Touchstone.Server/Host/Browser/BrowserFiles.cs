using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;

namespace Touchstone.Server.Host.Browser;

/// <summary>
/// The built browser application: its files by path, each with the compressed forms that lie beside it as <c>.br</c> and <c>.gz</c>. They come from a folder
/// while one develops and from within the program once it is published, so that a published program stays one file.
/// </summary>
public sealed class BrowserFiles
{
    /// <summary>Where the application begins, whatever page is asked for.</summary>
    public const string Index = "index.html";

    private const string AssetsFolder = "assets/", Resources = "browser/";

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".woff2"] = "font/woff2",
        [".wasm"] = "application/wasm",
        [".json"] = "application/json",
    };

    private readonly Dictionary<string, BrowserFile> _files;

    private BrowserFiles(IReadOnlyDictionary<string, Func<Stream>> contents) => _files = contents
        .Where(c => MediaTypes.ContainsKey(Path.GetExtension(c.Key)))
        .ToDictionary(
            c => c.Key,
            c => new BrowserFile(
                MediaTypes[Path.GetExtension(c.Key)], TagOf(c.Value), c.Key.StartsWith(AssetsFolder, StringComparison.Ordinal), c.Value, contents.GetValueOrDefault(c.Key + ".br"), contents.GetValueOrDefault(c.Key + ".gz")),
            StringComparer.Ordinal);

    /// <summary>Those in a folder; null when no application was built there.</summary>
    public static BrowserFiles? InFolder(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Index))) return null;
        return new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(folder, path).Replace('\\', '/'), path => (Func<Stream>)(() => File.OpenRead(path)), StringComparer.Ordinal));
    }

    /// <summary>Those that were put into a program when it was published; null when none were.</summary>
    public static BrowserFiles? Within(Assembly assembly)
    {
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Resources, StringComparison.Ordinal)).ToList();
        return names.Contains(Resources + Index)
            ? new(names.ToDictionary(name => name[Resources.Length..], name => (Func<Stream>)(() => assembly.GetManifestResourceStream(name)!), StringComparer.Ordinal))
            : null;
    }

    internal bool TryFind(string path, [NotNullWhen(true)] out BrowserFile? file) => _files.TryGetValue(path, out file);

    private static string TagOf(Func<Stream> open)
    {
        using var stream = open();
        return Convert.ToHexStringLower(SHA256.HashData(stream).AsSpan(0, 16));
    }
}

/// <summary>One file of the application.</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Tag">Names its content.</param>
/// <param name="IsNamedByContent">Its name changes with its content, so that it never needs to be asked for again.</param>
/// <param name="Open">Its bytes.</param>
/// <param name="OpenBrotli">The same compressed by Brotli, where that is smaller.</param>
/// <param name="OpenGzip">The same compressed by gzip, where that is smaller.</param>
internal sealed record BrowserFile(string MediaType, string Tag, bool IsNamedByContent, Func<Stream> Open, Func<Stream>? OpenBrotli, Func<Stream>? OpenGzip);
