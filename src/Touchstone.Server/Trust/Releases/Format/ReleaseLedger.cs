using Touchstone.Formats.Labels;
using Touchstone.Server.Work;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary>Counts a release while its labels pass by: who builds one and who checks one use the same.</summary>
internal sealed class ReleaseLedger
{
    private readonly SortedDictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _ontologies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _images = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contributors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _origins = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _prelabelled = [];
    private PrelabelUse _proposed;
    private int _begun;
    private int _labels, _shapes, _responses, _reviewed, _edited, _human, _model, _simulated, _syntheticAssets;

    public int Labels => _labels;

    /// <summary>Counts one label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="classes">Class of each of its shapes, as <c>question/class</c>.</param>
    public void Add(LabelRecord label, IEnumerable<string> classes)
    {
        _labels++;
        _images.Add(label.Image.Sha256);
        _ontologies[label.Lineage.Ontology] = _ontologies.GetValueOrDefault(label.Lineage.Ontology) + 1;
        foreach (var name in classes)
        {
            _shapes++;
            _classes[name] = _classes.GetValueOrDefault(name) + 1;
        }

        if (label.Review is { } review)
        {
            _reviewed++;
            _contributors.Add(review.Reviewer);
            if (review.Decision == ReviewDecision.Edited) _edited++;
        }

        if (label.Image.Synthetic) _syntheticAssets++;
        switch (label.Origin)
        {
            case LabelOrigin.Simulated: _simulated++; break;
            case LabelOrigin.Model: _model++; break;
            default: _human++; break;
        }
    }

    /// <summary>Counts one response behind a label.</summary>
    public void Add(LineageLine response)
    {
        _responses++;
        _contributors.Add(response.Contributor);
        if (response.Prelabel is not { } prelabel) return;
        _prelabelled.Add(response.Task);
        _begun++;
        _proposed = new(_proposed.Shapes + prelabel.Shapes, _proposed.ShapesKept + prelabel.ShapesKept, _proposed.Answers + prelabel.Answers, _proposed.AnswersKept + prelabel.AnswersKept);
        _origins[prelabel.Origin] = _origins.GetValueOrDefault(prelabel.Origin) + 1;
    }

    /// <summary>Labels made under the ontology with this digest.</summary>
    public int LabelsUnder(string ontologyDigest) => _ontologies.GetValueOrDefault(ontologyDigest);

    /// <summary>What responses began with; null where nothing was proposed to any.</summary>
    public PrelabelCounts? Prelabels() =>
        _begun == 0 ? null : new(_prelabelled.Count, _begun, _proposed.Shapes, _proposed.ShapesKept, _proposed.Answers, _proposed.AnswersKept, new Dictionary<string, int>(_origins));

    public OriginCounts Origin() => new(_human, _model, _simulated, _syntheticAssets);

    /// <summary>The counts; what is not released cannot be seen from the release and is passed through.</summary>
    public ReleaseCounts Counts(NotReleased notReleased) => new()
    {
        Labels = _labels,
        Images = _images.Count,
        Shapes = _shapes,
        Responses = _responses,
        Contributors = _contributors.Count,
        Reviewed = _reviewed,
        Edited = _edited,
        Classes = new Dictionary<string, int>(_classes),
        NotReleased = notReleased,
    };
}
