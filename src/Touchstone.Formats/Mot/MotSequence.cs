using System.Globalization;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Mot;

/// <summary>What <c>seqinfo.ini</c> and <c>labels.txt</c> say of a sequence.</summary>
internal sealed record MotSequence(string? Name, int FrameCount, double? FramesPerSecond, int WidthPx, int HeightPx, bool? CountsFromOne, IReadOnlyList<string> Labels)
{
    public static MotSequence Read(DatasetSource source, string folder, FaultLog faults)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        var file = folder + "seqinfo.ini";
        if (source.Has(file))
        {
            using var text = source.OpenText(file);
            while (text.ReadLine() is { } line)
                if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at) values[line[..at].Trim()] = line[(at + 1)..].Trim();
        }

        int Whole(string key)
        {
            if (!values.TryGetValue(key, out var text)) return 0;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            faults.Add(file, key, $"\"{text}\"; a whole number was expected.");
            return 0;
        }

        List<string> labels = [];
        var hasLabels = source.Has(folder + "gt/labels.txt");
        if (hasLabels)
        {
            using var text = source.OpenText(folder + "gt/labels.txt");
            while (text.ReadLine() is { } line)
                if (line.Trim() is { Length: > 0 } label) labels.Add(label);
        }

        var rate = values.TryGetValue("frameRate", out var stated) && double.TryParse(stated, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number > 0 ? number : (double?)null;
        bool? fromOne = values.TryGetValue("firstPixel", out var first) ? first == "1" : hasLabels ? false : null;
        return new MotSequence(values.GetValueOrDefault("name") is { Length: > 0 } name ? name : null, Whole("seqLength"), rate, Whole("imWidth"), Whole("imHeight"), fromOne, labels);
    }
}
