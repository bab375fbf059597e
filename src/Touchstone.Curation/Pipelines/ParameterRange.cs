using System.Globalization;
using System.Reflection;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Pipelines;

/// <summary>What a numeric parameter may be; see <see cref="ParameterRangeAttribute"/>.</summary>
internal readonly record struct ParameterRange(double Least, double Most)
{
    /// <summary>The range of a parameter.</summary>
    public static ParameterRange Of(PropertyInfo property) =>
        property.GetCustomAttribute<ParameterRangeAttribute>() is { } stated ? new(stated.Least, stated.Most) : new(0, double.PositiveInfinity);

    /// <summary>Whether a number, or a time in seconds, is within it.</summary>
    public bool Holds(object number) => (number is TimeSpan time ? time.TotalSeconds : Convert.ToDouble(number, CultureInfo.InvariantCulture)) is var value && value >= Least && value <= Most;

    /// <inheritdoc/>
    public override string ToString() => double.IsPositiveInfinity(Most)
        ? string.Create(CultureInfo.InvariantCulture, $"{Least} or more")
        : string.Create(CultureInfo.InvariantCulture, $"a number from {Least} to {Most}");
}
