namespace Touchstone.Curation.Runs;

/// <summary>A number of documents with what is in them.</summary>
public sealed class Amount
{
    /// <summary>Documents.</summary>
    public long Documents { get; set; }

    /// <summary>Unicode code points of their texts.</summary>
    public long Characters { get; set; }

    /// <summary>Runs of characters that are no white space: a cheap count that is the same for every language and step, not a tokenizer's.</summary>
    public long Words { get; set; }

    /// <summary>Bytes of their texts in UTF-8; 0 in manifests of versions that did not count them.</summary>
    public long Bytes { get; set; }

    internal void Add(TextSize size)
    {
        Documents++;
        Characters += size.Characters;
        Words += size.Words;
        Bytes += size.Bytes;
    }

    internal void Add(Amount other)
    {
        Documents += other.Documents;
        Characters += other.Characters;
        Words += other.Words;
        Bytes += other.Bytes;
    }
}

/// <summary>What a step did.</summary>
public sealed class StepTally
{
    /// <summary>Documents that came to the step.</summary>
    public Amount Entered { get; init; } = new();

    /// <summary>What it dropped, by reason.</summary>
    public SortedDictionary<string, Amount> Dropped { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Documents whose text it changed.</summary>
    public long Edited { get; set; }

    /// <summary>Characters that its changes took away, less those they added.</summary>
    public long CharactersCut { get; set; }

    /// <summary>Words that its changes took away, less those they added.</summary>
    public long WordsCut { get; set; }

    internal void Drop(string reason, TextSize size)
    {
        if (!Dropped.TryGetValue(reason, out var amount)) Dropped.Add(reason, amount = new());
        amount.Add(size);
    }

    internal void Add(StepTally other)
    {
        Entered.Add(other.Entered);
        Edited += other.Edited;
        CharactersCut += other.CharactersCut;
        WordsCut += other.WordsCut;
        foreach (var (reason, amount) in other.Dropped)
        {
            if (!Dropped.TryGetValue(reason, out var sum)) Dropped.Add(reason, sum = new());
            sum.Add(amount);
        }
    }
}

/// <summary>What was counted of documents on their way: of a batch, a shard or a whole run. Tallies of parts add up to that of the whole, whichever way it was cut.</summary>
public sealed class Tally
{
    /// <summary>Numbers of words are counted in bins: none, 1, 2 to 3, 4 to 7 and so on.</summary>
    public const int WordBins = 32;

    /// <summary>Decompressed bytes of the source.</summary>
    public long Bytes { get; set; }

    /// <summary>Documents of the source.</summary>
    public Amount Read { get; init; } = new();

    /// <summary>What could not be read, by code.</summary>
    public SortedDictionary<string, long> Faults { get; init; } = new(StringComparer.Ordinal);

    /// <summary>A tally for each step of the pipeline.</summary>
    public List<StepTally> Steps { get; init; } = [];

    /// <summary>Documents of the sink.</summary>
    public Amount Kept { get; init; } = new();

    /// <summary>Sums of what steps counted in kept documents, such as <c>redacted_email</c>.</summary>
    public SortedDictionary<string, long> Counted { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Documents of the source by number of words, in bins.</summary>
    public long[] ReadWords { get; init; } = new long[WordBins];

    /// <summary>Documents of the sink by number of words, in bins.</summary>
    public long[] KeptWords { get; init; } = new long[WordBins];

    /// <summary>An empty tally.</summary>
    public static Tally Of(int steps) => new() { Steps = [.. Enumerable.Range(0, steps).Select(_ => new StepTally())] };

    /// <summary>Adds a part.</summary>
    public void Add(Tally other)
    {
        Bytes += other.Bytes;
        Read.Add(other.Read);
        Kept.Add(other.Kept);
        foreach (var (code, count) in other.Faults) Faults[code] = Faults.GetValueOrDefault(code) + count;
        foreach (var (name, count) in other.Counted) Counted[name] = Counted.GetValueOrDefault(name) + count;
        for (var s = 0; s < Steps.Count; s++) Steps[s].Add(other.Steps[s]);
        for (var b = 0; b < WordBins; b++)
        {
            ReadWords[b] += other.ReadWords[b];
            KeptWords[b] += other.KeptWords[b];
        }
    }

    /// <summary>Documents that came to a stage.</summary>
    internal long EnteredAt(int stage, int firstStep) => stage == 0 ? Read.Documents : Steps[firstStep].Entered.Documents;

    internal static int Bin(long words) => words == 0 ? 0 : Math.Min(WordBins - 1, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)words));
}
