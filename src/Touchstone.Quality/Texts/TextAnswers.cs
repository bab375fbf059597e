namespace Touchstone.Quality.Texts;

/// <summary>Answers that are texts, as flat arrays: answer a says that item <c>Items[a]</c> reads <c>Texts[a]</c>, in the opinion of contributor <c>Contributors[a]</c>.</summary>
public sealed class TextAnswers
{
    /// <summary>Answers from three arrays of one length.</summary>
    /// <param name="items">Item of each answer, in [0, <paramref name="itemCount"/>).</param>
    /// <param name="contributors">Contributor of each answer, in [0, <paramref name="contributorCount"/>).</param>
    /// <param name="texts">The answers; may be empty texts. Normalise case and punctuation before where they do not matter.</param>
    /// <param name="itemCount">Number of items, answered or not.</param>
    /// <param name="contributorCount">Number of contributors.</param>
    public TextAnswers(int[] items, int[] contributors, string[] texts, int itemCount, int contributorCount)
    {
        if (items.Length != contributors.Length || items.Length != texts.Length)
            throw new ArgumentException($"The arrays differ in length: {items.Length} items, {contributors.Length} contributors, {texts.Length} texts.", nameof(items));
        for (var a = 0; a < items.Length; a++)
        {
            if ((uint)items[a] >= (uint)itemCount) throw new ArgumentOutOfRangeException(nameof(items), items[a], $"Answer {a}: items must lie in [0, {itemCount}).");
            if ((uint)contributors[a] >= (uint)contributorCount)
                throw new ArgumentOutOfRangeException(nameof(contributors), contributors[a], $"Answer {a}: contributors must lie in [0, {contributorCount}).");
            if (texts[a] is null) throw new ArgumentException($"Answer {a} has no text.", nameof(texts));
        }

        (Items, Contributors, Texts, ItemCount, ContributorCount) = (items, contributors, texts, itemCount, contributorCount);
    }

    /// <summary>Item of each answer.</summary>
    public int[] Items { get; }

    /// <summary>Contributor of each answer.</summary>
    public int[] Contributors { get; }

    /// <summary>The answers.</summary>
    public string[] Texts { get; }

    /// <summary>Number of items.</summary>
    public int ItemCount { get; }

    /// <summary>Number of contributors.</summary>
    public int ContributorCount { get; }

    /// <summary>Number of answers.</summary>
    public int Count => Items.Length;

    /// <summary>Numbers of the answers to each item, in the order given.</summary>
    internal int[][] ByItem()
    {
        var lists = new List<int>[ItemCount];
        for (var i = 0; i < ItemCount; i++) lists[i] = [];
        for (var a = 0; a < Count; a++) lists[Items[a]].Add(a);
        return [.. lists.Select(l => l.ToArray())];
    }
}
