using System.Text.Json;

namespace Touchstone.Files.Parquet;

/// <summary>A row, or a struct within one: names with values.</summary>
/// <remarks>
/// Values are, by the column's type: <see cref="bool"/>; <see cref="long"/> for whole numbers, <see cref="ulong"/> for those of 64 bits
/// without sign; <see cref="float"/> (16 and 32 bits) and <see cref="double"/>; <see cref="string"/> for text, names out of few and JSON;
/// <see cref="decimal"/> for decimals up to 28 digits, <see cref="ParquetDecimal"/> beyond; <see cref="DateOnly"/>, <see cref="ParquetTime"/>,
/// <see cref="ParquetTimestamp"/>, <see cref="Guid"/>; <c>byte[]</c> for all else. A list is an array of values, a struct a
/// <see cref="ParquetRow"/>, a map a list of structs <c>key</c>, <c>value</c> in the file's order. Null is null.
/// </remarks>
public sealed class ParquetRow
{
    private readonly ParquetRowShape _shape;
    private readonly object?[] _values;

    /// <summary>Makes a row of names and values of equal number.</summary>
    /// <exception cref="ArgumentException">Two names are equal, or the numbers differ.</exception>
    public ParquetRow(IReadOnlyList<string> names, params object?[] values)
        : this(new ParquetRowShape(names), values)
    {
        if (values.Length != names.Count) throw new ArgumentException($"There are {names.Count} names and {values.Length} values.", nameof(values));
    }

    internal ParquetRow(ParquetRowShape shape, object?[] values) => (_shape, _values) = (shape, values);

    /// <summary>The names, in the schema's order.</summary>
    public IReadOnlyList<string> Names => _shape.Names;

    /// <summary>The values in the order of the names.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The value at a place.</summary>
    public object? this[int index] => _values[index];

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public object? this[string name] => TryGet(name, out var value) ? value : throw new KeyNotFoundException($"The row has no {name}; it has {string.Join(", ", Names)}.");

    /// <summary>The value of a name, where there is one.</summary>
    public bool TryGet(string name, out object? value)
    {
        var has = _shape.Places.TryGetValue(name, out var place);
        value = has ? _values[place] : null;
        return has;
    }

    /// <summary>Writes the row as a JSON object: times and UUIDs as text, decimals as numbers, bytes as base64, NaN and infinities as text, for JSON has none.</summary>
    public void WriteTo(Utf8JsonWriter json) => ParquetJson.Write(json, this);

    internal JsonEncodedText EncodedName(int index) => _shape.Encoded[index];

    /// <summary>The row as JSON.</summary>
    public override string ToString()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}

/// <summary>The names that many rows share.</summary>
internal sealed class ParquetRowShape
{
    public ParquetRowShape(IReadOnlyList<string> names)
    {
        Names = names;
        Places = new(names.Count, StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
            if (!Places.TryAdd(names[i], i)) throw new ArgumentException($"The name {names[i]} occurs twice.", nameof(names));
        Encoded = [.. names.Select(n => JsonEncodedText.Encode(n))];
    }

    public IReadOnlyList<string> Names { get; }

    public Dictionary<string, int> Places { get; }

    public JsonEncodedText[] Encoded { get; }
}
