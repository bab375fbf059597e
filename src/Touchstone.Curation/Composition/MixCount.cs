using Touchstone.Curation.Runs;

namespace Touchstone.Curation.Composition;

/// <summary>What was counted of a file or of a source; counts of files add up to that of their source.</summary>
internal sealed class MixCount
{
    private const int LicencesMax = 1000;

    /// <summary>Documents read.</summary>
    public Amount Read { get; } = new();

    /// <summary>Tokens of those, as their records tell them.</summary>
    public double ReadTokens { get; set; }

    /// <summary>Bytes of the lines that those documents become.</summary>
    public long LineBytes { get; set; }

    /// <summary>What could not be read, by code.</summary>
    public SortedDictionary<string, long> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>Documents that went in, repeats counted.</summary>
    public Amount Written { get; } = new();

    /// <summary>Tokens of those.</summary>
    public double WrittenTokens { get; set; }

    /// <summary>Documents that went in by licence.</summary>
    public SortedDictionary<string, long> Licences { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts a document that went in.</summary>
    public void Wrote(TextSize size, double tokens, int copies)
    {
        Written.Documents += copies;
        Written.Characters += size.Characters * copies;
        Written.Words += size.Words * copies;
        Written.Bytes += size.Bytes * copies;
        WrittenTokens += tokens * copies;
    }

    /// <summary>Counts what went in under a licence.</summary>
    public void AddLicence(string licence, long copies)
    {
        if (!Licences.ContainsKey(licence) && Licences.Count >= LicencesMax) licence = "...";
        Licences[licence] = Licences.GetValueOrDefault(licence) + copies;
    }

    public void Add(MixCount other)
    {
        Read.Add(other.Read);
        Written.Add(other.Written);
        ReadTokens += other.ReadTokens;
        WrittenTokens += other.WrittenTokens;
        LineBytes += other.LineBytes;
        foreach (var (code, count) in other.Faults) Faults[code] = Faults.GetValueOrDefault(code) + count;
        foreach (var (licence, count) in other.Licences) AddLicence(licence, count);
    }

    /// <summary>How much was read, in a unit.</summary>
    public double Size(MixUnit unit) => unit == MixUnit.Tokens ? ReadTokens : In(Read, unit);

    /// <summary>How much went in, in a unit.</summary>
    public double WrittenSize(MixUnit unit) => unit == MixUnit.Tokens ? WrittenTokens : In(Written, unit);

    private static double In(Amount amount, MixUnit unit) => unit switch
    {
        MixUnit.Documents => amount.Documents,
        MixUnit.Words => amount.Words,
        MixUnit.Characters => amount.Characters,
        _ => amount.Bytes,
    };
}
