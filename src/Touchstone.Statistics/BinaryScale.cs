namespace Touchstone.Statistics;

/// <summary>A power of two that brings numbers near 1, so that sums and squares of them neither overflow nor vanish. Multiplying by a power of two loses no bit, save of what ends up below 1e-308.</summary>
/// <param name="Exponent">Numbers are divided by 2 to this power; 0 leaves them alone.</param>
public readonly record struct BinaryScale(int Exponent)
{
    /// <summary>Magnitudes beyond this need scaling: a square is 1e200, and 1e100 such squares are summed before the largest double is reached.</summary>
    private const double Huge = 1e100;

    /// <summary>Magnitudes below this need scaling: a square is 1e-200, which keeps all its digits.</summary>
    private const double Tiny = 1e-100;

    /// <summary>The scale at which the largest magnitude lies in [0.5, 1).</summary>
    /// <param name="values">Finite numbers; of none, or of zeros alone, nothing is scaled.</param>
    public static BinaryScale Of(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value));
        return OfLargest(largest);
    }

    /// <summary>The same, but nothing is scaled while the largest magnitude lies between 1e-100 and 1e100, where squares are safe.</summary>
    /// <inheritdoc cref="Of"/>
    public static BinaryScale IfExtreme(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value));
        return IfExtreme(largest);
    }

    /// <summary>As <see cref="IfExtreme(ReadOnlySpan{double})"/>, for the largest magnitude.</summary>
    /// <param name="largest">Finite, not negative.</param>
    public static BinaryScale IfExtreme(double largest) => largest is > Huge or < Tiny ? OfLargest(largest) : default;

    /// <summary>The number divided by the scale.</summary>
    public double Down(double value) => Exponent == 0 ? value : Math.ScaleB(value, -Exponent);

    /// <summary>The number multiplied by the scale: undoes <see cref="Down"/>.</summary>
    public double Up(double value) => Exponent == 0 ? value : Math.ScaleB(value, Exponent);

    private static BinaryScale OfLargest(double largest) => largest == 0 ? default : new(Math.ILogB(largest) + 1);
}
