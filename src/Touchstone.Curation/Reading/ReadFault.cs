using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>Something of a source that could not become a document.</summary>
/// <param name="Place">Where.</param>
/// <param name="Code">Stable snake_case name, one of <see cref="ReadFaultCode"/>.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record ReadFault(DocumentPlace Place, string Code, string Message);

/// <summary>Names of what can be wrong with a source.</summary>
public static class ReadFaultCode
{
    /// <summary>A line is no JSON object.</summary>
    public const string NotJson = "not_json";

    /// <summary>A record has no member, or a table's row no value, for the text.</summary>
    public const string NoText = "no_text";

    /// <summary>The text is a number, a list or something else that is no text.</summary>
    public const string TextNotString = "text_not_string";

    /// <summary>A record has two members for the text.</summary>
    public const string TwoTexts = "two_texts";

    /// <summary>The text has no character.</summary>
    public const string EmptyText = "empty_text";

    /// <summary>Bytes are no UTF-8, or an escape is half of a surrogate pair.</summary>
    public const string InvalidUnicode = "invalid_unicode";

    /// <summary>A line, record or file is longer than the limit.</summary>
    public const string TooLong = "too_long";

    /// <summary>Compressed data is cut or damaged; what lies behind is lost.</summary>
    public const string BrokenCompression = "broken_compression";

    /// <summary>A table's row or a Parquet file's page is broken.</summary>
    public const string BrokenTable = "broken_table";

    /// <summary>A web archive's record cannot be told from what follows it, or its head is broken.</summary>
    public const string BrokenRecord = "broken_record";

    /// <summary>A web archive's record ends before its stated length.</summary>
    public const string WrongLength = "wrong_length";

    /// <summary>The body of an HTTP response cannot be taken out of its chunks or its compression.</summary>
    public const string BrokenBody = "broken_body";

    /// <summary>The address of a record is no address; the record is read nevertheless.</summary>
    public const string BadAddress = "bad_address";

    /// <summary>An archive of the older ARC format, which is not read.</summary>
    public const string ArcArchive = "arc_archive";
}
