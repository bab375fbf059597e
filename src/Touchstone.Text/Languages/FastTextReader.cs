using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Touchstone.Text.Languages;

/// <summary>Reads the little-endian numbers of a fastText file and tells where it stops being one.</summary>
internal sealed class FastTextReader(Stream stream)
{
    private const int MaxWordBytes = 1 << 16;
    private const int Piece = 1 << 20;

    private long _offset;

    public int Int32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(stackalloc byte[4], what));

    public long Int64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Take(stackalloc byte[8], what));

    public double Double(string what) => BinaryPrimitives.ReadDoubleLittleEndian(Take(stackalloc byte[8], what));

    public byte Byte(string what) => Take(stackalloc byte[1], what)[0];

    public bool Boolean(string what) => Byte(what) != 0;

    /// <summary>Text up to a zero byte.</summary>
    public string Word()
    {
        var bytes = new List<byte>();
        for (var next = Byte("a word"); next != 0; next = Byte("a word"))
        {
            if (bytes.Count == MaxWordBytes) throw Fault($"a word of at most {MaxWordBytes} bytes", "a longer one");
            bytes.Add(next);
        }

        return Encoding.Latin1.GetString(CollectionsMarshal.AsSpan(bytes)); // byte for byte: words are looked up by their bytes
    }

    /// <summary>Many numbers; memory grows with what is really there, so that a lie about the count costs nothing.</summary>
    public T[] Many<T>(long count, string what)
        where T : unmanaged
    {
        if (count < 0 || count > Array.MaxLength) throw Fault($"{what} of at most {Array.MaxLength}", $"{count}");
        var numbers = new T[Math.Min(count, Piece)];
        for (var filled = 0L; filled < count;)
        {
            if (filled == numbers.Length) Array.Resize(ref numbers, (int)Math.Min(count, 2L * numbers.Length));
            Take(MemoryMarshal.AsBytes(numbers.AsSpan((int)filled)), what);
            filled = numbers.Length;
        }

        return numbers;
    }

    public InvalidDataException Fault(string expected, string found) => new($"Byte {_offset} of the fastText model: expected {expected}, found {found}.");

    private Span<byte> Take(Span<byte> bytes, string what)
    {
        var got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length) throw Fault(what, "the end of the file");
        _offset += bytes.Length;
        return bytes;
    }
}

/// <summary>The settings of a fastText file that reading and predicting need.</summary>
/// <param name="Version">Of the file's form.</param>
/// <param name="Dimensions">Length of vectors.</param>
/// <param name="WordGrams">Words in a run at most.</param>
/// <param name="Loss">1 hierarchical softmax, 2 negative sampling, 3 softmax, 4 one against all.</param>
/// <param name="Buckets">Number of places for runs of letters and words.</param>
/// <param name="MinGram">Fewest letters of a run; 0 for no runs.</param>
/// <param name="MaxGram">Most letters of a run; 0 for no runs.</param>
internal sealed record FastTextArguments(int Version, int Dimensions, int WordGrams, int Loss, int Buckets, int MinGram, int MaxGram)
{
    private const int Magic = 793712314;
    private const int NewestVersion = 12;
    private const int Supervised = 3;
    private const int MaxDimensions = 10_000;

    public static FastTextArguments Read(FastTextReader reader)
    {
        if (reader.Int32("the mark of a fastText model") is not Magic and var magic) throw reader.Fault($"a fastText model, which begins with {Magic}", $"{magic}");
        var version = reader.Int32("a version");
        if (version is < 11 or > NewestVersion) throw reader.Fault($"version 11 or {NewestVersion}", $"{version}");
        var numbers = reader.Many<int>(12, "settings"); // dim ws epoch minCount neg wordNgrams loss model bucket minn maxn lrUpdateRate
        reader.Double("the last setting");
        var (dimensions, kind) = (numbers[0], numbers[7]);
        if (dimensions is < 1 or > MaxDimensions) throw reader.Fault($"vectors of 1 to {MaxDimensions} numbers", $"{dimensions}");
        if (kind != Supervised) throw reader.Fault("a model of a supervised classifier (kind 3)", $"kind {kind}");
        if (numbers[6] is < 1 or > 4) throw reader.Fault("a loss from 1 to 4", $"{numbers[6]}");
        if (numbers[8] < 0) throw reader.Fault("a number of buckets", $"{numbers[8]}");
        var maxGram = version == 11 ? 0 : numbers[10]; // old supervised models do not use runs of letters
        return new(version, dimensions, numbers[5], numbers[6], numbers[8], numbers[9], maxGram);
    }
}
