using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.Assays;

/// <summary>A release of images with shapes and a choice, whose truth is known, and auditors who judge samples of it.</summary>
/// <remarks>Images are of three kinds, sure, fairly sure and doubtful, which err less and more than the average: what a consensus knows of itself.</remarks>
internal sealed class SimulatedRelease
{
    private readonly SeededRandom _random;
    private readonly Image[] _images;

    private SimulatedRelease(SeededRandom random, Image[] images) => (_random, _images) = (random, images);

    /// <summary>An image: how many of its things are released rightly, of how many, whether its choice is, and how sure the consensus is.</summary>
    private sealed record Image(int Kind, int Things, int Right, bool ChoiceRight)
    {
        public GradedImage True(string id) => new() { ImageId = id, TruePositives = Right, FalsePositives = Things - Right, FalseNegatives = Things - Right, WrongClass = Things - Right, IouSum = 0.9 * Right, ChoicesAsked = 1, ChoicesCorrect = ChoiceRight ? 1 : 0 };
    }

    public static SimulatedRelease Draw(SeededRandom random, int images, double accuracy)
    {
        var made = Enumerable.Range(0, images).Select(_ =>
        {
            var kind = random.NextDouble() is var u && u < 0.6 ? 0 : u < 0.85 ? 1 : 2;
            var errors = (1 - accuracy) * (kind switch { 0 => 0.3, 1 => 1.2, _ => 3 });
            var crowded = random.NextDouble() < 0.2 ? 1.8 : 0.8;   // errors come together
            var things = 3 + random.NextInt(8);
            return new Image(kind, things, Enumerable.Range(0, things).Count(_ => random.NextDouble() >= errors * crowded), random.NextDouble() >= errors);
        }).ToArray();
        return new SimulatedRelease(random, made);
    }

    /// <summary>Choices alone, labelled by contributors who are asked until the posterior is sure or the most have answered: how many answers an image gets depends on the answers.</summary>
    public static SimulatedRelease Adaptive(SeededRandom random, int images, double errors, double confidence, int most)
    {
        const int Labels = 3;
        var odds = Math.Log((1 - errors) * (Labels - 1) / errors);
        var made = Enumerable.Range(0, images).Select(_ =>
        {
            var counts = new int[Labels];
            var sure = 0.0;
            for (var given = 0; given < most && (given < 2 || sure < confidence); given++)
            {
                counts[random.NextDouble() < errors ? 1 + random.NextInt(Labels - 1) : 0]++;
                sure = 1 / counts.Sum(c => Math.Exp((c - counts.Max()) * odds));
            }

            return new Image(sure >= 0.99 ? 0 : sure >= 0.9 ? 1 : 2, 0, 0, Array.IndexOf(counts, counts.Max()) == 0);
        }).ToArray();
        return new SimulatedRelease(random, made);
    }

    public double Truth(string figure) => figure == FigureName.ChoiceAccuracy
        ? _images.Count(i => i.ChoiceRight) / (double)_images.Length
        : figure == FigureName.Accuracy
            ? _images.Sum(i => i.Right) / (double)_images.Sum(i => i.Things)
            : throw new ArgumentOutOfRangeException(nameof(figure), figure, "Not known here.");

    public AuditSample Simple(int size, double auditorErrors, int twice) => Judge(Shuffled(Enumerable.Range(0, _images.Length))[..size], _ => 0, [new AuditPart("all", _images.Length)], auditorErrors, twice);

    /// <summary>Parts by how sure the consensus is, with more drawn where more errors are expected.</summary>
    public AuditSample Stratified(int size, double auditorErrors, int twice)
    {
        double[] sure = [0.995, 0.95, 0.8];
        var strata = AuditStrata.By(new int[_images.Length], [.. _images.Select(i => sure[i.Kind])], 1, leastItems: 2);
        var drawn = strata.Draw(strata.Allocate(size), _random.NextInt(1_000_000)).SelectMany(d => d);
        return Judge([.. drawn], i => strata.StratumOf[i], [.. strata.Names.Select((n, h) => new AuditPart(n, strata.Members[h].Length))], auditorErrors, twice);
    }

    private AuditSample Judge(int[] drawn, Func<int, int> partOf, AuditPart[] parts, double errors, int twice)
    {
        var both = Shuffled(drawn)[..Math.Min(twice, drawn.Length)].ToHashSet();
        return new AuditSample([.. drawn.Select(i => Judge(i, partOf(i), errors, both.Contains(i)))], parts);
    }

    /// <summary>An auditor misnames a thing, or mistakes the choice, with the stated probability; two do so independently. Choices have two options.</summary>
    private AuditedImage Judge(int index, int part, double errors, bool twice)
    {
        var (image, id) = (_images[index], $"{index:00000}");
        var (first, second) = (Errors(image.Things, errors), Errors(image.Things, errors));
        var (firstChoice, secondChoice) = (_random.NextDouble() >= errors, _random.NextDouble() >= errors);
        var grader = _random.NextInt(2) == 0 ? "ann" : "bob";
        var right = Enumerable.Range(0, image.Things).Count(t => t < image.Right && !first[t]);
        var same = Enumerable.Range(0, image.Things).Count(t => !first[t] && !second[t]);
        return new AuditedImage(
            Graded(id, image.Things, right, firstChoice == image.ChoiceRight), part, grader,
            twice ? new SecondJudgement(grader == "ann" ? "bob" : "ann", Graded(id, image.Things, same, firstChoice == secondChoice)) : null);
    }

    private static GradedImage Graded(string id, int things, int right, bool choice) => new Image(0, things, right, choice).True(id);

    private bool[] Errors(int count, double share) => [.. Enumerable.Range(0, count).Select(_ => _random.NextDouble() < share)];

    private int[] Shuffled(IEnumerable<int> items)
    {
        int[] shuffled = [.. items];
        _random.Shuffle<int>(shuffled);
        return shuffled;
    }
}
