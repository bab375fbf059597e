using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Training;

/// <summary>A format of records to train or test language models with: what it carries, how its rows are recognised, read and written. All are listed in <see cref="TrainingRegistry"/>.</summary>
/// <remarks>A format is about rows: objects of JSON. Which container holds them (lines, a list, a table of columns) is not its concern but <see cref="RowFiles"/>'s and <see cref="JsonLineFiles"/>'s.</remarks>
public abstract class TrainingFormat
{
    /// <summary>What it carries.</summary>
    public abstract TrainingTraits Traits { get; }

    /// <summary>How deep its rows may be nested to be read.</summary>
    internal virtual int DepthMax => JsonElements.DepthMax;

    /// <summary>What it carries with these options, of which <see cref="Resolve"/> left none open.</summary>
    public virtual TrainingTraits TraitsFor(TrainingOptions options) => Traits;

    /// <summary>The options with what was left open decided by what a survey found.</summary>
    public virtual TrainingOptions Resolve(TrainingOptions options, TrainingSurvey survey) => options;

    /// <summary>How surely a row is of this format.</summary>
    /// <returns>From 0 to 1: 1 where only this format looks so.</returns>
    public abstract double CertaintyOf(JsonElement row);

    /// <summary>Reads the records in the files' order. One that contradicts the format is left out and told to <paramref name="faults"/>, and so is a file of a folder that holds none.</summary>
    /// <exception cref="FileFormatFaultException">The one file cannot be read at all.</exception>
    public async IAsyncEnumerable<TrainingRecord> ReadAsync(DatasetSource source, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var file in RowCandidates.FilesAsync(source, Traits.Name, CertaintyOf, faults, cancellationToken))
        {
            var (stem, split) = (SplitNames.StemOf(file), SplitNames.Of(file));
            await foreach (var row in RowFiles.ReadAsync(source, file, faults, cancellationToken, DepthMax))
            {
                var place = new JsonPlace(file, row.Place, row.Pointer, faults);
                if (row.Value.ValueKind != JsonValueKind.Object) place.Tell($"an object was expected; {((JsonElement?)row.Value).Found()} found.");
                else
                {
                    var part = 0;
                    foreach (var record in ReadAll(row.Value, place))
                        yield return record with { Name = part++ == 0 ? $"{stem}-{row.Number}" : $"{stem}-{row.Number}-{part}", Split = split ?? record.Split };
                }
            }
        }
    }

    /// <summary>Writes records, which hold only what the traits say is carried: <see cref="RecordNarrowing"/> has seen to that.</summary>
    /// <exception cref="NotSupportedException">The format is read alone.</exception>
    public async Task WriteAsync(IAsyncEnumerable<TrainingRecord> records, DatasetTarget target, TrainingOptions options, CancellationToken cancellationToken)
    {
        await using var files = new JsonLineFiles(target, Traits.Id, options.Container);
        await foreach (var record in records.WithCancellation(cancellationToken)) files.Write(record.Split, json => Write(json, record, options));
        await files.FinishAsync(Traits.Columns);
    }

    /// <summary>Reads a row.</summary>
    /// <returns>Null where it is no record, which is told.</returns>
    internal abstract TrainingRecord? Read(JsonElement row, JsonPlace place);

    /// <summary>Reads the records of a row, where a format's rows may hold several.</summary>
    /// <returns>None where it holds no record, which is told.</returns>
    internal virtual IEnumerable<TrainingRecord> ReadAll(JsonElement row, JsonPlace place) => Read(row, place) is { } record ? [record] : [];

    /// <summary>Writes a row.</summary>
    internal virtual void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options) => throw new NotSupportedException($"{Traits.Name} is read and not written.");

    /// <summary>Whether a row has all of these members.</summary>
    private protected static bool Has(JsonElement row, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
            if (row.Member(member) is null) return false;
        return true;
    }
}

/// <summary>Choices where formats leave some.</summary>
public sealed record TrainingOptions
{
    /// <summary>The options as they are where nobody chose.</summary>
    public static TrainingOptions Default { get; } = new();

    /// <summary>What rows are written into.</summary>
    public RowContainer Container { get; init; }

    /// <summary>The type of TRL's data set to write; null for the one that fits most records.</summary>
    public Trl.TrlType? TrlType { get; init; }

    /// <summary>Whether TRL's texts are plain; null to write turns where any record has them.</summary>
    public bool? IsPlain { get; init; }

    /// <summary>verl's <c>data_source</c> of records that do not state it: the reward function is chosen by it.</summary>
    public string VerlDataSource { get; init; } = "touchstone";
}
