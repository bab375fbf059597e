using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Decontamination;

/// <summary>A part of a text that stands in a benchmark too.</summary>
/// <param name="Task">Name of the benchmark's task.</param>
/// <param name="Range">The part, from the first token of its first run to the last of its last.</param>
/// <param name="Runs">Number of runs found in it.</param>
public readonly record struct Overlap(string Task, TextRange Range, int Runs);

/// <summary>Looks for runs of benchmarks in texts. Memory of one worker, used again for each text.</summary>
public sealed class OverlapFinder
{
    private readonly OverlapTokens _tokens = new();

    /// <summary>The first run of any benchmark in a text; null where there is none.</summary>
    public Overlap? First(BenchmarkIndex index, string text)
    {
        _tokens.Split(text);
        ulong hash = 0;
        for (var i = 0; i < _tokens.Count; i++)
        {
            hash = index.Roll(hash, _tokens, i);
            if (i + 1 >= index.NGram && index.Find(BenchmarkIndex.Finish(hash)) is > 0 and var task) return new(index.Tasks[task - 1], Range(index.NGram, i), 1);
        }

        return null;
    }

    /// <summary>Every part of a text that is made of such runs, in order; runs of one task that overlap are one part.</summary>
    public List<Overlap> All(BenchmarkIndex index, string text)
    {
        var all = new List<Overlap>();
        _tokens.Split(text);
        ulong hash = 0;
        for (var i = 0; i < _tokens.Count; i++)
        {
            hash = index.Roll(hash, _tokens, i);
            if (i + 1 < index.NGram || index.Find(BenchmarkIndex.Finish(hash)) is not (> 0 and var number)) continue;
            var (task, range) = (index.Tasks[number - 1], Range(index.NGram, i));
            if (all.Count > 0 && all[^1] is var last && last.Task == task && range.Start < last.Range.Start + last.Range.Length)
                all[^1] = new(task, new(last.Range.Start, range.Start + range.Length - last.Range.Start), last.Runs + 1);
            else all.Add(new(task, range, 1));
        }

        return all;
    }

    private TextRange Range(int run, int last)
    {
        var start = _tokens[last - run + 1].Start;
        return new(start, _tokens[last].End - start);
    }
}
