using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Quality.Agreements;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>How far the annotators of a data set agree on where things are, before anything is imported.</summary>
internal sealed class AnnotatorAgreement
{
    /// <summary>Inputs that are taken into account: the first ones, which is enough for two digits and bounds what is kept.</summary>
    private const int InputsMax = 5_000;
    private readonly List<MarkedObject<Box>> _objects = [];
    private readonly List<(int Item, int Contributor)> _seen = [];
    private readonly Dictionary<string, int> _people = new(StringComparer.Ordinal), _classes = new(StringComparer.Ordinal);
    private int _inputs;

    /// <summary>Takes a sample into account where two or more labelled it.</summary>
    public void Add(Sample sample)
    {
        if (_inputs >= InputsMax) return;
        var given = sample.Opinions.Where(o => o.Kind == OpinionKind.Annotation).GroupBy(o => o.Contributor ?? o.Id ?? "", StringComparer.Ordinal).Select(g => g.MaxBy(o => o.At)!).ToList();
        if (given.Count < 2) return;
        foreach (var opinion in given)
        {
            var person = Number(_people, opinion.Contributor ?? opinion.Id ?? "");
            _seen.Add((_inputs, person));
            foreach (var each in opinion.Objects)
                if (each.Mark.Bounds is { Area: > 0 } bounds) _objects.Add(new(_inputs, person, Number(_classes, each.Frame is { } frame ? $"{each.Class}\n{frame}" : each.Class), bounds));
        }

        _inputs++;
    }

    /// <summary>Null where no two people labelled the same input, or nobody marked anything.</summary>
    public DatasetAgreement? Result
    {
        get
        {
            if (_inputs == 0 || _objects.Count == 0) return null;
            var result = ObjectAgreement.Boxes(_objects, seen: _seen);
            return new(result.Alpha.Value, result.MeanF1, _people.Count, _inputs);
        }
    }

    private static int Number(Dictionary<string, int> numbers, string name)
    {
        if (!numbers.TryGetValue(name, out var number)) numbers.Add(name, number = numbers.Count);
        return number;
    }
}
