using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Touchstone.Text.Languages;

/// <summary>Tells the language of a text by a small linear model over hashed runs of letters and words.</summary>
/// <remarks>
/// The model of A. Joulin, E. Grave, P. Bojanowski, T. Mikolov, Bag of Tricks for Efficient Text Classification, EACL 2017: the mean of one short vector for each feature, and a
/// softmax over the languages that are written in the text's script. Vectors are bytes. What it was trained from and how well it does: docs/explanation/language-identification.md.
/// Time is linear in the text, up to <see cref="LanguageFeatures.MaxLetters"/> letters. Safe on many threads.
/// </remarks>
public sealed class LanguageIdentifier : ILanguageModel
{
    /// <summary>Length of a feature's vector.</summary>
    public const int Dimensions = 16;

    private const uint Magic = 0x314C5354; // TSL1
    private const int MaxRowsInShorts = 256; // a sum of so many bytes fits in 16 bits

    private static readonly Lazy<LanguageIdentifier> s_default = new(ReadDefault);

    [ThreadStatic]
    private static List<uint>? t_hashes;

    private readonly sbyte[] _rows;     // [bucket, dimension]
    private readonly float[] _weights;  // [language, dimension]
    private readonly float[] _biases;   // [language]
    private readonly uint[] _scripts;   // [language]: bit for each script that it is written in
    private readonly uint _mask;

    private LanguageIdentifier(string[] languages, uint[] scripts, float[] weights, float[] biases, sbyte[] rows)
    {
        (Languages, _scripts, _weights, _biases, _rows) = (languages, scripts, weights, biases, rows);
        _mask = (uint)(rows.Length / Dimensions) - 1;
    }

    /// <summary>The model that is part of this library.</summary>
    public static LanguageIdentifier Default => s_default.Value;

    /// <summary>Codes of the languages that it knows, in order.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>The most probable language of a text.</summary>
    /// <param name="text">The text, best without markup and code: see <see cref="Prose"/>.</param>
    public LanguageGuess Identify(ReadOnlySpan<char> text)
    {
        Span<float> probabilities = Languages.Count <= 512 ? stackalloc float[Languages.Count] : new float[Languages.Count];
        if (!TryScore(text, probabilities)) return LanguageGuess.Undetermined;
        var best = 0;
        for (var l = 1; l < probabilities.Length; l++)
            if (probabilities[l] > probabilities[best]) best = l;
        return new(Languages[best], probabilities[best]);
    }

    /// <inheritdoc/>
    /// <remarks>They add up to 1, or to 0 where the text has no letters of a known script.</remarks>
    public bool TryScore(ReadOnlySpan<char> text, Span<float> probabilities)
    {
        if (probabilities.Length != Languages.Count) throw new ArgumentException($"Expected {Languages.Count} places, found {probabilities.Length}.", nameof(probabilities));
        probabilities.Clear();
        var script = LanguageFeatures.DominantScript(text);
        if (script == WritingScript.None) return false;

        var hashes = t_hashes ??= [];
        hashes.Clear();
        LanguageFeatures.Add(text, script, hashes);
        Span<float> mean = stackalloc float[Dimensions];
        Mean(CollectionsMarshal.AsSpan(hashes), mean);
        return Softmax(mean, 1u << (int)script, probabilities);
    }

    private void Mean(ReadOnlySpan<uint> hashes, Span<float> mean)
    {
        var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (var from = 0; from < hashes.Length; from += MaxRowsInShorts)
        {
            var sum = Vector256<short>.Zero;
            foreach (var hash in hashes.Slice(from, Math.Min(MaxRowsInShorts, hashes.Length - from)))
            {
                var (first, second) = Vector128.Widen(Vector128.LoadUnsafe(ref _rows[(hash & _mask) * Dimensions]));
                sum += Vector256.Create(first, second);
            }

            var (lower, upper) = Vector256.Widen(sum);
            low += lower;
            high += upper;
        }

        var share = 1f / Math.Max(1, hashes.Length);
        (Vector256.ConvertToSingle(low) * share).CopyTo(mean);
        (Vector256.ConvertToSingle(high) * share).CopyTo(mean[8..]);
    }

    private bool Softmax(ReadOnlySpan<float> mean, uint script, Span<float> probabilities)
    {
        var most = float.NegativeInfinity;
        for (var l = 0; l < probabilities.Length; l++)
        {
            if ((_scripts[l] & script) == 0) continue;
            var score = _biases[l];
            for (var d = 0; d < Dimensions; d++) score += mean[d] * _weights[l * Dimensions + d];
            probabilities[l] = score;
            most = Math.Max(most, score);
        }

        if (most == float.NegativeInfinity) return false;
        float sum = 0;
        for (var l = 0; l < probabilities.Length; l++)
            if ((_scripts[l] & script) != 0) sum += probabilities[l] = MathF.Exp(probabilities[l] - most);
        for (var l = 0; l < probabilities.Length; l++) probabilities[l] /= sum;
        return true;
    }

    private static LanguageIdentifier ReadDefault()
    {
        using var stream = typeof(LanguageIdentifier).Assembly.GetManifestResourceStream("Touchstone.Text.Languages.languages.bin")
            ?? throw new InvalidOperationException("The model of languages is not part of the assembly.");
        return Read(stream);
    }

    /// <summary>Reads a model as <see cref="Write"/> makes it.</summary>
    /// <param name="stream">The model; it stays open.</param>
    /// <exception cref="InvalidDataException">It is none, or cut off.</exception>
    public static LanguageIdentifier Read(Stream stream)
    {
        using var compressed = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new BinaryReader(compressed, Encoding.UTF8);
        try
        {
            if (reader.ReadUInt32() != Magic) throw new InvalidDataException("Expected a model of languages, which begins with TSL1.");
            var (count, buckets) = (reader.ReadInt32(), reader.ReadInt32());
            if (count is < 1 or > 4096 || buckets is < 1 or > 1 << 24 || !System.Numerics.BitOperations.IsPow2(buckets))
                throw new InvalidDataException($"Expected 1 to 4096 languages and a power of two of buckets up to 2^24; found {count} and {buckets}.");
            var (languages, scripts) = (new string[count], new uint[count]);
            for (var l = 0; l < count; l++) (languages[l], scripts[l]) = (reader.ReadString(), reader.ReadUInt32());
            var weights = Floats(reader, count * Dimensions);
            var biases = Floats(reader, count);
            var rows = new sbyte[buckets * Dimensions];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
            return new(languages, scripts, weights, biases, rows);
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("The model of languages is cut off.", cut);
        }
    }

    private static float[] Floats(BinaryReader reader, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++) numbers[i] = reader.ReadSingle();
        return numbers;
    }

    /// <summary>Writes a model: magic, counts, for each language its code and scripts, weights, biases, rows; all little-endian, compressed by Brotli.</summary>
    /// <param name="stream">Takes the model; it stays open.</param>
    /// <param name="languages">Codes in order, with a bit for each <see cref="WritingScript"/> of theirs.</param>
    /// <param name="weights">[language, dimension], for rows in units of their bytes.</param>
    /// <param name="biases">One for each language.</param>
    /// <param name="rows">[bucket, dimension]; the number of buckets is a power of two.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Code, uint Scripts)> languages, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, ReadOnlySpan<sbyte> rows)
    {
        using var compressed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(compressed, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(languages.Count);
        writer.Write(rows.Length / Dimensions);
        foreach (var (code, scripts) in languages)
        {
            writer.Write(code);
            writer.Write(scripts);
        }

        foreach (var weight in weights) writer.Write(weight);
        foreach (var bias in biases) writer.Write(bias);
        writer.Write(MemoryMarshal.AsBytes(rows));
    }
}
