namespace Touchstone.Curation.Writing;

/// <summary>
/// A folder that appears whole or not at all: everything is written into another one beside it, with <c>.partial</c> behind its name, which takes its name at the end. What a process that was
/// killed left there is taken away by the next one.
/// </summary>
internal sealed class WholeFolder : IDisposable
{
    private const string LockName = ".touchstone-partial";
    private readonly string _target;
    private FileStream? _lock;

    private WholeFolder(string target, FileStream held) => (_target, _lock) = (target, held);

    /// <summary>Where things are written.</summary>
    public string Partial => PartialOf(_target);

    /// <summary>For what is of no use in the end.</summary>
    public string Scratch => Path.Combine(Partial, ".scratch");

    /// <summary>Refuses a target that holds something.</summary>
    /// <exception cref="InvalidDataException">There is a file, or a folder that is not empty.</exception>
    public static void Check(string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new InvalidDataException($"{target} is there already; name another folder, or take it away.");
    }

    /// <summary>Begins to write.</summary>
    /// <param name="target">Full path of the folder.</param>
    /// <exception cref="InvalidDataException">The folder beside it was not made by this program.</exception>
    /// <exception cref="IOException">Another process writes the same folder, or the disk refuses.</exception>
    public static WholeFolder Begin(string target)
    {
        Check(target);
        var partial = PartialOf(target);
        var marker = Path.Combine(partial, LockName);
        if (Directory.Exists(partial) && Directory.EnumerateFileSystemEntries(partial).Any() && !File.Exists(marker))
            throw new InvalidDataException($"{partial} is there and was not left by this program; take it away, or name another folder than {target}.");
        Directory.CreateDirectory(partial);
        FileStream held;
        try
        {
            held = new(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException refused) when (File.Exists(marker))
        {
            throw new IOException($"{partial}: another process writes there; wait for it or end it.", refused);
        }

        var folder = new WholeFolder(target, held);
        folder.Clear();
        Directory.CreateDirectory(folder.Scratch);
        return folder;
    }

    /// <summary>Gives the folder its name.</summary>
    public void Finish()
    {
        Directory.Delete(Scratch, recursive: true);
        if (Directory.Exists(_target)) Directory.Delete(_target);
        Release();
        // The mark goes last: where the move fails, the next process knows the folder for one that may be taken away.
        Directory.Move(Partial, _target);
        File.Delete(Path.Combine(_target, LockName));
    }

    /// <summary>Takes away what is not finished.</summary>
    public void Dispose()
    {
        if (_lock is null) return;
        Clear();
        Release();
        Directory.Delete(Partial, recursive: true);
    }

    private void Release()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private void Clear()
    {
        foreach (var inner in Directory.EnumerateDirectories(Partial)) Directory.Delete(inner, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Partial))
            if (Path.GetFileName(file) != LockName) File.Delete(file);
    }

    private static string PartialOf(string target) => target + ".partial";
}
