using System.Runtime.CompilerServices;
using Touchstone.Annotations.Selectors;

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
    /// <param name="faults">Takes what could not be read or written: each such record is left out, and the others go on.</param>
    /// <param name="progress">Told of samples written and, once it is known, how many there are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FileFormatFaultException">The source cannot be read at all, or the target cannot be written.</exception>
    /// <remarks>What ends before it is done, by a fault or because the caller gave up, takes away what it had written: a file that breaks off is never left behind.</remarks>
    public static async Task<ConversionResult> RunAsync(
        ConversionPlan plan, DatasetSource source, DatasetTarget target, FaultLog faults, Func<long, long, ValueTask>? progress = null, CancellationToken cancellationToken = default)
    {
        if (plan.Pictures == PictureMode.Reference && plan.To.IsOnlyPictures(plan.Options))
            throw new FileFormatFaultException($"{plan.To.Traits.Name} has nothing but pictures in folders here: without their being copied or linked nothing would be written. Ask for one of both.");
        var losses = new LossCounter();
        void LeftOut(string name) => losses.Add($"class:{name}", $"Objects of the class \"{name}\" are left out, as the map of classes says.");
        var survey = new DatasetSurvey(plan.Classes.Apply(await plan.From.FactsAsync(source, plan.Options, cancellationToken)));
        await foreach (var sample in plan.From.ReadSoundAsync(source, plan.Options, faults, cancellationToken))
        {
            var renamed = plan.Classes.Apply(sample, LeftOut);
            survey.Add(renamed);
            plan.Split?.Add(renamed);
        }

        var facts = survey.Facts;
        if (facts.Statements.Count > 0 && !plan.To.Traits.Carries(CarriedParts.Statements)) losses.Add("statements", $"What is stated of the data set as a whole ({string.Join(", ", facts.Statements.Keys)}) is not kept.");
        var run = new Run(plan, source, target, plan.To.TraitsFor(plan.Options, facts), survey.Samples, faults, progress);
        try
        {
            await plan.To.WriteAsync(facts, run.SamplesAsync(cancellationToken), target, plan.Options, cancellationToken);
        }
        catch
        {
            target.TakeBack();
            throw;
        }

        LossReport report = new([.. run.Losses.Concat(losses.ToReport().Losses).OrderBy(l => l.Kind, StringComparer.Ordinal)]);
        return new ConversionResult(survey, run.Written, run.Objects, report, target.Written, run.Placed, run.Missing);
    }

    private sealed class Run(ConversionPlan plan, DatasetSource source, DatasetTarget target, FormatTraits traits, long total, FaultLog faults, Func<long, long, ValueTask>? progress)
    {
        private readonly Narrowing _narrowing = new(traits, plan.PredictionsAsLabels);
        private readonly ApartNames _names = new(plan, target.Root);
        private readonly HashSet<string> _placed = new(StringComparer.Ordinal);

        public long Written { get; private set; }

        public long Objects { get; private set; }

        public long Placed => _placed.Count;

        public long Missing { get; private set; }

        public IEnumerable<Loss> Losses => _narrowing.Report.Losses;

        public async IAsyncEnumerable<Sample> SamplesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            // Faults were told by the first reading.
            await foreach (var sample in plan.From.ReadSoundAsync(source, plan.Options, new FaultLog(), cancellationToken))
            {
                var renamed = plan.Classes.Apply(sample, static _ => { });
                if (plan.Split is { } split) renamed = split.Apply(renamed);
                if (renamed.WidthPx == 0 && source.SizeOf(renamed) is var (width, height)) renamed = renamed with { WidthPx = width, HeightPx = height };
                if (_narrowing.Narrow(WithEnding(renamed)) is not { } narrowed) continue;
                narrowed = InPart(narrowed);
                var picture = plan.Pictures == PictureMode.Reference ? null : plan.PictureOf?.Invoke(renamed) ?? source.PictureFile(renamed);
                if (Writable(narrowed, sample.Split, picture) is not { } ready) continue;
                if (plan.Pictures != PictureMode.Reference) Place(ready, picture);
                Written++;
                Objects += ready.Opinions.Sum(o => (long)o.Objects.Count);
                if (progress is not null) await progress(Written, total);
                yield return ready;
            }
        }

        /// <summary>A picture by its file's ending, where the source's labels name it without one: other formats look for the file by it.</summary>
        private Sample WithEnding(Sample sample) => sample.Kind == InputKind.Image && !DatasetSource.IsPicture(sample.Name) && source.PictureFile(sample) is { } file
            ? sample with { Name = sample.Name + Path.GetExtension(file) }
            : sample;

        private Sample InPart(Sample sample)
        {
            if (sample.Split is not { } split || plan.To.PartOf(split) is var part && part == split) return sample;
            _narrowing.Lose("split_name", $"{plan.To.Traits.Name} has words of its own for the parts of a data set: \"{split}\" is written as \"{part}\", and others alike.");
            return sample with { Split = part };
        }

        /// <summary>The sample with what the target can have, by a name of its own; null where it cannot be written, which is told.</summary>
        private Sample? Writable(Sample sample, string? split, string? picture)
        {
            var kept = sample with { Opinions = [.. sample.Opinions.Select(o => Writable(o, sample))] };
            var named = plan.To.Refusal(kept, plan.Options) is { } refusal
                ? Refused(sample, refusal)
                : _names.Take(kept, split, picture ?? (kept.RecordedFile is null || plan.Pictures == PictureMode.Reference ? null : kept.Name), out var fault) ?? Refused(sample, fault);
            if (named is not null && named.Name != sample.Name)
                _narrowing.Lose("name", $"Inputs of the same name would have lain at one place in {plan.To.Traits.Name}: all but the first have another name, with their part or a number.");
            return named;
        }

        private Opinion Writable(Opinion opinion, Sample sample)
        {
            List<LabelledObject>? kept = null;
            for (var i = 0; i < opinion.Objects.Count; i++)
            {
                var refusal = plan.To.Refusal(opinion.Objects[i], sample);
                if (refusal is not null)
                {
                    kept ??= [.. opinion.Objects.Take(i)];
                    faults.Add(sample.Name, FormattableString.Invariant($"object {i + 1} ({opinion.Objects[i].Class})"), refusal);
                }
                else kept?.Add(opinion.Objects[i]);
            }

            return kept is null ? opinion : opinion with { Objects = kept };
        }

        private Sample? Refused(Sample sample, string fault)
        {
            var named = sample.Name + ": ";
            faults.Add(sample.Name, "", fault.StartsWith(named, StringComparison.Ordinal) ? fault[named.Length..] : fault);
            return null;
        }

        private void Place(Sample sample, string? picture)
        {
            if (picture is null && sample.RecordedFile is null)
            {
                Missing++;
                return;
            }

            var place = plan.To.PicturePlace(sample, plan.Options);
            if (!_placed.Add(place)) return;        // the picture of another sample too
            // What stands in a recording cannot be linked to.
            if (picture is null) target.Place(sample.RecordedFile!(), place);
            else target.Place(picture, place, link: plan.Pictures == PictureMode.Link);
        }
    }
}
