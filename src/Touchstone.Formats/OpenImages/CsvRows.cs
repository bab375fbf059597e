using System.Globalization;
using System.Text;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.OpenImages;

/// <summary>Rows of a CSV file with a header. A field may be quoted; none goes over several lines.</summary>
internal sealed class CsvRows : IDisposable
{
    private readonly StreamReader _text;
    private readonly string _file;
    private readonly FaultLog _faults;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private List<string> _fields = [];
    private long _line;

    public CsvRows(DatasetSource source, string file, FaultLog faults)
    {
        (_text, _file, _faults) = (source.OpenText(file), file, faults);
        var header = Split(_text.ReadLine() ?? "");
        for (var i = 0; i < header.Count; i++) _columns.TryAdd(header[i].Trim(), i);
        _line = 1;
    }

    public long Line => _line;

    /// <summary>A field; empty where the row or the file has none of that name.</summary>
    public string this[string column] => _columns.TryGetValue(column, out var at) && at < _fields.Count ? _fields[at] : "";

    /// <summary>The next row that is not blank.</summary>
    public bool Next()
    {
        while (_text.ReadLine() is { } line)
        {
            _line++;
            if (line.Length == 0) continue;
            _fields = Split(line);
            return true;
        }

        return false;
    }

    /// <summary>A number, whose decimals may follow a comma where it is quoted; null where it is none, which is told.</summary>
    public double? Number(string column)
    {
        var text = this[column].Trim();
        if (!text.Contains('.', StringComparison.Ordinal)) text = text.Replace(',', '.');
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= 1e6) return number;
        Fault($"{column} is \"{Short(this[column])}\"; a number was expected.");
        return null;
    }

    public void Fault(string message) => _faults.Add(_file, FormattableString.Invariant($"line {_line}"), message);

    public void Dispose() => _text.Dispose();

    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    public static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";

    /// <summary>The fields of a line.</summary>
    public static List<string> Split(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (isQuoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]);
                else isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
