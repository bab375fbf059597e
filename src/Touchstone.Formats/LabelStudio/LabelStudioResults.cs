using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelStudio;

/// <summary>What a task's results are read with.</summary>
/// <param name="Text">The text that offsets count in; null where it is not known.</param>
/// <param name="Size">Size of the picture for results that do not state it.</param>
/// <param name="FrameCount">Frames of the video; 0 where it is not known.</param>
/// <param name="Controls">Types of the questions that were met, by name.</param>
internal sealed record ResultContext(string? Text, (int Width, int Height)? Size, int FrameCount, Dictionary<string, string> Controls);

/// <summary>The results of one annotation: one entry for each control that said something; entries of one id are one region.</summary>
internal sealed class LabelStudioResults(ResultContext context)
{
    /// <summary>The class of regions that nobody named.</summary>
    public const string Unlabelled = "unlabelled";

    private const int KeypointsMax = 10_000;

    private readonly List<Region> _regions = [];
    private readonly Dictionary<string, Region> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);
    private readonly List<ObjectRelation> _relations = [];

    /// <summary>The opinion with objects, answers and relations.</summary>
    public Opinion Read(IEnumerable<(JsonElement Result, ResultPlace Place)> results, Opinion opinion)
    {
        List<(JsonElement Result, string Type, ResultPlace Place)> answers = [];
        foreach (var (result, at) in results)
        {
            if (result.Text("type") is not { } type) at.Below("type").Tell($"a result has a type; {result.Member("type").Found()} found.");
            else if (type == "relation") Relation(result, at);
            else if (LabelStudioAnswers.IsAnswer(type)) answers.Add((result, type, at));
            else RegionOf(result, type, at);
        }

        foreach (var (result, type, at) in answers) Answer(result, type, at);
        return opinion with { Objects = [.. _regions.SelectMany(r => r.Objects(context.FrameCount))], Answers = _answers.Count == 0 ? Sample.Empty : _answers, Relations = _relations };
    }

    private void Relation(JsonElement result, ResultPlace place)
    {
        if (result.Id("from_id") is not { } from || result.Id("to_id") is not { } to)
        {
            place.Tell("a relation has from_id and to_id.");
            return;
        }

        var direction = result.Text("direction") ?? "right";
        var count = _relations.Count;
        foreach (var label in result.Items("labels"))
            if (label.ValueKind == JsonValueKind.String) _relations.Add(new ObjectRelation(from, to, label.GetString()!, direction));
        if (_relations.Count == count) _relations.Add(new ObjectRelation(from, to, "", direction));
    }

    private void Answer(JsonElement result, string type, ResultPlace place)
    {
        if (result.Text("from_name") is not { } question)
        {
            place.Below("from_name").Tell($"{type} has the name of its control; {result.Member("from_name").Found()} found.");
            return;
        }

        if (LabelStudioAnswers.Read(type, result, place) is not { } answer) return;
        if (LabelStudioAnswers.IsNamed(type)) context.Controls[question] = type;
        var to = result.Id("id") is { } id && _byId.TryGetValue(id, out var region) ? region.Attributes : _answers;
        if (!to.TryAdd(question, answer)) place.Tell($"\"{question}\" is answered a second time; the first answer is kept.");
    }

    private void RegionOf(JsonElement result, string type, ResultPlace place)
    {
        var shape = LabelStudioRegions.ShapeOf(type);
        var value = result.Member("value") ?? default;
        var isSpan = type is "labels" or "text" or "hypertext" or "hypertextlabels" && (value.Member("start") ?? value.Member("globalOffsets")) is not null && value.Member("channel") is null;
        if (shape is null && !isSpan && type is not ("videorectangle" or "labels"))
        {
            place.Below("type").Tell($"results of type \"{type}\" are not known; it is left out.");
            return;
        }

        if (result.Number("image_rotation") is { } turned && turned != 0)
        {
            place.Below("image_rotation").Tell(FormattableString.Invariant($"the picture was turned by {turned} degrees when this was drawn; only places in pictures as they are can be read."));
            return;
        }

        var marks = result.Member("meta")?.Member(LabelStudioRegionWriter.Own) ?? default;
        var id = marks.Id("object") ?? result.Id("id");
        if (id is not null && _byId.TryGetValue(id, out var known))
        {
            if (shape == "keypoint" && known.Points is not null && Mark(shape, type, value, result, place) is Outline { Geometry: Keypoints { Points: [var next] } }) known.Point(marks, next, place);
            known.Label(Labels(value, type));
            return;
        }

        if (type == "labels" && !isSpan && !HasLater(result))
        {
            place.Tell("labels without a region of their id.");
            return;
        }

        Add(result, type, shape, isSpan, id ?? $"region-{_regions.Count}", marks, place);
    }

    /// <summary>Labels may stand before the shape that they name, but then they carry its place; without one they name nothing.</summary>
    private static bool HasLater(JsonElement result) => result.Member("value") is { } value && (value.Member("sequence") ?? value.Member("x") ?? value.Member("points")) is not null;

    private void Add(JsonElement result, string type, string? shape, bool isSpan, string id, JsonElement marks, ResultPlace place)
    {
        var value = result.Member("value") ?? default;
        var region = new Region(id);
        region.Label(Labels(value, type));
        if (result.Number("score") is { } score) region.Score = score;
        foreach (var member in result.Member("meta").Members())
            if (member.Name == "text" || member.Name != LabelStudioRegionWriter.Own && member.Name != "json") region.Meta.TryAdd(member.Name, member.Value);
        if (type == "videorectangle" || type == "labels" && value.Member("sequence") is not null) region.Video = (value, SizeOf(result), place);
        else if (isSpan) region.Mark = LabelStudioRegions.Span(value, context.Text, place);
        else region.Mark = Mark(shape ?? (value.Member("points") is null ? "rectangle" : "polygon"), type, value, result, place);
        if (region.Mark is null && region.Video is null) return;
        region.Own(marks);
        if (marks.Whole("point") is not null && region.Mark is Outline { Geometry: Keypoints { Points: [var first] } }) region.Point(marks, first, place);
        _regions.Add(region);
        _byId.TryAdd(id, region);
    }

    private Mark? Mark(string shape, string type, JsonElement value, JsonElement result, ResultPlace place)
    {
        if (value.ValueKind == JsonValueKind.Object) return LabelStudioRegions.Read(shape, value, SizeOf(result), place);
        place.Below("value").Tell($"{type} has a value; {result.Member("value").Found()} found.");
        return null;
    }

    private (int Width, int Height)? SizeOf(JsonElement result) => Size(result) ?? context.Size;

    /// <summary>The size that a result states.</summary>
    public static (int Width, int Height)? Size(JsonElement result) =>
        result.Whole("original_width") is > 0 and var width && result.Whole("original_height") is > 0 and var height ? (width, height) : null;

    private static List<string> Labels(JsonElement value, string type)
    {
        List<string> labels = [];
        foreach (var name in (ReadOnlySpan<string>)[type, "labels"])
            foreach (var label in value.Items(name))
                if (label.ValueKind == JsonValueKind.String && labels.Count < 100) labels.Add(label.GetString()!);
        return type == "labels" ? [.. labels.Take((labels.Count + 1) / 2)] : labels;
    }

    private sealed class Region(string id)
    {
        private List<string> _labels = [];
        private JsonElement _own;
        private string? _track;
        private int? _frame;
        private bool _isKeyframe = true;
        private bool _isOutside;

        public Mark? Mark { get; set; }

        public double? Score { get; set; }

        public (JsonElement Value, (int Width, int Height)? Size, ResultPlace Place)? Video { get; set; }

        public Dictionary<string, JsonElement> Attributes { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, JsonElement> Meta { get; } = new(StringComparer.Ordinal);

        public Keypoint[]? Points { get; private set; }

        public void Label(List<string> labels)
        {
            if (_labels.Count == 0) _labels = labels;
        }

        public void Own(JsonElement marks) => (_own, _track, _frame, _isKeyframe, _isOutside) = (marks, marks.Text("track"), marks.Whole("frame"), marks.Flag("keyframe") ?? true, marks.Flag("outside") ?? false);

        public void Point(JsonElement marks, Keypoint point, ResultPlace place)
        {
            if (marks.Whole("point") is not { } at || marks.Whole("points") is not (> 0 and <= KeypointsMax and var count) || at < 0 || at >= count || marks.Whole("visibility") is not (>= 0 and <= 2 and var visibility))
            {
                place.Below("meta").Tell("which point of how many this is does not fit.");
                return;
            }

            Points ??= new Keypoint[count];
            if (at < Points.Length) Points[at] = point with { Visibility = (Visibility)visibility };
        }

        public IEnumerable<LabelledObject> Objects(int frameCount)
        {
            var name = _labels.Count == 0 ? Unlabelled : _labels[0];
            if (_labels.Count > 1) Attributes.TryAdd("labels", JsonFields.Of(_labels));
            if (Meta.Count > 0) Attributes.TryAdd("meta", JsonSerializer.SerializeToElement(Meta));
            var attributes = Attributes.Count == 0 ? Sample.Empty : Attributes;
            if (Video is { } video)
                return LabelStudioVideo.Changed(LabelStudioVideo.Read(id, name, video.Value, video.Size, frameCount, video.Place).Select(o => o with { Track = _track ?? id, Attributes = attributes, Score = Score }), _own);
            var mark = Points is null ? Mark! : new Outline(new Keypoints(Points));
            return [new LabelledObject(name, mark) { Id = id, Attributes = attributes, Score = Score, Track = _track, Frame = _frame, IsKeyframe = _isKeyframe, IsOutside = _isOutside }];
        }
    }
}
