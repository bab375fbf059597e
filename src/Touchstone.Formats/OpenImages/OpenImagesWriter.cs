using System.Globalization;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.OpenImages;

/// <summary>Writes the files of a data set: boxes and labels by part of it, one list of pictures, one of classes.</summary>
internal sealed class OpenImagesWriter(DatasetFacts facts, DatasetTarget target, FormatOptions options) : IAsyncDisposable
{
    private readonly Dictionary<string, StreamWriter> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keys = facts.Classes.Where(c => c.Key.Length > 0).ToDictionary(c => c.Name, c => c.Key, StringComparer.Ordinal);

    public void Write(Sample sample)
    {
        var prefix = sample.Split is { } split ? $"{split}-" : "";
        File("image_ids_and_rotation.csv", "ImageID,Subset,OriginalURL,OriginalLandingURL,License,AuthorProfileURL,Author,Title,OriginalSize,OriginalMD5,Thumbnail300KURL,Rotation")
            .Write($"{CsvRows.Quoted(sample.Name)},{CsvRows.Quoted(sample.Split ?? "")},,,,,,,,,,\n");
        foreach (var opinion in sample.Opinions)
        {
            if (opinion.Objects.Count > 0) WriteBoxes(File($"{prefix}annotations-bbox.csv", "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax," + string.Join(',', OpenImagesFormat.Flags.Select(f => f.Column))), sample, opinion);
            foreach (var (question, confidence) in (ReadOnlySpan<(string, int)>)[(OpenImagesFormat.Present, 1), (OpenImagesFormat.Absent, 0)])
            {
                if (!opinion.Answers.TryGetValue(question, out var labels) || labels.ValueKind != JsonValueKind.Array) continue;
                var file = File($"{prefix}annotations-human-imagelabels.csv", "ImageID,Source,LabelName,Confidence");
                foreach (var label in labels.EnumerateArray()) file.Write(string.Create(CultureInfo.InvariantCulture, $"{CsvRows.Quoted(sample.Name)},verification,{Key(label.ToString())},{confidence}\n"));
            }
        }
    }

    public void WriteClasses()
    {
        if (facts.Classes.Count == 0) return;
        var file = File("class-descriptions.csv", "LabelName,DisplayName");
        foreach (var each in facts.Classes) file.Write($"{Key(each.Name)},{CsvRows.Quoted(each.Name)}\n");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values) await file.DisposeAsync();
    }

    private void WriteBoxes(StreamWriter file, Sample sample, Opinion opinion)
    {
        var (width, height) = sample is { WidthPx: > 0, HeightPx: > 0 } ? (sample.WidthPx, sample.HeightPx)
            : options.AssumedSize ?? throw new FileFormatFaultException($"Open Images has edges as parts of the picture, and nothing states the size of \"{sample.Name}\". State a size to assume.");
        foreach (var each in opinion.Objects)
        {
            var box = each.Mark.Bounds!;
            var source = each.Attributes.TryGetValue(CommonAttributes.Source, out var stated) ? stated.ToString() : "";
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{CsvRows.Quoted(sample.Name)},{CsvRows.Quoted(source)},{Key(each.Class)},{each.Score ?? 1},{box.X / width},{box.Right / width},{box.Y / height},{box.Bottom / height}"));
            foreach (var (_, attribute) in OpenImagesFormat.Flags) file.Write(Flag(each, attribute));
            file.Write('\n');
        }
    }

    private static string Flag(LabelledObject each, string attribute) => !each.Attributes.TryGetValue(attribute, out var value) ? ",-1" : value.ValueKind switch
    {
        JsonValueKind.True => ",1",
        JsonValueKind.False => ",0",
        JsonValueKind.Number => value.TryGetDouble(out var level) && level > 0 ? ",1" : ",0",
        _ => ",-1",
    };

    private string Key(string name) => CsvRows.Quoted(_keys.GetValueOrDefault(name, name));

    private StreamWriter File(string name, string header)
    {
        if (_files.TryGetValue(name, out var file)) return file;
        _files.Add(name, file = new StreamWriter(target.Create(name)));
        file.Write(header + "\n");
        return file;
    }
}
