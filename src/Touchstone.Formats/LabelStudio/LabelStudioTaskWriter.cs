using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Writes one task.</summary>
internal sealed class LabelStudioTaskWriter(Utf8JsonWriter json, FormatOptions options)
{
    private Sample _sample = null!;
    private string _toName = "";
    private bool _isPage;
    private (int Width, int Height) _size;
    private JsonElement? _controls;

    /// <summary>The data's member for an input, which is also what results name.</summary>
    public static string KeyOf(InputKind kind) => kind switch { InputKind.Clip => "video", InputKind.Text => "text", _ => "image" };

    public void Write(Sample sample, long number)
    {
        _sample = sample;
        _size = sample.WidthPx > 0 && sample.HeightPx > 0 ? (sample.WidthPx, sample.HeightPx) : options.AssumedSize ?? (0, 0);
        _controls = Fact(LabelStudioTask.ControlsFact);
        json.WriteStartObject();
        if (Fact(LabelStudioTask.IdFact) is { ValueKind: JsonValueKind.Number } id) json.WriteNumber("id", id.GetDouble());
        else json.WriteNumber("id", number);
        WriteData();
        foreach (var (member, isOf) in (ReadOnlySpan<(string, Func<OpinionKind, bool>)>)[
            ("annotations", k => k is OpinionKind.Annotation or OpinionKind.Gold or OpinionKind.Skipped), ("predictions", k => k is OpinionKind.Prediction), ("drafts", k => k is OpinionKind.Draft)])
        {
            json.WriteStartArray(member);
            foreach (var opinion in sample.Opinions)
                if (isOf(opinion.Kind)) WriteOpinion(opinion);
            json.WriteEndArray();
        }

        json.WriteStartObject("meta");
        foreach (var (name, value) in sample.Facts)
        {
            if (name is LabelStudioTask.ControlsFact or LabelStudioTask.IdFact or LabelStudioTask.DataFact) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private JsonElement? Fact(string name) => _sample.Facts.TryGetValue(name, out var value) ? value : null;

    private void WriteData()
    {
        var others = Fact(LabelStudioTask.DataFact);
        var input = others.Members().FirstOrDefault(m => IsInput(m.Value));
        (_toName, _isPage) = input.Value.ValueKind == JsonValueKind.Undefined ? (KeyOf(_sample.Kind), false) : (input.Name, input.Value.ValueKind == JsonValueKind.Array);
        json.WriteStartObject("data");
        var value = _sample.Kind == InputKind.Text ? _sample.Text ?? "" : _sample.Address ?? _sample.Name;
        if (_isPage)
        {
            json.WriteStartArray(_toName);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }
        else if (_toName.Length > 0) json.WriteString(_toName, value);

        foreach (var member in others.Members().Where(m => !IsInput(m.Value))) member.WriteTo(json);
        if (_sample.WidthPx > 0 && others?.Member("width") is null && _sample.Opinions.All(o => o.Objects.Count == 0))
        {
            json.WriteNumber("width", _sample.WidthPx);
            json.WriteNumber("height", _sample.HeightPx);
        }

        json.WriteEndObject();
    }

    private static bool IsInput(JsonElement value) => value.ValueKind == JsonValueKind.Null || value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.Null;

    private void WriteOpinion(Opinion opinion)
    {
        json.WriteStartObject();
        if (opinion.Id is { } id) WriteId("id", id);
        if (opinion.Kind == OpinionKind.Prediction) WriteModel(opinion);
        else WriteWork(opinion);
        if (opinion.At is { } at) json.WriteString("created_at", at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteStartArray("result");
        WriteResults(opinion);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteModel(Opinion opinion)
    {
        if (opinion.Model is { } model) json.WriteString("model_version", model);
        if (opinion.Score is { } score) json.WriteNumber("score", score);
    }

    private void WriteWork(Opinion opinion)
    {
        if (opinion.Contributor is { } who)
        {
            var member = opinion.Kind == OpinionKind.Draft ? "user" : "completed_by";
            if (IsNumber(who)) WriteId(member, who);
            else
            {
                json.WriteStartObject(member);
                json.WriteString("email", who);
                json.WriteEndObject();
            }
        }

        json.WriteBoolean("was_cancelled", opinion.Kind == OpinionKind.Skipped);
        json.WriteBoolean("ground_truth", opinion.Kind == OpinionKind.Gold);
        if (opinion.Seconds is { } seconds) json.WriteNumber("lead_time", seconds);
        if (opinion.Score is { } score) json.WriteNumber("score", score);
        if (opinion.Review is not { } review) return;
        json.WriteStartArray("reviews");
        json.WriteStartObject();
        json.WriteBoolean("accepted", review == "accepted");
        if (review is not ("accepted" or "rejected")) json.WriteString("state", review);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static bool IsNumber(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == id;

    private void WriteId(string member, string id)
    {
        if (IsNumber(id)) json.WriteNumber(member, long.Parse(id, CultureInfo.InvariantCulture));
        else json.WriteString(member, id);
    }

    private void WriteResults(Opinion opinion)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        var count = 0;
        string Own(string? wanted)
        {
            var id = wanted is { Length: > 0 } ? wanted : $"r{++count}";
            while (!ids.Add(id)) id = $"r{++count}";
            return id;
        }

        // A region has one label: where a track changes its class, each class has a region of its own.
        foreach (var track in opinion.Objects.Where(IsTrackBox).GroupBy(o => (o.Track, o.Class))) WriteTrack(Own(track.Key.Track), TrackRuns.Closed([.. track.OrderBy(o => o.Frame)], _sample));
        foreach (var each in Others(opinion.Objects)) WriteObject(each, Own(each.Id));
        foreach (var (question, answer) in opinion.Answers) WriteAnswer(question, answer, Own(null), each: null);
        foreach (var relation in opinion.Relations) WriteRelation(relation);
    }

    private IEnumerable<LabelledObject> Others(IReadOnlyList<LabelledObject> objects)
    {
        foreach (var each in objects)
            if (!IsTrackBox(each) && !IsTrackOutline(each)) yield return each;
        foreach (var track in objects.Where(IsTrackOutline).GroupBy(o => (o.Track, o.Class)))
            foreach (var each in TrackRuns.Closed([.. track.OrderBy(o => o.Frame)], _sample)) yield return each;
    }

    private bool IsTrackOutline(LabelledObject each) => _sample.Kind == InputKind.Clip && each.Track is not null && each.Frame is not null && !LabelStudioVideo.Carries(each.Mark);

    private bool IsTrackBox(LabelledObject each) => _sample.Kind == InputKind.Clip && each.Track is not null && each.Frame is not null && LabelStudioVideo.Carries(each.Mark);

    private void WriteTrack(string id, IReadOnlyList<LabelledObject> track)
    {
        var first = track[0];
        Begin(id, "videorectangle", "videorectangle", first);
        json.WriteStartObject("value");
        WriteLabels("labels", first);
        LabelStudioVideo.Write(json, track, Sized(), _sample.FrameCount, _sample.FramesPerSecond ?? options.FramesPerSecond);
        json.WriteEndObject();
        var isMoved = id != first.Track;
        var isChanged = track.Any(o => !LabelStudioVideo.IsSaidAlike(first, o));
        WriteMeta(first, () =>
        {
            if (isMoved) json.WriteString("track", first.Track);
            if (isChanged) LabelStudioVideo.WriteChanges(json, track);
        }, isMoved || isChanged);
        json.WriteEndObject();
        foreach (var (question, answer) in Said(first)) WriteAnswer(question, answer, id, each: null);
    }

    private void WriteObject(LabelledObject each, string id)
    {
        if (each.Mark is Outline { Geometry: Keypoints { Points: var points } } && points is not [{ Visibility: Visibility.Visible }]) WritePoints(each, id, points);
        else WriteRegion(each, id, id, each.Mark, point: null);
        foreach (var (question, answer) in Said(each)) WriteAnswer(question, answer, id, each);
    }

    private void WritePoints(LabelledObject each, string id, IReadOnlyList<Keypoint> points)
    {
        var isAny = points.Any(p => p.Visibility != Visibility.NotLabelled);
        for (var i = 0; i < points.Count; i++)
        {
            if (isAny && points[i].Visibility == Visibility.NotLabelled) continue;
            WriteRegion(each, $"{id}-{i}", id, new Outline(new Keypoints([points[i]])), (i, points.Count, (int)points[i].Visibility));
        }
    }

    private void WriteRegion(LabelledObject each, string id, string objectId, Mark mark, (int Index, int Count, int Visibility)? point)
    {
        var shape = LabelStudioRegionWriter.ShapeOf(mark);
        var type = each.Class == LabelStudioResults.Unlabelled && shape.Length > 0 ? shape : shape + "labels";
        Begin(id, type, shape.Length == 0 ? "label" : type, each, hasSize: shape.Length > 0);
        json.WriteStartObject("value");
        LabelStudioRegionWriter.Write(json, mark, mark is PixelMask or TextSpan ? _size : Sized(), _sample.Text);
        if (type.EndsWith("labels", StringComparison.Ordinal)) WriteLabels(type, each);
        json.WriteEndObject();
        WriteMeta(each, () =>
        {
            if (each.Track is { } track) json.WriteString("track", track);
            if (each.Frame is { } frame) json.WriteNumber("frame", frame);
            if (!each.IsKeyframe) json.WriteBoolean("keyframe", false);
            if (each.IsOutside) json.WriteBoolean("outside", true);
            if (point is not { } known) return;
            json.WriteString("object", objectId);
            json.WriteNumber("point", known.Index);
            json.WriteNumber("points", known.Count);
            json.WriteNumber("visibility", known.Visibility);
        }, each.Track is not null || each.Frame is not null || !each.IsKeyframe || each.IsOutside || point is not null);
        json.WriteEndObject();
    }

    private void Begin(string id, string type, string fromName, LabelledObject each, bool hasSize = true)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("from_name", fromName);
        json.WriteString("to_name", _toName);
        json.WriteString("type", type);
        if (_isPage) json.WriteNumber("item_index", 0);
        if (each.Score is { } score) json.WriteNumber("score", score);
        if (!hasSize) return;
        var (width, height) = each.Mark is PixelMask mask ? (mask.Mask.Width, mask.Mask.Height) : Sized();
        json.WriteNumber("original_width", width);
        json.WriteNumber("original_height", height);
        json.WriteNumber("image_rotation", 0);
    }

    /// <exception cref="FileFormatFaultException">The size is needed and nobody knows it.</exception>
    private (int Width, int Height) Sized() => _size.Width > 0 ? _size : throw new FileFormatFaultException($"Label Studio counts in percent of the picture, and the size of {_sample.Name} is not known: name the folder of the pictures, or a size to assume.");

    private void WriteLabels(string member, LabelledObject each)
    {
        json.WriteStartArray(member);
        if (each.Attributes.TryGetValue("labels", out var all) && IsLabels(all, each)) foreach (var label in all.EnumerateArray()) json.WriteStringValue(label.GetString());
        else json.WriteStringValue(each.Class);
        json.WriteEndArray();
    }

    private static bool IsLabels(JsonElement all, LabelledObject each) => all.ValueKind == JsonValueKind.Array && all.GetArrayLength() > 1 && all.EnumerateArray().All(l => l.ValueKind == JsonValueKind.String) && all[0].GetString() == each.Class;

    private static IEnumerable<KeyValuePair<string, JsonElement>> Said(LabelledObject each) =>
        each.Attributes.Where(a => !(a.Key == "labels" && IsLabels(a.Value, each)) && !(a.Key == "meta" && a.Value.ValueKind == JsonValueKind.Object));

    private void WriteMeta(LabelledObject each, Action? own, bool hasOwn = false)
    {
        var meta = each.Attributes.TryGetValue("meta", out var known) && known.ValueKind == JsonValueKind.Object ? known : (JsonElement?)null;
        if (meta is null && !hasOwn) return;
        json.WriteStartObject("meta");
        foreach (var member in meta.Members()) member.WriteTo(json);
        if (hasOwn)
        {
            json.WriteStartObject(LabelStudioRegionWriter.Own);
            own!();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteAnswer(string question, JsonElement answer, string id, LabelledObject? each)
    {
        var type = LabelStudioAnswers.TypeOf(answer, _controls?.Text(question));
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("from_name", question);
        json.WriteString("to_name", _toName);
        json.WriteString("type", type);
        json.WriteStartObject("value");
        if (each is not null && each.Mark is not PixelMask) LabelStudioRegionWriter.Write(json, each.Mark, each.Mark is TextSpan ? _size : Sized(), _sample.Text);
        var isExact = LabelStudioAnswers.Write(json, type, answer);
        json.WriteEndObject();
        if (!isExact)
        {
            json.WriteStartObject("meta");
            json.WritePropertyName("json");
            answer.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteRelation(ObjectRelation relation)
    {
        json.WriteStartObject();
        json.WriteString("type", "relation");
        json.WriteString("from_id", relation.From);
        json.WriteString("to_id", relation.To);
        json.WriteString("direction", relation.Direction);
        json.WriteStartArray("labels");
        if (relation.Label.Length > 0) json.WriteStringValue(relation.Label);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
