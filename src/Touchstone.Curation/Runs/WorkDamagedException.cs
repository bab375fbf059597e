namespace Touchstone.Curation.Runs;

/// <summary>A file that a run keeps while it works is gone or is not as it was written. The shard that it belongs to can be judged anew, which gives the same.</summary>
/// <param name="message">The file, what is wrong with it, and what to do.</param>
/// <param name="first">Number of the first stage to be done again, from 0.</param>
/// <param name="last">Number of the last one.</param>
/// <param name="shard">Number of the shard.</param>
/// <param name="inner">What failed; null where nothing did.</param>
internal sealed class WorkDamagedException(string message, int first, int last, int shard, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Number of the first stage to be done again, from 0.</summary>
    public int First { get; } = first;

    /// <summary>Number of the last one.</summary>
    public int Last { get; } = last;

    /// <summary>Number of the shard.</summary>
    public int Shard { get; } = shard;
}
