using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>
/// Some records of a source, not taken apart yet: what one worker does at a time. Where batches end depends on the source alone and never on timing, so that a run that goes
/// on after a break meets the same ones.
/// </summary>
public abstract class ReadBatch : IDisposable
{
    /// <summary>Bytes of the batch, decompressed.</summary>
    public abstract long Bytes { get; }

    /// <summary>Takes the records apart. Documents may point into the batch's memory and are good until it is disposed of.</summary>
    /// <param name="documents">Takes the documents in order.</param>
    /// <param name="faults">Takes what could not become one.</param>
    public abstract void Decode(ICollection<Document> documents, ICollection<ReadFault> faults);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives memory back.</summary>
    /// <param name="disposing">True when called by code.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>Reads a source in batches, forward only, on one thread.</summary>
public abstract class BatchReader : IDisposable
{
    /// <summary>The next batch; null at the end.</summary>
    /// <exception cref="IOException">The disk failed, or a file is gone.</exception>
    public abstract ReadBatch? Next();

    /// <summary>Bytes of the files on the disk that were read so far: what progress is measured by.</summary>
    public abstract long Position { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes files.</summary>
    /// <param name="disposing">True when called by code.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
