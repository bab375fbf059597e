namespace Touchstone.Curation.Extraction;

/// <summary>Counts the work on one page and stops it by exception where a limit is passed: the parser has no other way to be stopped.</summary>
internal sealed class PageDeadline(ExtractionOptions options)
{
    private const int NodesBetweenLooks = 256;
    private readonly long _start = options.Clock.GetTimestamp();
    private int _nodes;

    /// <summary>Takes one more node into the count.</summary>
    /// <exception cref="PageLimitException">A limit is passed.</exception>
    public void Count()
    {
        if (++_nodes > 2 * options.MaxNodes) throw new PageLimitException("extraction_too_large"); // each is counted as it is parsed and as it is listed
        if (_nodes % NodesBetweenLooks == 0) Check();
    }

    /// <summary>Looks at the clock.</summary>
    /// <exception cref="PageLimitException">The time is over.</exception>
    public void Check()
    {
        if (options.Clock.GetElapsedTime(_start) > options.TimeLimit) throw new PageLimitException("extraction_timeout");
    }
}

/// <summary>A page passed one of its limits.</summary>
internal sealed class PageLimitException(string reason) : Exception(reason);
