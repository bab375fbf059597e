namespace Touchstone.Curation.Steps;

/// <summary>States what a numeric parameter may be, for pipeline files. One without it may be 0 and more.</summary>
/// <param name="least">Least value.</param>
/// <param name="most">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterRangeAttribute(double least, double most = double.PositiveInfinity) : Attribute
{
    /// <summary>Least value.</summary>
    public double Least { get; } = least;

    /// <summary>Largest value.</summary>
    public double Most { get; } = most;
}
