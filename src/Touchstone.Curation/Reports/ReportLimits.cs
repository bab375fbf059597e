namespace Touchstone.Curation.Reports;

/// <summary>How much a report holds. A builder keeps to it, and whoever takes a report in may refuse one that does not.</summary>
public static class ReportLimits
{
    /// <summary>Most bytes of a report in JSON.</summary>
    public const int BytesMax = 12 << 20;

    /// <summary>Longest name, message or parameter, in UTF-16 units.</summary>
    public const int NameMax = 500;

    /// <summary>Text shown of a document, in UTF-16 units.</summary>
    public const int TextMax = 2000;

    /// <summary>Steps of a pipeline.</summary>
    public const int StepsMax = 100;

    /// <summary>Parameters of a step, and reasons that it drops by.</summary>
    public const int PerStepMax = 200;

    /// <summary>Examples of one reason, and of kept documents.</summary>
    public const int ExamplesPerReason = 8;

    /// <summary>Examples in all.</summary>
    public const int ExamplesMax = 600;

    /// <summary>Rules of an example.</summary>
    public const int RulesMax = 60;

    /// <summary>Marked places of a text.</summary>
    public const int SpansMax = 200;

    /// <summary>Files of the source, and of the outputs, that are listed.</summary>
    public const int FilesMax = 200;

    /// <summary>Faults that are listed.</summary>
    public const int FaultsMax = 200;

    /// <summary>Clusters shown because they are the largest.</summary>
    public const int LargestClusters = 12;

    /// <summary>Clusters shown beside the largest.</summary>
    public const int OtherClusters = 12;

    /// <summary>Documents shown of a cluster.</summary>
    public const int MembersMax = 6;

    /// <summary>Bins of cluster sizes.</summary>
    public const int SizeBinsMax = 40;

    /// <summary>A text no longer than <see cref="NameMax"/>.</summary>
    public static string Clip(string text) => Clip(text, NameMax);

    /// <summary>The beginning of a text that ends between code points, with a mark where it goes on and is no document's.</summary>
    internal static string Clip(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, WholeEnd(text, length - 1)), "\u2026");

    /// <summary>The largest end of at most <paramref name="length"/> that does not part a surrogate pair.</summary>
    internal static int WholeEnd(string text, int length)
    {
        if (length >= text.Length) return text.Length;
        return length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
    }
}
