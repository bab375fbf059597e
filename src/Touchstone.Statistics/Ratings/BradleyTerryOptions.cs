namespace Touchstone.Statistics.Ratings;

/// <summary>How <see cref="BradleyTerry"/> is fitted.</summary>
public sealed record BradleyTerryOptions
{
    /// <summary>Maximum likelihood where it exists, half a win each way where it does not, ties as half a win each.</summary>
    public static readonly BradleyTerryOptions Default = new();

    /// <summary>
    /// Wins added each way on every pair that was compared; 0 is none. Null adds ½ where strengths would be infinite without (an item that never won or
    /// never lost), and nothing elsewhere.
    /// </summary>
    public double? PriorWins { get; init; }

    /// <summary>What a tie says.</summary>
    public TieModel Ties { get; init; } = TieModel.HalfWin;

    /// <summary>Stop when a round moves no strength by more than this share of it.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Stop after so many rounds, and say so.</summary>
    public int MaxRounds { get; init; } = 100_000;
}

/// <summary>What a tie says of two strengths.</summary>
public enum TieModel
{
    /// <summary>Half a win for either.</summary>
    HalfWin,

    /// <summary>An outcome of its own, as likely as the geometric mean of the strengths times a factor that is estimated.</summary>
    /// <remarks>R. R. Davidson, JASA 65, 1970.</remarks>
    Davidson,
}
