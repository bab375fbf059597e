using System.Text.Json.Serialization;
using Touchstone.Formats.Exchange;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>What the labels of a data set become.</summary>
internal enum ImportedAs
{
    /// <summary>Responses of those who gave them, with when they did: consensus, agreement and reliability follow from them as from work done here.</summary>
    Responses,

    /// <summary>Known answers of gold tasks.</summary>
    Gold,

    /// <summary>Proposals that work on the tasks begins with; what is submitted is the person's response.</summary>
    Prelabels,

    /// <summary>Nothing: only the pictures become tasks.</summary>
    Tasks,
}

/// <summary>What becomes a proposal to begin with.</summary>
internal enum PrelabelSource
{
    /// <summary>What models said.</summary>
    Predictions,

    /// <summary>Labels that the data set states, or that its annotators gave.</summary>
    Annotations,
}

/// <summary>A size for pictures that are not there.</summary>
internal sealed record AssumedSize(int WidthPx, int HeightPx);

/// <summary>How a data set is to be read and what it is to become.</summary>
/// <param name="Format">The format's name.</param>
/// <param name="Place">The file or folder of the data set that is read; empty for the whole.</param>
/// <param name="As">What its labels become.</param>
/// <param name="PrelabelsFrom">Of prelabels: what becomes one.</param>
/// <param name="Whole">Of responses: what stands beside them comes in too, predictions as prelabels, skips as such, and drafts as work that waits for those who began it.</param>
/// <param name="Classes">The project's class by the data set's, null to leave one out; those that are not named go by id or title.</param>
/// <param name="Contributors">A member by the data set's name of an annotator (the empty name stands for labels without one); for those that are not named, and for null, a member of that name is made who cannot sign in.</param>
/// <param name="VocFromZero">Pascal VOC's numbers are edges counted from 0.</param>
/// <param name="ClassNames">Names of the classes in order, for files that have only numbers.</param>
/// <param name="AssumedSize">Size of pictures that are not there.</param>
internal sealed record DatasetPlan(
    string Format,
    string Place = "",
    ImportedAs As = ImportedAs.Responses,
    PrelabelSource PrelabelsFrom = PrelabelSource.Predictions,
    bool Whole = false,
    IReadOnlyDictionary<string, string?>? Classes = null,
    IReadOnlyDictionary<string, ContributorId?>? Contributors = null,
    bool VocFromZero = false,
    IReadOnlyList<string>? ClassNames = null,
    AssumedSize? AssumedSize = null)
{
    /// <summary>All that is in the data set goes in, as far as it can.</summary>
    [JsonIgnore]
    public bool IsWhole => Whole && As == ImportedAs.Responses;

    /// <summary>What finds a place beside answers.</summary>
    [JsonIgnore]
    public CarriedParts Carried => IsWhole ? CarriedParts.Predictions | CarriedParts.Skips | CarriedParts.Drafts
        : As == ImportedAs.Prelabels && PrelabelsFrom == PrelabelSource.Predictions ? CarriedParts.Predictions : CarriedParts.None;

    [JsonIgnore]
    public FormatOptions Options => FormatOptions.Default with
    {
        VocCountsFromOne = !VocFromZero,
        ClassNames = ClassNames ?? [],
        AssumedSize = AssumedSize is { } size ? (size.WidthPx, size.HeightPx) : null,
    };

    [JsonIgnore]
    public ClassMap ClassMap => Classes is { Count: > 0 } ? new ClassMap(Classes) : ClassMap.None;
}
