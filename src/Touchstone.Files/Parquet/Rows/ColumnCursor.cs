namespace Touchstone.Files.Parquet.Rows;

/// <summary>Steps through a column's entries one by one.</summary>
internal sealed class ColumnCursor
{
    private readonly ParquetColumnReader _reader;
    private readonly Func<Encodings.ValueVector, int, object> _convert;
    private readonly bool _isShared;
    private readonly int _level;
    private object?[] _ofDictionary = [];
    private int _entry = -1;
    private int _value;

    public ColumnCursor(ParquetColumnReader reader)
    {
        _reader = reader;
        _convert = ValueReader.For(reader.Column.Type);
        _isShared = ValueReader.IsShared(reader.Column.Type);
        _level = reader.Column.DefinitionLevel;
        Load();
    }

    public ParquetColumn Column => _reader.Column;

    public bool IsAtEnd { get; private set; }

    /// <summary>The entry's definition level.</summary>
    public int Definition { get; private set; }

    /// <summary>The entry's repetition level; 0 at the end, where another row would begin.</summary>
    public int Repetition { get; private set; }

    /// <summary>Takes the entry's value and goes to the next entry.</summary>
    public object TakeValue()
    {
        var value = Value();
        _value++;
        Next();
        return value;
    }

    /// <summary>Passes an entry without value over.</summary>
    public void PassNull() => Next();

    public ParquetFormatException Fault(string message, long row, Exception? inner = null) => _reader.Fault(message, row, inner);

    private object Value()
    {
        var vector = _reader.Vector;
        if (!_isShared || vector.Codes is not { } codes) return _convert(vector, _value);
        var code = codes[_value];
        if (code >= _ofDictionary.Length) Array.Resize(ref _ofDictionary, Math.Max(code + 1, _ofDictionary.Length * 2));
        return _ofDictionary[code] ??= _convert(vector, _value);
    }

    private void Next()
    {
        if (++_entry < _reader.EntryCount) Show();
        else Load();
    }

    private void Load()
    {
        _value = 0;
        _entry = 0;
        IsAtEnd = !_reader.Read();
        if (IsAtEnd) (Definition, Repetition) = (-1, 0);
        else Show();
    }

    private void Show()
    {
        Definition = _level == 0 ? 0 : _reader.DefinitionLevels[_entry];
        Repetition = _reader.Column.RepetitionLevel == 0 ? 0 : _reader.RepetitionLevels[_entry];
    }
}
