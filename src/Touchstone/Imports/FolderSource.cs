using System.Text.Json.Nodes;
using Touchstone.Files.Storage;

namespace Touchstone.Imports;

/// <summary>The pictures of a folder and of the folders in it.</summary>
internal static class FolderSource
{
    /// <summary>Pictures that are taken, and those that are not but that somebody would miss: their refusal names the format.</summary>
    private static readonly HashSet<string> PictureExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp",
        ".tif", ".tiff", ".heic", ".heif", ".avif", ".jxl", ".jp2",
    };

    /// <summary>Every picture below a folder, in ordinal order of its path; the path relative to the folder is the external id.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="prefix">Stands before each external id, to tell folders apart whose names repeat.</param>
    /// <param name="refused">Is told of what cannot be read, and of links that lead out of the folder.</param>
    /// <param name="passedOver">Is told of files whose name is no picture's.</param>
    public static List<ImportRecord> Read(string folder, string prefix, Action<RefusedRecord> refused, Action passedOver)
    {
        var files = new List<string>();
        var folders = new Stack<string>([folder]);
        while (folders.TryPop(out var current))
        {
            foreach (var entry in Entries(current, refused))
            {
                if (entry is DirectoryInfo && entry.LinkTarget is null) folders.Push(entry.FullName);
                else if (entry is DirectoryInfo) refused(new(entry.FullName, null, null, "linked_folder", "a link to a folder is not followed; import the folder that it leads to"));
                else if (!PictureExtensions.Contains(entry.Extension)) passedOver();
                else if (entry.LinkTarget is not null && !SafePath.StaysBelow(folder, entry.FullName)) refused(new(entry.FullName, null, null, "unsafe_path", "a link that leads out of the folder or nowhere is not followed"));
                else files.Add(entry.FullName);
            }
        }

        files.Sort(StringComparer.Ordinal);
        var records = new List<ImportRecord>(files.Count);
        foreach (var file in files)
        {
            var record = new ImportRecord(file, null, file, new JsonObject { ["external_id"] = prefix + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/') });
            if (TaskCheck.Form(0, record.Task, hasFile: true) is { } fault) refused(record.Refuse(fault.Reason, fault.Detail));
            else records.Add(record);
        }

        return records;
    }

    private static FileSystemInfo[] Entries(string folder, Action<RefusedRecord> refused)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None })];
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            refused(new(folder, null, null, "unreadable_folder", failure.Message));
            return [];
        }
    }
}
