namespace Touchstone.Files.Png;

/// <summary>What is wrong with a PNG.</summary>
public enum PngFault
{
    /// <summary>The bytes do not begin with PNG's signature.</summary>
    NotPng,

    /// <summary>The file ends before its IEND chunk or before its last row.</summary>
    Truncated,

    /// <summary>A checksum, a chunk or the compressed data is wrong.</summary>
    Corrupt,

    /// <summary>The image is larger than the caller's limits.</summary>
    TooLarge,
}

/// <summary>A PNG that cannot be read.</summary>
/// <param name="fault">What kind of fault.</param>
/// <param name="detail">What was wrong and where, without a full stop.</param>
/// <param name="inner">The cause, where another exception told of it.</param>
public sealed class PngFormatException(PngFault fault, string detail, Exception? inner = null) : FormatException($"PNG: {detail}.", inner)
{
    /// <summary>What kind of fault.</summary>
    public PngFault Fault { get; } = fault;
}
