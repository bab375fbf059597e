using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Files.Images;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.OpenImages;

/// <summary>Gathers what the files say of each picture.</summary>
internal sealed class OpenImagesReader(DatasetSource source, FormatOptions options, OpenImagesFiles files, FaultLog faults)
{
    private static readonly JsonElement True = JsonElement.Parse("true"), False = JsonElement.Parse("false");

    private readonly Dictionary<(string? Split, string Id), Draft> _pictures = [];
    private readonly Dictionary<string, string> _listed = new(StringComparer.Ordinal);

    public IEnumerable<Sample> Read(CancellationToken cancellationToken)
    {
        foreach (var file in files.Lists) Rows(file, ReadList, cancellationToken);
        foreach (var file in files.Boxes) Rows(file, ReadBox, cancellationToken);
        foreach (var file in files.Masks) Rows(file, ReadMask, cancellationToken);
        foreach (var file in files.Labels) Rows(file, ReadLabel, cancellationToken);
        foreach (var ((split, id), draft) in _pictures)
        {
            if (draft.Size is null && draft.IsSizeMissed) continue;   // told: what stood on it could not be placed
            Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
            if (draft.Present.Count > 0) answers.Add(OpenImagesFormat.Present, JsonSerializer.SerializeToElement(draft.Present));
            if (draft.Absent.Count > 0) answers.Add(OpenImagesFormat.Absent, JsonSerializer.SerializeToElement(draft.Absent));
            var size = draft.Size ?? SizeOf(split, id) ?? (0, 0);
            yield return new Sample { Name = id, Split = split, WidthPx = size.Item1, HeightPx = size.Item2, Opinions = [new Opinion { Objects = draft.Objects, Answers = answers }] };
        }
    }

    private void Rows(string file, Action<CsvRows, string, string?> read, CancellationToken cancellationToken)
    {
        using var rows = new CsvRows(source, file, faults);
        var split = OpenImagesFiles.SplitOf(file);
        while (rows.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows["ImageID"] is { Length: > 0 } id) read(rows, id, split);
            else rows.Fault("there is no ImageID.");
        }
    }

    private void ReadList(CsvRows rows, string id, string? split)
    {
        var subset = rows["Subset"];
        if (subset.Length > 0) _listed[id] = subset;
        Of(subset.Length > 0 ? subset : null, id);
    }

    private void ReadBox(CsvRows rows, string id, string? split)
    {
        if (rows["LabelName"] is not { Length: > 0 } label)
        {
            rows.Fault("there is no LabelName.");
            return;
        }

        var draft = Of(split, id);
        if (Sized(draft, split, id, rows) is not { } size) return;
        if (rows.Number("XMin") is not { } left || rows.Number("XMax") is not { } right || rows.Number("YMin") is not { } top || rows.Number("YMax") is not { } bottom) return;
        if (right < left || bottom < top)
        {
            rows.Fault(FormattableString.Invariant($"XMax {right} and YMax {bottom} must not be below XMin {left} and YMin {top}."));
            return;
        }

        var attributes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (column, attribute) in OpenImagesFormat.Flags)
            if (rows[column].Trim() is var flag && (flag is "0" or "1")) attributes.Add(attribute, flag == "1" ? True : False);
        if (rows["Source"].Length > 0) attributes.Add(CommonAttributes.Source, JsonSerializer.SerializeToElement(rows["Source"]));
        var box = new Box(left * size.WidthPx, top * size.HeightPx, (right - left) * size.WidthPx, (bottom - top) * size.HeightPx);
        draft.Objects.Add(new LabelledObject(files.NameOf(label), new Outline(box)) { Attributes = attributes, Score = Score(rows) });
    }

    private void ReadMask(CsvRows rows, string id, string? split)
    {
        var draft = Of(split, id);
        if (Sized(draft, split, id, rows) is not { } size) return;
        var path = rows["MaskPath"];
        if (source.FindPicture(path) is not { } found)
        {
            rows.Fault($"the mask \"{CsvRows.Short(path)}\" is not there.");
            return;
        }

        try
        {
            using var stream = source.OpenRead(found);
            var mask = InSize(MaskPictures.Read(stream, 0, 0, ImageLimits.Default.MaxPixels), size);
            Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
            if (rows["PredictedIoU"].Length > 0 && rows.Number("PredictedIoU") is { } iou) attributes.Add("predicted_iou", JsonSerializer.SerializeToElement(iou));
            if (rows["Clicks"].Length > 0) attributes.Add("clicks", JsonSerializer.SerializeToElement(rows["Clicks"]));
            draft.Objects.Add(new LabelledObject(files.NameOf(rows["LabelName"]), new PixelMask(mask)) { Id = rows["BoxID"] is { Length: > 0 } box ? box : null, Attributes = attributes });
        }
        catch (PngFormatException fault)
        {
            rows.Fault($"the mask {found} cannot be read: {fault.Message}");
        }
    }

    private void ReadLabel(CsvRows rows, string id, string? split)
    {
        if (rows["LabelName"] is not { Length: > 0 } label || rows.Number("Confidence") is not { } confidence) return;
        var draft = Of(split, id);
        (confidence >= 0.5 ? draft.Present : draft.Absent).Add(files.NameOf(label));
    }

    private static double? Score(CsvRows rows) =>
        rows["Confidence"].Length > 0 && rows.Number("Confidence") is { } confidence && confidence != 1 ? confidence : null;

    private Draft Of(string? split, string id)
    {
        var key = (split ?? _listed.GetValueOrDefault(id), id);
        if (!_pictures.TryGetValue(key, out var draft)) _pictures.Add(key, draft = new Draft());
        return draft;
    }

    private (int WidthPx, int HeightPx)? Sized(Draft draft, string? split, string id, CsvRows rows)
    {
        if (draft.Size is not null || draft.IsSizeMissed) return draft.Size;
        draft.Size = SizeOf(split ?? _listed.GetValueOrDefault(id), id);
        draft.IsSizeMissed = draft.Size is null;
        if (draft.IsSizeMissed) rows.Fault($"the picture \"{CsvRows.Short(id)}\" is not there, and edges are parts of its size: it is left out. Bring the pictures, or state a size to assume.");
        return draft.Size;
    }

    private (int WidthPx, int HeightPx)? SizeOf(string? split, string id) => source.SizeOf(split is null ? id : $"{split}/{id}") ?? options.AssumedSize;

    /// <summary>The mask at its picture's size: the pixel of the file that lies under the middle of each pixel of the picture.</summary>
    private static RunLengthMask InSize(MaskCrop mask, (int WidthPx, int HeightPx) size)
    {
        if ((mask.Width, mask.Height) == size) return mask.InPicture(size.WidthPx, size.HeightPx);
        if ((long)size.WidthPx * size.HeightPx > ImageLimits.Default.MaxPixels) throw new PngFormatException(PngFault.TooLarge, string.Create(CultureInfo.InvariantCulture, $"its picture has {size.WidthPx} x {size.HeightPx} pixels"));
        var columns = new byte[size.WidthPx * size.HeightPx];
        for (var x = 0; x < size.WidthPx; x++)
        {
            var from = (int)((x + 0.5) * mask.Width / size.WidthPx) * mask.Height;
            for (var y = 0; y < size.HeightPx; y++) columns[x * size.HeightPx + y] = mask.Columns[from + (int)((y + 0.5) * mask.Height / size.HeightPx)];
        }

        return RunLengthMask.FromPixels(size.HeightPx, size.WidthPx, columns);
    }

    private sealed class Draft
    {
        public List<LabelledObject> Objects { get; } = [];

        public List<string> Present { get; } = [];

        public List<string> Absent { get; } = [];

        public (int WidthPx, int HeightPx)? Size { get; set; }

        public bool IsSizeMissed { get; set; }
    }
}
