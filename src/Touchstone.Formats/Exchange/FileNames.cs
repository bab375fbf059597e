using System.Text;
using Touchstone.Files.Storage;

namespace Touchstone.Formats.Exchange;

/// <summary>Names of inputs as names of files: each may be one, and no two are the same. Part of <see cref="Narrowing"/>.</summary>
internal sealed class FileNames(FormatTraits to, LossCounter losses)
{
    /// <summary>Most bytes of a name of a file or folder, so that endings and numbers still fit in the 255 that file systems allow.</summary>
    private const int NameMaxBytes = 200;

    // Some file systems do not tell upper from lower case.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sample under a name that is a file's.</summary>
    public Sample Named(Sample sample)
    {
        if (!to.NamesAreFiles) return sample;
        var name = IsFile(sample.Name) ? sample.Name : "input";
        var only = name;
        for (var number = 2; !_taken.Add($"{sample.Split}/{only}"); number++) only = $"{name}_{number}";
        if (only == sample.Name) return sample;
        losses.Add("name", $"{to.Name} has a file for each input, called by its name: those that cannot be files, or are called as another is, get another name.");
        return sample with { Name = only };
    }

    private static bool IsFile(string name) => SafePath.TryJoin(Path.GetTempPath(), name + ".txt", out _, out _) && Array.TrueForAll(name.Split('/'), part => part.Length > 0 && Encoding.UTF8.GetByteCount(part) <= NameMaxBytes);
}
