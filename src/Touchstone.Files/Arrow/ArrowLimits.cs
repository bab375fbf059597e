namespace Touchstone.Files.Arrow;

/// <summary>How much memory a file may take; a hostile head is refused before memory is taken.</summary>
/// <param name="FileBytesMax">Most bytes of the file, which is held whole.</param>
/// <param name="ExpansionMax">How many times the bytes of the file its compressed buffers may take together.</param>
/// <param name="ExpansionFreeBytes">What compressed buffers may take whatever the size of the file, bytes.</param>
/// <param name="FieldsMax">Most columns.</param>
public sealed record ArrowLimits(int FileBytesMax = 1 << 30, int ExpansionMax = 64, int ExpansionFreeBytes = 1 << 20, int FieldsMax = 10_000)
{
    /// <summary>Files of 1 GiB, buffers of 64 times their bytes and a megabyte, 10,000 columns.</summary>
    public static readonly ArrowLimits Default = new();
}
