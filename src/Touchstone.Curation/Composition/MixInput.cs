using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Runs;

namespace Touchstone.Curation.Composition;

/// <summary>A file of a mixture's source.</summary>
/// <param name="number">Its number among all files of the mixture.</param>
/// <param name="sourceIndex">Number of its source in the recipe.</param>
/// <param name="source">The source.</param>
/// <param name="fileIndex">Number of the file in its source.</param>
/// <param name="found">The file as it was found.</param>
internal sealed class MixInput(int number, int sourceIndex, MixSource source, int fileIndex, SourceInput found)
{
    private readonly MixSource _source = source;
    private readonly SourceInput _found = found;

    /// <summary>Its number among all files of the mixture.</summary>
    public int Number => number;

    /// <summary>Number of its source in the recipe.</summary>
    public int SourceIndex => sourceIndex;

    /// <summary>Its source.</summary>
    public MixSource Source => _source;

    /// <summary>Number of the file in its source.</summary>
    public int FileIndex => fileIndex;

    /// <summary>Path of the file, or address of the object.</summary>
    public string File => _found.File;

    /// <summary>The file as it was before it was read.</summary>
    public PlannedInput Planned { get; } = PlannedInput.Of(found);

    /// <summary>What was counted of it.</summary>
    public MixCount Count { get; } = new();

    /// <summary>Reads all documents and faults, in order.</summary>
    /// <param name="document">Takes a document, which is good until the call ends.</param>
    /// <param name="fault">Takes what could not become one.</param>
    /// <param name="progress">Told how many bytes of the file, as it is stored, and how many documents were read since it was last told.</param>
    /// <param name="cancellationToken">Stops.</param>
    public void Read(Action<Document> document, Action<ReadFault> fault, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using var reader = _source.Source.Open([_found.Whole]);
        var (documents, faults) = (new List<Document>(), new List<ReadFault>());
        long position = 0;
        while (reader.Next() is { } batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using (batch)
            {
                documents.Clear();
                faults.Clear();
                batch.Decode(documents, faults);
                foreach (var each in faults) fault(each);
                foreach (var each in documents) document(each);
            }

            progress(reader.Position - position, documents.Count);
            position = reader.Position;
        }
    }

    /// <summary>The number of tokens that a document's record tells.</summary>
    /// <exception cref="InvalidDataException">It tells none.</exception>
    public static double TokensOf(Document document, string member) => RecordMembers.Number(document, member) is { } tokens and >= 0 && double.IsFinite(tokens) ? tokens
        : throw new InvalidDataException($"{document.Place}: expected the number of tokens of document {document.Id} in the member \"{member}\", found none");

    /// <summary>Makes sure that the second reading saw what the first one counted.</summary>
    /// <param name="documents">Documents that were read again.</param>
    /// <exception cref="IOException">It did not.</exception>
    public void ExpectSame(long documents)
    {
        if (documents != Count.Read.Documents || !Planned.IsStill(PlannedInput.Of(Reading.Source.Input(File, _source.Source.Options)))) throw new IOException($"{File} changed while it was mixed; mix again.");
    }
}
