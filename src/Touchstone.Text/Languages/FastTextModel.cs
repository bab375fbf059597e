using System.Text;

namespace Touchstone.Text.Languages;

/// <summary>A classifier of texts that fastText trained, read as it is from its <c>.bin</c> or quantised <c>.ftz</c> file: languages, or whatever its labels are.</summary>
/// <remarks>
/// facebookresearch/fastText 0.9.2 (MIT): <c>fasttext.cc</c> (loadModel, predict), <c>dictionary.cc</c> (load, getLine, computeSubwords), <c>matrix</c>, <c>quantmatrix.cc</c>,
/// <c>productquantizer.cc</c>, <c>loss.cc</c>. File version 12 (11 is read without quantised parts). A text is read as one line, with blanks in the place of line ends. Matrices are
/// held whole in memory. Safe on many threads.
/// </remarks>
public sealed class FastTextModel : ILanguageModel
{
    private const string LabelPrefix = "__label__";

    private readonly FastTextDictionary _dictionary;
    private readonly IFastTextMatrix _input;
    private readonly IFastTextMatrix _output;
    private readonly FastTextLoss _loss;

    private FastTextModel(FastTextDictionary dictionary, IFastTextMatrix input, IFastTextMatrix output, FastTextLoss loss)
    {
        (_dictionary, _input, _output, _loss) = (dictionary, input, output, loss);
        Languages = [.. dictionary.Labels.Select(l => l.StartsWith(LabelPrefix, StringComparison.Ordinal) ? l[LabelPrefix.Length..] : l)];
    }

    /// <summary>The labels without fastText's prefix, from the most frequent in training to the least.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file, best buffered; it stays open.</param>
    /// <exception cref="InvalidDataException">It is not a model of a supported kind, or cut off: the message says where and what was expected.</exception>
    public static FastTextModel Read(Stream stream)
    {
        var reader = new FastTextReader(stream);
        var arguments = FastTextArguments.Read(reader);
        var dictionary = FastTextDictionary.Read(reader, arguments);
        var isQuantised = reader.Boolean("the mark of a quantised input");
        IFastTextMatrix input = isQuantised ? QuantisedMatrix.Read(reader, arguments.Dimensions) : DenseMatrix.Read(reader, arguments.Dimensions);
        var isOutputQuantised = reader.Boolean("the mark of a quantised output");
        IFastTextMatrix output = isQuantised && isOutputQuantised ? QuantisedMatrix.Read(reader, arguments.Dimensions) : DenseMatrix.Read(reader, arguments.Dimensions);
        var rows = dictionary.InputRows(arguments.Buckets);
        if (input.Rows != rows) throw new InvalidDataException($"Expected {rows} rows of input for the words and buckets of the model, found {input.Rows}.");
        if (output.Rows != dictionary.Labels.Count) throw new InvalidDataException($"Expected {dictionary.Labels.Count} rows of output, one for each label; found {output.Rows}.");
        return new(dictionary, input, output, FastTextLoss.Of(arguments.Loss, dictionary.LabelCounts));
    }

    /// <inheritdoc/>
    public bool TryScore(ReadOnlySpan<char> text, Span<float> probabilities)
    {
        if (probabilities.Length != Languages.Count) throw new ArgumentException($"Expected {Languages.Count} places, found {probabilities.Length}.", nameof(probabilities));
        probabilities.Clear();
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        var line = bytes.AsSpan(0, length);
        line.Replace((byte)'\n', (byte)' ');

        var rows = new List<int>();
        _dictionary.AddLine(line, rows);
        if (rows.Count == 0) return false;
        var hidden = new float[_input.Columns];
        foreach (var row in rows) _input.AddRow(row, hidden);
        for (var d = 0; d < hidden.Length; d++) hidden[d] /= rows.Count;
        _loss.Predict(_output, hidden, probabilities);
        return true;
    }
}
