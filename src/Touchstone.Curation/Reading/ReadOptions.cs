using Touchstone.Curation.Reading.Objects;

namespace Touchstone.Curation.Reading;

/// <summary>How a source is read.</summary>
public sealed record ReadOptions
{
    /// <summary>The defaults.</summary>
    public static readonly ReadOptions Default = new();

    /// <summary>Member or column that has the text.</summary>
    public string TextName { get; init; } = "text";

    /// <summary>Member or column that has the document's name; where a record has none, it is named after its file and place.</summary>
    public string IdName { get; init; } = "id";

    /// <summary>Full path, with a separator at its end, of the folder that names of files are told from, or the beginning of addresses; names alone are told where it is empty. <see cref="Source.Open"/> sets it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The most that <see cref="RecordBytesMax"/> may be: a byte less than 1 GiB, since a buffer that doubles until it holds more has to stay an array.</summary>
    public const int RecordBytesLimit = (1 << 30) - 1;

    /// <summary>The most bytes of one line, record or file: 32 MiB. Longer ones are counted and passed over.</summary>
    public int RecordBytesMax { get; init; } = 32 << 20;

    /// <summary>Bytes of a batch, decompressed: 1 MiB. A longer record makes a batch of its own.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>Where objects of <c>s3://</c> addresses are.</summary>
    internal ObjectStore Objects { get; init; } = ObjectStore.Default;
}
