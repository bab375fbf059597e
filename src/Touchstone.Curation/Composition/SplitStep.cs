using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Composition;

/// <summary>How a corpus is split.</summary>
public sealed record SplitOptions
{
    /// <summary>Share of documents, or groups of them, that go to validation.</summary>
    [ParameterRange(0, 1)]
    public double Validation { get; init; } = 0.01;

    /// <summary>Share that goes to a test split.</summary>
    [ParameterRange(0, 1)]
    public double Test { get; init; }

    /// <summary>
    /// What holds documents together, best first: the first finding or member that a document has. Near-duplicates have <c>minhash_cluster</c> where the step <c>minhash</c> records its clusters
    /// (<c>keep: all</c>, so that there is more than one of each to hold together); a document without any stands for itself.
    /// </summary>
    public IReadOnlyList<string> By { get; init; } = ["minhash_cluster", "id"];

    /// <summary>The split that stays; null keeps all, each with its split among the findings.</summary>
    public string? Keep { get; init; }

    /// <summary>Another seed splits otherwise.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>
/// Puts each document into a split, <c>train</c>, <c>validation</c> or <c>test</c>, and writes it among the findings as <c>split</c>. Documents of one group, such as near-duplicates, always go together.
/// Where one split is kept, others drop as <c>other_split</c>.
/// </summary>
/// <remarks>
/// A group's split is a hash of its name and the seed: the shares are met on average. A cluster of near-duplicates goes where its first document would go by itself, in the order of the source's files. A corpus that
/// grows by documents that come behind those it had thus keeps the split of what it had, and of those also whom new near-duplicates join. Two cases move documents that were there, since near-duplicates must never
/// straddle splits: a new document that is like documents of two clusters makes them one, which goes where the earlier first document was; and a near-duplicate in a file that sorts before the cluster's others is its
/// first document now.
/// </remarks>
public sealed class SplitStep : DocumentStep
{
    private static readonly string[] s_splits = ["train", "validation", "test"];
    private readonly SplitOptions _options;

    /// <summary>Makes the step.</summary>
    /// <param name="options">Shares, groups and seed.</param>
    /// <exception cref="ArgumentException">Shares are not from 0 to 1 together, or the split to keep is none.</exception>
    public SplitStep(SplitOptions options)
    {
        if (!(options.Validation >= 0 && options.Test >= 0 && options.Validation + options.Test <= 1))
            throw new ArgumentException($"Expected shares of validation and test from 0 to 1 together, found {options.Validation} and {options.Test}.", nameof(options));
        if (options.Keep is { } keep && !s_splits.Contains(keep)) throw new ArgumentException($"Expected a split to keep, one of {string.Join(", ", s_splits)}; found «{keep}».", nameof(options));
        if (options.By.Count == 0) throw new ArgumentException("Expected at least one name of what holds documents together, found none.", nameof(options));
        _options = options;
    }

    /// <inheritdoc/>
    public override string Id => "split@touchstone-1";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var draw = DocumentDraw.Uniform(_options.Seed, Group(document));
        var split = draw < _options.Validation ? "validation" : draw < _options.Validation + _options.Test ? "test" : "train";
        (document.Findings ??= [])["split"] = split;
        return _options.Keep is null || _options.Keep == split ? Verdict.Kept : Verdict.Dropped("other_split");
    }

    private string Group(Document document)
    {
        foreach (var name in _options.By)
        {
            if (name == DocumentDraw.Id) break;
            if (DocumentDraw.Key(document, name) is { } key) return name == ClusterName.Finding ? ByDocument(key) : $"{name}\n{key}";
        }

        // A cluster is named after its first document in the same way, which keeps its split when others join it.
        return ByDocument(ClusterName.Of(ClusterName.HashOf(document.Id)));
    }

    private static string ByDocument(string name) => $"document\n{name}";
}
