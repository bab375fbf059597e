using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Boxes of videos. Frames count from 1 and only keyframes stand in the file.</summary>
/// <remarks>A keyframe with <c>enabled</c> false is the last frame that shows the box (isInLifespan of the editor's VideoRegion); here the track is away from the frame after it on.</remarks>
internal static class LabelStudioVideo
{
    private const string Changes = "frames";

    public static IEnumerable<LabelledObject> Read(string id, string name, JsonElement value, (int Width, int Height)? size, int frameCount, ResultPlace place)
    {
        if (size is not { } known)
        {
            place.Tell("percents of a video's box need original_width and original_height.");
            yield break;
        }

        LabelledObject? last = null;
        var (index, isEnabled) = (0, true);
        foreach (var keyframe in value.Items("sequence"))
        {
            var at = place.Below("value").Below("sequence").Below(index++);
            if (keyframe.Whole("frame") is not { } frame || frame < 1)
            {
                at.Below("frame").Tell($"a frame from 1 on was expected; {keyframe.Member("frame").Found()} found.");
                continue;
            }

            if (LabelStudioRegions.Rectangle(keyframe, known, at) is not { } mark) continue;
            if (!isEnabled && last is { Frame: { } before } && frame - 1 > before + 1) yield return Away(last, before + 1);
            last = new LabelledObject(name, mark) { Id = id, Track = id, Frame = frame - 1, IsKeyframe = keyframe.Flag("keyframe") ?? true };
            isEnabled = keyframe.Flag("enabled") ?? true;
            yield return last;
        }

        if (!isEnabled && last is { Frame: { } end } && (frameCount == 0 || end + 1 < frameCount)) yield return Away(last, end + 1);
        if (index == 0) place.Below("value").Below("sequence").Tell($"a list of keyframes was expected; {value.Member("sequence").Found()} found.");
    }

    private static LabelledObject Away(LabelledObject last, int frame) => last with { Frame = frame, IsKeyframe = true, IsOutside = true };

    /// <summary>The track with what is said of it in some frames only: a region has one set of answers, so that changes stand in a member of our own.</summary>
    public static IEnumerable<LabelledObject> Changed(IEnumerable<LabelledObject> track, JsonElement own)
    {
        var changes = own.Items(Changes).Where(c => c.Whole("frame") is not null).OrderBy(c => c.Whole("frame")).ToArray();
        int[] frames = [.. changes.Select(c => c.Whole("frame")!.Value)];
        foreach (var each in track)
        {
            var at = Array.BinarySearch(frames, each.Frame ?? 0);
            if (at < 0) at = ~at - 1;
            yield return at < 0 ? each : each with { Attributes = changes[at].Member("attributes").Values(), Score = changes[at].Number("score") };
        }
    }

    /// <summary>What is said of the object otherwise than in its first frame, each from a frame on.</summary>
    public static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<LabelledObject> track)
    {
        json.WriteStartArray(Changes);
        var last = track[0];
        foreach (var each in track.Skip(1))
        {
            if (IsSaidAlike(last, each)) continue;
            last = each;
            json.WriteStartObject();
            json.WriteNumber("frame", each.Frame!.Value);
            json.WriteStartObject("attributes");
            foreach (var (name, value) in each.Attributes)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
            if (each.Score is { } score) json.WriteNumber("score", score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Whether the attributes and scores of two frames are the same.</summary>
    public static bool IsSaidAlike(LabelledObject a, LabelledObject b) =>
        a.Score == b.Score && a.Attributes.Count == b.Attributes.Count && a.Attributes.All(p => b.Attributes.TryGetValue(p.Key, out var other) && JsonElement.DeepEquals(p.Value, other));

    /// <summary>Keyframes of one track, in order of their frames.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<LabelledObject> track, (int Width, int Height) size, int frameCount, double framesPerSecond)
    {
        json.WriteNumber("framesCount", frameCount);
        if (frameCount > 0) json.WriteNumber("duration", frameCount / framesPerSecond);
        json.WriteStartArray("sequence");
        foreach (var (each, isEnabled) in Keyframes(track))
        {
            json.WriteStartObject();
            json.WriteNumber("frame", each.Frame!.Value + 1);
            json.WriteNumber("time", (each.Frame.Value + 1) / framesPerSecond);
            json.WriteBoolean("enabled", isEnabled);
            if (!each.IsKeyframe) json.WriteBoolean("keyframe", false);
            LabelStudioRegionWriter.WriteRectangle(json, each.Mark, size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static List<(LabelledObject Object, bool IsEnabled)> Keyframes(IReadOnlyList<LabelledObject> track)
    {
        List<(LabelledObject Object, bool IsEnabled)> keyframes = [];
        foreach (var each in track.OrderBy(o => o.Frame))
        {
            if (!each.IsOutside) keyframes.Add((each, true));
            else if (keyframes.Count > 0 && keyframes[^1].IsEnabled)
            {
                if (keyframes[^1].Object.Frame < each.Frame - 1) keyframes.Add((each with { Frame = each.Frame - 1, IsOutside = false }, false));
                else keyframes[^1] = (keyframes[^1].Object, false);
            }
        }

        return keyframes;
    }

    /// <summary>Whether a video can state this mark.</summary>
    public static bool Carries(Mark mark) => mark is Outline { Geometry: Box or RotatedBox };
}
