using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>Joins files of different kinds that speak of the same images: <c>person_keypoints_val</c>, <c>instances_val</c>, <c>stuff_val</c>, <c>captions_val</c>.</summary>
/// <remarks>Keypoints come first: their annotations say all that the instances' of the same ids say, and more. Images are the same where their names are.</remarks>
internal static class CocoJoin
{
    private static readonly string[] Order = [CocoFiles.Keypoints, CocoFiles.Instances];

    public static async IAsyncEnumerable<Sample> ReadAsync(IEnumerable<CocoFile> files, Func<CocoFile, CocoInput> open, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Sample> samples = [];
        Dictionary<string, int> earlier = new(StringComparer.Ordinal);
        foreach (var file in files.OrderBy(f => (uint)Array.IndexOf(Order, f.Kind)))
        {
            Dictionary<string, int> own = new(StringComparer.Ordinal);
            await foreach (var (_, sample) in open(file).ReadAsync(cancellationToken))
            {
                if (earlier.TryGetValue(sample.Name, out var at))
                {
                    samples[at] = Joined(samples[at], sample, file.Path, faults);
                }
                else
                {
                    own.TryAdd(sample.Name, samples.Count);
                    samples.Add(sample);
                }
            }

            foreach (var (name, at) in own) earlier.Add(name, at);
        }

        foreach (var sample in samples) yield return sample;
    }

    private static Sample Joined(Sample before, Sample sample, string file, FaultLog faults)
    {
        var (first, second) = (before.Opinions[0], sample.Opinions[0]);
        return before with
        {
            WidthPx = before.WidthPx > 0 ? before.WidthPx : sample.WidthPx,
            HeightPx = before.HeightPx > 0 ? before.HeightPx : sample.HeightPx,
            Facts = sample.Facts.Keys.All(before.Facts.ContainsKey) ? before.Facts : before.Facts.Concat(sample.Facts).DistinctBy(f => f.Key).ToDictionary(StringComparer.Ordinal),
            Opinions = [first with { Objects = Objects(first.Objects, second.Objects, sample.Name, file, faults), Answers = Answers(first.Answers, second.Answers) }],
        };
    }

    private static IReadOnlyList<LabelledObject> Objects(IReadOnlyList<LabelledObject> first, IReadOnlyList<LabelledObject> second, string image, string file, FaultLog faults)
    {
        if (second.Count == 0) return first;
        var known = first.Where(o => o.Id is not null).DistinctBy(o => (o.Id, o.Class)).ToDictionary(o => (o.Id, o.Class));
        List<LabelledObject> all = [.. first];
        foreach (var each in second)
        {
            if (each.Id is null || !known.TryGetValue((each.Id, each.Class), out var same)) all.Add(each);
            else if (!Says(same, each)) faults.Add(file, "", $"the annotation {each.Id} of {image} is otherwise in another file of the same images; what this file says of it is left out.");
        }

        return all;
    }

    /// <summary>Whether an object has all the marks of another.</summary>
    private static bool Says(LabelledObject each, LabelledObject other)
    {
        List<Mark> marks = [each.Mark, .. each.OtherMarks];
        return marks.Contains(other.Mark) && other.OtherMarks.All(marks.Contains);
    }

    private static IReadOnlyDictionary<string, JsonElement> Answers(IReadOnlyDictionary<string, JsonElement> first, IReadOnlyDictionary<string, JsonElement> second)
    {
        if (second.Count == 0) return first;
        Dictionary<string, JsonElement> all = first.ToDictionary(StringComparer.Ordinal);
        foreach (var (question, answer) in second)
            all[question] = all.TryGetValue(question, out var before) ? JsonSerializer.SerializeToElement(before.EnumerateArray().Concat(answer.EnumerateArray())) : answer;
        return all;
    }
}
