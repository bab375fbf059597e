using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>Where the pictures of a COCO file lie. Files of several parts name pictures by the same names, so each is looked for around its own file first.</summary>
internal sealed class CocoPictures
{
    private readonly HashSet<string> _files;

    public CocoPictures(DatasetSource source) => _files = source.IsFile ? [] : new(source.Files.Where(DatasetSource.IsPicture), StringComparer.Ordinal);

    /// <summary>Finds pictures of a file by the name that it gives them; null where the name is the path or nothing is known.</summary>
    public Func<string, string?> Of(CocoFile file)
    {
        var folder = file.Folder.Length == 0 ? "" : file.Folder + "/";
        var around = file.Folder.Contains('/', StringComparison.Ordinal) ? file.Folder[..(file.Folder.LastIndexOf('/') + 1)] : "";
        List<string> places = [folder, $"{folder}images/", $"{folder}data/"];
        foreach (var part in (ReadOnlySpan<string?>)[file.Rest, file.Split])
            if (part is not null) places.AddRange([$"{around}{part}/", $"{around}images/{part}/", $"{folder}{part}/", $"{folder}images/{part}/"]);
        return name => _files.Count == 0 || _files.Contains(name) ? null : places.Find(p => _files.Contains(p + name)) is { } place ? place + name : null;
    }
}
