namespace Touchstone.Quality.Agreements;

/// <summary>Settings of a coefficient of agreement.</summary>
public sealed record AgreementOptions
{
    /// <summary>The usual settings: unweighted, nominal, analytic standard error, 95 %.</summary>
    public static readonly AgreementOptions Default = new();

    /// <summary>How much two different labels agree; null is not at all. Not used by Krippendorff's alpha.</summary>
    public LabelWeights? Weights { get; init; }

    /// <summary>Level of measurement; used by Krippendorff's alpha alone.</summary>
    public MeasurementLevel Level { get; init; } = MeasurementLevel.Nominal;

    /// <summary>Value of each label, needed by the interval and ratio levels.</summary>
    public double[]? LabelValues { get; init; }

    /// <summary>Distance of two labels by index, for Krippendorff's alpha at none of the levels: symmetric, 0 of a label to itself, not negative. Overrides <see cref="Level"/>.</summary>
    public Func<int, int, double>? Distance { get; init; }

    /// <summary>Bootstrap samples of items for interval and standard error; null takes the analytic ones.</summary>
    public int? Bootstrap { get; init; }

    /// <summary>Seed of the bootstrap; the same seed gives the same interval.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Level of the interval, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Number of items that those at hand were sampled from; null is unlimited. It narrows the analytic standard error by sqrt(1 - items / population).</summary>
    public long? PopulationItems { get; init; }
}
