using System.Globalization;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Decontamination;

/// <summary>
/// Drops documents that hold a run of tokens of a benchmark; the reason is the task's name. What was found stands among the findings as <c>contaminated_task</c> and
/// <c>contaminated_ngram</c>, and <see cref="Explain"/> shows every place.
/// </summary>
/// <remarks>As datatrove's <c>NGramsDecontFilter</c>, on tokens of our own: see <c>OverlapTokens</c>.</remarks>
public sealed class DecontaminateStep(BenchmarkIndex index) : DocumentStep
{
    private const int FaultsShown = 10;

    /// <summary>Makes the step from files of benchmarks.</summary>
    /// <param name="options">The files, and what counts as an overlap.</param>
    /// <exception cref="ArgumentException">No file is named, or one whose name says nothing of its form.</exception>
    /// <exception cref="InvalidDataException">Lines could not be used, or nothing was long enough to be found: a corpus would be called clean without having been looked through.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static DecontaminateStep FromFiles(OverlapOptions options)
    {
        if (options.Benchmarks.Count == 0) throw new ArgumentException("Expected at least one file of a benchmark, found none.", nameof(options));
        var (index, faults) = (new BenchmarkIndex(options), new List<string>());
        foreach (var file in options.Benchmarks) index.AddFile(file, faults);
        if (faults.Count > 0) throw new InvalidDataException($"{faults.Count} lines of benchmarks could not be used:\n{string.Join('\n', faults.Take(FaultsShown))}");
        if (index.Count == 0) throw new InvalidDataException($"{string.Join(", ", options.Benchmarks)}: expected texts of {options.NGram} tokens or more, found {index.TooShort} shorter ones.");
        return new(index);
    }

    /// <summary>How much of each benchmark is searched for.</summary>
    public IReadOnlyList<BenchmarkCount> Benchmarks { get; } = index.Counts;

    /// <summary>Tells in sentences how much of each benchmark is searched for; nothing for other steps.</summary>
    /// <param name="benchmarks">What the step counted; null where it is another one.</param>
    public static IEnumerable<string> Tell(IReadOnlyList<BenchmarkCount>? benchmarks) => (benchmarks ?? []).Select(b => b.TooShort == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{b.Task}: all {b.Searched:N0} questions are searched for.")
        : string.Create(CultureInfo.InvariantCulture, $"{b.Task}: {b.Searched:N0} of {b.Searched + b.TooShort:N0} questions are searched for; {b.TooShort:N0} have too few tokens, and documents with them are not found."));

    /// <inheritdoc/>
    public override string Id => "decontaminate@touchstone-1";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        if (text.Scratch<OverlapFinder>().First(index, text.Text) is not { } overlap) return Verdict.Kept;
        var findings = document.Findings ??= [];
        findings["contaminated_task"] = overlap.Task;
        findings["contaminated_ngram"] = text.Text.Substring(overlap.Range.Start, overlap.Range.Length);
        return Verdict.Dropped(overlap.Task);
    }

    /// <inheritdoc/>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        var all = text.Scratch<OverlapFinder>().All(index, text.Text);
        foreach (var task in index.Tasks)
        {
            var found = all.FindAll(o => o.Task == task);
            values.Add(new(task, found.Sum(o => o.Runs), RuleComparison.Above, 0, found.ConvertAll(o => o.Range)));
        }
    }
}
