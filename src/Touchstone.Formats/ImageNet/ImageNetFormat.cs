using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.ImageNet;

/// <summary>ImageNet as the ILSVRC challenges lay it out: pictures in folders by synset, boxes in VOC's files or in tables, and lists that name pictures.</summary>
/// <remarks>
/// ILSVRC2012 development kit (readme.txt) and the data page of the ImageNet object localization challenge on Kaggle. Read are <c>train/n01440764/NAME.JPEG</c>, <c>Annotations/CLS-LOC</c> as <c>--from voc</c> reads it, <c>LOC_train_solution.csv</c> and <c>LOC_val_solution.csv</c>
/// (whose boxes count where a picture has no VOC file), <c>ImageSets/CLS-LOC/train_cls.txt</c>, and <c>ILSVRC2012_validation_ground_truth.txt</c>, whose numbers need the kit's <c>map_clsloc.txt</c> or <see cref="FormatOptions.ClassNames"/>. A picture's class is the answer to <c>class</c>.
/// Classes are synsets; their words are those of <c>LOC_synset_mapping.txt</c>. Written are the folders, the lists of pictures, the mapping, and the tables of boxes; what cannot stand in a folder's name becomes an underscore.
/// All rows are held in memory, since those of one picture stand in several files.
/// </remarks>
public sealed class ImageNetFormat : DatasetFormat
{
    internal const string ClassQuestion = "class", PictureEnding = ".JPEG", Mapping = "LOC_synset_mapping.txt";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "imagenet",
        Name = "ImageNet (ILSVRC)",
        Specification = "ILSVRC2012 development kit, readme.txt; ImageNet object localization challenge (Kaggle), data",
        Evidence = Evidence.Specification,
        Marks = [MarkKind.Box],
        OfInput = AnswerParts.Label,
        Questions = [ClassQuestion],
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Classes,
        RoundingPx = 1,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var table = source.Files.FirstOrDefault(f => ImageNetFiles.SplitOfTable(f) is not null || ImageNetFiles.IsTruth(f) || Path.GetFileName(f) == Mapping);
        if (table is not null) return [new Recognition(Traits.Id, "", 0.97, table)];
        var picture = source.Files.FirstOrDefault(f => ImageNetFiles.PlaceOf(f) is { Synset: { } synset } && ImageNetFiles.IsSynset(synset));
        return picture is null || source.IsFile ? [] : [new Recognition(Traits.Id, "", 0.9, $"{picture}, below a folder of a synset")];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new DatasetFacts { Title = source.Title, Classes = new ImageNetFiles(source, options, new FaultLog()).Classes });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var reader = new ImageNetReader(source, options, faults);
        foreach (var sample in reader.Read(cancellationToken)) yield return sample;
    }

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => $"{sample.Split ?? "train"}/{PlaceOf(sample)}";

    /// <summary>A picture's place below its part. One without a class stands in no folder, which would be taken for its class.</summary>
    internal static string PlaceOf(Sample sample) => ClassOf(sample) is { } name ? $"{FolderOf(name)}/{sample.Name}" : sample.Name.Replace('/', '_');

    internal static string? ClassOf(Sample sample)
    {
        foreach (var opinion in sample.Opinions)
            if (opinion.Answers.TryGetValue(ClassQuestion, out var answer) && answer.ValueKind == JsonValueKind.String) return answer.GetString();
        return null;
    }

    /// <summary>The folder of a class: its name, which is a synset as a rule, with nothing that cannot stand in a folder's name or in a table.</summary>
    internal static string FolderOf(string name)
    {
        var folder = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '+' ? c : '_')).Trim('.');
        return folder.Length == 0 ? "_" : folder;
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        await using var writer = new ImageNetWriter(target, options);
        foreach (var each in facts.Classes) writer.Add(each);
        await foreach (var sample in samples.WithCancellation(cancellationToken)) writer.Write(sample);
        writer.WriteMapping();
    }
}
