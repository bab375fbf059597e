using System.IO.Enumeration;
using Touchstone.Files.Images;
using Touchstone.Files.Storage;

namespace Touchstone.Formats.Exchange;

/// <summary>A folder or a single file that holds a data set. Only what is below it is ever opened.</summary>
public sealed class DatasetSource
{
    private const int FilesMax = 5_000_000;

    // What programs write and what Ultralytics trains with (its IMG_FORMATS). Of some of them only the name is known here, and not the size.
    private static readonly string[] PictureEndings = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff", ".jp2", ".jfif", ".avif", ".heic", ".heif", ".dng", ".mpo", ".pfm"];

    private readonly string _root;
    private readonly Dictionary<string, (int, int)?> _sizes = new(StringComparer.Ordinal);
    private Dictionary<string, List<string>>? _byName;

    private readonly DatasetSource? _whole;

    private DatasetSource(string root, IReadOnlyList<string> files, bool isFile, DatasetSource? whole = null) => (_root, Files, IsFile, _whole) = (root, files, isFile, whole);

    /// <summary>Paths of the files with <c>/</c> between names, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Whether the source is one file.</summary>
    public bool IsFile { get; }

    /// <summary>The folder that paths are below.</summary>
    public string Root => _root;

    /// <summary>The name of the folder or file itself, without its ending.</summary>
    public string Title => IsFile ? Path.GetFileNameWithoutExtension(Files[0]) : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_root)));

    /// <summary>Opens a file or folder.</summary>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="FileFormatFaultException">The folder holds too many files.</exception>
    public static DatasetSource Open(string path) => Open(path, whole: null);

    private static DatasetSource Open(string path, DatasetSource? whole)
    {
        if (File.Exists(path)) return new DatasetSource(Path.GetDirectoryName(Path.GetFullPath(path))!, [Path.GetFileName(path)], isFile: true, whole);
        if (!Directory.Exists(path)) throw new FileNotFoundException($"There is no file or folder {path}.", path);
        var root = Path.GetFullPath(path);
        List<string> files = [];
        foreach (var file in Below(root))
        {
            files.Add(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'));
            if (files.Count > FilesMax) throw new FileFormatFaultException($"{path} holds more than {FilesMax} files; name the folder of one data set.");
        }

        files.Sort(StringComparer.Ordinal);
        return new DatasetSource(root, files, isFile: false, whole);
    }

    /// <summary>Files below a folder. Links are not followed, but for pictures: data sets often link to those that lie elsewhere.</summary>
    private static FileSystemEnumerable<string> Below(string root) => new(
        root, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && (!IsLink(entry) || IsPicture(entry.FileName)),
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(entry),
    };

    private static bool IsLink(in FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    /// <summary>The part below a folder, or one file, of this source. Pictures are looked for in it first and in the whole after that: labels often lie in a folder beside them.</summary>
    public DatasetSource At(string place)
    {
        if (place.Length == 0) return this;
        return Files.Contains(place) ? new DatasetSource(_root, [place], isFile: true, this) : Open(PathOf(place), this);
    }

    /// <summary>The files of a folder as a source, from the list that is known.</summary>
    internal DatasetSource InFolder(string folder) => new(Path.GetFullPath(PathOf(folder)), [.. Files.Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal)).Select(f => f[(folder.Length + 1)..])], isFile: false, this);

    /// <summary>Whether there is such a file.</summary>
    public bool Has(string file) => SafePath.TryJoin(_root, file, out var path, out _) && File.Exists(path) && SafePath.StaysBelow(_root, path);

    /// <summary>Opens a file to read from its beginning.</summary>
    public FileStream OpenRead(string file) => new(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);

    /// <summary>A file's text in UTF-8.</summary>
    public StreamReader OpenText(string file) => new(OpenRead(file), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false));

    /// <summary>The beginning of a file as text, to recognise it by.</summary>
    public string Beginning(string file, int bytes = 4096)
    {
        using var stream = OpenRead(file);
        var buffer = new byte[bytes];
        var got = stream.ReadAtLeast(buffer, bytes, throwOnEndOfStream: false);
        return System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, got)).TrimStart('\uFEFF');
    }

    /// <summary>The picture that a label file speaks of: by its path, or else by its name anywhere below the source.</summary>
    /// <param name="name">Path as the labels have it, with or without an ending.</param>
    /// <returns>Null where there is none, or more than one of that name.</returns>
    public string? FindPicture(string name)
    {
        if (IsPicture(name) && SafePath.TryJoin(_root, name, out var path, out _) && File.Exists(path)) return name;
        var found = Named(name);
        if (found.Count <= 1) return found.Count == 1 ? found[0] : null;
        var same = found.FindAll(f => IsAt(f, name));
        return same.Count == 1 ? same[0] : null;
    }

    private static bool IsAt(string file, string name) => ("/" + file).EndsWith("/" + name, StringComparison.Ordinal) || WithoutPictureEnding("/" + file).EndsWith("/" + name, StringComparison.Ordinal);

    /// <summary>Pictures below the source whose last name is that of a path, with or without its ending.</summary>
    private List<string> Named(string name)
    {
        if (_byName is null)
        {
            _byName = new(StringComparer.Ordinal);
            foreach (var file in IsFile ? Open(_root).Files : Files)
            {
                if (!IsPicture(file)) continue;
                foreach (var key in (ReadOnlySpan<string>)[Path.GetFileName(file), Path.GetFileNameWithoutExtension(file)])
                {
                    if (!_byName.TryGetValue(key, out var known)) _byName.Add(key, known = []);
                    known.Add(file);
                }
            }
        }

        var last = name[(name.LastIndexOf('/') + 1)..];
        return _byName.GetValueOrDefault(last, []);
    }

    /// <summary>Whether a picture was found by its last name although the labels state folders, which its own path does not end with: another picture may be meant.</summary>
    /// <param name="name">Path as the labels have it.</param>
    /// <param name="file">What <see cref="PictureFile(string)"/> found for it.</param>
    public static bool IsByNameAlone(string name, string file)
    {
        var stated = name.TrimStart('/');
        return stated.Contains('/', StringComparison.Ordinal) && !EndsWith(file, stated) && !EndsWith(Path.ChangeExtension(file, null), stated);

        static bool EndsWith(string path, string end) => path.EndsWith(end, StringComparison.Ordinal) && (path.Length == end.Length || path[path.Length - end.Length - 1] is '/' or '\\');
    }

    /// <summary>Where a picture's file is: below this source, or below the whole that it is a part of; null where it is not there.</summary>
    /// <remarks>A picture may be a link that leaves the source, as <c>convert --images link</c> makes them; what such a link leads to must be a picture.</remarks>
    public string? PictureFile(string name)
    {
        if (FindPicture(name) is not { } found || !SafePath.TryJoin(_root, found, out var path, out _)) return _whole?.PictureFile(name);
        return SafePath.StaysBelow(_root, path) || ImageProbe.TryProbe(path, out _, out _) ? path : null;
    }

    /// <summary>The file of a sample's picture. Where several have its name, that in a folder of the sample's part is meant.</summary>
    public string? PictureFile(Sample sample) => PictureFile(PictureOf(sample));

    private string PictureOf(Sample sample)
    {
        if (sample.Picture is { } known) return known;
        if (sample.Split is not { } split || FindPicture(sample.Name) is not null) return sample.Name;
        var own = Named(sample.Name).FindAll(f => ("/" + f).Contains($"/{split}/", StringComparison.OrdinalIgnoreCase));
        if (own.Count > 1) own = own.FindAll(f => IsAt(f, sample.Name));
        return own.Count == 1 ? own[0] : sample.Name;
    }

    /// <summary>Width and height of a sample's picture; see <see cref="SizeOf(string)"/>.</summary>
    public (int WidthPx, int HeightPx)? SizeOf(Sample sample) => SizeOf(PictureOf(sample));

    /// <summary>Width and height of a picture as a person sees it, from its first bytes; null where it is not there or no picture.</summary>
    public (int WidthPx, int HeightPx)? SizeOf(string name)
    {
        if (_sizes.TryGetValue(name, out var known)) return known;
        (int, int)? size = null;
        if (PictureFile(name) is { } file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            if (ImageProbe.TryProbe(stream, out var info, out _)) size = (info.WidthPx, info.HeightPx);
        }

        _sizes.Add(name, size);
        return size;
    }

    /// <summary>Whether a name ends as pictures do.</summary>
    public static bool IsPicture(ReadOnlySpan<char> name)
    {
        var ending = Path.GetExtension(name);
        foreach (var each in PictureEndings)
            if (ending.Equals(each, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <inheritdoc cref="IsPicture(ReadOnlySpan{char})"/>
    public static bool IsPicture(string name) => IsPicture(name.AsSpan());

    /// <summary>A path without the ending of a picture; any other one stays, since what stands behind the last point of <c>street.v1</c> is no ending.</summary>
    public static string WithoutPictureEnding(string name) => IsPicture(name) ? name[..^Path.GetExtension(name).Length] : name;

    /// <summary>Where a file of this source lies.</summary>
    /// <exception cref="FileFormatFaultException">The path leaves the source.</exception>
    public string PathOf(string file) => SafePath.TryJoin(_root, file, out var path, out var reason) && SafePath.StaysBelow(_root, path)
        ? path
        : throw new FileFormatFaultException($"\"{file}\" is no path within the data set ({reason ?? "outside"}).");
}

/// <summary>A folder, or one file, that a data set is written to.</summary>
public sealed class DatasetTarget
{
    private readonly List<string> _written = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<string> _placed = [];

    private DatasetTarget(string root, string? onlyFile) => (Root, OnlyFile) = (root, onlyFile);

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The one file's name, where the caller asked for a file and not for a folder.</summary>
    public string? OnlyFile { get; }

    /// <summary>What was written, in order.</summary>
    public IReadOnlyList<string> Written => _written;

    /// <summary>A folder, made where it is missing.</summary>
    public static DatasetTarget Folder(string path)
    {
        Directory.CreateDirectory(path);
        return new DatasetTarget(Path.GetFullPath(path), onlyFile: null);
    }

    /// <summary>One file; formats of several files refuse it.</summary>
    public static DatasetTarget File(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        return new DatasetTarget(folder, Path.GetFileName(path));
    }

    /// <summary>Begins a file that must not be there yet.</summary>
    /// <param name="file">Its path below the folder; what came out of a data set is not trusted.</param>
    /// <exception cref="FileFormatFaultException">The path leaves the folder, or the caller asked for one file and this is another one.</exception>
    /// <exception cref="IOException">The file is there.</exception>
    public FileStream Create(string file)
    {
        var path = Locate(file);
        FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        _written.Add(file);
        return stream;
    }

    /// <summary>Takes away the files that were made so far, and the folders that are empty then: of a target whose writing ended before it was done.</summary>
    public void TakeBack()
    {
        foreach (var file in _written.Concat(_placed)) System.IO.File.Delete(Locate(file));
        foreach (var folder in _folders.OrderByDescending(f => f.Length))
            for (var each = folder; each.Length > Root.Length && Directory.Exists(each) && !Directory.EnumerateFileSystemEntries(each).Any(); each = Path.GetDirectoryName(each)!) Directory.Delete(each);
        _placed.Clear();
        _written.Clear();
        _folders.Clear();
    }

    /// <summary>Counts a file among those that are written, for a writer that makes it itself: many small ones, by several threads.</summary>
    /// <param name="file">Its path below the folder; what came out of a data set is not trusted.</param>
    /// <returns>Its full path, in a folder that is there.</returns>
    /// <exception cref="FileFormatFaultException">The path leaves the folder.</exception>
    /// <exception cref="IOException">The file is there.</exception>
    internal string Claim(string file)
    {
        var path = Locate(file);
        if (System.IO.File.Exists(path)) throw new IOException($"The file '{path}' already exists.");
        _written.Add(file);
        return path;
    }

    /// <summary>The full path of a file, in a folder that is there.</summary>
    private string Locate(string file)
    {
        if (!SafePath.TryJoin(Root, file, out var path, out var reason)) throw new FileFormatFaultException($"\"{file}\" cannot be a file below {Root} ({reason}).");
        var folder = Path.GetDirectoryName(path)!;
        if (_folders.Add(folder)) Directory.CreateDirectory(folder);
        return path;
    }

    /// <summary>Copies or links a picture to a place below the folder.</summary>
    /// <exception cref="FileFormatFaultException">The place leaves the folder.</exception>
    public void Place(string picture, string place, bool link)
    {
        var path = Locate(place);
        if (link) System.IO.File.CreateSymbolicLink(path, picture);
        else System.IO.File.Copy(picture, path);
        _placed.Add(place);
    }

    /// <summary>Writes a picture to a place below the folder.</summary>
    /// <exception cref="FileFormatFaultException">The place leaves the folder.</exception>
    public void Place(ReadOnlySpan<byte> picture, string place)
    {
        var path = Locate(place);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        _placed.Add(place);
        file.Write(picture);
    }

    /// <summary>Begins the format's one file: by the caller's name where one was asked for, else by the format's own.</summary>
    public FileStream CreateSingle(string ownName) => Create(OnlyFile ?? ownName);

    /// <summary>Refuses to be one file.</summary>
    /// <exception cref="FileFormatFaultException">The caller asked for one file.</exception>
    public void RequireFolder(string formatName)
    {
        if (OnlyFile is not null) throw new FileFormatFaultException($"{formatName} is a folder of files: name a folder, not the file {OnlyFile}.");
    }
}
