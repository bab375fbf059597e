using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Decontamination;

/// <summary>What counts as an overlap with a benchmark. The defaults are datatrove's (<c>NGramsDecontConfig</c>, 0.10.0).</summary>
public sealed record OverlapOptions
{
    /// <summary>Files of benchmarks: JSON lines or plain text, see <see cref="BenchmarkIndex.AddFile"/>.</summary>
    [FileParameter]
    public IReadOnlyList<string> Benchmarks { get; init; } = [];

    /// <summary>Tokens in a row that must be the same: 12 in datatrove, 13 in GPT-3 (T. Brown and others, Language Models are Few-Shot Learners, 2020, appendix C).</summary>
    public int NGram { get; init; } = 12;

    /// <summary>Look for parts of the question too, and not only of the answer. Many benchmarks took their questions from public texts, which then all fall.</summary>
    public bool FindQuery { get; init; }

    /// <summary>Look for the end of the question with the beginning of the answer.</summary>
    public bool FindOverlap { get; init; } = true;

    /// <summary>Member of a record that holds the question.</summary>
    public string QueryField { get; init; } = "query";

    /// <summary>Members of a record that may hold the answer; the first one present counts. A list counts with each of its texts.</summary>
    public IReadOnlyList<string> LabelFields { get; init; } = ["label", "answer", "gold", "text"];

    /// <summary>Member of a record that names its task; a record without it is of the task that its file is named for.</summary>
    public string TaskField { get; init; } = "task";
}
