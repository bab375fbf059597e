using System.Runtime.CompilerServices;

namespace Touchstone.Formats.Exchange;

/// <summary>A format of data sets: what it carries, how it is recognised, read and written. One folder of this room a format; all are listed in <see cref="FormatRegistry"/>.</summary>
public abstract class DatasetFormat
{
    /// <summary>What it carries.</summary>
    public abstract FormatTraits Traits { get; }

    /// <summary>What it carries with these options and of this data set: less than <see cref="Traits"/> where a format has several forms of which one file holds one. <see cref="Narrowing"/> goes by it.</summary>
    /// <param name="options">The options to write with.</param>
    /// <param name="facts">What a survey found, with its marks.</param>
    public virtual FormatTraits TraitsFor(FormatOptions options, DatasetFacts facts) => Traits;

    /// <summary>Where the format wants a picture's file, below the target; its labels refer to it.</summary>
    public virtual string PicturePlace(Sample sample, FormatOptions options) => sample.Name;

    /// <summary>The label file that a sample has for itself, below the target; null where samples share files. No two samples of a conversion get the same one.</summary>
    public virtual string? LabelPlace(Sample sample, FormatOptions options) => null;

    /// <summary>What the format calls a part of a data set: its own word where it knows only some.</summary>
    public virtual string PartOf(string split) => split;

    /// <summary>Whether what is written is nothing but pictures in folders, so that it is nothing where they stay where they are.</summary>
    public virtual bool IsOnlyPictures(FormatOptions options) => false;

    /// <summary>Why the format cannot have a sample as it is, such as a size that it needs and nobody states; null where it can. The sample is then left out and told, and the others are written.</summary>
    public virtual string? Refusal(Sample sample, FormatOptions options) => null;

    /// <summary>Why the format cannot have one object of a sample; null where it can. The object is then left out and told.</summary>
    public virtual string? Refusal(LabelledObject each, Sample sample) => null;

    /// <summary>Why a sample with objects cannot be written in parts of its picture: nothing states its size.</summary>
    private protected string? RefusalWithoutSize(Sample sample, FormatOptions options) =>
        sample is { WidthPx: > 0, HeightPx: > 0 } || options.AssumedSize is not null || sample.Opinions.All(o => o.Objects.Count == 0) ? null
            : $"{Traits.Name} counts in parts of the picture, whose size is not known; put the pictures beside the labels or assume a size.";

    /// <summary>How surely a folder or file is of this format.</summary>
    /// <returns>The data sets found in it, each with its place; none where it is not of this format. Reads only names and the beginnings of files.</returns>
    public abstract IReadOnlyList<Recognition> Recognise(DatasetSource source);

    /// <summary>Whether the format reads data sets that lie in folders beside each other as one. Not where each has a head of its own, of which one is read.</summary>
    /// <param name="source">The folder around them.</param>
    /// <param name="below">What was found in the folders.</param>
    public virtual bool ReadsTogether(DatasetSource source, IReadOnlyList<Recognition> below) => true;

    /// <summary>What is known of the data set without reading its samples: classes, where the format has a list of them.</summary>
    /// <exception cref="FileFormatFaultException">A file that the whole rests on cannot be read at all.</exception>
    public virtual Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts());

    /// <summary>Reads the samples in the files' order. A record that contradicts the format is left out, or that part of it is, and is told to <paramref name="faults"/>.</summary>
    /// <exception cref="FileFormatFaultException">A file that the whole rests on cannot be read at all.</exception>
    public abstract IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken);

    /// <summary>Reads as <see cref="ReadAsync"/> does, and leaves out what is no place: objects whose coordinates are not finite or so large that nothing can be reckoned with them. Each is told.</summary>
    /// <exception cref="FileFormatFaultException">A file that the whole rests on cannot be read at all.</exception>
    public async IAsyncEnumerable<Sample> ReadSoundAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var sample in ReadAsync(source, options, faults, cancellationToken)) yield return FiniteNumbers.Only(sample, faults);
    }

    /// <summary>Writes samples, which hold only what <see cref="Traits"/> says is carried: <see cref="Narrowing"/> has seen to that.</summary>
    public virtual Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Traits.Name} is read and not written.");
}

/// <summary>A data set that a format found.</summary>
/// <param name="Format">The format's id.</param>
/// <param name="Place">The file or folder below the source that holds it; empty for the source as a whole.</param>
/// <param name="Certainty">From 0 to 1: 1 where only this format looks so, 0.5 where it could be another one.</param>
/// <param name="Reason">What it was recognised by, for people.</param>
public sealed record Recognition(string Format, string Place, double Certainty, string Reason);

/// <summary>Choices where formats leave some. Each format takes those that it knows.</summary>
public sealed record FormatOptions
{
    /// <summary>The options as they are where nobody chose.</summary>
    public static FormatOptions Default { get; } = new();

    /// <summary>Whether VOC's pixels count from 1 with the last one included, as its devkit has it, or are edges from 0, as many programs write them.</summary>
    public bool VocCountsFromOne { get; init; } = true;

    /// <summary>Whether MOT's pixels count from 1, as its paper has it, or from 0, as many programs write them; null to go by the file, and to write from 1.</summary>
    public bool? MotCountsFromOne { get; init; }

    /// <summary>Names of classes by number, for files that state only numbers and bring no list.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Frames a second, for formats that need them and files that do not state them.</summary>
    public double FramesPerSecond { get; init; } = 30;

    /// <summary>Size of pictures that cannot be found, where a format counts in parts of the picture.</summary>
    public (int WidthPx, int HeightPx)? AssumedSize { get; init; }

    /// <summary>Whether doccano's offsets count code points, as files that Python programs wrote for it do, or UTF-16 units, as its own page counts them.</summary>
    public bool DoccanoCountsCodePoints { get; init; }

    /// <summary>The kind of YOLO labels to write: <c>detect</c>, <c>segment</c>, <c>pose</c>, <c>obb</c> or <c>classify</c>; null for the one that fits what is marked.</summary>
    public string? YoloTask { get; init; }
}

/// <summary>Records that were left out while reading. The first are kept, all are counted.</summary>
/// <param name="isStrict">Whether the first one ends the reading.</param>
public sealed class FaultLog(bool isStrict = false)
{
    /// <summary>How many are kept with their words.</summary>
    public const int KeptMax = 1_000;

    private readonly List<FileFault> _kept = [];

    /// <summary>Whether the first fault ends the reading.</summary>
    public bool IsStrict => isStrict;

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<FileFault> Kept => _kept;

    /// <summary>Notes one.</summary>
    /// <param name="file">The file's path below the source.</param>
    /// <param name="place">Line ("line 3") or JSON pointer ("/annotations/7/bbox").</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="records">How many records it takes.</param>
    /// <exception cref="FileFormatFaultException">Reading is strict.</exception>
    public void Add(string file, string place, string message, long records = 1)
    {
        var fault = new FileFault(file, place, message);
        if (isStrict) throw new FileFormatFaultException(fault.ToString());
        Count = records > long.MaxValue - Count ? long.MaxValue : Count + records;
        if (_kept.Count < KeptMax) _kept.Add(fault);
    }
}

/// <summary>One thing in a file that could not be read as it stands.</summary>
/// <param name="File">The file.</param>
/// <param name="Place">Line or JSON pointer.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record FileFault(string File, string Place, string Message)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => Place.Length == 0 ? $"{File}: {Message}" : $"{File}: {Place}: {Message}";
}
