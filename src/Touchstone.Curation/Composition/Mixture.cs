namespace Touchstone.Curation.Composition;

/// <summary>A part of a mixture.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Size">How much there is of it, in tokens, characters or documents: the same for all parts.</param>
/// <param name="Weight">What it shall be of the mixture, beside the others' weights.</param>
public readonly record struct MixturePart(string Name, double Size, double Weight);

/// <summary>How often each part goes into a mixture.</summary>
/// <param name="Repeats">For each part how often each of its documents goes in, on average: below 1 a sample, 1 each once, above 1 several times.</param>
/// <param name="Size">Size of the mixture, in the parts' unit.</param>
public readonly record struct MixturePlan(IReadOnlyList<double> Repeats, double Size);

/// <summary>Works out how often parts of different sizes go into a mixture of given proportions.</summary>
public static class Mixture
{
    /// <summary>The largest mixture of the wanted proportions that repeats no part more than a limit, or one of a wanted size.</summary>
    /// <param name="parts">The parts; sizes above 0, weights from 0 and not all 0.</param>
    /// <param name="maxRepeats">How often a document may go in at most. Up to about four times does little harm (N. Muennighoff and others, Scaling Data-Constrained Language Models, 2023).</param>
    /// <param name="size">Size that is wanted; null is as large as can be.</param>
    /// <exception cref="ArgumentException">A size or weight is out of range, or the wanted size needs more repeats than allowed: the message names the part.</exception>
    public static MixturePlan Plan(IReadOnlyList<MixturePart> parts, double maxRepeats = 1, double? size = null)
    {
        if (!(maxRepeats > 0)) throw new ArgumentException($"Expected a number of repeats above 0, found {maxRepeats}.", nameof(maxRepeats));
        double weights = 0;
        foreach (var part in parts)
        {
            if (!(part.Size > 0) || !(part.Weight >= 0) || double.IsInfinity(part.Size) || double.IsInfinity(part.Weight))
                throw new ArgumentException($"{part.Name}: expected a size above 0 and a weight of 0 or more, found {part.Size} and {part.Weight}.", nameof(parts));
            weights += part.Weight;
        }

        if (weights == 0) throw new ArgumentException("Expected at least one part with a weight above 0, found none.", nameof(parts));
        var (most, scarcest) = (double.PositiveInfinity, default(MixturePart));
        foreach (var part in parts)
        {
            if (part.Weight == 0 || part.Size * maxRepeats * weights / part.Weight >= most) continue;
            (most, scarcest) = (part.Size * maxRepeats * weights / part.Weight, part);
        }

        if (size > most) throw new ArgumentException($"{scarcest.Name}: a mixture of {size} needs {size * scarcest.Weight / weights} of it, more than {maxRepeats} times the {scarcest.Size} that there are.", nameof(size));
        var whole = size ?? most;
        return new([.. parts.Select(p => whole * p.Weight / weights / p.Size)], whole);
    }
}
