using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Composition;

/// <summary>How many of each kind of document stay.</summary>
public sealed record SampleOptions
{
    /// <summary>Finding or member that tells the kinds apart, such as <c>language</c> or <c>source</c>; null takes all documents for one kind.</summary>
    public string? By { get; init; }

    /// <summary>Share of a kind that stays, as <c>kind=share</c>.</summary>
    public IReadOnlyList<string> Rates { get; init; } = [];

    /// <summary>Share that stays of kinds that are not named.</summary>
    [ParameterRange(0, 1)]
    public double Rate { get; init; } = 1;

    /// <summary>Another seed takes others.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>Keeps a share of each kind of document; drops the others as <c>not_sampled</c>.</summary>
/// <remarks>
/// Each document is drawn by a hash of its id and the seed, for itself: shares are met on average (of n documents at share p, within a standard deviation of sqrt(p (1 - p) / n)), a larger share keeps all that a
/// smaller one keeps, and the order of reading does not matter. <see cref="Mixture"/> works shares out of the proportions that are wanted.
/// </remarks>
public sealed class SampleStep : DocumentStep
{
    private readonly SampleOptions _options;
    private readonly Dictionary<string, double> _rates = new(StringComparer.Ordinal);

    /// <summary>Makes the step.</summary>
    /// <param name="options">Kinds, shares and seed.</param>
    /// <exception cref="ArgumentException">A share is not from 0 to 1, or not written as <c>kind=share</c>.</exception>
    public SampleStep(SampleOptions options)
    {
        _options = options;
        Check(options.Rate, "rate");
        foreach (var row in options.Rates)
        {
            var equals = row.LastIndexOf('=');
            if (equals < 1 || !double.TryParse(row.AsSpan(equals + 1), System.Globalization.CultureInfo.InvariantCulture, out var rate))
                throw new ArgumentException($"Expected a share as kind=share, such as en=0.5; found «{row}».", nameof(options));
            Check(rate, row);
            if (!_rates.TryAdd(row[..equals].Trim(), rate)) throw new ArgumentException($"Expected one share for each kind, found a second one: «{row}».", nameof(options));
        }

        if (_rates.Count > 0 && options.By is null) throw new ArgumentException("Expected the name of what tells the kinds apart beside their shares, found none.", nameof(options));
    }

    private static void Check(double rate, string what)
    {
        if (rate is not (>= 0 and <= 1)) throw new ArgumentException($"Expected a share from 0 to 1, found {rate.ToString(System.Globalization.CultureInfo.InvariantCulture)} ({what}).");
    }

    /// <inheritdoc/>
    public override string Id => "sample@touchstone-1";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var rate = _options.By is { } by && DocumentDraw.Key(document, by) is { } kind && _rates.TryGetValue(kind, out var named) ? named : _options.Rate;
        return DocumentDraw.Uniform(_options.Seed, document.Id) < rate ? Verdict.Kept : Verdict.Dropped("not_sampled");
    }
}
