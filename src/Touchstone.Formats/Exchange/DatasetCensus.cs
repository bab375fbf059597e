namespace Touchstone.Formats.Exchange;

/// <summary>A class of a data set, counted.</summary>
/// <param name="Name">As the files name it.</param>
/// <param name="Objects">How many.</param>
/// <param name="Marks">How many by kind of mark; an object of several marks counts with each.</param>
public sealed record CountedClass(string Name, long Objects, IReadOnlyDictionary<MarkKind, long> Marks);

/// <summary>A name with how often it was met.</summary>
public sealed record CountedName(string Name, long Count);

/// <summary>What a data set holds before anything is done with it: who said what, how often, about which classes and questions.</summary>
/// <remarks>Memory grows with classes, questions and annotators, not with samples.</remarks>
public sealed class DatasetCensus
{
    private readonly Dictionary<string, (long Objects, SortedDictionary<MarkKind, long> Marks)> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _questions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _contributors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<OpinionKind, long> _opinions = [];

    /// <param name="stated">What the format states beforehand: classes that nothing belongs to are listed too.</param>
    public DatasetCensus(DatasetFacts stated)
    {
        foreach (var each in stated.Classes) _classes.TryAdd(each.Name, (0, []));
    }

    /// <summary>Samples seen.</summary>
    public long Samples { get; private set; }

    /// <summary>Objects seen, of all opinions.</summary>
    public long Objects { get; private set; }

    /// <summary>Samples that more than one annotator labelled.</summary>
    public long Repeated { get; private set; }

    /// <summary>Classes, most objects first.</summary>
    public IReadOnlyList<CountedClass> Classes => [.. _classes.Select(c => new CountedClass(c.Key, c.Value.Objects, c.Value.Marks)).OrderByDescending(c => c.Objects).ThenBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Questions about the whole input, with how many answers each has.</summary>
    public IReadOnlyList<CountedName> Questions => Ordered(_questions);

    /// <summary>Annotators as the files name them, with how many inputs each labelled; the empty name stands for those that no file names.</summary>
    public IReadOnlyList<CountedName> Contributors => Ordered(_contributors);

    /// <summary>Opinions by kind.</summary>
    public IReadOnlyDictionary<OpinionKind, long> Opinions => _opinions;

    /// <summary>Takes a sample into account.</summary>
    public void Add(Sample sample)
    {
        Samples++;
        if (sample.Opinions.Count(o => o.Kind is OpinionKind.Annotation) > 1) Repeated++;
        foreach (var opinion in sample.Opinions)
        {
            _opinions[opinion.Kind] = _opinions.GetValueOrDefault(opinion.Kind) + 1;
            if (opinion.Kind is OpinionKind.Annotation or OpinionKind.Gold) _contributors[opinion.Contributor ?? ""] = _contributors.GetValueOrDefault(opinion.Contributor ?? "") + 1;
            foreach (var question in opinion.Answers.Keys) _questions[question] = _questions.GetValueOrDefault(question) + 1;
            foreach (var each in opinion.Objects) Add(each);
        }
    }

    private void Add(LabelledObject each)
    {
        Objects++;
        if (!_classes.TryGetValue(each.Class, out var counted)) counted = (0, []);
        _classes[each.Class] = (counted.Objects + 1, counted.Marks);
        counted.Marks[each.Mark.Kind] = counted.Marks.GetValueOrDefault(each.Mark.Kind) + 1;
        foreach (var other in each.OtherMarks) counted.Marks[other.Kind] = counted.Marks.GetValueOrDefault(other.Kind) + 1;
    }

    private static IReadOnlyList<CountedName> Ordered(Dictionary<string, long> counts) => [.. counts.Select(c => new CountedName(c.Key, c.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)];
}
