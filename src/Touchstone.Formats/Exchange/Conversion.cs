using System.Runtime.CompilerServices;

namespace Touchstone.Formats.Exchange;

/// <summary>What becomes of the pictures.</summary>
public enum PictureMode
{
    /// <summary>They stay where they are; labels name them as they did.</summary>
    Reference,

    /// <summary>They are copied to where the format has them.</summary>
    Copy,

    /// <summary>Symbolic links to them are made there.</summary>
    Link,
}

/// <summary>What to convert, and how.</summary>
public sealed record ConversionPlan
{
    /// <summary>The format to read.</summary>
    public required DatasetFormat From { get; init; }

    /// <summary>The format to write.</summary>
    public required DatasetFormat To { get; init; }

    /// <summary>Choices where the formats leave some.</summary>
    public FormatOptions Options { get; init; } = FormatOptions.Default;

    /// <summary>Other names for classes.</summary>
    public ClassMap Classes { get; init; } = ClassMap.None;

    /// <summary>New parts of the data set; null keeps those that it has.</summary>
    public SplitPlan? Split { get; init; }

    /// <summary>Whether models' predictions become labels where the target has no place for predictions and no person labelled or skipped the input; they are left out otherwise.</summary>
    public bool PredictionsAsLabels { get; init; }

    /// <summary>What becomes of the pictures.</summary>
    public PictureMode Pictures { get; init; }

    /// <summary>Where a sample's picture is, for sources that do not hold it themselves; null, or a null answer, looks for it in the source.</summary>
    public Func<Sample, string?>? PictureOf { get; init; }
}

/// <summary>What a conversion did.</summary>
/// <param name="Read">What was found in the source, after renaming of classes.</param>
/// <param name="Written">Samples written.</param>
/// <param name="Objects">Objects written.</param>
/// <param name="Losses">What the target could not carry.</param>
/// <param name="Files">Label files written, below the target.</param>
/// <param name="PicturesPlaced">Pictures copied or linked.</param>
/// <param name="PicturesMissing">Pictures that were to be copied or linked and are not in the source.</param>
public sealed record ConversionResult(DatasetSurvey Read, long Written, long Objects, LossReport Losses, IReadOnlyList<string> Files, long PicturesPlaced, long PicturesMissing);

/// <summary>Reads one format and writes another. The source is read twice: once for its classes, once to be written.</summary>
public static class Conversion
{
    /// <summary>Converts.</summary>
    /// <param name="plan">What and how.</param>
    /// <param name="source">Where from.</param>
    /// <param name="target">Where to.</param>
    /// <param name="faults">Takes what could not be read.</param>
    /// <param name="progress">Told of samples written and, once it is known, how many there are.</param>
    /// <param name="cancellationToken">Gives up; files that were begun stay.</param>
    /// <exception cref="FileFormatFaultException">The source cannot be read at all, or the target cannot be written.</exception>
    public static async Task<ConversionResult> RunAsync(
        ConversionPlan plan, DatasetSource source, DatasetTarget target, FaultLog faults, Func<long, long, ValueTask>? progress = null, CancellationToken cancellationToken = default)
    {
        var losses = new LossCounter();
        void LeftOut(string name) => losses.Add($"class:{name}", $"Objects of the class \"{name}\" are left out, as the map of classes says.");
        var survey = new DatasetSurvey(plan.Classes.Apply(await plan.From.FactsAsync(source, plan.Options, cancellationToken)));
        await foreach (var sample in plan.From.ReadAsync(source, plan.Options, faults, cancellationToken))
        {
            var renamed = plan.Classes.Apply(sample, LeftOut);
            survey.Add(renamed);
            plan.Split?.Add(renamed);
        }

        var facts = survey.Facts;
        if (facts.Statements.Count > 0 && !plan.To.Traits.Carries(CarriedParts.Statements)) losses.Add("statements", $"What is stated of the data set as a whole ({string.Join(", ", facts.Statements.Keys)}) is not kept.");
        var run = new Run(plan, source, target, plan.To.TraitsFor(plan.Options, facts), survey.Samples, progress);
        await plan.To.WriteAsync(facts, run.SamplesAsync(cancellationToken), target, plan.Options, cancellationToken);
        LossReport report = new([.. run.Losses.Concat(losses.ToReport().Losses).OrderBy(l => l.Kind, StringComparer.Ordinal)]);
        return new ConversionResult(survey, run.Written, run.Objects, report, target.Written, run.Placed, run.Missing);
    }

    private sealed class Run(ConversionPlan plan, DatasetSource source, DatasetTarget target, FormatTraits traits, long total, Func<long, long, ValueTask>? progress)
    {
        private readonly Narrowing _narrowing = new(traits, plan.PredictionsAsLabels);
        private readonly Dictionary<string, string> _placed = new(StringComparer.Ordinal);

        public long Written { get; private set; }

        public long Objects { get; private set; }

        public long Placed => _placed.Count;

        public long Missing { get; private set; }

        public IEnumerable<Loss> Losses => _narrowing.Report.Losses;

        public async IAsyncEnumerable<Sample> SamplesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            // Faults were told by the first reading.
            await foreach (var sample in plan.From.ReadAsync(source, plan.Options, new FaultLog(), cancellationToken))
            {
                var renamed = plan.Classes.Apply(sample, static _ => { });
                if (plan.Split is { } split) renamed = split.Apply(renamed);
                if (renamed.WidthPx == 0 && source.SizeOf(renamed.Picture ?? renamed.Name) is var (width, height)) renamed = renamed with { WidthPx = width, HeightPx = height };
                if (_narrowing.Narrow(renamed) is not { } narrowed) continue;
                if (plan.Pictures != PictureMode.Reference) Place(narrowed, plan.PictureOf?.Invoke(renamed) ?? source.PictureFile(renamed));
                Written++;
                Objects += narrowed.Opinions.Sum(o => (long)o.Objects.Count);
                if (progress is not null) await progress(Written, total);
                yield return narrowed;
            }
        }

        private void Place(Sample sample, string? picture)
        {
            if (picture is null && sample.RecordedFile is null)
            {
                Missing++;
                return;
            }

            var place = plan.To.PicturePlace(sample, plan.Options);
            var from = picture ?? sample.Name;
            if (_placed.TryGetValue(place, out var other))
            {
                if (other != from) _narrowing.Lose("picture_place", $"{plan.To.Traits.Name} has one place for pictures of the same name: the first lies there, others are left out.");
                return;
            }

            _placed.Add(place, from);
            // What stands in a recording cannot be linked to.
            if (picture is null) target.Place(sample.RecordedFile!(), place);
            else target.Place(picture, place, link: plan.Pictures == PictureMode.Link);
        }
    }
}
