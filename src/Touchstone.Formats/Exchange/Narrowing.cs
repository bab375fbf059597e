using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Exchange;

/// <summary>Takes from samples what a format cannot carry, and counts it: the only place where losses come from, so that they follow from <see cref="FormatTraits"/>.</summary>
public sealed class Narrowing
{
    private readonly FormatTraits _to;
    private readonly bool _predictionsAsLabels;
    private readonly LossCounter _losses = new();
    private readonly ObjectFits _fits;
    private readonly FileNames _names;

    /// <param name="to">The format to be written.</param>
    /// <param name="predictionsAsLabels">Whether models' predictions become labels where the format has no place for predictions and no person answered; they are left out otherwise.</param>
    public Narrowing(FormatTraits to, bool predictionsAsLabels = false) => (_to, _predictionsAsLabels, _fits, _names) = (to, predictionsAsLabels, new ObjectFits(to, _losses), new FileNames(to, _losses));

    /// <summary>What was lost so far.</summary>
    public LossReport Report => _losses.ToReport();

    /// <summary>The sample with only what the format carries.</summary>
    /// <returns>Null where the format cannot carry the input at all.</returns>
    public Sample? Narrow(Sample sample)
    {
        if (!_to.Inputs.Contains(sample.Kind))
        {
            Lose($"input:{Word(sample.Kind)}", $"{_to.Name} is not about {Word(sample.Kind)}s; they are left out.");
            return null;
        }

        var opinions = Opinions(sample);
        var narrowed = sample with { Opinions = opinions, InterpolationStep = _to.Carries(CarriedParts.Keyframes) ? sample.InterpolationStep : 0 };
        _fits.CountSensors(sample);
        if (sample.Split is not null && !_to.Carries(CarriedParts.Splits)) narrowed = Without("split", "The part of the data set that an input belongs to is not kept.", narrowed with { Split = null });
        if (!_to.Carries(CarriedParts.Facts) && sample.Facts.Any(f => !_to.Facts.Contains(f.Key)))
            narrowed = Without("facts", "Other facts of inputs are not kept.", narrowed with { Facts = sample.Facts.Where(f => _to.Facts.Contains(f.Key)).ToDictionary(StringComparer.Ordinal) });
        if ((sample.WidthPx > 0 || sample.HeightPx > 0) && !_to.Carries(CarriedParts.Sizes)) Lose("size", "Width and height of inputs are not kept; who reads the file takes them from the pictures.");
        if (!_to.Carries(CarriedParts.EmptySamples) && opinions.All(o => o.Objects.Count == 0 && o.Answers.Count == 0))
        {
            Lose("empty_input", $"{_to.Name} does not name inputs without objects; they are left out.");
            return null;
        }

        if (_to.TagsWords && opinions.Count == 0 && sample.Opinions.Count > 0)
        {
            Lose("text_without_truth", $"{_to.Name} says of every word what it is; texts of which nobody's word is kept are left out.");
            return null;
        }

        return (narrowed.Kind == InputKind.Text ? InText(narrowed) : narrowed) is { } kept ? _names.Named(kept) : null;
    }

    /// <summary>The sample without spans that lie behind its text, and as words where the format has a tag for each.</summary>
    private Sample? InText(Sample sample)
    {
        if (sample.Text is not { } text)
        {
            if (!_to.TagsWords) return sample;
            text = "";
        }

        var end = new TextOffsets(text).CodePoints;
        sample = Kept("span_outside_text", "Spans that end behind the text are left out.", sample, objects => objects.Where(o => o.Mark is not TextSpan span || span.End <= end));
        if (!_to.TagsWords) return sample;
        sample = Kept("overlapping_span", $"{_to.Name} has one tag a word: of spans that overlap the first and longest is kept, and none without words.", sample, objects => TaggedWords.Apart(text, objects));
        var words = TaggedWords.Of(text, sample.Opinions.Count == 0 ? [] : sample.Opinions[0].Objects);
        if (words.Words.Count == 0)
        {
            Lose("empty_text", $"{_to.Name} has no texts without words; they are left out.");
            return null;
        }

        if (words.Text != text) Lose("text", $"{_to.Name} keeps the words of a text: what stands between them becomes one blank, and words are cut where spans begin or end within them.");
        return sample;
    }

    private Sample Kept(string kind, string explanation, Sample sample, Func<IReadOnlyList<LabelledObject>, IEnumerable<LabelledObject>> keep)
    {
        List<Opinion> opinions = new(sample.Opinions.Count);
        foreach (var opinion in sample.Opinions)
        {
            List<LabelledObject> kept = [.. keep(opinion.Objects)];
            if (kept.Count < opinion.Objects.Count) Lose(kind, explanation, opinion.Objects.Count - kept.Count);
            opinions.Add(kept.Count < opinion.Objects.Count ? opinion with { Objects = kept } : opinion);
        }

        return sample with { Opinions = opinions };
    }

    private Sample Without(string kind, string explanation, Sample sample)
    {
        Lose(kind, explanation);
        return sample;
    }

    private List<Opinion> Opinions(Sample sample)
    {
        List<Opinion> kept = [];
        foreach (var opinion in sample.Opinions)
        {
            if (opinion.Kind == OpinionKind.Prediction && !_to.Carries(CarriedParts.Predictions)) AddPrediction(opinion, sample, kept);
            else if (Refusal(opinion) is { } refused) Lose(refused.Kind, refused.Explanation);
            else kept.Add(Narrow(opinion, sample));
        }

        if (kept.Count == 0 && sample.Opinions.Count > 0) Lose("unlabelled", $"{_to.Name} does not tell inputs whose labels were left out from inputs where nothing is to be seen: they stand there without objects.");
        if (kept.Count < 2 || _to.Carries(CarriedParts.Contributors)) return kept;
        List<Opinion> one = [kept.Find(o => o.Kind == OpinionKind.Gold) ?? kept.Find(o => o.Kind == OpinionKind.Annotation) ?? kept[0]];
        if (_to.HasPredictionBesideLabels && one[0].Kind != OpinionKind.Prediction && kept.Find(o => o.Kind == OpinionKind.Prediction) is { } prediction) one.Add(prediction);
        if (kept.Count > one.Count) Lose("several_annotators", $"{_to.Name} has one set of labels for each input: the first annotator's is kept, the others' are left out.", kept.Count - one.Count);
        return one;
    }

    /// <summary>A score beside a label does not say that a model gave the label: a prediction becomes a label only where that was asked for, and never in the place of a person's word, nor where one declined.</summary>
    private void AddPrediction(Opinion opinion, Sample sample, List<Opinion> kept)
    {
        if (!_predictionsAsLabels)
        {
            Lose("prediction", "Models' predictions are left out.");
            return;
        }

        if (sample.Opinions.Any(o => o.Kind is OpinionKind.Annotation or OpinionKind.Gold or OpinionKind.Skipped))
        {
            Lose("prediction", "Models' predictions are left out where a person labelled or skipped the input.");
            return;
        }

        Lose("prediction_as_label", "Models' predictions are written as labels, as was asked for: that a model gave them, which one and how sure it was of the whole is not kept.");
        kept.Add(Narrow(opinion with { Kind = OpinionKind.Annotation, Model = null, Score = null }, sample));
    }

    private (string Kind, string Explanation)? Refusal(Opinion opinion) => opinion.Kind switch
    {
        OpinionKind.Skipped when !_to.Carries(CarriedParts.Skips) => ("skip", "That an annotator skipped an input is not kept."),
        OpinionKind.Draft when !_to.Carries(CarriedParts.Drafts) => ("draft", "Drafts, which nobody submitted, are left out."),
        _ => null,
    };

    private Opinion Narrow(Opinion opinion, Sample sample)
    {
        if (opinion.Kind == OpinionKind.Gold && !_to.Carries(CarriedParts.Gold)) Lose("gold", "That labels are known truth is not kept; the labels are.");
        if (opinion.Contributor is not null && !_to.Carries(CarriedParts.Contributors)) Lose("contributor", "Who labelled is not kept.");
        if ((opinion.At is not null || opinion.Seconds is not null) && !_to.Carries(CarriedParts.Times)) Lose("time", "When something was labelled and how long it took is not kept.");
        if (opinion.Review is not null && !_to.Carries(CarriedParts.Reviews)) Lose("review", "What reviewers decided is not kept.");
        if (opinion.Relations.Count > 0 && !_to.Carries(CarriedParts.Relations)) Lose("relation", "Relations between objects are not kept.", opinion.Relations.Count);
        return opinion with
        {
            Contributor = _to.Carries(CarriedParts.Contributors) ? opinion.Contributor : null,
            At = _to.Carries(CarriedParts.Times) ? opinion.At : null,
            Seconds = _to.Carries(CarriedParts.Times) ? opinion.Seconds : null,
            Review = _to.Carries(CarriedParts.Reviews) ? opinion.Review : null,
            Relations = _to.Carries(CarriedParts.Relations) ? WithoutRoles(opinion.Relations) : [],
            Answers = Answers(opinion.Answers),
            Objects = Objects(Filled(opinion.Objects, sample), sample),
        };
    }

    /// <summary>Objects of each frame, where tracks are by keyframes and the format has one row a frame: without them it would say that an object is away between its keyframes.</summary>
    private IReadOnlyList<LabelledObject> Filled(IReadOnlyList<LabelledObject> objects, Sample sample)
    {
        if (sample.InterpolationStep == 0 || _to.Carries(CarriedParts.Keyframes)) return objects;
        var all = TrackFilling.Fill(objects, sample, out var filled, out var left);
        if (filled > 0) Lose("interpolated", $"{_to.Name} has one row a frame: frames between keyframes are filled in along straight lines, as Label Studio and CVAT draw them.", filled);
        if (left > 0) Lose("not_interpolated", $"{_to.Name} has one row a frame, and frames between keyframes are filled in for boxes, ellipses and points only, at most {TrackFilling.ObjectsMax} a clip: the other objects are missing there.", left);
        return all;
    }

    private IReadOnlyList<ObjectRelation> WithoutRoles(IReadOnlyList<ObjectRelation> relations)
    {
        if (_to.Carries(CarriedParts.RelationRoles) || relations.All(r => r.FromRole is null && r.ToRole is null)) return relations;
        Lose("relation_role", "What the ends of a relation are called is not kept.", relations.Count(r => r.FromRole is not null || r.ToRole is not null));
        return [.. relations.Select(r => r with { FromRole = null, ToRole = null })];
    }

    private IReadOnlyDictionary<string, JsonElement> Answers(IReadOnlyDictionary<string, JsonElement> answers)
    {
        if (answers.Count == 0) return answers;
        Dictionary<string, JsonElement> kept = new(StringComparer.Ordinal);
        foreach (var (question, answer) in answers)
        {
            if ((PartOf(answer) & ~_to.OfInput) == AnswerParts.None && _to.CarriesQuestion(question)) kept.Add(question, answer);
            else Lose($"answer:{question}", $"{_to.Name} does not carry the answers to \"{question}\" about the whole input.");
        }

        return kept;
    }

    private static AnswerParts PartOf(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Number => AnswerParts.Number,
        JsonValueKind.Array => AnswerParts.Labels,
        _ => AnswerParts.Label,
    };

    private List<LabelledObject> Objects(IReadOnlyList<LabelledObject> objects, Sample sample)
    {
        List<LabelledObject> kept = new(objects.Count);
        foreach (var each in objects)
        {
            if (each.OtherMarks.Count > 0) AddParts(each, sample, kept);
            else if (Carried(each, sample) is { } carried) kept.Add(Narrow(carried));
        }

        if (_to.LinesCrossRows) kept = OnRows(kept, sample);
        if (_to.JoinsObjectsOfClass) kept = Joined(kept);
        return _to.PixelsHaveOneOwner ? Owned(kept) : kept;
    }

    private List<LabelledObject> OnRows(List<LabelledObject> objects, Sample sample)
    {
        var rows = RowLines.RowsOf(sample);
        List<LabelledObject> kept = new(objects.Count);
        foreach (var each in objects)
        {
            if (each.Mark is not Outline { Geometry: Polyline line } || RowLines.AreOn(line.Points, rows)) kept.Add(each);
            else if (RowLines.Crossings(line.Points, rows) is { Count: > 1 } crossings)
            {
                Lose("geometry:polyline", $"{_to.Name} states a line by where it crosses rows of pixels: what it does between them is not kept.");
                kept.Add(each with { Mark = new Outline(new Polyline(crossings)) });
            }
            else Lose("geometry:polyline_between_rows", $"{_to.Name} states a line by where it crosses rows of pixels: lines that cross fewer than two are left out.");
        }

        return kept;
    }

    /// <summary>One object of each class, whose mask is that of all of them.</summary>
    private List<LabelledObject> Joined(List<LabelledObject> objects)
    {
        List<LabelledObject> kept = [];
        foreach (var same in objects.GroupBy(o => (o.Class, o.Frame, Size: o.Mark is PixelMask m ? (m.Mask.Width, m.Mask.Height) : default)))
        {
            var first = same.First();
            var masks = same.Select(o => o.Mark).OfType<PixelMask>().Select(m => m.Mask).ToList();
            if (same.Skip(1).Any()) Lose("instances", $"{_to.Name} has one region for each class: objects of a class are joined.", masks.Count - 1);
            kept.Add(masks.Count > 1 ? first with { Mark = new PixelMask(RunLengthMask.Union(masks[0].Height, masks[0].Width, masks)) } : first);
        }

        return kept;
    }

    /// <summary>Takes from each mask what a later one of the same frame has too.</summary>
    private List<LabelledObject> Owned(List<LabelledObject> objects)
    {
        var kept = objects.ToArray();
        foreach (var frame in Enumerable.Range(0, kept.Length).Where(i => kept[i].Mark is PixelMask).GroupBy(i => kept[i].Frame))
        {
            int[] all = [.. frame];
            for (var i = 0; i < all.Length; i++)
                for (var j = i + 1; j < all.Length; j++) TakeOverlap(kept, all[i], ((PixelMask)kept[all[j]].Mark).Mask);
        }

        List<LabelledObject> owned = new(kept.Length);
        foreach (var each in kept)
        {
            if (each.Mark is not PixelMask { Mask.Area: 0 }) owned.Add(each);
            else Lose("covered", $"{_to.Name} has one object at each pixel: objects without a pixel of their own are left out.");
        }

        return owned;
    }

    private void TakeOverlap(LabelledObject[] objects, int index, RunLengthMask later)
    {
        var mask = ((PixelMask)objects[index].Mark).Mask;
        if ((mask.Width, mask.Height) != (later.Width, later.Height) || RunLengthMask.Overlap(mask, later, isCrowd: true) == 0) return;
        Lose("overlap", $"{_to.Name} has one object at each pixel: where masks overlap, the later object has the pixels.");
        objects[index] = objects[index] with { Mark = new PixelMask(RunLengthMask.Without(mask, later)) };
    }

    /// <summary>An object of several marks: whole where the format has such, else an object for each mark that it carries as it is, else the nearest of the first mark.</summary>
    private void AddParts(LabelledObject each, Sample sample, List<LabelledObject> kept)
    {
        List<Mark> all = [each.Mark, .. each.OtherMarks], carried = all.FindAll(_to.Carries);
        if (carried.Count == 0 && Carried(each with { OtherMarks = [] }, sample) is { } nearest) kept.Add(Narrow(nearest));
        foreach (var mark in all.Except(carried))
            if (carried.Count > 0 || mark != each.Mark) Lose($"geometry:{Word(mark.Kind)}", $"{_to.Name} has no {Words(mark.Kind)}; of objects that have other marks too, only those are kept.");
        if (carried.Count == 0) return;
        if (_to.Carries(CarriedParts.SeveralMarks) || carried.Count == 1)
        {
            kept.Add(Narrow(each with { Mark = carried[0], OtherMarks = carried[1..] }));
            return;
        }

        Lose("several_marks", $"{_to.Name} has one mark an object: what belongs together is written as objects of their own.");
        foreach (var mark in carried) kept.Add(Narrow(each with { Mark = mark, OtherMarks = [] }));
    }

    private LabelledObject Narrow(LabelledObject each)
    {
        each = _fits.Fit(each);
        if (each.Score is not null && !_to.Carries(CarriedParts.Scores)) Lose("score", "Scores of objects are not kept.");
        if (each.Track is not null && !_to.Carries(CarriedParts.Tracks)) Lose("track", "Which object is the same in other frames or pictures is not kept.");
        if ((!each.IsKeyframe || each.IsOutside) && !_to.Carries(CarriedParts.Keyframes)) Lose("keyframe", "Which frames were drawn by hand and which were filled in is not kept.");
        var isOther = _to.OneClass is { } one && each.Class != one;
        if (isOther) Lose("class", $"{_to.Name} has one class, \"{_to.OneClass}\": of which other class objects were is not kept.");
        return each with
        {
            Class = isOther ? _to.OneClass! : each.Class,
            Score = _to.Carries(CarriedParts.Scores) ? each.Score : null,
            Track = _to.Carries(CarriedParts.Tracks) ? each.Track : null,
            Attributes = Attributes(each),
        };
    }

    private IReadOnlyDictionary<string, JsonElement> Attributes(LabelledObject each)
    {
        if (_to.Attributes.IsAny || each.Attributes.Count == 0) return each.Attributes;
        Dictionary<string, JsonElement> kept = new(StringComparer.Ordinal);
        foreach (var (name, value) in each.Attributes)
        {
            if (_to.Attributes.Carries(name)) kept.Add(name, value);
            else if (value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)) Lose($"attribute:{name}", $"{_to.Name} does not carry the attribute \"{name}\".");
        }

        return kept;
    }

    /// <summary>The object with a mark that the format carries: its own, or the nearest one that can be made of it.</summary>
    private LabelledObject? Carried(LabelledObject each, Sample sample)
    {
        if (each.IsOutside && !_to.Carries(CarriedParts.Keyframes))
        {
            Lose("outside", "That a track is away from a frame is not stated; the object is simply not there.");
            return null;
        }

        if (_to.Carries(each.Mark)) return each;
        foreach (var kind in MarkFallbacks.Of(each.Mark.Kind))
        {
            if (!_to.Marks.Contains(kind) || MarkFallbacks.Make(each.Mark, kind, sample) is not { } mark) continue;
            Lose($"geometry:{Word(each.Mark.Kind)}", $"{_to.Name} has no {Words(each.Mark.Kind)}: they are written as {Words(kind)}{(MarkFallbacks.IsExact(each.Mark.Kind, kind) ? "" : ", which is less exact")}.");
            return each with { Mark = mark };
        }

        Lose($"geometry:{Word(each.Mark.Kind)}", $"{_to.Name} has no {Words(each.Mark.Kind)} nor anything to stand for them; the objects are left out.");
        return null;
    }

    internal void Lose(string kind, string explanation, long count = 1) => _losses.Add(kind, explanation, count);

    private static string Word(Enum kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static string Words(MarkKind kind) => kind switch
    {
        MarkKind.Box => "boxes",
        MarkKind.RotatedBox => "rotated boxes",
        MarkKind.Polygon => "polygons",
        MarkKind.Polygons => "objects of several rings",
        MarkKind.Polyline => "open lines",
        MarkKind.Keypoints => "keypoints",
        MarkKind.Ellipse => "ellipses",
        MarkKind.Mask => "masks",
        MarkKind.TextSpan => "stretches of text",
        _ => "cuboids",
    };
}
