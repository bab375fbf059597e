namespace Touchstone.Quality.Texts;

/// <summary>Which answer starts the word network of <see cref="Rover"/>, and which follow; the result depends on it.</summary>
public enum RoverOrder
{
    /// <summary>The answer nearest to all others first: the order of answers in the input does not matter.</summary>
    MostCentralFirst,

    /// <summary>As the answers stand in the input.</summary>
    AsGiven,
}
