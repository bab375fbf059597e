
namespace Touchstone.Text.Languages;

/// <summary>A matrix of a fastText model, whole or quantised.</summary>
internal interface IFastTextMatrix
{
    long Rows { get; }

    int Columns { get; }

    void AddRow(int row, Span<float> sum);

    float Dot(int row, ReadOnlySpan<float> vector);
}

internal sealed class DenseMatrix(float[] numbers, long rows, int columns) : IFastTextMatrix
{
    public long Rows => rows;

    public int Columns => columns;

    public static DenseMatrix Read(FastTextReader reader, int dimensions)
    {
        var (rows, columns) = (reader.Int64("a number of rows"), reader.Int64("a number of columns"));
        if (columns != dimensions || rows < 0 || rows > Array.MaxLength / columns) throw reader.Fault($"a matrix of {dimensions} columns and at most {Array.MaxLength} numbers", $"{rows} rows of {columns}");
        return new(reader.Many<float>(rows * columns, "a matrix"), rows, dimensions);
    }

    public void AddRow(int row, Span<float> sum)
    {
        var numbersOfRow = Row(row);
        for (var d = 0; d < sum.Length; d++) sum[d] += numbersOfRow[d];
    }

    public float Dot(int row, ReadOnlySpan<float> vector)
    {
        var numbersOfRow = Row(row);
        float dot = 0;
        for (var d = 0; d < vector.Length; d++) dot += numbersOfRow[d] * vector[d];
        return dot;
    }

    private ReadOnlySpan<float> Row(int row) => numbers.AsSpan(row * columns, columns);
}

/// <summary>Rows as codes of product quantisation: a byte for each part of a row names one of 256 means of that part, and perhaps another byte the row's length.</summary>
/// <remarks>H. Jégou, M. Douze, C. Schmid, Product Quantization for Nearest Neighbor Search, IEEE TPAMI 33(1), 2011.</remarks>
internal sealed class QuantisedMatrix : IFastTextMatrix
{
    private readonly byte[] _codes;
    private readonly Quantiser _parts;
    private readonly byte[]? _normCodes;
    private readonly Quantiser? _norms;

    private QuantisedMatrix(long rows, int columns, byte[] codes, Quantiser parts, byte[]? normCodes, Quantiser? norms)
    {
        (Rows, Columns, _codes, _parts, _normCodes, _norms) = (rows, columns, codes, parts, normCodes, norms);
    }

    public long Rows { get; }

    public int Columns { get; }

    public static QuantisedMatrix Read(FastTextReader reader, int dimensions)
    {
        var hasNorms = reader.Boolean("the mark of quantised lengths");
        var (rows, columns, codeBytes) = (reader.Int64("a number of rows"), reader.Int64("a number of columns"), reader.Int32("a number of codes"));
        if (columns != dimensions || rows < 0) throw reader.Fault($"a matrix of {dimensions} columns", $"{rows} rows of {columns}");
        var codes = reader.Many<byte>(codeBytes, "codes");
        var parts = Quantiser.Read(reader, dimensions);
        if (codeBytes != rows * parts.Parts) throw reader.Fault($"{rows * parts.Parts} codes", $"{codeBytes}");
        return hasNorms ? new(rows, dimensions, codes, parts, reader.Many<byte>(rows, "codes of lengths"), Quantiser.Read(reader, 1)) : new(rows, dimensions, codes, parts, null, null);
    }

    public void AddRow(int row, Span<float> sum)
    {
        var norm = Norm(row);
        for (var p = 0; p < _parts.Parts; p++)
        {
            var mean = _parts.Mean(p, _codes[row * _parts.Parts + p]);
            var from = p * _parts.PartLength;
            for (var d = 0; d < mean.Length; d++) sum[from + d] += norm * mean[d];
        }
    }

    public float Dot(int row, ReadOnlySpan<float> vector)
    {
        float dot = 0;
        for (var p = 0; p < _parts.Parts; p++)
        {
            var mean = _parts.Mean(p, _codes[row * _parts.Parts + p]);
            var from = p * _parts.PartLength;
            for (var d = 0; d < mean.Length; d++) dot += vector[from + d] * mean[d];
        }

        return dot * Norm(row);
    }

    private float Norm(int row) => _norms is null ? 1 : _norms.Mean(0, _normCodes![row])[0];

    private sealed class Quantiser(int parts, int partLength, int lastLength, float[] means)
    {
        private const int Means = 256;

        public int Parts => parts;

        public int PartLength => partLength;

        public static Quantiser Read(FastTextReader reader, int dimensions)
        {
            var (length, parts, partLength, lastLength) = (reader.Int32("a length"), reader.Int32("a number of parts"), reader.Int32("a part's length"), reader.Int32("the last part's length"));
            if (length != dimensions || parts < 1 || partLength < 1 || lastLength < 1 || (parts - 1L) * partLength + lastLength != dimensions)
                throw reader.Fault($"parts that add up to {dimensions}", $"{parts} of {partLength}, the last of {lastLength}, for {length}");
            return new(parts, partLength, lastLength, reader.Many<float>((long)dimensions * Means, "means"));
        }

        public ReadOnlySpan<float> Mean(int part, byte code) => part == parts - 1
            ? means.AsSpan(part * Means * partLength + code * lastLength, lastLength)
            : means.AsSpan((part * Means + code) * partLength, partLength);
    }
}
