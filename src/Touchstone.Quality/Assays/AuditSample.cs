namespace Touchstone.Quality.Assays;

/// <summary>Images of a release that were drawn at random, part by part, and judged again.</summary>
/// <param name="Images">What was judged, in any order, each image once.</param>
/// <param name="Parts">The parts that were drawn from; together they are what the figures speak for. A simple random sample has one.</param>
public sealed record AuditSample(IReadOnlyList<AuditedImage> Images, IReadOnlyList<AuditPart> Parts)
{
    /// <summary>A simple random sample, each image judged by one auditor who is taken at their word.</summary>
    /// <param name="images">What was judged.</param>
    /// <param name="populationImageCount">Images that it was drawn from.</param>
    public static AuditSample Simple(IReadOnlyList<GradedImage> images, int populationImageCount) =>
        new([.. images.Select(i => new AuditedImage(i))], [new AuditPart("all", populationImageCount)]);

    /// <summary>Whether nothing but a simple random sample judged once has to be reckoned with.</summary>
    internal bool IsSimple => Parts.Count == 1 && Images.All(i => i.Second is null);

    internal void Check()
    {
        var judged = new int[Parts.Count];
        foreach (var image in Images)
        {
            if ((uint)image.Part >= (uint)Parts.Count) throw new ArgumentException($"The image \"{image.Graded.ImageId}\" lies in part {image.Part}, but there are {Parts.Count}.");
            judged[image.Part]++;
        }

        for (var h = 0; h < judged.Length; h++)
            if (judged[h] > Parts[h].Population) throw new ArgumentException($"{judged[h]} images were audited of the part \"{Parts[h].Name}\", which has {Parts[h].Population}.");
    }
}

/// <summary>A part of a release that a sample of its own was drawn from.</summary>
/// <param name="Name">What it is called, such as a class and a band of confidence.</param>
/// <param name="Population">Images of it.</param>
public sealed record AuditPart(string Name, int Population);

/// <summary>An image that was drawn and judged again.</summary>
/// <param name="Graded">The release held against the first auditor's answers.</param>
/// <param name="Part">Index of the part that it was drawn from.</param>
/// <param name="Grader">Who judged it; null where that is not told.</param>
/// <param name="Second">What a second auditor said, who did not see the first one's answers; null where nobody did.</param>
public sealed record AuditedImage(GradedImage Graded, int Part = 0, string? Grader = null, SecondJudgement? Second = null);

/// <summary>A second auditor's judgement of an image.</summary>
/// <param name="Grader">Who.</param>
/// <param name="Between">Their answers held against the first auditor's, as if those were the truth: what the two differ in.</param>
public sealed record SecondJudgement(string Grader, GradedImage Between);

/// <summary>How often auditors err, as far as a figure rests on it.</summary>
/// <param name="Figure">Which figure: one of <see cref="FigureName"/>.</param>
/// <param name="JudgedTwice">Units (things, choices or attributes) that two auditors judged.</param>
/// <param name="Differing">Of them, those in which the two differ.</param>
/// <param name="Error">Probability that one auditor errs in one unit.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
/// <param name="AsJudged">The figure before auditors' errors are taken out.</param>
/// <param name="WidenedBy">How much wider the figure's interval is than auditors who never err and call as much right as the figure says would have made it, before its ends are cut at 0 and 1; 0 or more.</param>
public sealed record AuditorFigure(string Figure, int JudgedTwice, int Differing, double Error, double Low, double High, double AsJudged, double WidenedBy);
