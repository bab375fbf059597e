using System.Globalization;
using System.Text;

namespace Touchstone.Files.Tables;

/// <summary>
/// Reads records with named fields, one after the other, from CSV (RFC 4180, comma, a header line) or NDJSON (one flat object a line). Which of the two
/// a stream holds is told by its first character. Bytes stream through one buffer; fields are spans of UTF-8 and nothing is allocated for a record.
/// </summary>
/// <remarks>
/// CRLF, LF, a byte order mark and blank lines are taken. Everything else that is not of the format ends the reading with a <see cref="TableFormatException"/>
/// that names file, line and column: a table that is half understood is worse than none. Who can do with part of a table goes on by <see cref="TrySkipBroken"/>.
/// </remarks>
public abstract class TableReader : IDisposable
{
    /// <summary>The most bytes that one record may have: 16 MiB.</summary>
    public const int RecordBytesMax = 16 << 20;

    private const int ShownMax = 160;
    private protected static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);
    private string[] _header = [];

    private protected TableReader(string name) => Name = name;

    /// <summary>Name of the file for messages.</summary>
    public string Name { get; }

    /// <summary>Names of the columns: CSV's first line, or the members of NDJSON's first object.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>Line on which the current record begins, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>First byte of the current record in the stream, from 0.</summary>
    public abstract long Offset { get; }

    /// <summary>A field of the current record, unquoted, as UTF-8; empty where NDJSON has no such member or null. Valid until the next <see cref="Read"/>.</summary>
    public abstract ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>Opens a table.</summary>
    /// <param name="stream">A readable stream; it is read in large steps and stays open.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <exception cref="TableFormatException">There is no header: the stream is empty, or its first line is broken.</exception>
    public static TableReader Open(Stream stream, string name)
    {
        var window = new ByteWindow(stream, RecordBytesMax);
        try
        {
            var first = window.FirstCharacter();
            if (first < 0) throw new TableFormatException(name, 0, 0, "expected a header line or a JSON object, found an empty file");
            TableReader reader = first == '{' ? new NdjsonTable(window, name) : new CsvTable(window, name);
            reader._header = reader.ReadHeader();
            reader.CheckHeader();
            return reader;
        }
        catch
        {
            window.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="TableFormatException">The record is broken.</exception>
    public abstract bool Read();

    /// <summary>Passes over the record at which <see cref="Read"/> or a field was found broken, so that reading can go on with the next.</summary>
    /// <returns>False where the record's end cannot be known: a quote is not closed, or the record is too long.</returns>
    public abstract bool TrySkipBroken();

    /// <summary>Passes over everything from the record on at which <see cref="Read"/> stopped.</summary>
    /// <returns>How many bytes that were, decompressed.</returns>
    public abstract long SkipRest();

    /// <summary>Place of a column in <see cref="Header"/>; -1 where there is none of that name.</summary>
    public int Find(string column) => Array.IndexOf(_header, column);

    /// <summary>Places of columns that must be there.</summary>
    /// <exception cref="TableFormatException">Names all that are missing, and what there is.</exception>
    public int[] Require(params string[] columns)
    {
        var missing = columns.Where(c => Find(c) < 0).ToArray();
        if (missing.Length == 0) return Array.ConvertAll(columns, Find);
        var hint = _header is [var only] && only.IndexOfAny([';', '\t', '|']) is >= 0 and var at
            ? $" (columns are parted by commas here, not by {(only[at] == '\t' ? "tabs" : $"\"{only[at]}\"")})"
            : "";
        throw new TableFormatException(
            Name, HeaderLine, 0, $"expected the columns {string.Join(", ", columns)}; {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing, found {Shown(string.Join(", ", _header))}{hint}");
    }

    /// <summary>A field that must hold something.</summary>
    /// <param name="column">Its place in <see cref="Header"/>.</param>
    public ReadOnlySpan<byte> Filled(int column)
    {
        var field = this[column];
        return field.IsEmpty ? throw Fault(column, $"expected a {_header[column]}, found nothing") : field;
    }

    /// <summary>A field as a finite number.</summary>
    /// <param name="column">Its place in <see cref="Header"/>.</param>
    /// <param name="least">Least that it may be.</param>
    /// <param name="most">Most that it may be.</param>
    public double Number(int column, double least = double.MinValue, double most = double.MaxValue)
    {
        var field = this[column];
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        var expected = least == double.MinValue && most == double.MaxValue ? "a finite number" : string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");
        throw Fault(column, $"expected {expected} as {_header[column]}, found {(field.IsEmpty ? "nothing" : Shown(Text(field)))}");
    }

    /// <summary>A field as a string.</summary>
    /// <exception cref="TableFormatException">The bytes are no UTF-8.</exception>
    public string String(int column)
    {
        var field = this[column];
        return System.Text.Unicode.Utf8.IsValid(field) ? Text(field) : throw Fault(column, $"expected text in UTF-8 as {_header[column]}, found other bytes");
    }

    /// <summary>A fault of the current record.</summary>
    /// <param name="column">Place of the field in <see cref="Header"/>, or -1 for the record as a whole.</param>
    /// <param name="message">What was expected and what was found.</param>
    public abstract TableFormatException Fault(int column, string message);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the buffer back.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Text from a file as a message may quote it: cut, and in quotes.</summary>
    public static string Shown(string text) => text.Length <= ShownMax ? $"\"{text}\"" : $"\"{text[..(ShownMax)]}...\"";

    private protected abstract string[] ReadHeader();

    private protected long HeaderLine { get; set; } = 1;

    private protected static string Text(ReadOnlySpan<byte> field) => Utf8.GetString(field);

    private void CheckHeader()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < _header.Length; c++)
        {
            if (_header[c].Length == 0) throw new TableFormatException(Name, HeaderLine, 0, $"expected a name for every column, column {c + 1} of {_header.Length} has none");
            if (!seen.Add(_header[c])) throw new TableFormatException(Name, HeaderLine, 0, $"expected every column once, found {Shown(_header[c])} twice");
        }
    }
}
