using System.Text;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Operation.Backups;

/// <summary>The digests of a backup's files, in the form of <c>sha256sum</c>, which can check them too.</summary>
internal static class Checksums
{
    private const string Separator = "  ";

    public static string Write(IEnumerable<(string Path, string Sha256)> files)
    {
        var text = new StringBuilder();
        foreach (var (path, sha256) in files.OrderBy(f => f.Path, StringComparer.Ordinal)) text.Append(sha256).Append(Separator).Append(path).Append('\n');
        return text.ToString();
    }

    /// <summary>What the file lists, each path checked to lie where a backup's files lie.</summary>
    /// <exception cref="CommandException">A line is none, or names another place.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder, string database)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(folder, BackupManifest.ChecksumsName)))
        {
            number++;
            var where = $"{BackupManifest.ChecksumsName}:{number}";
            var end = line.IndexOf(Separator, StringComparison.Ordinal);
            if (end < 0 || !FileDigest.IsDigest(line.AsSpan(0, end))) throw new CommandException($"{where}: expected a SHA-256, two spaces and a path, found \"{Printable.Text(line)}\".");
            var path = line[(end + Separator.Length)..];
            if (!IsPlace(path, line[..end], database)) throw new CommandException($"{where}: expected the path of a backup's file, found \"{Printable.Text(path)}\"; nothing was written.");
            if (!files.TryAdd(path, line[..end])) throw new CommandException($"{where}: \"{path}\" is there twice.");
        }

        return files.ContainsKey(database) ? files : throw new CommandException($"{BackupManifest.ChecksumsName} does not list {database}.");
    }

    private static bool IsPlace(string path, string sha256, string database)
    {
        if (path == database) return true;
        if (!SafePath.TryJoin("/", path, out var full, out _) || full != "/" + path) return false;
        return path.Split('/') switch
        {
            [BackupManifest.ContentName, { Length: > 0 }, var first, var second, var name] => name == sha256 && name[..2] == first && name[2..4] == second,
            [BackupManifest.ReleasesName, var release, _, ..] => Guid.TryParseExact(release, "D", out _),
            _ => false,
        };
    }
}
