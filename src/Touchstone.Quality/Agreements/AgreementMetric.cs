namespace Touchstone.Quality.Agreements;

/// <summary>Coefficients of agreement on labels.</summary>
public enum AgreementMetric
{
    /// <summary>Share of agreeing pairs, not corrected for chance.</summary>
    PercentAgreement,

    /// <summary>Cohen's kappa: exactly two contributors, each with a habit of their own.</summary>
    Cohen,

    /// <summary>Conger's kappa: Cohen's for any number of contributors.</summary>
    Conger,

    /// <summary>Scott's pi: exactly two contributors, one habit shared by both.</summary>
    Scott,

    /// <summary>Fleiss' kappa: Scott's for any number of contributors.</summary>
    Fleiss,

    /// <summary>Brennan and Prediger's coefficient: by chance every label is as likely as any other.</summary>
    BrennanPrediger,

    /// <summary>Gwet's AC1, with weights AC2: holds where one label prevails and kappa falls.</summary>
    Gwet,

    /// <summary>Krippendorff's alpha, at the level of measurement that the options name.</summary>
    Krippendorff,
}

/// <summary>How far apart two labels are for Krippendorff's alpha.</summary>
public enum MeasurementLevel
{
    /// <summary>Equal or not.</summary>
    Nominal,

    /// <summary>In order; the distance counts the ratings that lie between. The labels' order is that of their indices.</summary>
    Ordinal,

    /// <summary>The squared difference of the values.</summary>
    Interval,

    /// <summary>The squared difference of the values over their sum; 0 between two zeros.</summary>
    Ratio,
}
