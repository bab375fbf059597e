using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

/// <summary>Releases as their grading would come out: streets with 3 to 12 objects, with a stated share of everything right.</summary>
internal static class GradedRelease
{
    /// <param name="random">Randomness.</param>
    /// <param name="images">Images of the release.</param>
    /// <param name="accuracy">Probability that any one decision is right.</param>
    /// <param name="clustering">Correlation of two decisions in one image: 0 is none.</param>
    public static GradedImage[] Simulate(SeededRandom random, int images, double accuracy, double clustering)
    {
        var release = new GradedImage[images];
        for (var i = 0; i < images; i++)
        {
            var own = clustering > 0 ? random.NextBeta(accuracy * (1 - clustering) / clustering, (1 - accuracy) * (1 - clustering) / clustering) : accuracy;
            release[i] = Image(random, $"i{i:D5}", own);
        }

        return release;
    }

    private static GradedImage Image(SeededRandom random, string id, double accuracy)
    {
        int right = 0, wrongClass = 0, invented = 0, missed = 0;
        double similarity = 0;
        var care = random.NextInt(2, 6); // some images are drawn more carefully than others
        for (var objects = random.NextInt(3, 13); objects > 0; objects--)
        {
            if (random.NextBool(accuracy))
            {
                right++;
                similarity += 0.5 + 0.5 * Greatest(random, care);
                continue;
            }

            switch (random.NextInt(4))
            {
                case 0: wrongClass++; break;
                case 1: missed++; break;
                case 2: invented++; break;
                default: missed++; invented++; break; // drawn in the wrong place
            }
        }

        return new GradedImage
        {
            ImageId = id,
            TruePositives = right,
            FalsePositives = invented + wrongClass,
            FalseNegatives = missed + wrongClass,
            WrongClass = wrongClass,
            IouSum = similarity,
            ChoicesAsked = 2,
            ChoicesCorrect = random.NextBinomial(2, accuracy),
            Classes = new Dictionary<string, GradedClass> { ["car"] = new(right, invented + wrongClass, missed + wrongClass) },
        };
    }

    private static double Greatest(SeededRandom random, int count)
    {
        double greatest = 0;
        for (; count > 0; count--) greatest = Math.Max(greatest, random.NextDouble());
        return greatest;
    }
}

internal static class AssayAssert
{
    public static Assay Measured(AssayOutcome outcome) => Assert.IsType<AssayOutcome.Measured>(outcome).Assay;
}
