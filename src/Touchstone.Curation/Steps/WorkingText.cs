using Touchstone.Text.Sentences;
using Touchstone.Text.Unicode;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Steps;

/// <summary>
/// The text that a worker has in hand, with what was found out of it so far: memory of one worker that is used again for each document. What several steps ask for,
/// its words above all, is worked out once, when the first of them asks.
/// </summary>
/// <param name="splitter">How words are told apart; null for English. It belongs to this worker from now on.</param>
public sealed class WorkingText(IWordSplitter? splitter)
{
    private readonly IWordSplitter _tokenizer = splitter ?? new EnglishTokenizer();
    private readonly WordList _words = new();
    private readonly WordList _partWords = new();
    private readonly Dictionary<Type, object> _scratch = [];
    private bool _isSplit;
    private int _length = -1;
    private int _sentenceCount = -1;

    /// <summary>For English.</summary>
    public WorkingText()
        : this(null)
    {
    }

    /// <summary>The current text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Its length in code points, which is what all thresholds count in.</summary>
    public int Length => _length >= 0 ? _length : _length = CodePoints.Count(Text);

    /// <summary>True where UTF-16 units and code points are the same, so that lengths need no counting.</summary>
    public bool HasOnlyWholeUnits => Length == Text.Length;

    /// <summary>Its words without white space; for English the tokens of spaCy's pipeline.</summary>
    public WordList Words
    {
        get
        {
            if (_isSplit) return _words;
            _tokenizer.Split(Text, _words);
            _isSplit = true;
            return _words;
        }
    }

    /// <summary>What the numbers of <see cref="Words"/> stand for.</summary>
    public Lexicon Lexicon => _tokenizer.Lexicon;

    /// <summary>Number of its sentences by spaCy's sentencizer, 1 or more.</summary>
    public int SentenceCount => _sentenceCount >= 0 ? _sentenceCount : _sentenceCount = EnglishSentences.Count(Text, Words);

    /// <summary>Takes another text in hand and forgets what was known of the last one.</summary>
    public void Begin(string text)
    {
        Text = text;
        (_isSplit, _length, _sentenceCount) = (false, -1, -1);
    }

    /// <summary>Number of sentences of another text, such as one line of this one, taken for itself.</summary>
    public int CountSentences(ReadOnlySpan<char> text)
    {
        _tokenizer.SplitPart(text, _partWords);
        return EnglishSentences.Count(text, _partWords);
    }

    /// <summary>Memory of this worker that a step wants to use again with the next document; what it held last is for the step to clear.</summary>
    public T Scratch<T>()
        where T : class, new()
    {
        if (_scratch.TryGetValue(typeof(T), out var scratch)) return (T)scratch;
        var created = new T();
        _scratch[typeof(T)] = created;
        return created;
    }
}
