using Touchstone.Files.Storage;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>The folder against the file list: nothing missing, nothing more, every byte as stated, no way out of the folder.</summary>
internal static class FolderCheck
{
    /// <returns>Files with the length and digest that the list states: deeper checks open no others.</returns>
    public static async Task<IReadOnlySet<string>> RunAsync(string root, ReleaseContent content, Findings findings, CancellationToken cancellationToken)
    {
        var listed = CheckList(content, findings);
        CheckEntries(root, listed.Keys, findings);
        var sound = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, (file, index)) in listed)
            if (await IsSoundAsync(root, path, file, index, findings, cancellationToken)) sound.Add(path);
        return sound;
    }

    private static Dictionary<string, (FileFacts File, int Index)> CheckList(ReleaseContent content, Findings findings)
    {
        var listed = new Dictionary<string, (FileFacts, int)>(StringComparer.Ordinal);
        for (var i = 0; i < content.Files.Count; i++)
        {
            var file = content.Files[i];
            var place = $"/content/files/{i}";
            if (!SafePath.TryJoin("/", file.Path, out _, out var reason)) findings.Add(ReleaseFiles.Release, $"{place}/path", "unsafe_path", "a path below the folder", $"{file.Path} ({reason})");
            else if (file.Path == ReleaseFiles.Release || !IsKnownName(file.Path, content)) findings.Add(ReleaseFiles.Release, $"{place}/path", "unknown_file", "a file that the format knows", file.Path);
            else if (!listed.TryAdd(file.Path, (file, i))) findings.Add(ReleaseFiles.Release, $"{place}/path", "duplicate", "each file once", file.Path);
            if (i > 0 && string.CompareOrdinal(content.Files[i - 1].Path, file.Path) > 0) findings.Add(ReleaseFiles.Release, place, "order", "files in ordinal order of their paths", file.Path);
            if (!FileDigest.IsDigest(file.Sha256)) findings.Add(ReleaseFiles.Release, $"{place}/sha256", "schema", "64 lower-case hexadecimal digits", file.Sha256);
            if (file.Bytes < 0) findings.Add(ReleaseFiles.Release, $"{place}/bytes", "schema", "a length", $"{file.Bytes}");
        }

        foreach (var path in ReleaseFiles.Always.Where(p => !listed.ContainsKey(p))) findings.Add(ReleaseFiles.Release, "/content/files", "missing_file", $"{path} in the list", "nothing");
        if (content.Assay.Audit is not null && !listed.ContainsKey(ReleaseFiles.Population)) findings.Add(ReleaseFiles.Release, "/content/files", "missing_file", $"{ReleaseFiles.Population} in the list", "nothing");
        return listed;
    }

    private static bool IsKnownName(string path, ReleaseContent content) =>
        ReleaseFiles.Always.Contains(path)
        || (path == ReleaseFiles.Population && content.Assay.Audit is not null)
        || (content.Images == ImageMode.Copy && path.StartsWith(ReleaseFiles.ImageFolder + "/", StringComparison.Ordinal));

    private static void CheckEntries(string root, IEnumerable<string> listed, Findings findings)
    {
        var files = listed.Append(ReleaseFiles.Release).ToHashSet(StringComparer.Ordinal);
        var folders = files.Where(f => f.Contains('/', StringComparison.Ordinal)).Select(f => f[..f.LastIndexOf('/')]).ToHashSet(StringComparer.Ordinal);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", options).OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (entry.LinkTarget is not null) findings.Add(path, "", "symbolic_link", "a file of the release", $"a link to {entry.LinkTarget}");
            else if (entry is DirectoryInfo && !folders.Contains(path)) findings.Add(path, "", "extra_folder", "nothing", "a folder");
            else if (entry is FileInfo file && !files.Contains(path)) findings.Add(path, "", "extra_file", "nothing that release.json does not list", $"{file.Length} bytes");
        }
    }

    private static async Task<bool> IsSoundAsync(string root, string path, FileFacts file, int index, Findings findings, CancellationToken cancellationToken)
    {
        var info = new FileInfo(Path.Combine(root, path));
        if (info.LinkTarget is not null) return false;   // told already
        if (!info.Exists)
        {
            findings.Add(path, "", "missing_file", $"{file.Bytes} bytes", "nothing");
            return false;
        }

        if (!RegularFile.Exists(info.FullName))
        {
            findings.Add(path, "", "no_regular_file", "a file", "a pipe, a socket or a device");
            return false;
        }

        if (info.Length != file.Bytes)
        {
            findings.Add(path, "", "bytes", $"{file.Bytes} bytes, as /content/files/{index} of release.json states", $"{info.Length} bytes");
            return false;
        }

        var digest = await FileDigest.OfFileAsync(info.FullName, cancellationToken);
        findings.Expect(path, "", "sha256", file.Sha256, digest);
        if (path.StartsWith(ReleaseFiles.ImageFolder + "/", StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(path) != digest)
            findings.Add(path, "", "image_name", $"a name that is the picture's digest, {digest}", Path.GetFileName(path));
        return digest == file.Sha256;
    }
}
