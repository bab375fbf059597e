using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Quality.Reliabilities;

/// <summary>One answer to one question about one item, which is a task or an object in it.</summary>
internal readonly record struct Said(int Item, int Contributor, Answer Answer);

/// <summary>Everything said under one <see cref="AnswerKey"/>.</summary>
internal sealed class KeyEvidence(string key, Question question)
{
    public string Key { get; } = key;

    public Question Question { get; } = question;

    public List<Said> Said { get; } = [];

    /// <summary>Known answers by item.</summary>
    public Dictionary<int, Answer> Known { get; } = [];

    public int ItemCount { get; private set; }

    /// <summary>Adds an item with what was said of it.</summary>
    public void Add(IEnumerable<(int Contributor, Answer Answer)> said, Answer? known)
    {
        var item = ItemCount++;
        Said.AddRange(said.Select(s => new Said(item, s.Contributor, s.Answer)));
        if (known is not null) Known[item] = known;
    }
}

/// <summary>Labels of choice questions, and answers as labels.</summary>
internal static class ChoiceLabels
{
    /// <summary>Labels of a multiple choice, of each option by itself.</summary>
    public static readonly IReadOnlyList<string> OfOption = ["chosen", "not_chosen"];

    /// <summary>Beyond this many labels only an accuracy is kept: a row of a confusion matrix would never fill.</summary>
    public const int MaxLabels = 64;

    /// <summary>Whether confusions between labels are kept.</summary>
    public static bool HasConfusion(ChoiceQuestion question) => question.Multiple || !question.Taxonomy && question.Options.Count <= MaxLabels;

    /// <summary>Labels of a question's confusion matrix.</summary>
    public static IReadOnlyList<string> Of(ChoiceQuestion question) => question.Multiple ? OfOption : [.. question.Options.Select(o => o.Id)];

    /// <summary>What a multiple choice may choose: ids, or the paths that occur in the answers at hand.</summary>
    public static IReadOnlyList<string> Options(ChoiceQuestion question, IEnumerable<ChoiceAnswer> answers) =>
        question.Taxonomy ? [.. answers.SelectMany(a => a.Chosen).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [.. question.Options.Select(o => o.Id)];

    public static string OptionLabel(ChoiceAnswer answer, string option) => OfOption[answer.Chosen.Contains(option, StringComparer.Ordinal) ? 0 : 1];

    /// <summary>Number of labels that a single answer chooses among, also in a taxonomy.</summary>
    public static int CountOf(ChoiceQuestion question) => question.Taxonomy ? CountTree(question.Options, question.LeavesOnly) : question.Options.Count;

    private static int CountTree(IReadOnlyList<ChoiceOption> options, bool leavesOnly) =>
        options.Sum(o => (leavesOnly && o.Children.Count > 0 ? 0 : 1) + CountTree(o.Children, leavesOnly));
}
